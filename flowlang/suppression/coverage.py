"""Coverage: which part of a file a comment at some place speaks of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from flowlang.light import NamedTuple, cached_property
from flowlang.text import Span
from flowlang.yamltree import Comment, Mapping, Node, Sequence, Tree, walk


class Place(NamedTuple):
    """Something that a comment can be at: a key with its whole value, or an item of a list (then `key` is None)."""

    span: Span
    key: Node | None
    value: Node


class Coverage:
    """The places of one file."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        # of places that begin together the widest comes first: an item of a list before its first key
        self._by_start = sorted(_places(tree.root), key=lambda place: (place.span.start, -place.span.end))
        self._starts = [place.span.start for place in self._by_start]

    @cached_property
    def _by_end(self) -> list[Place]:
        return sorted(self._by_start, key=lambda place: (place.span.end, place.span.start))

    def of(self, comment: Comment) -> Place | None:
        """What a comment speaks of; None where it is at nothing.

        At the end of a line: the first key on that line with its whole value, else the item of a list
        that begins there, else what ends there. On a line of its own: the key, or the item of a list,
        that comes next.
        """
        if comment.own_line:
            at = bisect_left(self._starts, comment.span.end)
            return self._by_start[at] if at < len(self._by_start) else None
        source = self._tree.source
        line = source.line_starts[source.position(comment.span.start).line - 1]
        first = bisect_left(self._starts, line)
        last = bisect_left(self._starts, comment.span.start)
        if first < last:
            start = self._starts[first]
            return min((place for place in self._by_start[first:last] if place.span.start == start), key=lambda place: (place.key is None, place.span.end))
        at = bisect_right(self._by_end, comment.span.start, key=lambda place: place.span.end)
        found = self._by_end[at - 1] if at else None
        return found if found is not None and found.span.end >= line else None

    def around(self, span: Span) -> list[Place]:
        """The places that hold the start of a span, the narrowest first."""
        found = [place for place in self._by_start if place.span.start <= span.start <= place.span.end]
        return sorted(found, key=lambda place: (place.span.end - place.span.start, place.key is None))


def _places(root: Node | None) -> Iterator[Place]:
    """Every key with its value, and every item of a list."""
    for node in walk(root):
        if isinstance(node, Mapping):
            for pair in node.pairs:
                # an alias stands where its anchor does: only its key is here
                end = pair.value.end if pair.value.start >= pair.key.end else pair.key.end
                yield Place(Span(pair.key.start, end), pair.key, pair.value)
        elif isinstance(node, Sequence):
            for item in node.items:
                if node.start <= item.start <= item.end <= node.end:
                    yield Place(item.span, None, item)
