"""Texts taken for truth values: any text but the empty one is true, ``'false'`` too (engine 26.7: Python's `bool`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowlang.diagnostics.rule import Effect
from flowlang.expr import types
from flowlang.expr.nodes import Binary, Call, Literal, Lookup, Node, Ternary, Unary
from flowlang.expr.problems import Problem, ProblemFix, replace
from flowlang.expr.scope import Scope
from flowlang.expr.values import Unknown, type_of
from flowlang.text import quoted

if TYPE_CHECKING:
    from flowlang.expr.evaluator import Evaluator

FALSE_WORDS = frozenset({"false", "no", "off", "0", "n", "f", "none", "null"})
"""Texts that say no, in lower case."""
TRUE_WORDS = frozenset({"true", "yes", "on", "1", "y", "t"})
"""Texts that say yes, in lower case."""
_WORDS = frozenset({"false", "no", "off", "true", "yes", "on"})


def deciding(node: Node) -> Iterator[Node]:
    """The parts of a condition whose own truth decides it: through ``and``, ``or``, ``not`` and both branches of ``if``."""
    todo = [node]
    while todo:
        here = todo.pop()
        if isinstance(here, Binary) and here.op in ("and", "or"):
            todo += (here.right, here.left)
        elif isinstance(here, Unary) and here.op == "not":
            todo.append(here.operand)
        elif isinstance(here, Ternary):
            todo += (here.otherwise, here.then)
        else:
            yield here


def truth_problems(node: Node, scope: Scope) -> Iterator[Problem]:
    """The texts that decide the expression of an attribute that is true or false."""
    from flowlang.expr.evaluator import Evaluator

    ev = Evaluator(scope)
    for part in deciding(node):
        if isinstance(part, (Lookup, Literal)) or (isinstance(part, Call) and part.function != "upload"):
            problem = _judged(part, ev.value(part))
            if problem is not None:
                yield problem


def tell_condition(ev: Evaluator, node: Node) -> None:
    """Tell of the texts that decide the condition of an ``if``, where their values say true or false in words.

    Others may be asked whether they are empty.
    """
    for part in deciding(node):
        if isinstance(part, Lookup):
            value = ev.value(part)
            if isinstance(value, str) and value.lower() in _WORDS and (problem := _judged(part, value)) is not None:
                ev.tell(problem)


def _judged(node: Node, value: object) -> Problem | None:
    """What is to be said of a text in place of a truth value; an empty one, and one that says neither yes nor no, may be meant."""
    if type_of(value).kinds == {"status"}:
        message = "a result is a text and never empty: it always counts as true"
        return _problem(node, message, "succeeded")
    if not type_of(value).fits(types.STR):
        return None
    if isinstance(value, Unknown):
        return _problem(node, "this is a text: any but the empty one counts as true, 'false' too", "true")
    assert isinstance(value, str)
    word = value.lower()
    if word not in FALSE_WORDS | TRUE_WORDS:
        return None
    if isinstance(node, Literal):
        constant = "False" if word in FALSE_WORDS else "True"
        message = f"{quoted(value)} is a text: any but the empty one counts as true"
        fix = replace(node.start, node.end, constant, safe=False)
        return Problem("bool-from-string", node.start, node.end, message, f"write {constant}", (fix,), Effect.ADVICE)
    right = "True" if value in ("True", "False") else "true"
    return _problem(node, "this is a text: any but the empty one counts as true, 'false' too", right)


def _problem(node: Node, message: str, word: str) -> Problem:
    from flowlang.expr.unparse import unparse

    shown = unparse(node) if isinstance(node, Lookup) else "…"
    fix = ProblemFix(f"Compare it with '{word}'", False, ((node.end, node.end, f" == '{word}'"),))
    return Problem("bool-from-string", node.start, node.end, message, f"compare it: {shown} == '{word}'", (fix,), Effect.ADVICE)
