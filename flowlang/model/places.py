"""From the steps of a schema's violation to nodes and places of the file."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.light import NamedTuple
from flowlang.model.build import Builder, key_of, step_shape
from flowlang.model.items import Broken
from flowlang.model.uses import Uses
from flowlang.schema import Notes, Shape
from flowlang.text import Source, Span
from flowlang.yamltree import Mapping, Node, Pair, Scalar, Sequence

Path = tuple[str | int, ...]
"""The steps from a document's root to a value: keys as text, and indexes."""


class Document(NamedTuple):
    """What the translation of violations needs: the source, its tree, and the shape that the tree should have.

    Of the nodes whose identities are in `silent` all is told already. `uses` are the aliases of the file, None where it has none.
    """

    source: Source
    root: Node
    shape: Shape
    silent: frozenset[int] = frozenset()
    uses: Uses | None = None

    def use_at(self, path: Path) -> Span | None:
        """Where the outermost alias on the way to `path` puts what is there; None where there is none."""
        uses, node = self.uses, self.root
        if uses is None:
            return None
        for step in path:
            use = None
            if isinstance(node, Sequence) and isinstance(step, int):
                use, node = uses.of_items(node)[step], node.items[step]
            elif isinstance(node, Mapping):
                pair = pair_at(node, step)
                use, node = uses.of_value(pair), pair.value
            if use is not None:
                return use
        return None

    def notes_of_broken(self, path: Path) -> Notes | None:
        """The annotations of the attribute at `path` where its node is of a kind that it does not take; None where it is not."""
        node: Node = self.root
        shape: Shape | None = self.shape
        for step in path:
            shape = step_shape(shape, node, step) if shape is not None else None
            node, _ = find(node, (step,))
        if shape is None:
            return None
        builder = Builder(self.source)
        item = builder.build(node, shape)
        return item.notes if isinstance(item, Broken) and not builder.accepted else None


def key_text(node: Node) -> str:
    """A key as the JSON-like document has it: always a text, whatever YAML makes of it."""
    return node.value if isinstance(node, Scalar) else f"(key at {node.start})"


def find(root: Node, path: Path) -> tuple[Node, Node | None]:
    """The node at `path` and the node of its key (None for an item of a list or the root)."""
    node, key = root, None
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int):
            node, key = node.items[step], None
        elif isinstance(node, Mapping):
            pair = pair_at(node, step)
            node, key = pair.value, pair.key
    return node, key


def pair_at(mapping: Mapping, step: str | int) -> Pair:
    """The pair that a key as text means: the last of its name."""
    return next(pair for pair in reversed(mapping.pairs) if (pair.key.value if isinstance(pair.key, Scalar) else key_text(pair.key)) == step)


def span_of(node: Node) -> Span:
    """Where a node stands."""
    return Span(node.start, node.end)


def value_span(node: Node, key: Node | None) -> Span:
    """Where a wrong value is shown: the value, or its key when the value is empty."""
    return span_of(key) if node.start == node.end and key is not None else span_of(node)


def owner_span(node: Node, key: Node | None) -> Span:
    """Where what is missing in a block is shown: its key, else its first key, else the place where it begins."""
    if key is not None:
        return span_of(key)
    if isinstance(node, Mapping) and node.pairs:
        return span_of(node.pairs[0].key)
    return Span(node.start, node.start)


def winning(root: Node, mapping: Mapping, key: Node) -> Iterator[tuple[Node, Path]]:
    """Wherever the pair of `key` comes, by aliases too: the tree in which it counts, whatever repeats its key or one around it, and the path of its value."""
    if isinstance(root, Sequence):
        for index, item in enumerate(root.items):
            for found, path in winning(item, mapping, key):
                items = [*root.items[:index], found, *root.items[index + 1 :]]
                yield Sequence(root.start, root.end, root.tag, items, root.flow), (index, *path)
    for index, pair in enumerate(root.pairs if isinstance(root, Mapping) else ()):
        wanted = root is mapping and pair.key is key
        for found, path in ((pair.value, ()),) if wanted else winning(pair.value, mapping, key):
            assert isinstance(root, Mapping)
            name = key_of(pair.key)
            later = [other for other in root.pairs[index + 1 :] if key_of(other.key) != name]
            pairs = [*root.pairs[:index], Pair(pair.key, found), *later]
            yield Mapping(root.start, root.end, root.tag, pairs, root.flow), (key_text(pair.key), *path)
