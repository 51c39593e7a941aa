"""Values of expressions.

``None``, bools, numbers, texts, lists and dicts are Python's. The others: `Record` for the objects
of the contexts, `Status`, `ALWAYS`, `StrSet` (a frozenset that prints as a set), `pathlib` paths
(`Path` for local ones, `PurePosixPath` for remote ones), `Uri`; and `Unknown` for what cannot be
known yet. Lists, dicts and records may hold unknown values.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath
from types import MappingProxyType
from typing import Any

from flowlang.expr import types
from flowlang.expr.nodes import Node
from flowlang.expr.records import Record
from flowlang.expr.types import Type
from flowlang.light import NamedTuple
from flowlang.text import quoted, shortened


class Unknown:
    """A value that is not known yet: its type, what is left of its expression, and what it waits for.

    `waits` holds the paths of the unknowns, as ``needs.train.outputs.path``. `residual` is None
    where semantics put the value into a context: reading it gives the lookup itself.
    """

    __slots__ = ("residual", "type", "waits")

    def __init__(self, type: Type = types.ANY, residual: Node | None = None, waits: frozenset[str] = frozenset()) -> None:
        self.type = type
        self.residual = residual
        self.waits = waits

    def __repr__(self) -> str:
        return f"Unknown({self.type!r}, {self.residual!r}, {set(self.waits)!r})"

    def __bool__(self) -> bool:
        raise TypeError("nobody knows whether an unknown value is true")


POISON = Unknown(types.ANY)
"""What stands for a value after an error that was told: it silences whatever hangs on it."""


class Forbidden(NamedTuple):
    """A field or key that may be named but fails when it is read, as git facts do in a batch flow's defaults.

    `origin` is handed on to the problem: what whoever made it wants to say besides.
    """

    rule: str
    message: str
    help: str | None = None
    origin: object = None


class Keys(dict[str, Any]):
    """A mapping that knows what its keys are called, for the words about a key that it does not have.

    `mixed` are the keys whose values are of another type elsewhere: in other rows of a matrix.
    `hidden` are keys that are not here but where one would look for them, with words of help for each.
    """

    def __init__(
        self, entries: Mapping[str, Any], rule: str, noun: str, mixed: frozenset[str] = frozenset(), hidden: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__(entries)
        self.rule = rule
        self.noun = noun
        self.mixed = mixed
        self.hidden = hidden


class StrSet(frozenset[Any]):
    """A set that prints as the engine's sets do, in sorted order (the engine's order is undefined)."""

    def __repr__(self) -> str:
        return "{" + ", ".join(sorted(map(repr, self))) + "}" if self else "set()"

    __str__ = __repr__

    def ordered(self) -> list[Any]:
        """The items, sorted where they can be."""
        try:
            return sorted(self)
        except TypeError:
            return sorted(self, key=repr)


class Status(str):
    """The result of a need: compares as its text and prints as the engine's enumeration does (engine 26.7: types)."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"TaskStatus.{self[:].upper()}"

    def __repr__(self) -> str:
        return f"<TaskStatus.{self[:].upper()}: {self[:]!r}>"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __getitem__(self, key: Any) -> str:
        return str.__getitem__(self, key)

    # Not that of its text: as a mapping's key it is another one (engine 26.7).
    def __hash__(self) -> int:
        return hash(self[:].upper())


class Always:
    """What `always()` gives."""

    __slots__ = ()

    def __str__(self) -> str:
        return "always()"

    def __repr__(self) -> str:
        return "always()"


ALWAYS = Always()


def type_of(value: object) -> Type:
    """The type of a value."""
    if isinstance(value, Unknown):
        return value.type
    for kind, name in _CLASSES:
        if isinstance(value, kind):
            return Type.of(name)
    return types.URI if type(value).__name__ == "Uri" else types.ANY


_CLASSES: tuple[tuple[type, str], ...] = (
    (bool, "bool"),
    (int, "int"),
    (float, "float"),
    (Status, "status"),
    (str, "str"),
    (type(None), "none"),
    (Path, "path"),
    (PurePosixPath, "remote-path"),
    (PurePath, "path"),
    (list, "list"),
    (frozenset, "set"),
    (Record, "object"),
    (Mapping, "mapping"),
    (Always, "mark"),
)


def is_poison(value: object) -> bool:
    """Whether a value stands for an error that was told."""
    return value is POISON


def describe(value: object) -> str:
    """A value in words, for messages: itself where it is short, else its kind."""
    if isinstance(value, (bool, int, float)) or value is None:
        return repr(value)
    if isinstance(value, str) and not isinstance(value, Status):
        return quoted(shortened(value, 40))
    if isinstance(value, Record):
        return f"{'an' if value.noun[:1] in 'aeiou' else 'a'} {value.noun}"
    return type_of(value).words


def unknowns(value: object) -> list[Unknown]:
    """All unknown values in a value, itself included."""
    found: list[Unknown] = []
    todo = [value]
    seen: set[int] = set()
    while todo:
        here = todo.pop()
        if isinstance(here, Unknown):
            found.append(here)
        elif isinstance(here, (list, Mapping, Record)):
            # Lists share their items: each is looked into once.
            if id(here) in seen:
                continue
            seen.add(id(here))
            if isinstance(here, list):
                todo.extend(here)
            elif isinstance(here, Record):
                todo.extend(value for _, value in here.shown())
            else:
                todo.extend(here.values())
    return found


def size(value: object, limit: int) -> int:
    """About how long the text of a value is; counting ends beyond `limit`."""
    total, todo = 0, [value]
    while todo and total <= limit:
        here = todo.pop()
        if isinstance(here, str):
            total += len(here)
        elif isinstance(here, (list, frozenset)):
            total += 2 + 2 * len(here)
            todo.extend(here)
        elif isinstance(here, Record):
            total += 16
            todo.extend(value for _, value in here.shown())
        elif isinstance(here, Mapping):
            total += 2 + 4 * len(here)
            todo.extend(here)
            todo.extend(here.values())
        elif isinstance(here, int):
            total += here.bit_length() // 3 + 1
        else:
            total += 16
    return total
