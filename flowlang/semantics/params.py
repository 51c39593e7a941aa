"""Params: their values for a plain run."""

from __future__ import annotations

from collections.abc import Mapping

from flowlang.expr import POISON, Unknown, text_of
from flowlang.expr.types import STR, URI
from flowlang.model import Block, Item, Leaf, MapItem
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.unknowns import as_text, unknown_at


def elaborate_params(section: Item | None, attributes: Attributes, given: Mapping[str, str]) -> dict[str, object]:
    """The value of each param: the one given, its default, or unknown when it has none (it is mandatory then)."""
    values: dict[str, object] = {}
    if not isinstance(section, MapItem):
        return values
    for name, item in section.entries.items():
        if not isinstance(name, str):
            continue
        default = attributes.value(param_default(item)) if not _is_broken(item) else POISON
        if name in given:
            values[name] = given[name]
        elif default is None:
            values[name] = unknown_at(STR, "params", name)
        else:
            values[name] = _seen(default)
    return values


def _seen(default: object) -> object:
    """A default as expressions see it: an address is text there, though the default itself is known only at the run."""
    if isinstance(default, Unknown) and default.residual is not None and default.type == URI:
        return as_text(default)
    return default


def param_default(item: Item) -> Item | None:
    """The item that holds a param's default, in its short or long form."""
    return item.fields.get("default") if isinstance(item, Block) else item


def param_parts(item: Item, attributes: Attributes) -> dict[str, object]:
    """A param as specs show it: its default, which may be unknown, and its description as it is written (engine 26.7: never evaluated)."""
    default = attributes.value(param_default(item))
    descr = item.leaf("descr") if isinstance(item, Block) else None
    return {
        "default": None if default is POISON else default,
        "descr": text_of(descr.value) if descr is not None and descr.value is not None else None,
    }


def _is_broken(item: Item) -> bool:
    return not isinstance(item, Block | Leaf)
