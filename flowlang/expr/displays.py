"""Lists, mappings and comprehensions, evaluated on values that may be unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowlang.expr import types
from flowlang.expr.nodes import DictDisplay, ListComp, ListDisplay, Lookup, lookups
from flowlang.expr.operators import MAX_ITEMS
from flowlang.expr.residuals import node_of, waits_of
from flowlang.expr.types import Type
from flowlang.expr.values import POISON, StrSet, Unknown, type_of, unknowns

if TYPE_CHECKING:
    from flowlang.expr.evaluator import Evaluator


def list_display(ev: Evaluator, node: ListDisplay) -> object:
    """``[a, b]``."""
    made = [ev.value(item) for item in node.items]
    return POISON if any(item is POISON for item in made) else made


def dict_display(ev: Evaluator, node: DictDisplay) -> object:
    """``{k: v}``."""
    keys = [(ev.value(key), ev.value(value)) for key, value in node.items]
    if any(key is POISON or value is POISON for key, value in keys):
        return POISON
    made: dict[Any, Any] = {}
    for (key, value), (key_node, _) in zip(keys, node.items, strict=True):
        if isinstance(key, Unknown):
            nodes = [(node_of(key, a), node_of(value, b)) for (key, value), (a, b) in zip(keys, node.items, strict=True)]
            return Unknown(
                types.MAP, DictDisplay(node.start, node.end, tuple(nodes)), waits_of([part for pair in keys for one in pair for part in unknowns(one)])
            )
        try:
            made[key] = value
        except TypeError:
            return ev.fail("type-mismatch", key_node, f"{type_of(key).words} cannot be the key of a mapping")
    return made


def comprehension(ev: Evaluator, node: ListComp) -> object:
    """``[item for name in iterable if condition]``."""
    iterable = ev.value(node.iterable)
    if iterable is POISON:
        return POISON
    if not type_of(iterable).kinds & types.SIZED.kinds:
        return ev.fail("type-mismatch", node.iterable, f"'for' goes through a list, not {type_of(iterable).words}")
    if isinstance(iterable, Unknown):
        item = types.STR if iterable.type.kinds <= types.TEXT.kinds else iterable.type.item if iterable.type.kinds == {"list"} else None
        return _open_comprehension(ev, node, iterable, item or types.ANY)
    outer = dict(ev.bound)
    made: list[Any] = []
    item_type = types.NEVER
    try:
        for value in iterable.ordered() if isinstance(iterable, StrSet) else iterable:
            item_type |= type_of(value)
            ev.bound = {**outer, node.name: value}
            if node.condition is not None:
                condition = ev.value(node.condition)
                if condition is POISON:
                    return POISON
                if isinstance(condition, Unknown):
                    break
                if not condition:
                    continue
            item = ev.value(node.item)
            if item is POISON:
                return POISON
            if any(_mentions(part, node.name) for part in unknowns(item)):
                break
            made.append(item)
            if len(made) > MAX_ITEMS:
                return ev.limit(node.start, node.end, "the list becomes too long to be computed")
        else:
            return made
    finally:
        ev.bound = outer
    return _open_comprehension(ev, node, iterable, types.ANY)


def _mentions(value: Unknown, name: str) -> bool:
    """Whether what is left of a value reads a bound name."""
    return value.residual is not None and any(found.name == name and name not in bound for found, bound in lookups(value.residual))


def _open_comprehension(ev: Evaluator, node: ListComp, iterable: object, item_type: Type) -> object:
    """A list of which nobody knows yet what is in it."""
    outer = dict(ev.bound)
    found = unknowns(iterable)
    name = Lookup(node.name_start, node.name_start + len(node.name), node.name, (), node.name_start)
    ev.bound = {**outer, node.name: Unknown(item_type, name, waits_of(found))}
    ev.uncertain += 1
    condition = ev.value(node.condition) if node.condition is not None else None
    item = ev.value(node.item)
    ev.uncertain -= 1
    ev.bound = outer
    made = ListComp(
        node.start,
        node.end,
        node_of(item, node.item),
        node.name,
        node_of(iterable, node.iterable),
        None if node.condition is None else node_of(condition, node.condition),
        node.name_start,
    )
    return Unknown(types.list_of(type_of(item)), made, waits_of([*found, *unknowns(item), *unknowns(condition)]))
