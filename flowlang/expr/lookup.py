"""Attributes and indexes: what a trailer makes of a value, and the words when it makes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flowlang.diagnostics.rule import Effect
from flowlang.expr import types
from flowlang.expr.literals import quote
from flowlang.expr.nodes import Attr, Call, Item, Literal, Lookup
from flowlang.expr.problems import Problem, ProblemFix, replace
from flowlang.expr.records import Record
from flowlang.expr.types import Type
from flowlang.expr.values import POISON, Forbidden, Unknown, type_of
from flowlang.light import NamedTuple
from flowlang.text import closest, listing, quoted

_NAMED = {
    "env": ("unknown-env", "variable"),
    "images": ("unknown-image", "image"),
    "inputs": ("unknown-input", "input"),
    "matrix": ("unknown-matrix-key", "matrix key"),
    "needs": ("unknown-need", "need"),
    "params": ("unknown-param", "param"),
    "state": ("unknown-state", "state variable"),
    "volumes": ("unknown-volume", "volume"),
}
"""The contexts whose keys users define: the rule for a key that is not there, and what a key is."""

# Documented attributes that the engine has not: engine 26.7, context.
_REMOVED: dict[tuple[str, str], tuple[str | None, str]] = {
    ("flow", "id"): ("flow_id", "write 'flow_id'"),
    ("multi", "args"): (None, "removed in engine release 26.7.0: declare params and read 'params.NAME' instead"),
    ("image", "full_context_path"): (None, "'context' is the full path already"),
    ("image", "full_dockerfile_path"): (None, "'dockerfile' is the full path already"),
}
# Methods of the engine's classes, which it hands out by mistake.
_LEAKED = frozenset({("flow", "with_action"), ("image", "to_image_ctx"), ("image", "get_ctx_storage_dir")})
# Attributes of what `inspect_job` gives that have one type for good (the platform's SDK: JobDescription).
_JOB_FIELDS: dict[str, Type] = {
    **dict.fromkeys(("id", "owner", "cluster_name", "project_name", "namespace"), types.STR),
    **dict.fromkeys(("name", "org_name", "description", "internal_hostname", "internal_hostname_named", "preset_name"), types.STR | types.NONE),
    **dict.fromkeys(("http_url", "uri"), types.URI),
}
_INDEXED = frozenset({"str", "status", "list", "mapping"})
_KEYED = frozenset({"object", "mapping"})


def removed(node: Lookup) -> Problem | None:
    """The problem with an attribute that is gone for good, of a context that is not here either: ``multi.args``."""
    attr = node.trailers[0] if node.trailers else None
    if node.name != "multi" or not isinstance(attr, Attr) or ("multi", attr.name) not in _REMOVED:
        return None
    return Problem("removed-name", attr.start, attr.end, f"'multi' has no attribute {quoted(attr.name)}", _REMOVED["multi", attr.name][1])


class Found(NamedTuple):
    """What a trailer gives, with the problem if it gives nothing."""

    value: object
    problem: Problem | None = None


def attribute(value: object, attr: Attr, of: str) -> Found:
    """``value.name``; `of` is the text of what comes before, a context's name for instance."""
    name = attr.name
    if isinstance(value, Unknown):
        if value is POISON or not name:
            return Found(POISON)
        kinds = value.type.kinds & _KEYED
        if not kinds:
            return Found(POISON, _no_attributes(value.type, attr, of))
        return Found(Unknown(value.type.item or types.ANY if kinds == {"mapping"} else _type_of_field(value, name), None, value.waits))
    if not name:
        return Found(POISON)
    if isinstance(value, Record):
        return _field(value, attr)
    if isinstance(value, Mapping):
        return _key(value, name, attr.start, attr.end, of, dotted=True)
    return Found(POISON, _no_attributes(type_of(value), attr, of))


def _type_of_field(value: Unknown, name: str) -> Type:
    """The type of an attribute of an object that is not known yet."""
    made_by = value.residual
    is_job = isinstance(made_by, Call) and made_by.function == "inspect_job" and not made_by.trailers
    return _JOB_FIELDS.get(name, types.ANY) if is_job else types.ANY


def _no_attributes(type: Type, attr: Attr, of: str) -> Problem:
    message = f"{quoted(of)} is {type.words}: it has no attribute {quoted(attr.name)}"
    return Problem("undefined-reference", attr.start, attr.end, message, "only objects and mappings have attributes")


def _field(record: Record, attr: Attr) -> Found:
    """A field of an object."""
    name, noun = attr.name, record.noun
    if name in record.fields:
        value = record.fields[name]
        return Found(POISON, _forbidden(value, attr.start, attr.end)) if isinstance(value, Forbidden) else Found(value)
    if record.open:
        return Found(Unknown(types.ANY))
    article = "an" if noun[:1] in "aeiou" else "a"
    what = f"'{noun}'" if noun in ("flow", "git", "project", "multi", "strategy") else f"{article} {noun}"
    removed = _REMOVED.get((noun, name))
    if removed is not None:
        fixes = (replace(attr.start, attr.end, removed[0]),) if removed[0] else ()
        return Found(POISON, Problem("removed-name", attr.start, attr.end, f"{what} has no attribute {quoted(name)}", removed[1], fixes))
    effect = Effect.BETRAYED if (noun, name) in _LEAKED else None
    return Found(POISON, _missing("undefined-reference", f"{what} has no attribute", name, attr.start, attr.end, record.fields, "attributes", effect))


def _forbidden(value: Forbidden, start: int, end: int) -> Problem:
    return Problem(value.rule, start, end, value.message, value.help, origin=value.origin)


