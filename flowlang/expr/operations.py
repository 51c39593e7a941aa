"""Operators, evaluated on values that may be unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowlang.expr import operators, texts, types
from flowlang.expr.bools import tell_condition
from flowlang.expr.mismatch import not_equal, wrong_operands
from flowlang.expr.nodes import Attr, Binary, Node, Ternary, Unary, lookups
from flowlang.expr.numerals import repeated
from flowlang.expr.operators import LimitError
from flowlang.expr.residuals import node_of, waits_of
from flowlang.expr.values import POISON, Unknown, type_of, unknowns

if TYPE_CHECKING:
    from flowlang.expr.evaluator import Evaluator

_LOOKS_INSIDE = frozenset({"==", "!=", "<", "<=", ">", ">=", "%"})


def unary(ev: Evaluator, node: Unary) -> object:
    """Operators before a value, the innermost first."""
    ops: list[Unary] = []
    inner: Node = node
    while isinstance(inner, Unary):
        ops.append(inner)
        inner = inner.operand
    value, rest = ev.value(inner), inner
    for op in reversed(ops):
        value = _unary(ev, op, value, rest)
        rest = op
        if value is POISON:
            return POISON
    return value


def _unary(ev: Evaluator, node: Unary, value: Any, operand: Node) -> object:
    """One operator before a value."""
    if value is POISON:
        return POISON
    made = types.unary(node.op, type_of(value))
    if not made.kinds:
        message = f"'{node.op}' takes a number, not {type_of(value).words}"
        return ev.fail("type-mismatch", node, message)
    if isinstance(value, Unknown):
        return Unknown(made, Unary(node.start, node.end, node.op, node_of(value, operand)), value.waits)
    return operators.unary(node.op, value)


def binary(ev: Evaluator, node: Binary) -> object:
    """Operators of one level in a row, from the left."""
    chain: list[Binary] = []
    left: Node = node
    while isinstance(left, Binary):
        chain.append(left)
        left = left.left
    value = ev.value(left)
    for link in reversed(chain):
        right = ev.value(link.right)
        value = _binary(ev, link, value, right)
        if isinstance(value, Unknown) and value.residual is None and value is not POISON:
            value = Unknown(value.type, link, value.waits)
    return value


def _binary(ev: Evaluator, node: Binary, left: Any, right: Any) -> object:
    """Two values and the operator between them."""
    if left is POISON or right is POISON:
        return POISON
    op = node.op
    if op in ("and", "or"):
        return _logic(ev, node, left, right)
    made = types.binary(op, type_of(left), type_of(right))
    if not made.kinds:
        ev.tell(wrong_operands(node, left, right))
        return POISON
    if op in ("==", "!="):
        odd = not_equal(node, left, right)
        if odd is not None and not _varies(ev, node):
            ev.tell(odd)
            return op == "!="
    if op == "*" and "str" in made.kinds and (odd := repeated(node, left, right)) is not None and not _varies(ev, node):
        ev.tell(odd)
    known = not isinstance(left, Unknown) and not isinstance(right, Unknown)
    if not known or (op in _LOOKS_INSIDE and (unknowns(left) or unknowns(right))):
        found = [*unknowns(left), *unknowns(right)]
        if any(part is POISON for part in found):
            return POISON
        residual = Binary(node.start, node.end, op, node_of(left, node.left), node_of(right, node.right), node.at)
        return Unknown(made, residual, waits_of(found))
    try:
        if op in _LOOKS_INSIDE and (texts.too_long(left) or texts.too_long(right)):
            raise LimitError
        return operators.binary(op, left, right)
    except LimitError:
        return ev.limit(node.start, node.end, "the value becomes too large to be computed")
    except (TypeError, AttributeError):
        ev.tell(wrong_operands(node, left, right))
    except (ValueError, ArithmeticError, LookupError) as error:
        return ev.fail("evaluation-error", node, f"'{op}' fails: {texts.lower_first(str(error))}")
    return POISON


def _varies(ev: Evaluator, node: Binary) -> bool:
    """Whether the type of an operand is that of one item or matrix row alone, others being of other types."""
    matrix = ev.scope.contexts.get("matrix")
    for lookup, _ in lookups(node):
        key = lookup.trailers[0] if lookup.trailers else None
        name = key.name if isinstance(key, Attr) else None
        if lookup.name in ev.bound or (lookup.name == "matrix" and (name is None or name in getattr(matrix, "mixed", ()))):
            return True
    return False


def _logic(ev: Evaluator, node: Binary, left: Any, right: Any) -> object:
    """``and`` and ``or``, whose both sides were evaluated."""
    if not isinstance(left, Unknown):
        return operators.binary(node.op, left, right)
    residual = Binary(node.start, node.end, node.op, node_of(left, node.left), node_of(right, node.right), node.at)
    return Unknown(left.type | type_of(right), residual, waits_of([left, *unknowns(right)]))


def ternary(ev: Evaluator, node: Ternary) -> object:
    """``A if C else B``: one branch is evaluated."""
    here: Node = node
    while isinstance(here, Ternary):
        condition = ev.value(here.condition)
        if not isinstance(condition, (bool, Unknown)) or isinstance(here.condition, (Binary, Unary)):
            tell_condition(ev, here.condition)
        if isinstance(condition, Unknown):
            return _undecided(ev, here, condition)
        if condition:
            return ev.value(here.then)
        here = here.otherwise
    return ev.value(here)


def _undecided(ev: Evaluator, node: Ternary, condition: Unknown) -> object:
    """Both branches, when nobody knows yet which one it will be."""
    if condition is POISON:
        return POISON
    ev.uncertain += 1
    then, otherwise = ev.value(node.then), ev.value(node.otherwise)
    ev.uncertain -= 1
    residual = Ternary(node.start, node.end, node_of(then, node.then), node_of(condition, node.condition), node_of(otherwise, node.otherwise))
    return Unknown(type_of(then) | type_of(otherwise), residual, waits_of([condition, *unknowns(then), *unknowns(otherwise)]))
