"""The Markdown of rule pages as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flowlang.patterns import pattern

_LINK = pattern(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")


def plain(markdown: str, heading: Callable[[str], str] = str) -> str:
    """The text without the signs of Markdown: headings as `heading` shows them, addresses behind links, fenced text indented below its file's name."""
    return "\n".join(_lines(markdown, heading))


def _lines(markdown: str, heading: Callable[[str], str]) -> Iterator[str]:
    fenced = False
    for line in markdown.split("\n"):
        if line.startswith("```"):
            name = line.removeprefix("```").partition(" ")[2]
            if not fenced and name:
                yield f"    # {name}"
            fenced = not fenced
        elif fenced:
            yield f"    {line}".rstrip()
        elif line.startswith("## "):
            yield heading(line.removeprefix("## "))
        else:
            yield _LINK.sub(r"\1 (\2)", line)
