"""The words for operators on values that they do not take."""

from __future__ import annotations

from flowlang.expr import types
from flowlang.expr.nodes import Binary, Literal, Lookup, Node
from flowlang.expr.numerals import as_number, wrapped
from flowlang.expr.problems import Problem, ProblemFix, replace
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
    help, fixes = _mend(node, left, right)
    return Problem("type-mismatch", node.start, node.end, message, help, fixes)


def _mend(node: Binary, left: object, right: object) -> tuple[str | None, tuple[ProblemFix, ...]]:
    """What to write instead, where that can be told."""
    text, number = types.TEXT, types.NUMBER
    one, other = type_of(left), type_of(right)
    for this, side, that in ((one, node.right, other), (other, node.left, one)):
        if node.op == "+" and this.fits(text) and that.kinds <= _PATHS:
            return "'str()' makes a path a text", (wrapped("str", side, safe=True),)
    for value, here, side, beyond in ((left, node.left, node.right, right), (right, node.right, node.left, left)):
        if type_of(value).fits(text) and type_of(beyond).fits(number):
            if node.op == "+" and isinstance(here, Literal):
                return "'str()' makes a number a text", (wrapped("str", side, safe=True),)
            if type_of(beyond).fits(types.BOOL):
                return _as_text(value, side, beyond)
            return as_number(here, value, beyond)
    if one.fits(text) and other.fits(text) and node.op in ("-", "*", "/"):
        return "params and 'env' are always text: 'int()' makes a text a number", ()
    if "set" in (one | other).kinds:
        return "a set such as 'tags' can be merged with '|' only", ()
    return None, ()


def _as_text(value: object, side: Node, beyond: object) -> tuple[str | None, tuple[ProblemFix, ...]]:
    """A bool beside a text: mostly a param that says ``true``, so that the bool is to be a text too."""
    if not isinstance(side, Literal):
        return "a param is text: compare it with 'true' or 'false'", ()
    word = str(beyond) if value in ("True", "False") else str(beyond).lower()
    return f"compare it with the text '{word}'", (replace(side.start, side.end, f"'{word}'", safe=False),)


# Contexts whose values are never None.
_NEVER_NONE = frozenset({"env", "needs", "params", "state"})


def not_equal(node: Binary, left: object, right: object) -> Problem | None:
    """A comparison of values that are never equal: a text and a number, or a result and a word that no result is."""
    for status, side, word in ((left, node.right, right), (right, node.left, left)):
        if type_of(status).fits(types.STATUS) and isinstance(word, str) and word not in RESULTS:
            return _no_status(node, side, word)
    nothing = _with_none(node, left, right)
    if nothing is not None:
        return nothing
    one, other = type_of(left), type_of(right)
    groups = [{index for index, group in enumerate(_GROUPS) if side.kinds & group} for side in (one, other)]
    if "none" in one.kinds or "none" in other.kinds or groups[0] & groups[1] or not groups[0] or not groups[1]:
        return None
    help, fixes = _mend(node, left, right)
    if "mark" in (one | other).kinds:
        help = None
    return _never(node, one.words, other.words, help, fixes)


def _with_none(node: Binary, left: object, right: object) -> Problem | None:
    """A param, variable or output, which is always text, compared with None."""
    for side, value, beyond in ((node.left, left, right), (node.right, right, left)):
        if beyond is None and isinstance(side, Lookup) and side.name in _NEVER_NONE and type_of(value).fits(types.TEXT):
            return _never(node, "text", "None", "an empty text is found by comparing with ''")
    return None


def _never(node: Binary, one: str, other: str, help: str | None, fixes: tuple[ProblemFix, ...] = ()) -> Problem:
    message = f"{one} never equals {other}: this is always {'False' if node.op == '==' else 'True'}"
    return Problem("always-unequal", node.start, node.end, message, help, fixes)


def _no_status(node: Binary, side: Node, word: str) -> Problem:
    """A result compared with a word that no result is, a misspelt one for instance."""
    guess = closest(word, RESULTS)
    hint = f"; did you mean '{guess}'?" if guess else ""
    fixes = (replace(side.start, side.end, f"'{guess}'"),) if guess and isinstance(side, Literal) else ()
    result = "False" if node.op == "==" else "True"
    message = f"no result is {quoted(word)}: this is always {result}{hint}"
    return Problem("unknown-status-literal", side.start, side.end, message, f"a result is one of: {listing(RESULTS)}", fixes)
