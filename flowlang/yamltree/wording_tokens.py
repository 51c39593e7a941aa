"""Words for errors within one token: tabs, quotes, escapes, indicators that start no value."""

from __future__ import annotations

import re

from flowlang.patterns import pattern
from flowlang.text import Edit, Span, quoted
from flowlang.yamltree.nodes import Scalar, YamlFix, YamlProblem
from flowlang.yamltree.reader import Failure
from flowlang.yamltree.values import line_end, line_start, quoting, quoting_of_value, value_end

_TABS = pattern(r"[ \t]*\t[ \t]*|\t+")
_INDENTED = pattern(r"^([ \t]*\t[ \t]*)(?=[^ \t\r\n]|$)", re.MULTILINE)


def tab(text: str, failure: Failure, last: Scalar | None) -> YamlProblem:
    """A tab between tokens."""
    at = failure.at
    match = _TABS.match(text, at)
    end = match.end() if match else at + 1
    span = Span(at, end)
    if not text[line_start(text, at) : at].strip(" "):
        fixes = _reindented(text, line_start(text, at))
        if end >= line_end(text, at):
            return YamlProblem("tab-indent", span, "a tab on a line of its own", "YAML allows only spaces; leave the line empty", _deleted(span))
        return YamlProblem("tab-indent", span, "a tab in the indentation", "YAML allows only spaces there", fixes)
    rest = text[end : end + 1]
    if not rest or rest in "\r\n":
        return YamlProblem("tab-indent", span, "a tab at the end of the line", "YAML allows only spaces; delete it", _deleted(span))
    between = text[line_start(text, at) : at].rstrip().endswith((":", "-", ",", "?", "[", "{")) or rest == "#"
    fix = YamlFix("Replace the tab with a space", between, (Edit(span, " "),))
    return YamlProblem("tab-indent", span, "a tab between two parts of the line", "YAML allows only spaces there", (fix,))


def _deleted(span: Span) -> tuple[YamlFix, ...]:
    return (YamlFix("Delete the tab", True, (Edit(span, ""),)),)


def _reindented(text: str, start: int) -> tuple[YamlFix, ...]:
    """Two blanks for every tab of an indentation from `start` on; safe where no blanks are mixed in that tell another width."""
    found = _INDENTED.finditer(text, start)
    edits = tuple(Edit(Span(*match.span(1)), match.group(1).replace("\t", "  ")) for match in found)
    mixed = re.search(r"^ +\S|^\t* +\t|^\t+ +\S", text, re.MULTILINE)
    return (YamlFix("Indent with spaces", mixed is None, edits),) if edits else ()


_STARTS = {
    "@": "'@' is reserved and cannot start a value",
    "`": "a backtick is reserved and cannot start a value",
    "%": "'%' cannot start a value",
}


