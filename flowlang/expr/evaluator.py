"""The evaluator: goes through a tree, keeps the scope, the bounds, and the problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flowlang.diagnostics.rule import Effect
from flowlang.expr import lookup, texts, types
from flowlang.expr.nodes import Attr, Binary, Call, DictDisplay, Item, ListComp, ListDisplay, Literal, Lookup, Node, Ternary, Trailer, Unary
from flowlang.expr.problems import Problem, ProblemFix, replace
from flowlang.expr.records import Record
from flowlang.expr.residuals import node_of, waits_of
from flowlang.expr.scope import CONTEXTS, Scope
from flowlang.expr.values import POISON, Forbidden, StrSet, Unknown, unknowns
from flowlang.text import closest, listing, quoted

MAX_STEPS = 200_000
"""Nodes that one template may take to evaluate."""
_MAX_DEPTH = 120
_CONSTANTS = {"true": "True", "false": "False", "null": "None", "none": "None", "nil": "None", "TRUE": "True", "FALSE": "False", "NULL": "None"}


class Evaluator:
    """Evaluates the expressions of one template."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems: list[Problem] = []
        self.bound: dict[str, object] = {}
        self.uncertain = 0
        self.uploads: list[str] = []
        self._told: set[tuple[int, int, str]] = set()
        self.steps = 0
        self._most = MAX_STEPS if scope.budget is None else scope.budget.allowed(MAX_STEPS)
        self._depth = 0
        self._limited = False

    def tell(self, problem: Problem) -> None:
        """Take a problem; one of a part that may never be evaluated is advice."""
        key = (problem.start, problem.end, problem.message)
        if key in self._told:
            return
        self._told.add(key)
        if self.uncertain and problem.effective is Effect.REFUSED:
            problem = problem._replace(effect=Effect.ADVICE)
        self.problems.append(problem)

    def fail(self, rule: str, node: Node, message: str, help: str | None = None, fixes: tuple[ProblemFix, ...] = ()) -> Unknown:
        """Tell a problem at a node; what stands for its value."""
        self.tell(Problem(rule, node.start, node.end, message, help, fixes))
        return POISON

    def limit(self, start: int, end: int, message: str) -> Unknown:
        """Tell, once, that a value is beyond the bounds."""
        if not self._limited:
            self._limited = True
            self.tell(Problem("evaluation-limit", start, end, message, "nothing is computed beyond a bound, so that checking always ends"))
        return POISON

    def value(self, node: Node) -> Any:
        """The value of a node; an unknown one has a residual, unless it is `POISON`."""
        self.steps += 1
        if self.steps > self._most or self._depth > _MAX_DEPTH:
            return self.limit(node.start, node.end, "the expression takes too long to be computed")
        if type(node) is Lookup and not any(type(trailer) is Item for trailer in node.trailers):
            made = self.lookup(node)
            return Unknown(made.type, node, made.waits) if isinstance(made, Unknown) and made.residual is None and made is not POISON else made
        handler = _handler(type(node))  # type: ignore[arg-type]  # a class has a hash
        if handler is None:
            return POISON
        self._depth += 1
        try:
            made = handler(self, node)
        finally:
            self._depth -= 1
        if isinstance(made, Unknown) and made.residual is None and made is not POISON:
            return Unknown(made.type, node, made.waits)
        return made

    def text(self, value: object, node: Node) -> str | Unknown:
        """The text of a value, unknown if any part of it is."""
        if isinstance(value, str):
            return texts.text_of(value)
        found = unknowns(value)
        if any(part is POISON for part in found):
            return POISON
        if found:
            return Unknown(types.STR, node_of(value, node), waits_of(found))
        if texts.too_long(value):
            return self.limit(node.start, node.end, "the text becomes too long to be computed")
        try:
            return texts.text_of(value)
        except ValueError as error:
            # A number of too many digits has no text.
            return self.fail("evaluation-error", node, texts.lower_first(str(error)))

    def lookup(self, node: Lookup) -> object:
        """A context or bound name, and what follows it."""
        name = node.name
        if name in self.bound:
            value = self.bound[name]
        elif name in self.scope.contexts:
            value = self.scope.contexts[name]
            if isinstance(value, Forbidden):
                self.tell(Problem(value.rule, node.at, node.name_end, value.message, value.help))
                return POISON
        else:
            return self._no_context(node)
        if isinstance(value, frozenset) and not isinstance(value, StrSet):
            value = StrSet(value)
        if not node.trailers:
            return value
        known = _known(value, node.trailers)
        if known is not None:
            return known
        bare = Lookup(node.at, node.name_end, name, (), node.at)
        return self.trail(value, bare, node.trailers, name, lambda start, end, done: Lookup(start, end, name, done, node.at))

    def trail(self, value: object, base: Node, trailers: tuple[Trailer, ...], of: str, make: Callable[[int, int, tuple[Trailer, ...]], Node]) -> object:
        """What trailers make of a value; `make` builds the node of all the trailers so far."""
        done: tuple[Trailer, ...] = ()
        here: Node = base
        for trailer in trailers:
            if isinstance(trailer, Attr):
                found = lookup.attribute(value, trailer, of)
                step: Trailer = trailer
                of = f"{of}.{trailer.name}"
            else:
                key = self.value(trailer.key)
                found = lookup.index(value, key, trailer, of)
                step = Item(trailer.start, trailer.end, node_of(key, trailer.key))
                of = f"{of}[…]"
            if found.problem is not None:
                self.tell(self._of_own_env(found.problem, trailer))
            before = value
            value = found.value
            if value is POISON:
                return POISON
            done = (*done, step)
            here = make(base.start, trailer.end, done)
            if isinstance(value, Unknown) and value.residual is None:
                value = Unknown(value.type, self._extended(before, here, step), value.waits)
        return value

    def _of_own_env(self, problem: Problem, trailer: Trailer) -> Problem:
        """A variable that is not in `env` but is one of the job's own gets words of its own."""
        key = trailer.name if isinstance(trailer, Attr) else trailer.key.value if isinstance(trailer.key, Literal) else None
        if problem.rule != "unknown-env" or key not in self.scope.own_env:
            return problem
        help = f"set it in 'defaults.env', or read it in the shell: ${key}"
        return Problem(
            "env-context-scope", problem.start, problem.end, f"'env' holds the variables of 'defaults.env' only, not the job's own {quoted(str(key))}", help
        )

    def _extended(self, before: object, node: Node, step: Trailer) -> Node:
        """The residual of a trailer on a value: on what is left of that, if it is a lookup or call itself."""
        rest = before.residual if isinstance(before, Unknown) else None
        if isinstance(rest, (Lookup, Call)):
            return rest.but(end=node.end, trailers=(*rest.trailers, step))
        return node

    def _no_context(self, node: Lookup) -> Unknown:
        """A name that is nothing here."""
        name, start, end = node.name, node.at, node.name_end
        constant = _CONSTANTS.get(name) if not node.trailers else None
        if constant is not None:
            self.tell(Problem("foreign-syntax", start, end, f"'{name}' is written '{constant}' here", None, (replace(start, end, constant),)))
        elif (gone := lookup.removed(node)) is not None:
            self.tell(gone)
        elif name in CONTEXTS or name in self.scope.elsewhere:
            names = sorted(self.scope.contexts)
            here = f"available here: {', '.join(names)}" if names else "no contexts are available here"
            why = self.scope.elsewhere.get(name)
            help = f"{why}; {here}" if why else here
            self.tell(Problem("context-not-available", start, end, f"'{name}' is not available here", help))
        else:
            allowed = [*self.scope.contexts, *self.bound]
            guess = closest(name, allowed)
            hint = f"; did you mean '{guess}'?" if guess else ""
            help = f"available here: {listing(sorted(allowed), 20)}" if allowed else "no contexts are available here"
            fixes = (replace(start, end, guess, safe=False),) if guess else ()
            self.tell(Problem("unknown-context", start, end, f"unknown name {quoted(name)}{hint}", help, fixes))
        return POISON


