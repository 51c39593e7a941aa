"""Where the places of a text are after edits."""

from __future__ import annotations

from collections.abc import Iterable

from flowlang.text import Edit, Span


class Shift:
    """The way from places of a text to places of that text with edits made; the edits do not overlap."""

    __slots__ = ("_edits",)

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits, key=lambda edit: edit.span)

    def outside(self, span: Span) -> bool:
        """Whether no edit touches what the span covers: none reaches into it, none inserts in it or at its edges.

        What covers nothing, as the place of an empty value, is touched by whatever begins or ends there.
        """
        return not any(self._touches(edit.span, span) for edit in self._edits)

    @staticmethod
    def _touches(edit: Span, span: Span) -> bool:
        if edit.start == edit.end or span.start == span.end:
            return edit.touches(span)
        return edit.start < span.end and span.start < edit.end

    def moved(self, span: Span) -> Span:
        """Where a span lies afterwards that no edit reaches into; what is inserted at its edges stays outside."""
        before = sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in self._edits if edit.span.end <= span.start)
        return Span(span.start + before, span.end + before)

    def place(self, span: Span) -> Span:
        """Where what a span covers is now: moved where no edit reaches into it, else its image."""
        into = (
            edit.span.start < span.end and span.start < edit.span.end if edit.span.start < edit.span.end else span.start < edit.span.start < span.end
            for edit in self._edits
        )
        return self.image(span) if any(into) else self.moved(span)

    def image(self, span: Span) -> Span:
        """What has become of a span: with the new texts of the edits that reach into it or touch its edges."""
        return Span(self._place(span.start, at_end=False), self._place(span.end, at_end=True))

    def images(self) -> list[Span]:
        """Where the new texts lie."""
        found = []
        by = 0
        for edit in self._edits:
            start = edit.span.start + by
            found.append(Span(start, start + len(edit.text)))
            by += len(edit.text) - (edit.span.end - edit.span.start)
        return found

    def _place(self, offset: int, *, at_end: bool) -> int:
        by = 0
        for edit in self._edits:
            start, end = edit.span
            if end < offset or (end == offset and at_end):
                by += len(edit.text) - (end - start)
            elif start <= offset <= end:
                # inside an edit, or at its edge: the whole new text belongs to the span
                return start + by + (len(edit.text) if at_end else 0)
        return offset + by
