"""Numbers and strings: what their texts mean, and what is wrong with those that mean nothing."""

from __future__ import annotations

import re

from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.text import quoted

# Python's escapes, which the engine applies (engine 26.7: a literal is read as Python's own).
_ESCAPE = pattern(
    r"\\(?:(?P<line>\r\n|[\r\n])|(?P<char>[\\'\"abfnrtv])|(?P<octal>[0-7]{1,3})"
    r"|x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|N\{(?P<name>[^}]*)\}|(?P<other>.?))",
    re.DOTALL,
)
_CHARS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", "'": "'", '"': '"'}
_LAST = 0x10FFFF


class Bad(NamedTuple):
    """What is wrong with a literal: where in its text, and the words."""

    start: int
    end: int
    message: str
    kind: str = "escape"


def number(text: str) -> int | float | None:
    """The value of a number's text, None for what Python takes for no number (``017``, ``1__0``, ``1.5e3e4``)."""
    try:
        return int(text, 0) if "." not in text else float(text)
    except ValueError:
        return None


def string(text: str) -> str | Bad:
    """The value of a string's text (quotes included), or what is wrong with it."""
    body = text[1:-1]
    if "\\" not in body:
        return _plain(body) or body
    pieces: list[str] = []
    done = 0
    for match in _ESCAPE.finditer(body):
        start, end = match.span()
        pieces.append(body[done:start])
        done = end
        piece = _unescape(match)
        if piece is None:
            return Bad(start + 1, end + 1, f"broken escape {quoted(match[0])} in a string")
        pieces.append(piece)
    pieces.append(body[done:])
    # An escape that is none (`\q`) is two characters as they are.
    left = _ESCAPE.sub(lambda match: match[0] if match.lastgroup == "other" else " " * len(match[0]), body)
    return _plain(left) or "".join(pieces)


def _plain(body: str) -> Bad | None:
    """What no string may hold unescaped."""
    for index, char in enumerate(body):
        if char in "\r\n":
            return Bad(index + 1, index + 2, "a string in an expression cannot hold a line break", "break")
        if char == "\0" or "\ud800" <= char <= "\udfff":
            return Bad(index + 1, index + 2, f"a string in an expression cannot hold the character U+{ord(char):04X}", "char")
    return None


def _unescape(match: re.Match[str]) -> str | None:
    """What one escape stands for; None for a broken one."""
    kind = match.lastgroup
    value = match[kind] if kind else ""
    if kind == "line":
        return ""
    if kind == "char":
        return _CHARS[value]
    if kind == "octal":
        return chr(int(value, 8))
    if kind in ("x", "u", "U"):
        return chr(int(value, 16)) if int(value, 16) <= _LAST else None
    if kind == "name":
        import unicodedata

        try:
            return unicodedata.lookup(value)
        except KeyError:
            return None
    # An unknown escape stays as it is; these four begin one that was not finished.
    return None if value in ("x", "u", "U", "N", "") else match[0]


def quote(value: str) -> str:
    """The text of a string literal with that value: in single quotes, or in double ones where it holds single ones only."""
    escaped = "".join(_QUOTED.get(char) or (char if char.isprintable() else _code(char)) for char in value)
    if "'" not in value:
        return f"'{escaped}'"
    if '"' not in value:
        return f'"{escaped}"'
    return "'" + escaped.replace("'", "\\x27") + "'"


_QUOTED = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _code(char: str) -> str:
    """A character as an escape."""
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
