"""Expressions without quotes that YAML stumbles over, or silently cuts."""

from __future__ import annotations

from flowlang.patterns import pattern
from flowlang.text import Source, Span
from flowlang.yamltree.nodes import Mapping, Scalar, YamlFix, YamlProblem
from flowlang.yamltree.values import LINE_BREAK, OPENER, expression_end, expressions, line_end, line_start, quoting, value_end, value_start

_HELP = "put the whole value in quotes"


def _problem(text: str, span: tuple[int, int], why: str, value: tuple[int, int] | None) -> YamlProblem:
    fixes = (quoting(text, *value),) if value and LINE_BREAK.search(text, *value) is None else ()
    return YamlProblem("unquoted-expression", Span(*span), f"an expression {why} needs quotes", _HELP, fixes)


def in_block(text: str, at: int) -> YamlProblem | None:
    """The problem, when the ``: `` at `at` is part of an expression without quotes."""
    end = line_end(text, at)
    for opener, closer in expressions(text, line_start(text, at), end):
        if not opener < at < closer:
            continue
        start = value_start(text, opener)
        if text[start] in "'\"|>[{":
            return None
        closed = expression_end(text, opener, end) >= 0
        value = (start, value_end(text, start)) if closed else None
        return _problem(text, (opener, closer), "with ': ' in it", value)
    return None


_ITEM_START = pattern(r"[\[{,]|:\s")
_ITEM_END = pattern(r"[\]},\r\n]")


def in_brackets(text: str, at: int) -> YamlProblem | None:
    """The problem, when the bracket at `at` belongs to the opener of an expression inside a flow collection."""
    opener = at - 1
    if opener < 0 or not OPENER.match(text, opener):
        return None
    end = line_end(text, at)
    closer = expression_end(text, opener, end)
    if closer < 0:
        return _problem(text, (opener, end), "inside '[ ]' or '{ }'", None)
    # The item around it: back to the last comma, bracket or colon, ahead to the next comma or closing
    # bracket that is in no other expression.
    start = line_start(text, at)
    for mark in _ITEM_START.finditer(text, start, opener):
        start = mark.end()
    start += len(text[start:opener]) - len(text[start:opener].lstrip(" \t"))
    stop = closer
    while (mark_end := _ITEM_END.search(text, stop, end + 1)) is not None:
        inside = next((span for span in expressions(text, stop, end) if span[0] < mark_end.start() < span[1]), None)
        if inside is None:
            break
        stop = inside[1]
    finish = mark_end.start() if mark_end else end
    finish = start + len(text[start:finish].rstrip(" \t"))
    return _problem(text, (opener, closer), "inside '[ ]' or '{ }'", (start, finish))


def misread(text: str, mapping: Mapping) -> tuple[YamlProblem, Scalar] | None:
    """What is wrong with a mapping that is an expression cut in two, ``- ${{ {'a': 1} }}``, and the text that it was meant to be."""
    key, value = mapping.pairs[0].key, mapping.pairs[0].value
    if not isinstance(key, Scalar) or key.style or not isinstance(value, Scalar):
        return None
    end = line_end(text, key.start)
    for opener, closer in expressions(text, key.start, end):
        if opener < key.end < closer <= mapping.end:
            stop = value_end(text, key.start)
            scalar = Scalar(key.start, stop, None, text[key.start : stop], "")
            return _problem(text, (opener, closer), "with ': ' in it", (key.start, stop)), scalar
    return None


_CUT = pattern(r"[ \t]+#[^\r\n]*")


def cut_by_comment(source: Source, scalar: Scalar) -> YamlProblem | None:
    """The problem, when a comment cuts off an expression of a plain scalar: ``cmd: ${{ fmt('a #b') }}``.

    The file is valid YAML, so `parse` reports nothing: ask this where an expression of the scalar is
    not closed.
    """
    text = source.text
    comment = _CUT.match(text, scalar.end)
    if scalar.style or comment is None:
        return None
    for opener, closer in expressions(text, scalar.start, scalar.end):
        if closer < scalar.end or expression_end(text, opener, scalar.end) >= 0:
            continue
        whole = expression_end(text, opener, comment.end())
        if whole < 0:
            continue
        fixes: tuple[YamlFix, ...] = ()
        if LINE_BREAK.search(text, scalar.start, scalar.end) is None:
            end = value_end(text, scalar.start)
            fixes = (quoting(text, scalar.start, end),)
        span = Span(scalar.end + len(comment.group()) - len(comment.group().lstrip()), whole)
        return YamlProblem("comment-cuts-expression", span, "this '#' starts a comment and cuts off the expression before it", _HELP, fixes)
    return None
