"""The words for operators on values that they do not take."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect
from flowlang.expr import types
from flowlang.expr.nodes import Binary, Literal, Node
from flowlang.expr.problems import Problem, ProblemFix, replace
from flowlang.expr.types import Type
from flowlang.expr.values import type_of
from flowlang.text import closest, listing, quoted

_VERBS = {"+": "be added to", "-": "be subtracted from", "*": "be multiplied with", "/": "be divided by", "%": "be divided by", "|": "be merged with"}
_PATHS = frozenset({"path", "remote-path", "uri"})
# Values of different groups are never equal (engine 26.7: Python's ``==``).
_GROUPS = (
    types.NUMBER.kinds,
    types.TEXT.kinds,
    frozenset({"path", "remote-path"}),
    *(frozenset({kind}) for kind in ("uri", "list", "mapping", "set", "object", "mark")),
)


RESULTS = ("succeeded", "failed", "cancelled", "skipped")
"""What the result of a completed need can be (engine 26.7: a cached one counts as succeeded)."""


def wrong_operands(node: Binary, left: object, right: object) -> Problem:
    """An operator that fails on such values."""
    one, other = type_of(left), type_of(right)
    if node.op in ("<", "<=", ">", ">="):
        message = f"{one.words} and {other.words} cannot be compared by size"
    elif node.op == "-":
        message = f"{other.words} cannot be subtracted from {one.words}"
    else:
        message = f"{one.words} cannot {_VERBS[node.op]} {other.words}"
    help, fixes = _mend(node, one, other)
    return Problem("type-mismatch", node.start, node.end, message, help, fixes)


def _mend(node: Binary, left: Type, right: Type) -> tuple[str | None, tuple[ProblemFix, ...]]:
    """What to write instead, where that can be told."""
    text, number = types.TEXT, types.NUMBER
    for this, side, that in ((left, node.right, right), (right, node.left, left)):
        if node.op == "+" and this.fits(text) and that.kinds <= _PATHS:
            return "'str()' makes a path a text", (_wrap("str", side, safe=True),)
    for this, other, side, that in ((left, node.left, node.right, right), (right, node.right, node.left, left)):
        if not (this.fits(text) and that.fits(number)):
            continue
        if node.op == "+" and isinstance(other, Literal):
            return "'str()' makes a number a text", (_wrap("str", side, safe=True),)
        return "'int()' makes a text a number", (_wrap("int", other, safe=False),)
    if left.fits(text) and right.fits(text) and node.op in ("-", "*", "/"):
        return "params and 'env' are always text: 'int()' makes a text a number", ()
    if "set" in (left | right).kinds:
        return "a set such as 'tags' can be merged with '|' only", ()
    return None, ()


def _wrap(function: str, node: Node, *, safe: bool) -> ProblemFix:
    return ProblemFix(f"Write '{function}(…)'", safe, ((node.start, node.start, f"{function}("), (node.end, node.end, ")")))


def not_equal(node: Binary, left: object, right: object) -> Problem | None:
    """A comparison of values that are never equal: a text and a number, or a result and a word that no result is."""
    for status, side, word in ((left, node.right, right), (right, node.left, left)):
        if type_of(status).fits(types.STATUS) and isinstance(word, str) and word not in RESULTS:
            return _no_status(node, side, word)
    one, other = type_of(left), type_of(right)
    groups = [{index for index, group in enumerate(_GROUPS) if side.kinds & group} for side in (one, other)]
    if "none" in one.kinds or "none" in other.kinds or groups[0] & groups[1] or not groups[0] or not groups[1]:
        return None
    result = "False" if node.op == "==" else "True"
    help, fixes = _mend(node, one, other)
    if "mark" in (one | other).kinds:
        help = None
    return Problem("type-mismatch", node.start, node.end, f"{one.words} never equals {other.words}: this is always {result}", help, fixes, Effect.ADVICE)


def _no_status(node: Binary, side: Node, word: str) -> Problem:
    """A result compared with a word that no result is, a misspelt one for instance."""
    guess = closest(word, RESULTS)
    hint = f"; did you mean '{guess}'?" if guess else ""
    fixes = (replace(side.start, side.end, f"'{guess}'"),) if guess and isinstance(side, Literal) else ()
    result = "False" if node.op == "==" else "True"
    message = f"no result is {quoted(word)}: this is always {result}{hint}"
    return Problem("unknown-status-literal", side.start, side.end, message, f"a result is one of: {listing(RESULTS)}", fixes)
