"""Spans: places in a text."""

from __future__ import annotations

from flowlang.light import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in one text: ``text[start:end]`` is what it covers."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """The same span, moved to the right by `by` code points."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (equal spans cover one another)."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the two overlap, or one begins where the other ends."""
        return self.start <= other.end and other.start <= self.end
