"""Lowering: values of the evaluator to plain JSON, what is not known yet to deferred values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from types import NoneType

from flowlang.expr import ALWAYS, Record, Status, Unknown, Uri, escape, text_of, unparse_template
from flowlang.expr.nodes import Concat, Literal
from flowlang.semantics.convert import QuotedCommand

Json = object


class PoisonedValue(Exception):
    """A value that is wrong has reached a spec although nothing was reported for it: a mistake of ours."""


# What is JSON already; the result of a task is a text of another class.
_AS_IT_IS = frozenset({NoneType, bool, int, float, str})

_TEXTS = frozenset({str})


def lower(value: object) -> Json:
    """`value` as JSON: paths and URIs as text, sets sorted, unknown values as ``{"$deferred": …}``."""
    if value.__class__ in _AS_IT_IS:
        return value
    if value.__class__ is list:
        return [lower(item) for item in value]
    if isinstance(value, dict):
        return {text_of(key): item if item.__class__ in _AS_IT_IS else lower(item) for key, item in value.items()}
    if isinstance(value, Record):
        return {name: lower(field) for name, field in value.shown()}
    if isinstance(value, Status):
        return str.__str__(value)
    if isinstance(value, Unknown):
        return deferred(value)
    if isinstance(value, QuotedCommand):
        return {"$deferred": _quoted(value), "on": sorted(value.text.waits), "quoted": True}
    if value is ALWAYS:
        return "always"
    if isinstance(value, PurePath | Uri):
        return text_of(value)
    if isinstance(value, frozenset | set):
        return lower_sorted(value)
    if isinstance(value, Mapping):
        return {text_of(key): lower(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [lower(item) for item in value]
    return text_of(value)


def copied(value: Json) -> Json:
    """JSON once more, with no part that can be changed in common."""
    if isinstance(value, dict):
        return {key: item if item.__class__ in _AS_IT_IS else copied(item) for key, item in value.items()}
    return [item if item.__class__ in _AS_IT_IS else copied(item) for item in value] if isinstance(value, list) else value


def deferred(value: Unknown) -> Json:
    """The residual of an unknown value and what it waits for."""
    return {"$deferred": _template(value), "on": sorted(value.waits)}


def lower_sorted(values: Iterable[object]) -> Json:
    """Items of a set, sorted, each once; deferred ones last."""
    values = list(values)
    if set(map(type, values)) <= _TEXTS:
        return sorted(set(values))  # type: ignore[type-var]
    known = sorted({text_of(value) for value in values if not isinstance(value, Unknown)})
    waiting = {_template(value): value for value in values if isinstance(value, Unknown)}
    return [*known, *map(lower, waiting.values())]


def _template(value: Unknown) -> str:
    """The residual as a template; an unknown without one was reported as wrong and must not get here."""
    if value.residual is None:
        raise PoisonedValue
    return unparse_template(value.residual)


def _quoted(command: QuotedCommand) -> str:
    """The command line with the text inside the shell's quotes, what is unknown in it left as it is."""
    residual = command.text.residual
    parts = residual.parts if isinstance(residual, Concat) else (residual,)
    pieces: list[str] = []
    for part in parts:
        if part is None:
            raise PoisonedValue
        if isinstance(part, Literal) and isinstance(part.value, str):
            pieces.append(escape(part.value).replace("'", "'\"'\"'"))
        else:
            pieces.append(unparse_template(part))
    return f"{command.prefix}'{''.join(pieces)}'"
