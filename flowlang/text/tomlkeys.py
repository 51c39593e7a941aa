"""Where the keys of a TOML text stand. The reader of the standard library keeps no places.

Made for texts that the reader takes; of others it finds what it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flowlang.light import NamedTuple
from flowlang.patterns import pattern

Path = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_TABLE = pattern(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]")
_PAIR = pattern(rf"([ \t]*)({_KEY})[ \t]*=")
_INNER = pattern(rf"[{{,][ \t]*({_KEY})[ \t]*=")
_DEEPEST = 8  # parts of a key that are told apart; those that mean something have fewer
_LONG = pattern(r'"""|\'\'\'')


class Place(NamedTuple):
    """A key's path (positions of arrays of tables as numbers), its line and column, both from 1."""

    path: Path
    line: int
    column: int


def places(text: str) -> Iterator[Place]:
    """The places of all keys and table headers, in their order."""
    table: Path = ()
    counts: dict[Path, int] = {}
    long = ""
    for number, line in enumerate(text.split("\n"), 1):
        if long:
            long = "" if long in line else long
            continue
        header = _TABLE.match(line)
        if header is not None:
            path = _path(header[2], counts)
            if header[1] == "[[":
                counts[path] = counts.get(path, -1) + 1
                table = (*path, counts[path])
            else:
                table = path
            yield Place(table, number, header.start(2) + 1)
            continue
        pair = _PAIR.match(line)
        if pair is not None:
            path = (*table, *_parts(pair[2]))
            yield Place(path, number, pair.start(2) + 1)
            for inner in _INNER.finditer(line, pair.end()):
                yield Place((*path, *_parts(inner[1])), number, inner.start(1) + 1)
        opened = _LONG.findall(line)
        if len(opened) % 2:
            long = opened[-1]


class Keys:
    """The places of the keys of a text, looked up many times."""

    def __init__(self, text: str) -> None:
        self._first: dict[Path, tuple[int, int]] = {}
        for path, line, column in places(text):
            for size in range(1, min(len(path), _DEEPEST) + 1):
                self._first.setdefault(path[:size], (line, column))

    def place_of(self, path: Sequence[str | int]) -> tuple[int, int] | None:
        """Line and column of the key at `path`, else of the nearest key around it; None when there is none."""
        sizes = range(min(len(path), _DEEPEST), 0, -1)
        return next((found for size in sizes if (found := self._first.get(tuple(path[:size]))) is not None), None)


def has_long_key(text: str, most: int) -> bool:
    """Whether there may be a key of more than so many parts in a text that nobody has read yet."""
    lines = (line for line in text.split("\n") if line.count(".") >= most)
    return any(len(_parts(found[0])) > most for line in lines for found in re.finditer(_KEY, line))


def _path(key: str, counts: dict[Path, int]) -> Path:
    """The path of a table; below an array of tables it is in the last of them."""
    path: Path = ()
    parts = _parts(key)
    for at, part in enumerate(parts):
        path = (*path, part)
        if at < len(parts) - 1 and path in counts:
            path = (*path, counts[path])
    return path


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in re.findall(_PART, key))