def plain_value(node: Lookup, scope: Scope) -> object:
    """What plain attributes of a context come to, the usual case; None where that is not known, or more is to be said."""
    return _known(scope.contexts[node.name], node.trailers) if node.trailers and node.name in scope.contexts else None


def _known(value: object, trailers: tuple[Trailer, ...]) -> object:
    """What plain attributes make of a value, the usual case; None where it is not known, or more is to be said."""
    for trailer in trailers:
        if type(trailer) is not Attr:
            return None
        if type(value) is Record:
            value = value.fields.get(trailer.name)
        elif isinstance(value, (dict, Mapping)):
            value = value.get(trailer.name)
        else:
            return None
    return None if isinstance(value, (Unknown, Forbidden)) else value


@lru_cache(maxsize=16)
def _handler(kind: type) -> Callable[[Evaluator, Any], object] | None:
    """What evaluates that kind of node; loaded when there is one of them, as most are names and constants."""
    if kind is Lookup:
        return Evaluator.lookup
    if kind is Literal:
        return lambda evaluator, node: node.value
    if kind is Call:
        from flowlang.expr.calls import evaluate_call

        return evaluate_call
    if kind in (Unary, Binary, Ternary):
        from flowlang.expr import operations

        return operations.unary if kind is Unary else operations.binary if kind is Binary else operations.ternary
    if kind in (ListDisplay, DictDisplay, ListComp):
        from flowlang.expr import displays

        return displays.list_display if kind is ListDisplay else displays.dict_display if kind is DictDisplay else displays.comprehension
    return None
