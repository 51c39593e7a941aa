"""One evaluator: a value, or what is left of the expression while something is unknown.

The engine's semantics to the letter (engine 26.7: expr): ``and`` and ``or`` evaluate both sides,
``if`` evaluates one branch, and so on. Nothing is raised; every problem has its place. Steps, sizes
and depth are bounded.
"""

from __future__ import annotations

from typing import Any

from flowlang.expr import texts, types
from flowlang.expr.budget import LEAST_STEPS
from flowlang.expr.evaluator import Evaluator, plain_value
from flowlang.expr.filling import plain_text
from flowlang.expr.nodes import Concat, Literal, Lookup, Node
from flowlang.expr.problems import Problem
from flowlang.expr.residuals import joined, node_of, waits_of
from flowlang.expr.scope import Scope
from flowlang.expr.template import ExprPart, Template, TextPart
from flowlang.expr.values import POISON, Unknown
from flowlang.light import NamedTuple


class Outcome(NamedTuple):
    """The value of a template (an `Unknown` where it cannot be known), and what is wrong with it.

    Lists, mappings and objects may hold unknown values. `problems` does not repeat the template's own.
    `uploads` names the volumes that `upload()` was called on, in order.
    """

    value: Any
    problems: tuple[Problem, ...]
    uploads: tuple[str, ...] = ()


def evaluate(template: Template, scope: Scope) -> Outcome:
    """The value of a template: that of its expression if it is one and nothing else, else a text."""
    whole = template.whole
    if whole is not None and type(whole.tree) is Lookup:
        known = plain_value(whole.tree, scope)
        if known is not None and (scope.budget is None or scope.budget.spend(1, known)):
            return Outcome(known, ())
    elif whole is None:
        text = _plain_text(template, scope)
        if text is not None and (scope.budget is None or scope.budget.spend(len(template.expressions), text)):
            return Outcome(text, ())
    evaluator = Evaluator(scope)
    try:
        value = evaluator.value(whole.tree) if whole is not None else _mix(template, evaluator)
    except RecursionError:
        evaluator.limit(0, len(template.text), "the expression is nested too deep to be computed")
        value = POISON
    if scope.budget is not None and not scope.budget.spend(evaluator.steps, value):
        value = evaluator.limit(0, len(template.text), "with all others the value becomes too large to be computed")
    return Outcome(value, tuple(evaluator.problems), tuple(dict.fromkeys(evaluator.uploads)))


def _plain_text(template: Template, scope: Scope) -> str | None:
    """The text of all parts where the expressions are plain attributes that are texts or numbers, the usual case; None where there is more to them."""
    pieces: list[str] = []
    for part in template.parts:
        if isinstance(part, TextPart):
            pieces.append(part.text)
            continue
        value = plain_value(part.tree, scope) if type(part.tree) is Lookup else None
        made = plain_text(value)
        if made is None:
            return None
        pieces.append(made)
    text = "".join(pieces)
    return text if len(text) <= texts.LIMIT and len(template.parts) <= LEAST_STEPS else None


def _mix(template: Template, evaluator: Evaluator) -> object:
    """The texts of all parts, one after the other."""
    pieces: list[str | Unknown] = []
    length = 0
    for part in template.parts:
        if not isinstance(part, ExprPart):
            pieces.append(part.text)
        else:
            value = evaluator.value(part.tree)
            for problem in texts.text_problems(value, part.tree):
                evaluator.tell(problem)
            pieces.append(evaluator.text(value, part.tree))
        last = pieces[-1]
        length += len(last) if isinstance(last, str) else 0
        if length > texts.LIMIT + len(template.text):
            return evaluator.limit(0, len(template.text), "the text becomes too long to be computed")
    found = [piece for piece in pieces if isinstance(piece, Unknown)]
    if not found:
        return "".join(piece for piece in pieces if isinstance(piece, str))
    if any(piece is POISON for piece in found):
        return POISON
    nodes: list[Node] = []
    for part, piece in zip(template.parts, pieces, strict=True):
        nodes.append(node_of(piece, part.tree) if isinstance(part, ExprPart) else Literal(part.start, part.end, part.text))
    waits = waits_of(found)
    return Unknown(types.STR, Concat(0, len(template.text), joined(nodes)), waits)
