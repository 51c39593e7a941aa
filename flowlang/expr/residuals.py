"""What is left of an expression when parts of it are known."""

from __future__ import annotations

import math
from typing import Any

from flowlang.expr.functions import FUNCTIONS
from flowlang.expr.nodes import Call, Concat, DictDisplay, ListDisplay, Literal, Node
from flowlang.expr.values import Status, Unknown

_MAX_LITERAL = 2_000
_NOWHERE = Node(-1, -1)


def node_of(value: object, node: Node) -> Node:
    """An expression for a value of `node`: a constant where it can be written as one, what is left of it else."""
    if isinstance(value, Unknown):
        return node if value.residual is None else value.residual
    start, end = node.start, node.end
    if value is None or isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return Literal(start, end, value)
    if isinstance(value, str) and not isinstance(value, Status):
        return Literal(start, end, value)
    if isinstance(value, list) and len(value) <= _MAX_LITERAL:
        items = tuple(node_of(item, _NOWHERE) for item in value)
        return node if _NOWHERE in items else ListDisplay(start, end, items)
    if isinstance(value, dict) and len(value) <= _MAX_LITERAL:
        entries = tuple((node_of(key, _NOWHERE), node_of(item, _NOWHERE)) for key, item in value.items())
        return node if any(_NOWHERE in entry for entry in entries) else DictDisplay(start, end, entries)
    return node


def waits_of(found: list[Unknown]) -> frozenset[str]:
    """All that some unknown values wait for."""
    return frozenset[str]().union(*(part.waits for part in found))


def joined(nodes: list[Node]) -> tuple[Node, ...]:
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


def unknown_call(node: Call, args: list[Any], inside: list[Unknown]) -> Unknown:
    """A call whose arguments, or what it reads, are unknown."""
    nodes = tuple(node_of(arg, part) for arg, part in zip(args, node.args, strict=True))
    residual = Call(node.at, node.close, node.function, nodes, (), node.at, node.close)
    return Unknown(FUNCTIONS[node.function].result, residual, waits_of(inside))
