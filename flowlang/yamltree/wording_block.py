"""Words for errors of keys, list items and indentation."""

from __future__ import annotations

from flowlang.patterns import pattern
from flowlang.text import Edit, Span, quoted
from flowlang.yamltree.nodes import Scalar, YamlFix, YamlProblem
from flowlang.yamltree.reader import Failure
from flowlang.yamltree.unquoted import in_block, in_brackets
from flowlang.yamltree.values import LINE_BREAK, indentation, line_end, line_start, previous_line, quoting, same_line, stands_alone, value_end, value_start

_GLUED = pattern(r"(?:- +)*([A-Za-z_][\w-]*)(:)(?![ :/])\S")
_WORD = pattern(r"(?:- +)*([^\s:#][^:#]*?)[ \t]*(?:#.*)?$")
_CHECK_ABOVE = "check the indentation, the ':' and the quotes of the lines above"
_ANY_KEY = pattern(r"(?:- +)*([^\s:#'\"][^:#]*):(?= |$)")


def _glued(text: str, start: int) -> YamlProblem | None:
    """A key whose colon has no blank behind it, at the start of a line's content."""
    match = _GLUED.match(text, start)
    if match is None:
        return None
    colon = match.start(2)
    fix = YamlFix("Insert a space", True, (Edit(Span(colon + 1, colon + 1), " "),))
    message = f"a space is missing after the ':' of {quoted(match.group(1))}"
    return YamlProblem("yaml-syntax", Span(match.start(1), colon + 1), message, "a key and its value are separated by ': '", (fix,))


def _shown(text: str) -> str:
    return quoted(text if len(text) <= 40 else text[:40] + "…")


