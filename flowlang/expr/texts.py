"""Values as text and as JSON, in the engine's forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from flowlang.diagnostics.rule import Effect
from flowlang.expr.nodes import Call, Lookup, Node
from flowlang.expr.problems import Problem, ProblemFix
from flowlang.expr.records import SHAPES, Record
from flowlang.expr.uri import Uri
from flowlang.expr.values import Always, Status, StrSet, Unknown, size

LIMIT = 1_000_000
"""The longest text that is made, about, in code points."""


def text_of(value: object) -> str:
    """The text of a known value, as concatenation gives it: Python's `str`."""
    if value.__class__ is str:
        return value
    if isinstance(value, PurePath):
        return path_text(value)
    return show(value) if isinstance(value, (list, Mapping, Record, frozenset)) else str(value)


def path_text(path: PurePath) -> str:
    """A path as a value: one that is relative to the workspace with ``/`` on every system, an absolute one as the system writes it."""
    return str(path) if path.is_absolute() else path.as_posix()


def show(value: object) -> str:
    """A known value as it shows inside a list: Python's `repr`."""
    if isinstance(value, list):
        return "[" + ", ".join(map(show, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{show(key)}: {show(item)}" for key, item in value.items()) + "}"
    if isinstance(value, frozenset):
        return repr(StrSet(value))
    if isinstance(value, Record):
        shape = SHAPES.get(value.type_name)
        name = shape.class_name if shape else "GitInfo" if value.type_name == "git-info" else value.type_name
        return f"{name}({', '.join(f'{key}={show(item)}' for key, item in value.shown())})"
    return repr(value)


def too_long(value: object) -> bool:
    """Whether the text of a list or mapping is beyond the bound."""
    return isinstance(value, (list, Mapping)) and size(value, LIMIT) > LIMIT


def lower_first(message: str) -> str:
    """Python's words for an error, as ours begin."""
    return message[:1].lower() + message[1:]


def python_words(error: Exception) -> str:
    """What Python says about an error, as our messages begin."""
    return lower_first(str(error.args[0]) if error.args else type(error).__name__)


class ShownList(list[Any]):
    """A list whose text is the engine's."""

    def __repr__(self) -> str:
        return show(self)


class ShownDict(dict[Any, Any]):
    """A mapping whose text is the engine's, and whose values' texts are."""

    def __repr__(self) -> str:
        return show(self)


def shown(value: object) -> object:
    """A known value as one that Python's own formatting prints in the engine's form."""
    if isinstance(value, list):
        return ShownList(value)
    if isinstance(value, Mapping):
        return ShownDict({key: shown(item) for key, item in value.items()})
    if isinstance(value, frozenset):
        return StrSet(value)
    return value


def to_json(value: object) -> str:
    """The JSON of a known value (engine 26.7: to_json); `TypeError` or `ValueError` when it has none."""
    import json

    return json.dumps(_jsonable(value))


def _jsonable(value: object) -> object:
    """A value in JSON's own types; sets sorted, objects as mappings, everything else as its text."""
    if isinstance(value, Status):
        return value[:]
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if isinstance(value, Mapping):
        return {(key[:] if isinstance(key, Status) else key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, Record):
        return {key: _jsonable(item) for key, item in value.shown()}
    if isinstance(value, frozenset):
        return [_jsonable(item) for item in sorted(value)]
    if isinstance(value, (PurePath, Uri, Always)):
        return text_of(value)
    return value


def text_problems(value: object, node: Node, *, none: bool = True) -> list[Problem]:
    """What is odd about turning the value of `node` into text."""
    if value.__class__ is str:
        return []
    start, end = node.start, node.end
    if isinstance(value, Record):
        fixes: tuple[ProblemFix, ...] = ()
        help = "name one of its attributes"
        if "ref" in value.fields:
            help = "write '.ref' after it"
            fixes = (ProblemFix("Write '.ref'", True, ((end, end, ".ref"),)),) if isinstance(node, (Lookup, Call)) and start == node.at else ()
        elif value.fields:
            help = f"name one of its attributes: {', '.join(value.fields)}"
        return [Problem("object-to-string", start, end, f"{_article(value.noun)} {value.noun} as text shows its insides", help, fixes)]
    if isinstance(value, Status) or (isinstance(value, Unknown) and value.type.kinds == frozenset({"status"})):
        message = "as text, a result reads 'TaskStatus.SUCCEEDED', not 'succeeded'"
        return [Problem("status-to-string", start, end, message, "'lower(needs.ID.result)' gives 'succeeded'; comparing works as it is")]
    if value is None and none:
        return [Problem("none-to-string", start, end, "None is turned into the text 'None'", "'VALUE or \"\"' gives an empty text instead", (), Effect.ADVICE)]
    return []


def _article(noun: str) -> str:
    return "an" if noun[:1] in "aeiou" else "a"
