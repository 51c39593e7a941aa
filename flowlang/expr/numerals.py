"""Texts that are to be numbers: what to write, and the text that a number repeats."""

from __future__ import annotations

import re

from flowlang.diagnostics.rule import Effect
from flowlang.expr import types
from flowlang.expr.nodes import Binary, Literal, Lookup, Node
from flowlang.expr.problems import Problem, ProblemFix
from flowlang.expr.values import Unknown, type_of
from flowlang.patterns import pattern

_WHOLE = pattern(r"[ ]*[+-]?[0-9][0-9_]*[ ]*", re.ASCII)
_REAL = pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)


def wrapped(function: str, node: Node, *, safe: bool) -> ProblemFix:
    """The fix that puts a call around a node."""
    return ProblemFix(f"Write '{function}(…)'", safe, ((node.start, node.start, f"{function}("), (node.end, node.end, ")")))


def as_number(node: Node, value: object, beside: object) -> tuple[str | None, tuple[ProblemFix, ...]]:
    """How a text (the `value` of `node`, maybe unknown) becomes a number to go with `beside`.

    Engine 26.7: `int()` takes whole numbers alone, and there is no function for others but `from_json()`.
    """
    text = value if isinstance(value, str) else None
    if text is not None and not _WHOLE.fullmatch(text) and not _REAL.fullmatch(text):
        return "only a text such as '5' can be made a number", ()
    if text is not None and isinstance(node, Literal) and _REAL.fullmatch(text):
        return "a number is written without quotes", (ProblemFix(f"Write {text}", False, ((node.start, node.end, text),)),)
    fraction = type_of(beside).fits(types.FLOAT) and (text is None or _REAL.fullmatch(text))
    if fraction or (text is not None and not _WHOLE.fullmatch(text)):
        return "'from_json()' makes a text such as '0.5' a number", (wrapped("from_json", node, safe=False),)
    return "'int()' makes a text a number", (wrapped("int", node, safe=False),)


def repeated(node: Binary, left: object, right: object) -> Problem | None:
    """A param, variable or output that looks like a number, multiplied: Python repeats the text instead."""
    for side, value, count in ((node.left, left, right), (node.right, right, left)):
        if not isinstance(side, Lookup) or not type_of(value).fits(types.TEXT) or not type_of(count).fits(types.INT):
            continue
        if isinstance(value, Unknown) or (isinstance(value, str) and _WHOLE.fullmatch(value)):
            help, fixes = as_number(side, value, count)
            message = "a text multiplied by a number is repeated, not multiplied"
            return Problem("type-mismatch", node.start, node.end, message, help, fixes, Effect.ADVICE)
    return None
