"""Functions that look at the needs of a task (engine 26.7: expr)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flowlang.expr import types
from flowlang.expr.literals import quote
from flowlang.expr.nodes import Call, Literal
from flowlang.expr.problems import replace
from flowlang.expr.records import Record
from flowlang.expr.residuals import unknown_call, waits_of
from flowlang.expr.values import ALWAYS, POISON, Forbidden, Unknown
from flowlang.text import closest, listing, quoted

if TYPE_CHECKING:
    from flowlang.expr.evaluator import Evaluator

Args = list[Any]


def _needs(ev: Evaluator, node: Call) -> Any:
    """The needs of the task; `POISON` when there are none here."""
    value = ev.bound.get("needs", ev.scope.contexts.get("needs"))
    if value is None or isinstance(value, Forbidden):
        return ev.fail("context-not-available", node, f"'{node.function}()' cannot be used here: only tasks of batch flows have 'needs'")
    return value


def always(ev: Evaluator, node: Call, args: Args) -> object:
    """The mark for `enable`."""
    return POISON if _needs(ev, node) is POISON else ALWAYS


def success(ev: Evaluator, node: Call, args: Args) -> object:
    """Whether all needs, or those named, succeeded."""
    return _status(ev, node, args, "succeeded", every=True)


def failure(ev: Evaluator, node: Call, args: Args) -> object:
    """Whether any need, or one of those named, failed."""
    return _status(ev, node, args, "failed", every=False)


def _status(ev: Evaluator, node: Call, args: Args, status: str, *, every: bool) -> object:
    """Whether all, or any, of the needs have a status; asked in order, up to the one that decides."""
    needs = _needs(ev, node)
    if needs is POISON:
        return POISON
    inside = [arg for arg in args if isinstance(arg, Unknown)]
    if isinstance(needs, Unknown) or inside or not isinstance(needs, Mapping):
        found = inside + ([needs] if isinstance(needs, Unknown) else [])
        return Unknown(types.BOOL, unknown_call(node, args, found).residual, waits_of(found))
    waiting: list[Unknown] = []
    for name, part in zip(args or list(needs), node.args or [node] * len(needs), strict=True):
        if name not in needs or isinstance(needs[name], Forbidden):
            guess = closest(name, map(str, needs))
            hint = f"; did you mean '{guess}'?" if guess else ""
            names = listing(map(str, needs))
            fixes = (replace(part.start, part.end, quote(guess), safe=False),) if guess and isinstance(part, Literal) else ()
            return ev.fail("unknown-need", part, f"unknown need {quoted(name)}{hint}", f"needs: {names}" if names else "this task has no needs", fixes)
        result = _result(needs[name])
        if result is POISON:
            return POISON
        if isinstance(result, Unknown):
            waiting.append(result)
        elif (result == status) != every:
            return not every
    if waiting:
        return Unknown(types.BOOL, unknown_call(node, args, waiting).residual, waits_of(waiting))
    return every


def _result(need: object) -> object:
    """The result of one need."""
    if isinstance(need, Unknown):
        return need
    return need.fields.get("result", POISON) if isinstance(need, Record) else POISON
