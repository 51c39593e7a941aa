"""A parsed file: its tree, what is wrong with it, its comments."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.text import Source
from flowlang.yamltree.nodes import Alias, Anchor, Comment, Mapping, Node, Scalar, Sequence, YamlProblem


class Tree:
    """What `parse` made of a source.

    `root` is None when the file holds nothing (no document, or an empty one). When `complete` is
    False the file is broken and `root` is the part before the place where it breaks: a key whose
    value was not reached, or was cut in two, is left out; `reach` is how far the text was understood.
    `aliases` and `anchors` are in the order they stand in the file.
    """

    __slots__ = ("_comments", "aliases", "anchors", "complete", "problems", "reach", "root", "source")

    def __init__(
        self,
        source: Source,
        root: Node | None,
        problems: tuple[YamlProblem, ...] = (),
        complete: bool = True,
        aliases: tuple[Alias, ...] = (),
        anchors: tuple[Anchor, ...] = (),
        reach: int | None = None,
    ) -> None:
        self.source = source
        self.root = root
        self.problems = problems
        self.complete = complete
        self.aliases = aliases
        self.anchors = anchors
        self.reach = len(source.text) if reach is None else reach
        self._comments: list[Comment] | None = None

    def comments(self) -> list[Comment]:
        """All comments of the file, in order; of a broken file those before the place where it breaks."""
        if self._comments is None:
            from flowlang.yamltree.comments import find

            self._comments = find(self)
        return self._comments

    def scalars(self) -> Iterator[Scalar]:
        """Every scalar once, keys included, in the order they stand in the file."""
        return (node for node in walk(self.root) if isinstance(node, Scalar))


def mappings(root: Node | None) -> Iterator[Mapping]:
    """Every mapping below `root` once, in no order."""
    seen: set[int] = set()
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if node.__class__ is Scalar or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            yield node
            for pair in node.pairs:
                if pair.value.__class__ is not Scalar:
                    stack.append(pair.value)
                if pair.key.__class__ is not Scalar:
                    stack.append(pair.key)
        elif isinstance(node, Sequence):
            stack += node.items


def walk(root: Node | None) -> Iterator[Node]:
    """Every node below `root` once (aliases are not followed a second time), parents first, in the order of the file."""
    seen: set[int] = set()
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, Mapping):
            for pair in reversed(node.pairs):
                stack += pair.value, pair.key
        elif isinstance(node, Sequence):
            stack += reversed(node.items)
