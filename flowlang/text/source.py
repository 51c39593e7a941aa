"""One file's text with the means to say where in it something stands."""

from __future__ import annotations

from bisect import bisect_right

from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.text.span import Span

# A line ends at LF, CRLF or a lone CR; never at NEL, LS or PS, which YAML 1.1 also breaks at
# but no editor does.
_LINE_BREAK = pattern(r"\r\n|\n|\r")
BOM = "\ufeff"


class Position(NamedTuple):
    """A line and a column, both counted from 1, columns in code points."""

    line: int
    column: int


class Source:
    """A text and the name it is reported under.

    `path` is what reports print (relative to the working directory, with ``/``); `text` is the
    file decoded as UTF-8 *as it is*: a byte order mark is one code point, CRLF two. Offsets count
    code points of `text`.
    """

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """Offsets of the first code point of every line; found at first use."""
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> Position:
        """Line and column of `offset`; a byte order mark takes no column."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        column = offset - starts[line - 1] + 1
        if line == 1 and column > 1 and self.text.startswith(BOM):
            column -= 1
        return Position(line, column)

    def line_span(self, line: int) -> Span:
        """The span of a line's text (counted from 1), without its line break."""
        starts = self.line_starts
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """The text that `span` covers."""
        return self.text[span.start : span.end]

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} code points)"