def second_colon(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A ``:`` where no key can be: inside a value, or below a line that is already a value."""
    at = failure.at
    expression = in_block(text, at)
    if expression is not None:
        return expression
    start = line_start(text, at)
    content = start + indentation(text, at)
    begin = value_start(text, at)
    if begin > content and begin < at:
        if text[begin] in "'\"":
            message, help_text = "a ':' behind a quoted value", "put the whole value in quotes of the other kind, or delete the ':'"
            return YamlProblem("yaml-syntax", Span(at, at + 1), message, help_text)
        help_text = "put the value in quotes; or, if this is a key, put it on a line of its own"
        fixes = (quoting(text, begin, value_end(text, begin)),) if stands_alone(text, at) else ()
        return YamlProblem("yaml-syntax", Span(at, at + 1), "': ' inside a value without quotes", help_text, fixes)
    key = Span(content, at)
    above = previous_line(text, at)
    if above is None:
        return YamlProblem("yaml-syntax", Span(at, at + 1), "a ':' is not allowed here", "put the value in quotes if it belongs to it")
    if len(LINE_BREAK.findall(text, above[1], at)) > 2:  # keep near the reader's place
        return YamlProblem("yaml-syntax", key, "a key is not allowed here: the text above goes on into this line", _CHECK_ABOVE)
    first = above[0] + indentation(text, above[0])
    glued = _glued(text, first)
    if glued is not None:
        return glued
    line = text[first : above[1]].rstrip()
    owner = _ANY_KEY.match(line)
    if owner is None and indentation(text, first) <= content - start:
        word = _WORD.match(line)
        if word is not None and line[:1] not in "'\"|>[{":
            return _no_colon(Span(first + word.start(1), first + word.end(1)), word.group(1))
    if owner is not None:
        message = f"{quoted(text[key.start : key.end].strip())} is indented like a part of {quoted(owner.group(1))}, which has a value already"
        return YamlProblem("yaml-syntax", key, message, "indent it like the keys beside it, or move the value above to a line of its own")
    return YamlProblem("yaml-syntax", key, "a key is not allowed here: the text above goes on into this line", _CHECK_ABOVE)


def _no_colon(span: Span, word: str) -> YamlProblem:
    return YamlProblem("yaml-syntax", span, f"{_shown(word)} has no ':' after it", "a key is followed by ':', a list item preceded by '- '")


def missing_colon(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A line among keys that is no key."""
    start = failure.context_at
    if start is None:
        return None
    end = value_end(text, start)
    glued = _glued(text, start)
    if glued is not None:
        return glued
    if text[start] in "'\"":
        # Mostly a quote that was closed too late, so that the reader met a text over many lines.
        span = Span(start, start + 1)
        help_text = "check that the quotes are closed where they should be, and that a ':' follows the key"
        return YamlProblem("yaml-syntax", span, "a quoted text where a key should be", help_text)
    if end - start > 1024 and text.find(": ", start, end) >= 0:
        return YamlProblem("yaml-syntax", Span(start, end), "a key longer than 1024 characters", "shorten it")
    return _no_colon(Span(start, end), text[start:end])


def stray_dash(text: str, failure: Failure, last: Scalar | None) -> YamlProblem:
    """A list item where none can be."""
    at = failure.at
    span = Span(at, at + 1)
    before = text[line_start(text, at) : at].strip()
    if before.endswith(":"):
        return YamlProblem("yaml-syntax", span, "a list item on the line of its key", "put each '- …' on a line of its own, below the key")
    if before:
        return YamlProblem("yaml-syntax", span, "a list item in the middle of a line", "put each '- …' on a line of its own")
    message = "a list item is not allowed here: the line above has a value already"
    return YamlProblem("yaml-syntax", span, message, "check the indentation of this line and of the one above")


def stray_question(text: str, failure: Failure, last: Scalar | None) -> YamlProblem:
    """A ``? `` where no key can be."""
    at = failure.at
    return YamlProblem("yaml-syntax", Span(at, at + 1), "'? ' is not allowed here", "put the value in quotes if the '?' belongs to it")


def _extra(text: str, at: int, last: Scalar | None) -> YamlProblem | None:
    """Something behind a value that is complete, on its line."""
    expression = in_brackets(text, at)
    if expression is not None:
        return expression
    start = line_start(text, at)
    before = text[start:at].rstrip(" ")
    if not before.strip() or before.endswith((":", "-")):
        return None
    begin = value_start(text, at)
    span = Span(at, max(value_end(text, at), at + 1))
    if last is not None and last.style in ("'", '"') and last.style and last.end <= at and not text[last.end : at].strip(" "):
        if not same_line(text, last.start, last.end):
            message = "text behind a closing quote"
            return YamlProblem("yaml-syntax", span, message, "the quoted text begins on a line above; check that its quote is closed where it should be")
        return _behind_quote(text, span, last)
    char = text[begin : begin + 1]
    if char in ("[", "{"):
        message = f"text behind a closing '{']' if char == '[' else '}'}'"
        return YamlProblem("yaml-syntax", span, message, "put the whole value in quotes", (quoting(text, begin, value_end(text, begin)),))
    return None


def _behind_quote(text: str, span: Span, last: Scalar) -> YamlProblem:
    """The quoted value is complete, and text follows: mostly quotes inside quotes, or a quoted word at the start of a text."""
    end = span.end
    raw = text[last.start : end]
    inner = raw[1:-1]
    if raw.endswith(last.style) and len(raw) > 1 and span.start < end:
        # "${{ x["a"] }}": the text was meant to reach to the last quote.
        other = "'" if last.style == '"' else '"'
        fixes: tuple[YamlFix, ...] = ()
        if other not in inner and "\\" not in inner and "\n" not in inner:
            edits = (Edit(Span(last.start, last.start + 1), other), Edit(Span(end - 1, end), other))
            fixes = (YamlFix("Use the other quotes around the value", True, edits),)
        help_text = "use the other kind of quotes inside, or around the whole value"
        return YamlProblem("yaml-syntax", span, "text behind a closing quote: quotes of the same kind stand inside the value", help_text, fixes)
    fix = quoting(text, last.start, end)
    return YamlProblem("yaml-syntax", span, "text behind a closing quote", "put the whole value in quotes", (fix,))


_STRAY = {
    "]": "']' closes nothing here",
    "}": "'}' closes nothing here",
    ",": "a ',' between values is for '[ ]' and '{ }' only",
}


def block_goes_on(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """A block mapping or list is followed by something that does not belong to it."""
    at = failure.at
    found = text[at : at + 1]
    if "node" in failure.context:
        return None
    expression = in_block(text, at)
    if expression is not None:
        return expression
    extra = _extra(text, at, last)
    if extra is not None and found not in _STRAY:
        return extra
    if found in _STRAY:
        span = Span(at, at + 1)
        fix = YamlFix("Delete it", False, (Edit(span, ""),))
        return YamlProblem("yaml-syntax", span, _STRAY[found], "delete it, or put the value in quotes if it belongs to it", (fix,))
    column = at - line_start(text, at)
    opened = failure.context_at if failure.context_at is not None else at
    wanted = opened - line_start(text, opened)
    span = Span(at, max(min(line_end(text, at), value_end(text, at)), at))
    if found == "-" and "mapping" in failure.context and column == wanted:
        help_text = "a mapping holds keys only; indent the list below the key that it belongs to"
        return YamlProblem("yaml-syntax", Span(at, at + 1), "a list item among keys", help_text)
    if "collection" in failure.context and column == wanted:
        return YamlProblem("yaml-syntax", span, "a key among list items", "begin it with '- ', or indent it differently")
    if found == ":":
        return YamlProblem("yaml-syntax", Span(at, at + 1), "a ':' with no key before it", "put a key before it, or the value in quotes")
    if column == wanted:
        return None
    above = previous_line(text, at)
    deeper = indentation(text, above[0]) if above is not None else wanted
    levels = [_spaces(wanted)] + ([_spaces(deeper)] if deeper > max(column, wanted) else [])
    return YamlProblem("yaml-syntax", span, f"indented by {_spaces(column)}, which fits no line above", f"indent it by {' or '.join(levels)}")


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def after_document(text: str, failure: Failure, last: Scalar | None) -> YamlProblem | None:
    """The whole value is complete, and something follows."""
    at = failure.at
    found = text[at : at + 1]
    if found in _STRAY:
        return YamlProblem("yaml-syntax", Span(at, at + 1), _STRAY[found], "delete it")
    extra = _extra(text, at, last)
    if extra is not None:
        return extra
    span = Span(at, max(value_end(text, at), at))
    above = previous_line(text, at)
    if above is not None and text.startswith("...", above[0]):
        return YamlProblem("yaml-syntax", span, "text behind the end of the document ('...')", "delete the line with '...', or all that follows it")
    if above is not None and text[above[0]] == "%":
        help_text = "delete it, or put the value that it belongs to in quotes"
        return YamlProblem("yaml-syntax", Span(*above), "a line that starts with '%' is a YAML directive", help_text)
    if above is not None and indentation(text, above[0]) > at - line_start(text, at):
        message = "indented less than the first line of the file"
        return YamlProblem("yaml-syntax", span, message, "lines of the top level all begin at the same column")
    return YamlProblem("yaml-syntax", span, "this does not belong to anything above", "a config is one mapping: keys, all at the same column")
