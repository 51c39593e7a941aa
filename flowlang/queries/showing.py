"""Values and types as the answers show them."""

from __future__ import annotations

from flowlang.expr import POISON, Always, Record, Type, Unknown, show, type_of
from flowlang.expr.types import KINDS, list_of, map_of
from flowlang.semantics.unknowns import Open

_NAMES = {"none": "None", "remote-path": "path", "mark": "always()"}


def type_name(value: object) -> str:
    """The type of a value in short: ``str``, ``list[int]``, ``volume``, ``int or str``."""
    if isinstance(value, Record):
        return value.noun
    if isinstance(value, Unknown):
        return short(value.type)
    if isinstance(value, list):
        return short(list_of(_union([type_of(item) for item in value])) if value else type_of(value))
    if isinstance(value, Open):
        return "mapping[str]"
    if isinstance(value, dict) and not any(isinstance(item, Record) for item in value.values()):
        return short(map_of(_union([type_of(item) for item in value.values()])) if value else type_of(value))
    return short(type_of(value))


def short(type: Type) -> str:
    """A type in short."""
    if type.is_any:
        return "any"
    names = [_NAMES.get(kind, kind) for kind in KINDS if kind in type.kinds]
    inner = f"[{short(type.item)}]" if type.item is not None and type.item.kinds else ""
    return " or ".join(dict.fromkeys(name + inner if name in ("list", "mapping") else name for name in names)) or "nothing"


def _union(types: list[Type]) -> Type:
    made = types[0]
    for type in types[1:]:
        made |= type
    return made


def value_text(value: object) -> str:
    """A known value as one line; texts in quotes."""
    if isinstance(value, Open):
        return "any key, filled by the run"
    if isinstance(value, Record | Always) or value is POISON:
        return show(value)
    if hasattr(value, "parts") or type(value).__name__ == "Uri":
        return repr(str(value))
    return show(value)
