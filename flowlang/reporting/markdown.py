"""The Markdown of rule pages as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator


def plain(markdown: str) -> str:
    """The text without the signs of Markdown: headings bare, what is fenced indented below the name of its file."""
    return "\n".join(_lines(markdown))


def _lines(markdown: str) -> Iterator[str]:
    fenced = False
    for line in markdown.split("\n"):
        if line.startswith("```"):
            name = line.removeprefix("```").partition(" ")[2]
            if not fenced and name:
                yield f"    # {name}"
            fenced = not fenced
        elif fenced:
            yield f"    {line}".rstrip()
        else:
            yield line.removeprefix("## ")
