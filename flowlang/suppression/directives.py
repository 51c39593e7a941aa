"""Directives: what a comment that speaks to the linter says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.text import Span
from flowlang.yamltree import Comment

MARK = "flowlint"
"""What must stand in a text for there to be any directive."""

_DIRECTIVE = pattern(r"#+[ \t]*flowlint[ \t]*:[ \t]*")
_IGNORE = pattern(r"(?P<kind>ignore-file|ignore)[ \t]*\[(?P<keys>[^\]\n]*)\][ \t]*(?P<reason>.*)")
# Near misses that surely were meant to be directives: no colon, another tool's words.
_NEAR_MISS = pattern(r"#+[ \t]*flowlint[ \t]*[- ][ \t]*(?:ignore|disable|noqa|skip)\b", re.IGNORECASE)


class Key(NamedTuple):
    """A code or name in the brackets, as written, with its place."""

    text: str
    span: Span


class Directive(NamedTuple):
    """One comment that speaks to the linter.

    `whole_file`: it is an ``ignore-file``. `keys` is None where the comment cannot be understood;
    then `rest` is the place of what cannot.
    """

    comment: Comment
    whole_file: bool
    keys: tuple[Key, ...] | None
    reason: str
    rest: Span


def directives(comments: Iterable[Comment]) -> Iterator[Directive]:
    """The directives among the comments of a file."""
    for comment in comments:
        found = _DIRECTIVE.match(comment.text)
        if found is not None:
            yield _directive(comment, found.end())
        elif _NEAR_MISS.match(comment.text):
            yield Directive(comment, False, None, "", comment.span)


def _directive(comment: Comment, at: int) -> Directive:
    start = comment.span.start
    said = _IGNORE.match(comment.text, at)
    if said is None:
        end = start + len(comment.text.rstrip())
        return Directive(comment, False, None, "", Span(min(start + at, end), end))
    keys = tuple(_keys(said["keys"], start + said.start("keys")))
    return Directive(comment, said["kind"] == "ignore-file", keys, said["reason"].strip(), Span(start + said.start("keys") - 1, start + said.end("keys") + 1))


def _keys(text: str, at: int) -> Iterator[Key]:
    for word in re.finditer(r"[^,]+", text):
        stripped = word[0].strip()
        if stripped:
            start = at + word.start() + word[0].index(stripped)
            yield Key(stripped, Span(start, start + len(stripped)))
