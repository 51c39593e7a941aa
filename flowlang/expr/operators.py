"""Operators on known values, as the engine has them: Python's, but for ``|``."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from flowlang.expr.texts import LIMIT, shown
from flowlang.expr.uri import Uri
from flowlang.expr.values import StrSet, size
from flowlang.patterns import pattern

MAX_ITEMS = 100_000
"""The longest list that is made."""
_WIDTH = pattern(r"%[^%a-zA-Z]*[0-9]{5}|%[^%a-zA-Z]*\.[0-9]{5}")


class LimitError(Exception):
    """A value would become too large."""


def _union(left: Any, right: Any) -> Any:
    """``|``: mappings merge, the entries of the right one win; a mapping on the right alone loses to the left's pairs."""
    if isinstance(left, Mapping):
        return _merged(left, right)
    if isinstance(right, Mapping):
        return _merged(right, left)
    return left | right


def _merged(base: Mapping[Any, Any], over: Any) -> dict[Any, Any]:
    made = dict(base)
    made.update(over)
    return made


def _times(left: Any, right: Any) -> Any:
    """``*``, which may repeat a text or list."""
    for holder, count in ((left, right), (right, left)):
        if isinstance(holder, (str, list)) and isinstance(count, int) and len(holder) * count > (LIMIT if isinstance(holder, str) else MAX_ITEMS):
            raise LimitError
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > LIMIT:
        raise LimitError
    return left * right


def _modulo(left: Any, right: Any) -> Any:
    """``%``: the remainder, the format of texts, or the query of URIs."""
    if isinstance(left, str):
        if _WIDTH.search(left) or left.count("%") * size(right, LIMIT) > LIMIT:
            raise LimitError
        return left % shown(right)
    if isinstance(left, Uri):
        return left.query(right)
    return left % right


def _divide(left: Any, right: Any) -> Any:
    """``/``: true division, or the path below another."""
    return left.join(right) if isinstance(left, Uri) else left / right


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, list) and isinstance(right, list) and len(left) + len(right) > MAX_ITEMS:
        raise LimitError
    return left + right


def _equal(left: Any, right: Any) -> bool:
    return bool(_comparable(left) == _comparable(right))


def _comparable(value: Any) -> Any:
    """Lazy mappings compare as what they hold."""
    return dict(value) if isinstance(value, Mapping) and not isinstance(value, dict) else value


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "|": _union,
    "+": _add,
    "-": operator.sub,
    "*": _times,
    "/": _divide,
    "%": _modulo,
    "and": lambda left, right: left and right,
    "or": lambda left, right: left or right,
}
_UNARY: dict[str, Callable[[Any], Any]] = {"not": operator.not_, "+": operator.pos, "-": operator.neg}


def binary(op: str, left: object, right: object) -> object:
    """``left op right``; raises what Python raises, and `LimitError`."""
    made = _BINARY[op](left, right)
    if isinstance(made, frozenset) and not isinstance(made, StrSet):
        return StrSet(made)
    if isinstance(made, str) and len(made) > LIMIT:
        raise LimitError
    return made


def unary(op: str, operand: object) -> object:
    """``op operand``; raises what Python raises."""
    return _UNARY[op](operand)
