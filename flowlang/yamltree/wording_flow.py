"""Words for errors inside brackets and braces."""

from __future__ import annotations

import re

from flowlang.patterns import pattern
from flowlang.text import Edit, Span
from flowlang.yamltree.nodes import Scalar, YamlFix, YamlProblem
from flowlang.yamltree.reader import Failure
from flowlang.yamltree.unquoted import in_brackets
from flowlang.yamltree.values import same_line

_CLOSERS = {"[": "]", "{": "}"}
_SKIPPED = pattern(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|(?<=\s)#[^\r\n]*", re.DOTALL)


def _is_closed(text: str, opener: int) -> bool:
    """Whether the bracket at `opener` has its partner, quotes and comments left out."""
    stack: list[str] = []
    position = opener
    while position < len(text):
        skipped = _SKIPPED.match(text, position)
        if skipped is not None:
            position = skipped.end()
            continue
        char = text[position]
        if char in _CLOSERS:
            stack.append(_CLOSERS[char])
        elif char in "]}":
            if stack.pop() != char:
                return False
            if not stack:
                return True
        position += 1
    return False


def in_collection(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """Something else than a comma or the closing bracket."""
    at, opener = failure.at, failure.context_at
    expression = in_brackets(text, at)
    if expression is not None:
        return expression
    char = text[opener : opener + 1] if opener is not None else ""
    if opener is None or char not in _CLOSERS:
        return None
    closer = _CLOSERS[char]
    if not _is_closed(text, opener) and not (same_line(text, opener, at) and text[at : at + 1] in ("]", "}")):
        return YamlProblem("yaml-syntax", Span(opener, opener + 1), f"this '{char}' is never closed", f"add the '{closer}' that belongs to it")
    found = text[at : at + 1]
    if found in ("]", "}"):
        return YamlProblem("yaml-syntax", Span(at, at + 1), f"'{found}' where '{closer}' should close the '{char}'", f"write '{closer}'")
    if found == ":":
        message = f"a ':' that belongs to no key inside '{char} {closer}'"
        return YamlProblem("yaml-syntax", Span(at, at + 1), message, "put the value in quotes, or a ',' before the key")
    span = Span(at, _token_end(text, at))
    fixes: tuple[YamlFix, ...] = ()
    if last is not None and last.end <= at and not text[last.end : at].strip():
        fixes = (YamlFix("Insert a comma", False, (Edit(Span(last.end, last.end), ","),)),)
    message = f"a ',' or '{closer}' is missing before this"
    help_text = f"items between '{char}' and '{closer}' are separated by ','; put text that holds brackets or quotes in quotes"
    return YamlProblem("yaml-syntax", span, message, help_text, fixes)


_TOKEN = pattern(r"'(?:[^'\r\n]|'')*'|\"(?:[^\"\\\r\n]|\\.)*\"|[\[\]{},]|[^\s,\[\]{}]+")


def _token_end(text: str, at: int) -> int:
    match = _TOKEN.match(text, at)
    return match.end() if match else min(at + 1, len(text))


def no_content(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A place where a value should be and is none."""
    at = failure.at
    found = text[at : at + 1]
    span = Span(at, min(at + 1, len(text)))
    if found == ",":
        return YamlProblem("yaml-syntax", span, "a ',' with no item before it", "delete it, or put the value in quotes if the ',' belongs to it")
    if found in ("]", "}"):
        return YamlProblem("yaml-syntax", span, f"'{found}' closes nothing here", "delete it, or put the value in quotes if it belongs to it")
    if found == "-":
        return YamlProblem("yaml-syntax", span, "'- ' cannot stand inside '[ ]' or '{ }'", "separate the items by ','")
    if found in (":", "?"):
        return YamlProblem("yaml-syntax", span, f"a '{found}' where a value should be", "put the value in quotes if it belongs to it")
    if at >= len(text) and failure.context_at is not None:
        return YamlProblem("yaml-syntax", span, "the file ends where a value should be", "close the bracket that is still open")
    return None