def cannot_start(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A character that starts no token."""
    at = failure.at
    char = text[at : at + 1]
    message = _STARTS.get(char, f"{quoted(char)} cannot start a value")
    return YamlProblem("yaml-syntax", Span(at, at + 1), message, "put the value in quotes", quoting_of_value(text, at))


_TAG = pattern(r"!\S*")


def tag(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A tag that cannot be read or is unknown."""
    start = failure.context_at if failure.context_at is not None else failure.at
    match = _TAG.match(text, start) or _TAG.match(text, failure.at)
    if match is None:
        return None
    start = match.start()
    help_text = "a '!' at the start of a value makes a tag; put the value in quotes"
    return YamlProblem("unknown-tag", Span(*match.span()), f"unknown tag {quoted(match.group())}", help_text, quoting_of_value(text, start))


_ANCHORS = {"*": "an alias", "&": "an anchor"}


def anchor(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """An alias or anchor without a proper name, mostly a glob or a shell command."""
    start = failure.context_at if failure.context_at is not None else failure.at
    char = text[start : start + 1]
    if char not in _ANCHORS:
        return None
    message = f"'{char}' at the start of a value makes it {_ANCHORS[char]}, and this is no name of one"
    return YamlProblem("yaml-syntax", Span(start, max(failure.at, start + 1)), message, "put the value in quotes", quoting_of_value(text, start))


def block_header(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A block scalar with something behind its indicator."""
    start = failure.context_at if failure.context_at is not None else failure.at
    char = text[start : start + 1]
    if char not in ("|", ">"):
        return None
    end = value_end(text, start)
    rest = Span(failure.at, max(end, failure.at))
    if text[failure.at : failure.at + 1] == "0":
        return YamlProblem("yaml-syntax", Span(failure.at, failure.at + 1), f"the indentation behind '{char}' is a number from 1 to 9", "leave it out")
    message = f"text behind '{char}' on the same line"
    help_text = f"'{char}' begins a text that starts on the next line; put the value in quotes if the '{char}' belongs to it"
    fixes: tuple[YamlFix, ...] = ()
    if text[start + 1 : start + 2] not in (" ", "\t", "-", "+"):
        fixes = (quoting(text, start, end),)
    elif text[failure.at : failure.at + 1] == "#":
        message, help_text = f"a comment right behind '{char}'", "put a space before the '#'"
        fixes = (YamlFix("Insert a space", True, (Edit(Span(failure.at, failure.at), " "),)),)
    elif text[failure.at : failure.at + 1] == "\t":
        return tab(text, failure, last)
    return YamlProblem("yaml-syntax", rest, message, help_text, fixes)


def escape(text: str, failure: Failure, last: Scalar | None) -> YamlProblem:
    """A backslash that makes no escape."""
    at = text.rfind("\\", 0, failure.at + 1)
    char = text[at + 1 : at + 2]
    length = {"x": 2, "u": 4, "U": 8}.get(char)
    if length:
        digits = re.compile("[0-9A-Fa-f]*").match(text, at + 2, at + 2 + length)
        end = digits.end() if digits else at + 2
        return YamlProblem("yaml-syntax", Span(at, end), f"'\\{char}' needs {length} hexadecimal digits", "write them, or double the backslash")
    fix = YamlFix("Double the backslash", True, (Edit(Span(at, at), "\\"),))
    if char == "'":
        fix = YamlFix("Delete the backslash", True, (Edit(Span(at, at + 1), ""),))
    help_text = "in double quotes a backslash starts an escape; double it, or use single quotes"
    return YamlProblem("yaml-syntax", Span(at, min(at + 2, len(text))), f"unknown escape {quoted(chr(92) + char)}", help_text, (fix,))


def escape_beyond(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """An escape of a code point beyond the last one: the engine's reader dies of it."""
    at = text.rfind("\\U", 0, failure.at + 1)
    if at < 0 or failure.at - at > 2:
        return None
    return YamlProblem("yaml-syntax", Span(at, min(at + 10, len(text))), "an escape beyond the last character of Unicode", "the highest is \\U0010FFFF")


def unclosed_quote(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A quoted text without an end."""
    start = failure.context_at
    if start is None:
        return None
    quote = text[start : start + 1]
    message = f"this quote ({quote}) is never closed" if quote != "'" else "this single quote is never closed"
    help_text = f"close the text with {quote}"
    if "separator" in failure.problem:
        message, help_text = "this quoted text runs into the end of the document", f"close it with {quote}, or indent the line that starts with '---' or '...'"
    if quote == "'":
        help_text += "; inside single quotes a single quote is written twice"
    return YamlProblem("yaml-syntax", Span(start, start + 1), message, help_text)


def directive(text: str, failure: Failure, last: Scalar | None) -> YamlProblem:
    """A line that starts with a percent sign."""
    at = failure.context_at if failure.context_at is not None else failure.at
    start = line_start(text, at)
    span = Span(start, max(value_end(text, start), start))
    message = "a line that starts with '%' is a YAML directive, and this one is not valid"
    return YamlProblem("yaml-syntax", span, message, "delete it, or put the value that it belongs to in quotes")
