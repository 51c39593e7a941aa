"""The tokens of expressions for highlighting: what each name in them is."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr import Attr, Call, ExprPart, ListComp, Lookup, lookups, walk
from flowlang.expr.lexer import lex
from flowlang.expr.tokens import CLOSERS
from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.model import Leaf
from flowlang.text import Source, Span

KINDS = ("function", "keyword", "macro", "number", "operator", "parameter", "property", "string", "variable")
"""What tokens are: ``macro`` are the braces around an expression, ``parameter`` names that a comprehension binds, ``variable`` contexts."""
_TERMINALS = {
    **dict.fromkeys(("NONE", "TRUE", "FALSE", "AND", "OR", "NOT", "IF", "ELSE", "FOR", "IN"), "keyword"),
    **dict.fromkeys(("COMPARE", "PIPE", "PLUS", "MINUS", "STAR", "SLASH", "PERCENT"), "operator"),
    "NUMBER": "number",
    "STRING": "string",
}


class Token(NamedTuple):
    """A piece of one line of a file, and what it is: one of `KINDS`."""

    span: Span
    kind: str


def tokens(index: Index, path: str, within: Span | None = None) -> list[Token]:
    """The tokens of all expressions of a file, or of those that touch a range, in their order."""
    config = index.config(path)
    if config is None or config.block is None:
        return []
    found: dict[Span, str] = {}  # what an alias repeats is found more than once
    for leaf in config.block.leaves():
        if leaf.scope != "none" and leaf.may_hold_expressions and (within is None or leaf.span.touches(within)):
            for part in leaf.template.expressions:
                for span, kind in _of_part(leaf, part):
                    found.update(dict.fromkeys(_lines(config.source, leaf.place(span.start, span.end)), kind))
    return sorted(Token(span, kind) for span, kind in found.items())


def _of_part(leaf: Leaf, part: ExprPart) -> Iterator[tuple[Span, str]]:
    """The tokens of one expression, in offsets of the decoded text."""
    text, begin, closer = leaf.template.text, part.start + len(part.opener), CLOSERS[part.opener]
    end = part.end - len(closer) if text.endswith(closer, begin, part.end) else part.end
    names = dict(_names(part))
    yield Span(part.start, begin), "macro"
    # `>>` may be an operator too: the notation that it closes has no mistakes, and ends where it was found to end
    for token in lex(text, begin, part.opener, end if closer == ">>" else None).tokens:
        kind = names.get(token.start) if token.type == "NAME" else _TERMINALS.get(token.type)
        if kind is not None and token.start < token.end:
            yield Span(token.start, token.end), kind
    if end < part.end:
        yield Span(end, part.end), "macro"


def _names(part: ExprPart) -> Iterator[tuple[int, str]]:
    """What the names in an expression are, by where they begin."""
    for lookup, bound in lookups(part.tree):
        yield lookup.at, "parameter" if lookup.name in bound else "variable"
    for node in walk(part.tree):
        if isinstance(node, Call):
            yield node.at, "function"
        elif isinstance(node, ListComp):
            yield node.name_start, "parameter"
        if isinstance(node, Lookup | Call):
            yield from ((trailer.start, "property") for trailer in node.trailers if isinstance(trailer, Attr))


def _lines(source: Source, span: Span) -> Iterator[Span]:
    """The parts of a span on each of its lines, without the blanks that indent them."""
    first, last = source.position(span.start).line, source.position(span.end).line
    for number in range(first, last + 1):
        line = source.line_span(number)
        start, end = max(span.start, line.start), min(span.end, line.end)
        text = source.text[start:end]
        start += len(text) - len(text.lstrip(" \t")) if number > first else 0
        end -= len(text) - len(text.rstrip(" \t")) if number < last else 0
        if start < end:
            yield Span(start, end)
