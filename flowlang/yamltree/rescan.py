"""Scanning the source of a scalar once more, noting where each decoded character comes from.

The rules are those of the engine's reader (PyYAML, YAML 1.1): lines break at NEL, LS and PS too, tabs
are content in block scalars and blanks in quoted ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flowlang.patterns import pattern
from flowlang.yamltree.nodes import Scalar
from flowlang.yamltree.places import BLOCK_HEADER, BREAKS

_BREAK = pattern("\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPES = {
    "0": "\0", "a": "\x07", "b": "\x08", "t": "\t", "\t": "\t", "n": "\n", "v": "\x0b", "f": "\x0c", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "\\": "\\", "/": "/", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODES = {"x": 2, "u": 4, "U": 8}


class Runs:
    """Pieces of decoded text with their places, in order."""

    __slots__ = ("_length", "_texts", "at", "empty", "end", "start")

    def __init__(self, empty: int) -> None:
        self.at: list[int] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.empty = empty
        """The place of an empty text."""
        self._texts: list[str] = []
        self._length = 0

    def add(self, decoded: str, start: int, end: int) -> None:
        """A piece: as long as its source, or one character for any source."""
        if decoded:
            self.at.append(self._length)
            self.start.append(start)
            self.end.append(end)
            self._texts.append(decoded)
            self._length += len(decoded)

    def text(self) -> str:
        """What the pieces spell."""
        return "".join(self._texts)


def _decoded_break(line_break: str) -> str:
    return line_break if line_break in "\u2028\u2029" else "\n"


def _fold(runs: Runs, breaks: list[re.Match[str]]) -> None:
    """Line breaks between two lines of a flow scalar: one is a blank, of more the first is dropped."""
    first = _decoded_break(breaks[0].group())
    if first != "\n":
        runs.add(first, *breaks[0].span())
    elif len(breaks) == 1:
        runs.add(" ", *breaks[0].span())
    for other in breaks[1:]:
        runs.add(_decoded_break(other.group()), *other.span())


def _breaks(text: str, position: int, end: int) -> tuple[list[re.Match[str]], int]:
    """Line breaks from `position` on, blanks around them skipped, and where the text goes on."""
    found: list[re.Match[str]] = []
    while True:
        while position < end and text[position] in " \t":
            position += 1
        match = _BREAK.match(text, position, end)
        if match is None:
            return found, position
        found.append(match)
        position = match.end()


_PLAIN_CHUNK = pattern(f"[^ {BREAKS}]+(?: +[^ {BREAKS}]+)*")


def plain(text: str, scalar: Scalar) -> Runs | None:
    """A plain scalar over several lines."""
    runs = Runs(scalar.start)
    position, end = scalar.start, scalar.end
    while position < end:
        chunk = _PLAIN_CHUNK.match(text, position, end)
        if chunk is None:
            return None
        runs.add(chunk.group(), *chunk.span())
        breaks, position = _breaks(text, chunk.end(), end)
        if breaks:
            _fold(runs, breaks)
        elif position < end:
            return None
    return runs


_QUOTED_CHUNK = pattern(f"[^'\"\\\\ \t{BREAKS}]+")
_BLANKS = pattern("[ \t]+")


def quoted(text: str, scalar: Scalar) -> Runs | None:
    """A single or double quoted scalar."""
    double = scalar.style == '"'
    runs = Runs(scalar.start + 1)
    position, end = scalar.start + 1, scalar.end - 1
    while position < end:
        chunk = _QUOTED_CHUNK.match(text, position, end)
        if chunk is not None:
            runs.add(chunk.group(), *chunk.span())
            position = chunk.end()
            continue
        char = text[position]
        if char == "\\" and double:
            position = _escape(runs, text, position, end)
            if position < 0:
                return None
        elif char == "'" and not double:
            runs.add("'", position, position + 2)
            position += 2
        elif char in "'\"\\":
            runs.add(char, position, position + 1)
            position += 1
        else:
            breaks, after = _breaks(text, position, end)
            if breaks:
                _fold(runs, breaks)
                position = after
            else:
                blanks = _BLANKS.match(text, position, end)
                if blanks is None:
                    return None
                runs.add(blanks.group(), *blanks.span())
                position = blanks.end()
    return runs


def _escape(runs: Runs, text: str, position: int, end: int) -> int:
    """An escape at `position`; gives where the text goes on, or -1."""
    char = text[position + 1 : position + 2]
    if char in _ESCAPES:
        runs.add(_ESCAPES[char], position, position + 2)
        return position + 2
    if char in _CODES:
        after = position + 2 + _CODES[char]
        try:
            runs.add(chr(int(text[position + 2 : after], 16)), position, after)
        except (ValueError, OverflowError):
            return -1
        return after
    # A line that goes on: the break is dropped, those behind it count.
    line_break = _BREAK.match(text, position + 1, end)
    if line_break is None:
        return -1
    breaks, after = _breaks(text, line_break.end(), end)
    for match in breaks:
        runs.add(_decoded_break(match.group()), *match.span())
    return after


def block(text: str, scalar: Scalar) -> Runs | None:
    """A literal or folded scalar."""
    header = BLOCK_HEADER.match(text, scalar.start)
    if header is None:
        return None
    line_break = _BREAK.search(text, header.end())
    if line_break is None or not scalar.value:
        return Runs(header.end())
    body = line_break.end()
    for indent in _indents(text, body, scalar.value):
        runs = _block_at(text, body, indent, header.group(), len(scalar.value))
        if runs.text() == scalar.value:
            return runs
    return None


_LEADING = pattern(rf"(?: *(?:\r\n|[{BREAKS}]))*( *)")
_FIRST = pattern(r"[\n\u2028\u2029 ]*?( *)[^\n\u2028\u2029 ]")


def _indents(text: str, body: int, value: str) -> list[int]:
    """The indentation, found by comparing the first line that is not blank with its decoded text.

    A text of nothing but blanks tells nothing: then every indentation that is possible.
    """
    match = _LEADING.match(text, body)
    written = len(match.group(1)) if match else 0
    first = _FIRST.match(value)
    if first is not None:
        return [written - len(first.group(1))]
    lines = text[body : match.end() if match else body]
    longest = max((len(line) - len(line.lstrip(" ")) for line in re.split(f"[{BREAKS}]", lines)), default=0)
    return list(range(longest + 1, -1, -1))


def _block_at(text: str, position: int, indent: int, header: str, length: int) -> Runs:
    """The lines of a block scalar that is indented by `indent`, until `length` characters are there."""
    runs = Runs(position)
    folded = header[0] == ">"
    breaks, position, column = _block_breaks(text, position, indent)
    line_break: re.Match[str] | None = None
    while column == indent and position < len(text):
        for match in breaks:
            runs.add(_decoded_break(match.group()), *match.span())
        lead = text[position] not in " \t"
        line_break = _BREAK.search(text, position)
        line_end = line_break.start() if line_break else len(text)
        runs.add(text[position:line_end], position, line_end)
        if line_break is None:
            breaks = []
            break
        breaks, position, column = _block_breaks(text, line_break.end(), indent)
        if column != indent or position >= len(text):
            break
        if folded and line_break.group() not in "\u2028\u2029" and lead and text[position] not in " \t":
            if not breaks:
                runs.add(" ", *line_break.span())
        else:
            runs.add(_decoded_break(line_break.group()), *line_break.span())
    if "-" not in header and line_break is not None:
        runs.add(_decoded_break(line_break.group()), *line_break.span())
    if "+" in header:
        for match in breaks:
            runs.add(_decoded_break(match.group()), *match.span())
    return runs


def _block_breaks(text: str, position: int, indent: int) -> tuple[list[re.Match[str]], int, int]:
    """Blank lines, then the indentation: the breaks, where the text goes on, and its column."""
    found: list[re.Match[str]] = []
    while True:
        column = 0
        while column < indent and text[position : position + 1] == " ":
            position += 1
            column += 1
        match = _BREAK.match(text, position)
        if match is None:
            return found, position, column
        found.append(match)
        position = match.end()


SCANNERS: dict[str, Callable[[str, Scalar], Runs | None]] = {"": plain, "'": quoted, '"': quoted, "|": block, ">": block}
"""The scanner of each style. They give None where the source is not what the style says."""
