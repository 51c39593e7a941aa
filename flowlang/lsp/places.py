"""Places as the protocol counts them, to and from offsets in code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from lsprotocol import types

from flowlang.light import NamedTuple
from flowlang.text import Edit, Source, Span
from flowlang.text.source import BOM

_ENCODINGS = {types.PositionEncodingKind.Utf8: "utf-8", types.PositionEncodingKind.Utf16: "utf-16-le"}


def _units(encoding: str) -> Callable[[str], int]:
    if encoding == types.PositionEncodingKind.Utf16:
        return lambda text: len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)
    if encoding == types.PositionEncodingKind.Utf8:
        return lambda text: len(text.encode("utf-8", "surrogatepass"))
    return len


class Places(NamedTuple):
    """How the editor counts columns: `encoding` is the one that was agreed on.

    Lines end as those of `Source` do, at LF, CRLF or CR. `bom`: a byte order mark is part of the text
    that the editor knows, and takes a column; in files that are not open it is not.
    """

    encoding: str = types.PositionEncodingKind.Utf16
    bom: bool = True

    def position(self, source: Source, offset: int) -> types.Position:
        """The position of an offset."""
        line = bisect_right(source.line_starts, offset) - 1
        before = source.text[source.line_starts[line] : offset]
        if line == 0 and not self.bom:
            before = before.removeprefix(BOM)
        return types.Position(line, _units(self.encoding)(before))

    def range(self, source: Source, span: Span) -> types.Range:
        """The range that a span is."""
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def edit(self, source: Source, edit: Edit) -> types.TextEdit:
        """An edit."""
        return types.TextEdit(self.range(source, edit.span), edit.text)

    def offset(self, source: Source, position: types.Position) -> int:
        """The offset of a position. One behind the end of a line or of the text is that end, one inside a character its begin."""
        if position.line >= len(source.line_starts):
            return len(source.text)
        span = source.line_span(position.line + 1)
        line = source.slice(span)
        if position.line == 0 and not self.bom and line.startswith(BOM):
            return self._within(line[1:], position.character) + 1
        return span.start + self._within(line, position.character)

    def span(self, source: Source, range: types.Range) -> Span:
        """The span that a range is; one that is turned round is empty."""
        start = self.offset(source, range.start)
        return Span(start, max(start, self.offset(source, range.end)))

    def _within(self, line: str, units: int) -> int:
        encoding = _ENCODINGS.get(types.PositionEncodingKind(self.encoding))
        if encoding is None or line.isascii():
            return min(units, len(line))
        width = 2 if encoding == "utf-16-le" else 1
        return len(line.encode(encoding)[: units * width].decode(encoding, "ignore"))