def _key(mapping: Mapping[Any, Any], key: object, start: int, end: int, of: str, *, dotted: bool = False) -> Found:
    """A key of a mapping."""
    try:
        if key in mapping:
            value = mapping[key]
            return Found(POISON, _forbidden(value, start, end)) if isinstance(value, Forbidden) else Found(value)
    except TypeError:
        return Found(POISON, Problem("type-mismatch", start, end, f"{type_of(key).words} cannot be a key"))
    rule, noun = _NAMED.get(of, ("undefined-reference", "key"))
    rule, noun = getattr(mapping, "rule", rule), getattr(mapping, "noun", noun)
    if not isinstance(key, str):
        keys = listing(map(str, mapping))
        return Found(POISON, Problem(rule, start, end, f"{quoted(of)} has no key {key!r}", f"keys: {keys}" if keys else "it is empty"))
    begin = f"unknown {noun}" if noun != "key" else f"{quoted(of)} has no key"
    place = (start, end) if dotted else (start + 1, end - 1)
    hidden = getattr(mapping, "hidden", {}).get(key)
    if hidden is not None:
        return Found(POISON, Problem(rule, *place, f"{begin} {quoted(key)}", hidden))
    return Found(POISON, _missing(rule, begin, key[:], *place, (name for name in mapping if isinstance(name, str)), f"{noun}s", None, quoting=not dotted))


def _missing(
    rule: str, begin: str, name: str, start: int, end: int, allowed: Iterable[str], nouns: str, effect: Effect | None, *, quoting: bool = False
) -> Problem:
    """A name that is not there, with what is."""
    names = list(allowed)
    guess = closest(name, names)
    hint = f"; did you mean '{guess}'?" if guess else ""
    fixes = (replace(start, end, quote(guess) if quoting else guess, safe=False),) if guess else ()
    nouns = {"needs": "needs", "state variables": "state"}.get(nouns, nouns)
    help = f"{nouns}: {listing(names)}" if names else "there is no state here" if nouns == "state" else f"there are no {nouns} here"
    return Problem(rule, start, end, f"{begin} {quoted(name)}{hint}", help, fixes, effect)


def index(value: object, key: object, item: Item, of: str) -> Found:
    """``value[key]``."""
    if value is POISON or key is POISON:
        return Found(POISON)
    kinds = type_of(value).kinds
    if isinstance(value, Unknown):
        kinds &= _INDEXED
        if not kinds:
            return Found(POISON, _no_index(value, item, of))
        if "mapping" not in kinds and not type_of(key).kinds & {"int", "bool"}:
            return Found(POISON, _wrong_index(value, key, item))
        waits = value.waits | (key.waits if isinstance(key, Unknown) else frozenset())
        return Found(Unknown(_item_type(value.type, kinds), None, waits))
    if not kinds & _INDEXED:
        return Found(POISON, _no_index(value, item, of))
    if isinstance(key, Unknown):
        return _unknown_key(value, key, item, of)
    if isinstance(value, Mapping):
        return _key(value, key, item.start, item.end, of)
    if not isinstance(key, int):
        return Found(POISON, _wrong_index(value, key, item))
    assert isinstance(value, (str, list))
    if -len(value) <= key < len(value):
        return Found(value[key])
    noun = ("character" if isinstance(value, str) else "item") + ("" if len(value) == 1 else "s")
    message = f"index {int(key)} is out of range: {quoted(of)} has {len(value)} {noun}"
    return Found(POISON, Problem("undefined-reference", item.start, item.end, message))


def _wrong_index(value: object, key: object, item: Item) -> Problem:
    """An index that is no whole number, on a list or text."""
    message = f"the index of {type_of(value).words} is a whole number, not {type_of(key).words}"
    return Problem("type-mismatch", item.start, item.end, message)


def _unknown_key(value: object, key: Unknown, item: Item, of: str) -> Found:
    """A known value at a place that is not known yet."""
    if isinstance(value, Mapping):
        found = [type_of(entry) for entry in value.values() if not isinstance(entry, Forbidden)]
        if not found:
            return Found(POISON, Problem(_NAMED.get(of, ("undefined-reference", ""))[0], item.start, item.end, f"{quoted(of)} is empty: it has no such key"))
    elif not key.type.kinds & {"int", "bool"}:
        return Found(POISON, _wrong_index(value, key, item))
    else:
        found = [types.STR] if isinstance(value, str) else [type_of(entry) for entry in value]  # type: ignore[attr-defined]
    made = types.NEVER
    for entry in found:
        made |= entry
    return Found(Unknown(made if found else types.ANY, None, key.waits))


def _item_type(type: Type, kinds: frozenset[str]) -> Type:
    """The type of what an index reads from a value of one of these kinds."""
    if kinds <= {"str", "status"}:
        return types.STR
    return type.item or types.ANY if kinds <= {"list", "mapping"} else types.ANY


def _no_index(value: object, item: Item, of: str) -> Problem:
    """Something that takes no index."""
    if not isinstance(value, Record):
        rule = "index-on-object" if type_of(value).kinds == {"object"} else "type-mismatch"
        return Problem(rule, item.start, item.end, f"{quoted(of)} is {type_of(value).words}: it has no index")
    fixes: tuple[ProblemFix, ...] = ()
    key = item.key
    if isinstance(key, Literal) and isinstance(key.value, str) and key.value in value.fields and key.value.isidentifier():
        fixes = (replace(item.start, item.end, f".{key.value}"),)
    help = f"write '.{key.value}'" if fixes and isinstance(key, Literal) else f"its attributes are reached by a dot: {listing(value.fields)}"
    return Problem("index-on-object", item.start, item.end, f"{quoted(of)} is an object: it takes no index", help, fixes)
