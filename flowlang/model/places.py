"""From the steps of a schema's violation to nodes and places of the file."""

from __future__ import annotations

from flowlang.light import NamedTuple
from flowlang.model.build import Builder, key_of, step_shape
from flowlang.model.items import Broken
from flowlang.schema import Notes, Shape
from flowlang.text import Source, Span
from flowlang.yamltree import Mapping, Node, Pair, Scalar, Sequence

Path = tuple[str | int, ...]
"""The steps from a document's root to a value: keys as text, and indexes."""


class Document(NamedTuple):
    """What the translation of violations needs: the source, its tree, and the shape that the tree should have.

    Of the nodes whose identities are in `silent` all is told already.
    """

    source: Source
    root: Node
    shape: Shape
    silent: frozenset[int] = frozenset()

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
            pair = next(pair for pair in reversed(node.pairs) if (pair.key.value if pair.key.__class__ is Scalar else key_text(pair.key)) == step)
            node, key = pair.value, pair.key
    return node, key


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


def winning(root: Node, mapping: Mapping, key: Node) -> tuple[Node, Path] | None:
    """The tree in which the pair of `key` counts, whatever repeats its key or one around it, and the path of its value."""
    return _winning(root, mapping, key, set())


def _winning(node: Node, mapping: Mapping, key: Node, seen: set[int]) -> tuple[Node, Path] | None:
    if id(node) in seen:
        return None
    seen.add(id(node))
    if isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            if (found := _winning(item, mapping, key, seen)) is not None:
                items = [*node.items[:index], found[0], *node.items[index + 1 :]]
                return Sequence(node.start, node.end, node.tag, items, node.flow), (index, *found[1])
    for index, pair in enumerate(node.pairs if isinstance(node, Mapping) else ()):
        wanted = node is mapping and pair.key is key
        found = (pair.value, ()) if wanted else _winning(pair.value, mapping, key, seen)
        if found is not None:
            assert isinstance(node, Mapping)
            name = key_of(pair.key)
            later = [other for other in node.pairs[index + 1 :] if key_of(other.key) != name]
            pairs = [*node.pairs[:index], Pair(pair.key, found[0]), *later]
            return Mapping(node.start, node.end, node.tag, pairs, node.flow), (key_text(pair.key), *found[1])
    return None
