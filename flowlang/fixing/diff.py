"""Unified diffs of fixed files, as `patch` and `git apply` take them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from flowlang.fixing.run import Changed
from flowlang.patterns import pattern

_LINE = pattern(r"[^\n]*\n|[^\n]+")
_NO_BREAK = "\\ No newline at end of file\n"


def diff(file: Changed) -> Iterator[str]:
    """The lines of one file's diff, each with its break; a line keeps its own, be it CRLF."""
    before, after = (_LINE.findall(text) for text in (file.before, file.after))
    for line in difflib.unified_diff(before, after, _name("a", file.name), _name("b", file.name)):
        yield line if line.endswith("\n") else line + "\n" + _NO_BREAK


def _name(side: str, path: str) -> str:
    """A file's name as git writes it: with a tab behind one that has blanks, in quotes one with signs that do not print."""
    name = f"{side}/{path}"
    if not name.isprintable() or '"' in name or "\\" in name:
        return '"' + "".join(_ESCAPES.get(char) or (char if char.isprintable() else _octal(char)) for char in name) + '"'
    return f"{name}\t" if " " in name else name


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _octal(char: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))
