"""Text as a terminal can show it: nothing invisible, nothing that moves the cursor, known widths."""

from __future__ import annotations

import unicodedata

from flowlang.light import NamedTuple

TAB = 4
"""Columns that a tab is shown with."""

_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
# Vowels and final consonants of conjoining Hangul: letters by category, drawn into the syllable before them.
_HANGUL_JOINING = range(0x1160, 0x1200)


def visible(text: str) -> str:
    """`text` with every character that does not print escaped as Python escapes it (``\\x1b``, ``\\u200b``)."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else escape(char) for char in text)


def escape(char: str) -> str:
    """The escape of one character, as in a Python string."""
    return repr(char)[1:-1]


class Cell(NamedTuple):
    """What one code point is shown as, and how many columns that takes."""

    text: str
    width: int


def cells(line: str) -> list[Cell]:
    """One cell for each code point of `line`.

    Tabs become blanks, what does not print is escaped, wide characters count two columns, combining
    ones none. Source of widths: Unicode's East Asian Width (W and F are wide); a variation selector
    16 makes the sign before it an emoji, which terminals draw wide.
    """
    if line.isascii() and line.isprintable():
        return [Cell(char, 1) for char in line]
    result: list[Cell] = []
    before = 0
    for char in line:
        cell = _cell(char, before)
        result.append(cell)
        before = cell.width or before
    return result


def _cell(char: str, before: int) -> Cell:
    """The cell of `char` after a sign that is `before` columns wide."""
    if char == "\t":
        return Cell(" " * TAB, TAB)
    if not char.isprintable():
        text = escape(char)
        return Cell(text, len(text))
    if char == _EMOJI_STYLE:
        return Cell(char, 1 if before == 1 else 0)
    if unicodedata.category(char) in ("Mn", "Me") or ord(char) in _HANGUL_JOINING:
        return Cell(char, 0)
    if ord(char) in _SKIN_TONES and before == 2:
        return Cell(char, 0)
    return Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)


def width(shown: list[Cell]) -> int:
    """Columns that these cells take together."""
    return sum(cell.width for cell in shown)
