"""One evaluator: a value, or what is left of the expression while something is unknown.

The engine's semantics to the letter (engine 26.7: expr): ``and`` and ``or`` evaluate both sides,
``if`` evaluates one branch, and so on. Nothing is raised; every problem has its place. Steps, sizes
and depth are bounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace as changed
from typing import Any, NamedTuple

from flowlang.diagnostics.rule import Effect
from flowlang.expr import calls, lookup, operators, texts, types
from flowlang.expr.mismatch import not_equal, wrong_operands
from flowlang.expr.nodes import (
    Attr,
    Binary,
    Call,
    Concat,
    DictDisplay,
    Item,
    ListComp,
    ListDisplay,
    Literal,
    Lookup,
    Node,
    Ternary,
    Trailer,
    Unary,
    lookups,
)
from flowlang.expr.operators import MAX_ITEMS, LimitError
from flowlang.expr.problems import Problem, replace
from flowlang.expr.scope import CONTEXTS, Scope
from flowlang.expr.template import ExprPart, Template
from flowlang.expr.types import Type
from flowlang.expr.values import POISON, Forbidden, Status, StrSet, Unknown, size, type_of, unknowns
from flowlang.text import closest, listing, quoted

MAX_STEPS = 200_000
"""Nodes that one template may take to evaluate."""
_MAX_DEPTH = 120
_MAX_LITERAL = 2_000
_CONSTANTS = {"true": "True", "false": "False", "null": "None", "none": "None", "nil": "None", "TRUE": "True", "FALSE": "False", "NULL": "None"}


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
    evaluator = Evaluator(scope)
    whole = template.whole
    try:
        value = evaluator.value(whole.tree) if whole is not None else _mix(template, evaluator)
    except RecursionError:
        evaluator.limit(0, len(template.text), "the expression is nested too deep to be computed")
        value = POISON
    return Outcome(value, tuple(evaluator.problems), tuple(dict.fromkeys(evaluator.uploads)))


def _mix(template: Template, evaluator: Evaluator) -> object:
    """The texts of all parts, one after the other."""
    pieces: list[str | Unknown] = []
    nodes: list[Node] = []
    length = 0
    for part in template.parts:
        if not isinstance(part, ExprPart):
            pieces.append(part.text)
            nodes.append(Literal(part.start, part.end, part.text))
        else:
            value = evaluator.value(part.tree)
            for problem in texts.text_problems(value, part.tree):
                evaluator.tell(problem)
            piece = evaluator.text(value, part.tree)
            pieces.append(piece)
            nodes.append(evaluator.node_of(piece, part.tree))
        last = pieces[-1]
        length += len(last) if isinstance(last, str) else 0
        if length > texts.LIMIT + len(template.text):
            return evaluator.limit(0, len(template.text), "the text becomes too long to be computed")
    found = [piece for piece in pieces if isinstance(piece, Unknown)]
    if not found:
        return "".join(piece for piece in pieces if isinstance(piece, str))
    if any(piece is POISON for piece in found):
        return POISON
    waits = frozenset[str]().union(*(piece.waits for piece in found))
    return Unknown(types.STR, Concat(0, len(template.text), _joined(nodes)), waits)


def _joined(nodes: list[Node]) -> tuple[Node, ...]:
    """The parts of a template, those inside parts taken out and neighbouring texts joined."""
    made: list[Node] = []
    for node in nodes:
        for part in node.parts if isinstance(node, Concat) else (node,):
            last = made[-1] if made else None
            if isinstance(part, Literal) and isinstance(last, Literal) and isinstance(part.value, str) and isinstance(last.value, str):
                made[-1] = Literal(last.start, part.end, last.value + part.value)
            elif not (isinstance(part, Literal) and part.value == ""):
                made.append(part)
    return tuple(made)


class Evaluator:
    """Evaluates the expressions of one template."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems: list[Problem] = []
        self.bound: dict[str, object] = {}
        self.uncertain = 0
        self.uploads: list[str] = []
        self._told: set[tuple[str, int, int]] = set()
        self._steps = 0
        self._depth = 0
        self._limited = False

    # Problems.

    def tell(self, problem: Problem) -> None:
        """Take a problem; one of a part that may never be evaluated is advice."""
        key = (problem.rule, problem.start, problem.end)
        if key in self._told:
            return
        self._told.add(key)
        if self.uncertain and problem.effective is Effect.REFUSED:
            problem = changed(problem, effect=Effect.ADVICE)
        self.problems.append(problem)

    def fail(self, rule: str, node: Node, message: str, help: str | None = None) -> Unknown:
        """Tell a problem at a node; what stands for its value."""
        self.tell(Problem(rule, node.start, node.end, message, help))
        return POISON

    def limit(self, start: int, end: int, message: str) -> Unknown:
        """Tell, once, that a value is beyond the bounds."""
        if not self._limited:
            self._limited = True
            self.tell(Problem("evaluation-limit", start, end, message, "nothing is computed beyond a bound, so that checking always ends"))
        return POISON

    # Values.

    def value(self, node: Node) -> Any:
        """The value of a node; an unknown one has a residual, unless it is `POISON`."""
        self._steps += 1
        if self._steps > MAX_STEPS or self._depth > _MAX_DEPTH:
            return self.limit(node.start, node.end, "the expression takes too long to be computed")
        handler = _HANDLERS.get(type(node))
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

    def node_of(self, value: object, node: Node) -> Node:
        """An expression for a value of `node`: a constant where it can be written as one, what is left of it else."""
        if isinstance(value, Unknown):
            return node if value.residual is None else value.residual
        start, end = node.start, node.end
        if value is None or isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value)):
            return Literal(start, end, value)
        if isinstance(value, str) and not isinstance(value, Status):
            return Literal(start, end, value)
        if isinstance(value, list) and len(value) <= _MAX_LITERAL:
            items = tuple(self.node_of(item, _NOWHERE) for item in value)
            return node if _NOWHERE in items else ListDisplay(start, end, items)
        if isinstance(value, dict) and len(value) <= _MAX_LITERAL:
            entries = tuple((self.node_of(key, _NOWHERE), self.node_of(item, _NOWHERE)) for key, item in value.items())
            return node if any(_NOWHERE in entry for entry in entries) else DictDisplay(start, end, entries)
        return node

    def text(self, value: object, node: Node) -> str | Unknown:
        """The text of a value, unknown if any part of it is."""
        if isinstance(value, str):
            return texts.text_of(value)
        found = unknowns(value)
        if any(part is POISON for part in found):
            return POISON
        if found:
            return Unknown(types.STR, self.node_of(value, node), _waits(found))
        if too_long(value):
            return self.limit(node.start, node.end, "the text becomes too long to be computed")
        try:
            return texts.text_of(value)
        except ValueError as error:
            # A number of too many digits has no text.
            return self.fail("evaluation-error", node, _lower(str(error)))

    def literal(self, node: Literal) -> object:
        """A constant."""
        return node.value

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
                step = Item(trailer.start, trailer.end, self.node_of(key, trailer.key))
                of = f"{of}[…]"
            if found.problem is not None:
                self.tell(found.problem)
            before = value
            value = found.value
            if value is POISON:
                return POISON
            done = (*done, step)
            here = make(base.start, trailer.end, done)
            if isinstance(value, Unknown) and value.residual is None:
                value = Unknown(value.type, self._extended(before, here, step), value.waits)
        return value

    def _extended(self, before: object, node: Node, step: Trailer) -> Node:
        """The residual of a trailer on a value: on what is left of that, if it is a lookup or call itself."""
        rest = before.residual if isinstance(before, Unknown) else None
        if isinstance(rest, (Lookup, Call)):
            return changed(rest, end=node.end, trailers=(*rest.trailers, step))
        return node

    def _no_context(self, node: Lookup) -> Unknown:
        """A name that is nothing here."""
        name, start, end = node.name, node.at, node.name_end
        constant = _CONSTANTS.get(name) if not node.trailers else None
        if constant is not None:
            self.tell(Problem("foreign-syntax", start, end, f"'{name}' is written '{constant}' here", None, (replace(start, end, constant),)))
        elif name in CONTEXTS or name in self.scope.elsewhere:
            names = sorted(self.scope.contexts)
            help = self.scope.elsewhere.get(name) or (f"available here: {', '.join(names)}" if names else "no contexts are available here")
            self.tell(Problem("context-not-available", start, end, f"'{name}' is not available here", help))
        else:
            allowed = [*self.scope.contexts, *self.bound]
            guess = closest(name, allowed)
            hint = f"; did you mean '{guess}'?" if guess else ""
            help = f"available here: {listing(sorted(allowed), 20)}" if allowed else "no contexts are available here"
            fixes = (replace(start, end, guess, safe=False),) if guess else ()
            self.tell(Problem("unknown-context", start, end, f"unknown name {quoted(name)}{hint}", help, fixes))
        return POISON

    def call(self, node: Call) -> object:
        """A function's call, and what follows it."""
        args = [self.value(arg) for arg in node.args]
        value = calls.call(self, node, args)
        if not node.trailers or value is POISON:
            return value
        nodes = tuple(self.node_of(arg, part) for arg, part in zip(args, node.args, strict=True))
        bare = Call(node.at, node.close, node.function, nodes, (), node.at, node.close)
        if isinstance(value, Unknown) and value.residual is None:
            value = Unknown(value.type, bare, value.waits)
        make = lambda start, end, done: changed(bare, end=end, trailers=done)  # noqa: E731
        return self.trail(value, bare, node.trailers, f"{node.function}()", make)

    def unary(self, node: Unary) -> object:
        """Operators before a value, the innermost first."""
        ops: list[Unary] = []
        inner: Node = node
        while isinstance(inner, Unary):
            ops.append(inner)
            inner = inner.operand
        value, rest = self.value(inner), inner
        for op in reversed(ops):
            value = self._unary(op, value, rest)
            rest = op
            if value is POISON:
                return POISON
        return value

    def _unary(self, node: Unary, value: Any, operand: Node) -> object:
        """One operator before a value."""
        if value is POISON:
            return POISON
        made = types.unary(node.op, type_of(value))
        if not made.kinds:
            message = f"'{node.op}' takes a number, not {type_of(value).words}"
            return self.fail("type-mismatch", node, message)
        if isinstance(value, Unknown):
            return Unknown(made, Unary(node.start, node.end, node.op, self.node_of(value, operand)), value.waits)
        return operators.unary(node.op, value)

    def binary(self, node: Binary) -> object:
        """Operators of one level in a row, from the left."""
        chain: list[Binary] = []
        left: Node = node
        while isinstance(left, Binary):
            chain.append(left)
            left = left.left
        value = self.value(left)
        for link in reversed(chain):
            right = self.value(link.right)
            value = self._binary(link, value, right)
            if isinstance(value, Unknown) and value.residual is None and value is not POISON:
                value = Unknown(value.type, link, value.waits)
        return value

    def _binary(self, node: Binary, left: Any, right: Any) -> object:
        """Two values and the operator between them."""
        if left is POISON or right is POISON:
            return POISON
        op = node.op
        if op in ("and", "or"):
            return self._logic(node, left, right)
        made = types.binary(op, type_of(left), type_of(right))
        if not made.kinds:
            self.tell(wrong_operands(node, left, right))
            return POISON
        if op in ("==", "!="):
            odd = not_equal(node, left, right)
            if odd is not None:
                self.tell(odd)
        known = not isinstance(left, Unknown) and not isinstance(right, Unknown)
        if not known or (op in _LOOKS_INSIDE and (unknowns(left) or unknowns(right))):
            found = [*unknowns(left), *unknowns(right)]
            if any(part is POISON for part in found):
                return POISON
            residual = Binary(node.start, node.end, op, self.node_of(left, node.left), self.node_of(right, node.right), node.at)
            return Unknown(made, residual, _waits(found))
        try:
            if op in _LOOKS_INSIDE and (too_long(left) or too_long(right)):
                raise LimitError
            return operators.binary(op, left, right)
        except LimitError:
            return self.limit(node.start, node.end, "the value becomes too large to be computed")
        except (TypeError, AttributeError):
            self.tell(wrong_operands(node, left, right))
        except (ValueError, ArithmeticError, LookupError) as error:
            return self.fail("evaluation-error", node, f"'{op}' fails: {_lower(str(error))}")
        return POISON

    def _logic(self, node: Binary, left: Any, right: Any) -> object:
        """``and`` and ``or``, whose both sides were evaluated."""
        if not isinstance(left, Unknown):
            return operators.binary(node.op, left, right)
        residual = Binary(node.start, node.end, node.op, self.node_of(left, node.left), self.node_of(right, node.right), node.at)
        return Unknown(left.type | type_of(right), residual, _waits([left, *unknowns(right)]))

    def ternary(self, node: Ternary) -> object:
        """``A if C else B``: one branch is evaluated."""
        here: Node = node
        while isinstance(here, Ternary):
            condition = self.value(here.condition)
            if isinstance(condition, Unknown):
                return self._undecided(here, condition)
            if condition:
                return self.value(here.then)
            here = here.otherwise
        return self.value(here)

    def _undecided(self, node: Ternary, condition: Unknown) -> object:
        """Both branches, when nobody knows yet which one it will be."""
        if condition is POISON:
            return POISON
        self.uncertain += 1
        then, otherwise = self.value(node.then), self.value(node.otherwise)
        self.uncertain -= 1
        residual = Ternary(
            node.start, node.end, self.node_of(then, node.then), self.node_of(condition, node.condition), self.node_of(otherwise, node.otherwise)
        )
        return Unknown(type_of(then) | type_of(otherwise), residual, _waits([condition, *unknowns(then), *unknowns(otherwise)]))

    # Lists and mappings.

    def list_display(self, node: ListDisplay) -> object:
        """``[a, b]``."""
        made = [self.value(item) for item in node.items]
        return POISON if any(item is POISON for item in made) else made

    def dict_display(self, node: DictDisplay) -> object:
        """``{k: v}``."""
        keys = [(self.value(key), self.value(value)) for key, value in node.items]
        if any(key is POISON or value is POISON for key, value in keys):
            return POISON
        made: dict[Any, Any] = {}
        for (key, value), (key_node, _) in zip(keys, node.items, strict=True):
            if isinstance(key, Unknown):
                nodes = [(self.node_of(key, a), self.node_of(value, b)) for (key, value), (a, b) in zip(keys, node.items, strict=True)]
                return Unknown(
                    types.MAP, DictDisplay(node.start, node.end, tuple(nodes)), _waits([part for pair in keys for one in pair for part in unknowns(one)])
                )
            try:
                made[key] = value
            except TypeError:
                return self.fail("type-mismatch", key_node, f"{type_of(key).words} cannot be the key of a mapping")
        return made

    def comprehension(self, node: ListComp) -> object:
        """``[item for name in iterable if condition]``."""
        iterable = self.value(node.iterable)
        if iterable is POISON:
            return POISON
        if not type_of(iterable).kinds & types.SIZED.kinds:
            return self.fail("type-mismatch", node.iterable, f"'for' goes through a list, not {type_of(iterable).words}")
        if isinstance(iterable, Unknown):
            item = types.STR if iterable.type.kinds <= types.TEXT.kinds else iterable.type.item if iterable.type.kinds == {"list"} else None
            return self._open_comprehension(node, iterable, item or types.ANY)
        outer = dict(self.bound)
        made: list[Any] = []
        item_type = types.NEVER
        try:
            for value in iterable.ordered() if isinstance(iterable, StrSet) else iterable:
                item_type |= type_of(value)
                self.bound = {**outer, node.name: value}
                if node.condition is not None:
                    condition = self.value(node.condition)
                    if condition is POISON:
                        return POISON
                    if isinstance(condition, Unknown):
                        break
                    if not condition:
                        continue
                item = self.value(node.item)
                if item is POISON:
                    return POISON
                if any(self._mentions(part, node.name) for part in unknowns(item)):
                    break
                made.append(item)
                if len(made) > MAX_ITEMS:
                    return self.limit(node.start, node.end, "the list becomes too long to be computed")
            else:
                return made
        finally:
            self.bound = outer
        return self._open_comprehension(node, iterable, types.ANY)

    def _mentions(self, value: Unknown, name: str) -> bool:
        """Whether what is left of a value reads a bound name."""
        return value.residual is not None and any(found.name == name and name not in bound for found, bound in lookups(value.residual))

    def _open_comprehension(self, node: ListComp, iterable: object, item_type: Type) -> object:
        """A list of which nobody knows yet what is in it."""
        outer = dict(self.bound)
        found = unknowns(iterable)
        name = Lookup(node.name_start, node.name_start + len(node.name), node.name, (), node.name_start)
        self.bound = {**outer, node.name: Unknown(item_type, name, _waits(found))}
        self.uncertain += 1
        condition = self.value(node.condition) if node.condition is not None else None
        item = self.value(node.item)
        self.uncertain -= 1
        self.bound = outer
        made = ListComp(
            node.start,
            node.end,
            self.node_of(item, node.item),
            node.name,
            self.node_of(iterable, node.iterable),
            None if node.condition is None else self.node_of(condition, node.condition),
            node.name_start,
        )
        return Unknown(types.list_of(type_of(item)), made, _waits([*found, *unknowns(item), *unknowns(condition)]))


_NOWHERE = Node(-1, -1)
_LOOKS_INSIDE = frozenset({"==", "!=", "<", "<=", ">", ">=", "%"})


def _waits(found: list[Unknown]) -> frozenset[str]:
    return frozenset[str]().union(*(part.waits for part in found))


def too_long(value: object) -> bool:
    """Whether the text of a value is beyond the bound."""
    return isinstance(value, (list, Mapping)) and size(value, texts.LIMIT) > texts.LIMIT


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


_HANDLERS: dict[type, Callable[[Evaluator, Any], object]] = {
    Literal: Evaluator.literal,
    Lookup: Evaluator.lookup,
    Call: Evaluator.call,
    Unary: Evaluator.unary,
    Binary: Evaluator.binary,
    Ternary: Evaluator.ternary,
    ListDisplay: Evaluator.list_display,
    DictDisplay: Evaluator.dict_display,
    ListComp: Evaluator.comprehension,
}
