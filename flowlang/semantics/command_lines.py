"""Command lines as they are taken apart: by the engine for live jobs and local actions, by the platform for tasks.

Engine 26.7 takes a ``cmd`` apart with Python's `shlex.split`: quotes and backslashes count as in a shell,
and nothing else does. A line break is a blank; after a backslash it is a character like any other.
"""

from __future__ import annotations

from functools import lru_cache

from flowlang.expr import Template, TextPart
from flowlang.light import NamedTuple

_BLANKS = frozenset(" \t\r\n")


class Word(NamedTuple):
    """One argument: its place in the text, what is written (quotes and backslashes included)."""

    start: int
    end: int
    written: str


class Line(NamedTuple):
    """A text taken apart. `unclosed`: the place of the quote, or of the backslash at the very end, for which it cannot be.

    `breaks`: the places of backslashes, outside quotes, that make a line break part of an argument.
    """

    words: tuple[Word, ...]
    unclosed: int | None
    breaks: tuple[int, ...]


def constant_text(template: Template, letter: str = "x") -> str:
    """The text of a template with each expression replaced by as many letters."""
    return "".join(part.text if isinstance(part, TextPart) else letter * (part.end - part.start) for part in template.parts)


_QUOTING = ("'", '"', "\\")


def unclosed(text: str) -> int | None:
    """The place in a command line for which it cannot be taken apart; see `Line`."""
    return take_apart(text).unclosed if any(mark in text for mark in _QUOTING) else None


@lru_cache(maxsize=4096)
def take_apart(text: str) -> Line:
    """The words of a command line."""
    words: list[Word] = []
    breaks: list[int] = []
    start = opened = -1
    quote = ""
    at = 0
    while at < len(text):
        char = text[at]
        if quote:
            if char == quote:
                quote = ""
            elif char == "\\" and quote == '"' and text[at + 1 : at + 2] in ('"', "\\"):
                at += 1
        elif char in _BLANKS:
            if start >= 0:
                words.append(Word(start, at, text[start:at]))
                start = -1
        else:
            start = at if start < 0 else start
            if char in "'\"":
                quote, opened = char, at
            elif char == "\\":
                if at + 1 == len(text):
                    return Line(tuple(words), at, tuple(breaks))
                if text[at + 1] == "\n":
                    breaks.append(at)
                at += 1
        at += 1
    if quote:
        return Line(tuple(words), opened, tuple(breaks))
    if start >= 0:
        words.append(Word(start, len(text), text[start:]))
    return Line(tuple(words), None, tuple(breaks))
