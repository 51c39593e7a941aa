"""Places inside scalars: from each decoded character back to its source, in every style.

The source of a scalar is scanned again, following the engine's reader, and cut into *runs*: a run of
characters that stand in the source as they are, or one character that is written in another way (an
escape, a folded line break). The runs must spell the value; if ever they do not, the map degrades to
the scalar's whole place.
"""

from __future__ import annotations

from bisect import bisect_right

from flowlang.text import Source, Span
from flowlang.yamltree.nodes import Scalar


class OffsetMap:
    """Decoded index to source offset. `exact` is False when it only knows the scalar as a whole."""

    __slots__ = ("_at", "_from", "_length", "_to", "exact")

    def __init__(self, at: list[int], start: list[int], end: list[int], length: int, exact: bool = True) -> None:
        """Runs: the decoded index `at` which each begins, and its place in the source (`start` and `end`)."""
        self._at = at
        self._from = start
        self._to = end
        self._length = length
        self.exact = exact

    def source(self, index: int) -> int:
        """Where the source of the character at `index` starts; at or beyond the end: where the last one's ends."""
        if index >= self._length or not self._at:
            return self._to[-1]
        index = max(index, 0)
        run = bisect_right(self._at, index) - 1
        return self._from[run] + (index - self._at[run] if self.exact else 0)

    def index(self, offset: int) -> int:
        """The character that an offset into the source is in or right before: the inverse of `source`."""
        if not self.exact or not self._at:
            return 0
        run = max(bisect_right(self._from, offset) - 1, 0)
        start, last = self._at[run], self._at[run + 1] if run + 1 < len(self._at) else self._length
        if offset >= self._to[run]:
            return last
        # a run of one character that is written in another way counts as a whole
        return min(start + max(offset - self._from[run], 0), last) if self._to[run] - self._from[run] == last - start else start

    def _end(self, index: int) -> int:
        """Where the source of the character at `index` ends."""
        run = bisect_right(self._at, index) - 1
        last = self._at[run + 1] if run + 1 < len(self._at) else self._length
        return self._to[run] if index + 1 >= last or not self.exact else self._from[run] + index - self._at[run] + 1

    def span(self, start: int, end: int) -> Span:
        """Exactly the source of the decoded characters from `start` to `end`.

        It never reaches over the line break and the indentation behind the last of them. An empty
        range gives an empty span. Indices beyond the value are cut.
        """
        start = max(start, 0)
        end = min(end, self._length)
        if start >= end:
            at = self.source(start)
            return Span(at, at)
        return Span(self.source(start), max(self._end(end - 1), self.source(start)))


_QUOTES = frozenset({"'", '"'})


def offsets(source: Source, scalar: Scalar) -> OffsetMap:
    """The map of a scalar of `source`; exact for every style."""
    value = scalar.value
    start, end = scalar.start, scalar.end
    length = len(value)
    # Decoding never makes a plain or quoted text longer, so where it is as long as its source, each stands for each.
    text = source.text
    if scalar.style in _QUOTES:
        if end - start < 2 or text[end - 1] != scalar.style:
            # never closed: of a file that was read on behind what breaks it
            text, scalar = text[:end] + scalar.style, Scalar(start, end + 1, scalar.tag, value, scalar.style)
        elif end - start - 2 == length:
            return OffsetMap([0], [start + 1], [end - 1], length)
    elif not scalar.style and end - start == length:
        return OffsetMap([0], [start], [end], length)
    from flowlang.yamltree.rescan import SCANNERS

    runs = SCANNERS[scalar.style](text, scalar)
    if runs is not None and runs.text() == value:
        return OffsetMap(runs.at, runs.start, runs.end, length) if runs.at else OffsetMap([0], [runs.empty], [runs.empty], 0)
    return OffsetMap([0], [start], [end], length, exact=False)
