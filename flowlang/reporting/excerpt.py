"""Excerpts: the lines of one source that marks stand on, with the marks under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flowlang.light import NamedTuple
from flowlang.reporting.view import Paint
from flowlang.reporting.visible import Cell, cells, escape, visible, width
from flowlang.text import Source, Span
from flowlang.text.source import BOM

WIDEST = 160
"""Lines that are wider are cut to a window around their marks."""

_BEFORE = 40  # columns kept to the left of the first mark of a line that is cut
_CUT = Cell("…", 1)


class Mark(NamedTuple):
    """A span to underline with `sign`, the words to put behind the underline, and the role it is painted in."""

    span: Span
    sign: str
    message: str
    role: str


class _Placed(NamedTuple):
    """A mark on its first line: offsets from the line's start, and the line that it reaches to."""

    mark: Mark
    line: int
    start: int
    end: int
    last_line: int


def last_line(source: Source, marks: Sequence[Mark]) -> int:
    """The greatest line number that an excerpt with these marks shows."""
    return max(source.position(mark.span.start).line for mark in marks)


def excerpt(source: Source, marks: Sequence[Mark], digits: int, paint: Paint) -> Iterator[str]:
    """The marked lines of `source`, each followed by its marks; line numbers take `digits` columns.

    A gap of one line is filled with that line, a longer one shown as ``...``. A mark over several
    lines underlines the first of them to its end and says where it ends.
    """
    rows: dict[int, list[_Placed]] = {}
    for mark in marks:
        placed = _place(source, mark)
        rows.setdefault(placed.line, []).append(placed)
    bar = paint(" " * digits + " |", "gutter")
    before: int | None = None
    for line in sorted(rows):
        if before is not None and line - before == 2:
            yield _numbered(before + 1, digits, paint, _shown(source, before + 1, ())[0])
        elif before is not None and line - before > 2:
            yield paint("...", "gutter")
        shown, offset = _shown(source, line, rows[line])
        yield _numbered(line, digits, paint, shown)
        for placed in rows[line]:
            yield f"{bar} {_underline(placed, shown, offset, paint)}"
        before = line


def _place(source: Source, mark: Mark) -> _Placed:
    start, end = mark.span
    line = source.position(start).line
    last = source.position(max(start, end - 1)).line
    text = source.line_span(line)
    # A span that begins at the line break has its mark behind the text.
    begin = min(start, text.end) - text.start
    finish = min(max(end, start), text.end) - text.start
    return _Placed(mark, line, begin, max(begin, finish), last)


def _shown(source: Source, line: int, marks: Sequence[_Placed]) -> tuple[list[Cell], int]:
    """The cells of a line as they are shown, and how many of the line's cells were cut at its left."""
    text = source.slice(source.line_span(line))
    first = min((placed.start for placed in marks), default=0)
    # What cannot be in the window is not looked at: a file may be one line of many megabytes.
    begin, end = max(first - WIDEST, 0), min(first + 2 * WIDEST, len(text))
    result = cells(text[begin:end])
    if line == 1 and begin == 0 and text.startswith(BOM):
        # No editor shows it and it takes no column; it is made visible only to be pointed at.
        pointed_at = any(placed.mark.span == (0, 1) for placed in marks)
        result[0] = Cell(escape(BOM), len(escape(BOM))) if pointed_at else Cell("", 0)
    if end - begin == len(text) and width(result) <= WIDEST:
        return result, 0
    left, room = first - begin, _BEFORE
    while left > 0 and room >= result[left - 1].width:
        left -= 1
        room -= result[left].width
    right, room = left, WIDEST
    while right < len(result) and room >= result[right].width:
        room -= result[right].width
        right += 1
    cut = result[left:right]
    if begin + right < len(text):
        cut.append(_CUT)
    left += begin
    return ([_CUT, *cut], left - 1) if left else (cut, 0)


def _underline(placed: _Placed, shown: list[Cell], offset: int, paint: Paint) -> str:
    start = min(max(placed.start - offset, 0), len(shown))
    end = min(max(placed.end - offset, start), len(shown))
    column = width(shown[:start])
    if placed.last_line > placed.line:
        while end > start + 1 and shown[end - 1].text.isspace():
            end -= 1
    length = width(shown[start:end])
    if length == 0 and end > start:
        column = max(column - 1, 0)  # a combining mark is drawn on the sign before it
    words = [f"to line {placed.last_line}"] if placed.last_line > placed.line else []
    words += [visible(placed.mark.message)] if placed.mark.message else []
    tail = " " + ": ".join(words) if words else ""
    return " " * column + paint(placed.mark.sign * max(length, 1) + tail, placed.mark.role)


def _numbered(line: int, digits: int, paint: Paint, shown: list[Cell]) -> str:
    text = "".join(cell.text for cell in shown).rstrip(" ")
    return paint(f"{line:>{digits}} |", "gutter") + (f" {text}" if text else "")
