"""The words for YAML errors: what is wrong in the user's terms, where, and how to mend it.

The reader says what it choked on in terms of its grammar. Here each of its complaints is translated;
the finding stays within a line of the reader's place, or on the opener that the complaint is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flowlang.light import NamedTuple
from flowlang.text import Span, quoted
from flowlang.yamltree import wording_block, wording_flow, wording_tokens
from flowlang.yamltree.nodes import Scalar, YamlProblem
from flowlang.yamltree.reader import Failure

_NAMES = {"\0": "NUL", "\ufffe": "U+FFFE", "\uffff": "U+FFFF", "\x7f": "DEL"}


def special_characters(text: str, pattern: re.Pattern[str], most: int) -> list[YamlProblem]:
    """Problems of the characters that YAML does not allow: the first of each, at most so many."""
    found: list[YamlProblem] = []
    seen: set[str] = set()
    for match in pattern.finditer(text):
        char = match.group()
        if char in seen:
            continue
        seen.add(char)
        name = _NAMES.get(char, f"U+{ord(char):04X}")
        help_text = 'delete it, or write it as an escape in double quotes ("\\x07")' if char != "\0" else "is this a text file?"
        found.append(YamlProblem("special-character", Span(*match.span()), f"character {name} is not allowed in YAML", help_text))
        if len(found) == most:
            break
    return found


class _Row(NamedTuple):
    """A complaint of the reader (the beginning of its problem and of its context) and who words it."""

    problem: str
    context: str
    word: Callable[[str, Failure, Scalar | None], YamlProblem | None]


_TABLE = (
    _Row("found character '\\t'", "", wording_tokens.tab),
    _Row("found character", "", wording_tokens.cannot_start),
    _Row("mapping values are not allowed here", "", wording_block.second_colon),
    _Row("sequence entries are not allowed here", "", wording_block.stray_dash),
    _Row("mapping keys are not allowed here", "", wording_block.stray_question),
    _Row("could not find expected ':'", "", wording_block.missing_colon),
    _Row("", "while parsing a block", wording_block.block_goes_on),
    _Row("expected '<document start>'", "", wording_block.after_document),
    _Row("", "while parsing a flow sequence", wording_flow.in_collection),
    _Row("", "while parsing a flow mapping", wording_flow.in_collection),
    _Row("expected the node content", "", wording_flow.no_content),
    _Row("found undefined tag handle", "", wording_tokens.tag),
    _Row("", "while scanning a tag", wording_tokens.tag),
    _Row("", "while parsing a tag", wording_tokens.tag),
    _Row("", "while scanning an a", wording_tokens.anchor),
    _Row("", "while scanning a block scalar", wording_tokens.block_header),
    _Row("found unknown escape", "", wording_tokens.escape),
    _Row("expected escape sequence", "", wording_tokens.escape),
    _Row("", "ValueError", wording_tokens.escape_beyond),
    _Row("", "OverflowError", wording_tokens.escape_beyond),
    _Row("", "while scanning a quoted scalar", wording_tokens.unclosed_quote),
    _Row("", "while scanning a directive", wording_tokens.directive),
    _Row("found duplicate YAML directive", "", wording_tokens.directive),
    _Row("found incompatible YAML", "", wording_tokens.directive),
    _Row("duplicate tag handle", "", wording_tokens.directive),
)


def worded(text: str, failure: Failure, last: Scalar | None) -> YamlProblem:
    """The problem that a reader's failure is; `last` is the last scalar that it read before."""
    for row in _TABLE:
        if failure.problem.startswith(row.problem) and failure.context.startswith(row.context):
            problem = row.word(text, failure, last)
            if problem is not None:
                return _near(text, problem, failure)
    at = min(failure.at, len(text))
    found = text[at : at + 1]
    shown = f" at {quoted(found)}" if found.strip() else ""
    return YamlProblem("yaml-syntax", Span(at, min(at + 1, len(text))), f"this is not valid YAML{shown}", None)


def _near(text: str, problem: YamlProblem, failure: Failure) -> YamlProblem:
    """The problem where the reader met it, if the place found for it lies lines away and the reader names no other."""
    at = min(failure.at, len(text))
    start = problem.span.start
    if failure.context or start >= at or text.count("\n", start, at) <= 1:
        return problem
    line = text.count("\n", 0, start) + 1
    return problem._replace(span=Span(at, min(at + 1, len(text))), message=f"{problem.message} (on line {line})")
