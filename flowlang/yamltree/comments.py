"""Comments: every ``#`` that is in no scalar."""

from __future__ import annotations

import re

from flowlang.patterns import pattern
from flowlang.text import Span
from flowlang.yamltree.nodes import Comment
from flowlang.yamltree.places import BLOCK_HEADER, BREAKS
from flowlang.yamltree.tree import Tree

# Between scalars stand only indicators, anchors, aliases, tags and comments, and of these only
# comments can hold a `#`.
_COMMENT = pattern(f"#[^{BREAKS}]*")


def find(tree: Tree) -> list[Comment]:
    """The comments of a tree's source, in order."""
    text = tree.source.text
    found: list[Comment] = []
    if "#" not in text:
        return found
    position = 0
    for scalar in tree.scalars():
        if scalar.start < position:  # a later alias target or an empty scalar
            continue
        _gap(text, position, scalar.start, found)
        position = scalar.end
        if scalar.style in ("|", ">"):
            header = BLOCK_HEADER.match(text, scalar.start)
            head = header.end() if header else scalar.start + 1
            comment = re.compile(r" *(#[^\r\n]*)").match(text, head)
            if comment is not None:
                found.append(Comment(Span(*comment.span(1)), comment.group(1), False))
                position = max(position, comment.end())
    if position < tree.reach:
        _gap(text, position, tree.reach, found)
    return found


def _gap(text: str, start: int, end: int, found: list[Comment]) -> None:
    """Comments between two scalars."""
    if text.find("#", start, end) < 0:
        return
    for match in _COMMENT.finditer(text, start, end):
        # What stands before it on its line; a gap begins behind a scalar, or with the text.
        at = match.start()
        while at > start and text[at - 1] in " \t":
            at -= 1
        own = at > start and text[at - 1] in BREAKS if start else at == 0 or text[at - 1] in BREAKS or text[:at] == "\ufeff"
        found.append(Comment(Span(*match.span()), match.group(), own))
