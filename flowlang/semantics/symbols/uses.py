"""Where names stand that are defined elsewhere: in expressions, and in lists and mappings of ids."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr import Attr, Call, Literal, Lookup, Node, lookups, text_of, walk
from flowlang.model import Block, Item, Leaf, ListItem, MapItem
from flowlang.semantics.flow import tag_of
from flowlang.semantics.symbols.definitions import content, pattern_of
from flowlang.semantics.symbols.frames import Frames, Region
from flowlang.semantics.symbols.symbol import Occurrence, Symbol
from flowlang.semantics.symbols.tables import EMPTY, Table
from flowlang.text import Span

_STATUS = frozenset({"success", "failure", "always"})
"""Functions that take the ids of needs."""
_CONTEXTS = frozenset({"env", "images", "inputs", "matrix", "needs", "params", "state", "volumes"})
"""Contexts whose keys users define."""


class Key:
    """One step of a lookup with a name: the name, and where it stands in the template's text."""

    __slots__ = ("end", "name", "start")

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name = name
        self.start = start
        self.end = end


def keys_of(node: Lookup) -> Iterator[Key | None]:
    """The steps of a lookup; None for an index that is no constant text."""
    for trailer in node.trailers:
        if isinstance(trailer, Attr):
            yield Key(trailer.name, trailer.start, trailer.end)
        else:
            yield text_key(trailer.key)


def text_key(node: Node) -> Key | None:
    """A constant text as a name, its place without the quotes."""
    if isinstance(node, Literal) and isinstance(node.value, str) and node.end - node.start >= 2:
        return Key(node.value, node.start + 1, node.end - 1)
    return None


def uses(region: Region, frames: Frames) -> Iterator[Occurrence]:
    """Every place in a region where a name stands that something defines."""
    yield from _in_item(region.item, region, frames)
    for leaf in region.item.leaves():
        if leaf.may_hold_expressions:
            yield from _in_expressions(leaf, region, frames)


def read_as_whole(region: Region) -> Iterator[Symbol]:
    """What may be read in a region without its name: its context stands there as a whole (``keys(env)``), or with a computed key."""
    for leaf in region.item.leaves():
        for part in leaf.template.expressions if leaf.may_hold_expressions else ():
            for lookup, bound in lookups(part.tree):
                if lookup.name in _CONTEXTS and lookup.name not in bound and next(keys_of(lookup), None) is None:
                    yield from region.names.get(lookup.name, EMPTY).all()


# --- lists and mappings of ids ---------------------------------------------------------------


def _in_item(item: Item, region: Region, frames: Frames) -> Iterator[Occurrence]:
    """The names in an item that is no text with expressions: what the schemas say it names."""
    what = item.notes.names
    if isinstance(item, Leaf):
        if what in ("action", "module"):
            yield from _action(item, frames)
        elif what == "mixin":
            yield from _name(item, region.names.get("mixins", EMPTY))
        elif what == "task":
            yield from _name(item, region.names.get("needs", EMPTY))
    elif isinstance(item, MapItem):
        yield from _in_keys(item, what, region, frames)
        for child in item.entries.values():
            yield from _in_item(child, region, frames)
    elif isinstance(item, ListItem):
        for child in item.items:
            yield from _in_item(child, region, frames)
    elif isinstance(item, Block):
        for child in item.fields.values():
            yield from _in_item(child, region, frames)


def _in_keys(item: MapItem, what: str | None, region: Region, frames: Frames) -> Iterator[Occurrence]:
    if what == "task":
        for leaf in item.key_leaves.values():
            yield from _name(leaf, region.names.get("needs", EMPTY))
        return
    table = frames.inputs(region.part) if what == "input" and region.part is not None else region.names.get("matrix", EMPTY) if what == "matrix" else EMPTY
    for name, node in item.keys.items():
        if symbols := table.find(str(name)):
            yield Occurrence(item.source, content(item.source, node), symbols)


def _name(leaf: Leaf, table: Table) -> Iterator[Occurrence]:
    """A scalar that is a name, or a text with expressions that gives one."""
    if leaf.value is None:
        return
    symbols = table.find(text_of(leaf.value))
    if not symbols and leaf.may_hold_expressions and not leaf.template.is_text:
        pattern = pattern_of(leaf.template)
        symbols = tuple(symbol for symbol in table.all() if symbol.written and pattern.fullmatch(symbol.name))
    if symbols:
        yield Occurrence(leaf.source, content(leaf.source, leaf.node), symbols)


def _action(leaf: Leaf, frames: Frames) -> Iterator[Occurrence]:
    symbol = frames.action(leaf)
    if symbol is not None:
        yield Occurrence(leaf.source, content(leaf.source, leaf.node), (symbol,))


# --- expressions -----------------------------------------------------------------------------


def _in_expressions(leaf: Leaf, region: Region, frames: Frames) -> Iterator[Occurrence]:
    for part in leaf.template.expressions:
        for lookup, bound in lookups(part.tree):
            if lookup.name in _CONTEXTS and lookup.name not in bound:
                yield from _in_lookup(lookup, leaf, region, frames)
        for node in walk(part.tree):
            if isinstance(node, Call):
                yield from _in_call(node, leaf, region)


def _in_lookup(node: Lookup, leaf: Leaf, region: Region, frames: Frames) -> Iterator[Occurrence]:
    steps = list(keys_of(node))
    if not steps or steps[0] is None:
        return
    symbols = region.names.get(node.name, EMPTY).find(steps[0].name)
    if not symbols:
        return
    yield _at(steps[0], leaf, symbols)
    if node.name == "needs" and len(steps) > 2 and steps[1] is not None and steps[1].name == "outputs" and steps[2] is not None:
        outputs = _outputs(symbols, steps[2].name, frames)
        if outputs:
            yield _at(steps[2], leaf, outputs)


def _outputs(tasks: tuple[Symbol, ...], name: str, frames: Frames) -> tuple[Symbol, ...]:
    return tuple(dict.fromkeys(output for task in tasks for output in frames.outputs(task).find(name)))


def _in_call(node: Call, leaf: Leaf, region: Region) -> Iterator[Occurrence]:
    if node.function in _STATUS:
        table = region.names.get("needs", EMPTY)
        for key in map(text_key, node.args):
            if key is not None and (symbols := table.find(key.name)):
                yield _at(key, leaf, symbols)
    elif node.function == "inspect_job" and node.args:
        key = text_key(node.args[0])
        if key is None:
            return
        # engine 26.7: the job is found by its tag
        tag = tag_of(key.name)
        jobs = tuple(symbol for symbol in region.names.get("jobs", EMPTY).all() if tag_of(symbol.name) == tag)
        if jobs:
            yield _at(key, leaf, jobs)


def _at(key: Key, leaf: Leaf, symbols: tuple[Symbol, ...]) -> Occurrence:
    place = leaf.place(key.start, key.end)
    return Occurrence(leaf.source, Span(place.start, place.end), symbols)
