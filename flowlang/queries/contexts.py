"""What is in scope in a place: contexts with their fields and keys, and functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowlang.compiler.lower import lower
from flowlang.expr import ANY, FUNCTIONS, LOOKS_AT, POISON, Forbidden, Function, Record, Scope, Unknown, unknowns, unparse
from flowlang.light import NamedTuple
from flowlang.queries.showing import short, type_name, value_text
from flowlang.semantics.unknowns import Open, unknown_at
from flowlang.text import shortened

_DEEPEST = 4
_LONGEST = 120
# Functions that can do without the context that they look at (engine 26.7: expr).
_WITHOUT = frozenset({"hash_files_relative"})


class Row(NamedTuple):
    """One name that can be read: how it is written, its value, and `keys` where more rows follow for what is in it."""

    path: str
    value: object
    keys: tuple[str, ...] | None

    @property
    def type(self) -> str | None:
        """Its type; None for what is wrong or may not be read."""
        return None if self.value is POISON or isinstance(self.value, Forbidden) else type_name(self.value)

    @property
    def waits(self) -> tuple[str, ...]:
        """What its value waits for."""
        if self.keys is not None or isinstance(self.value, Forbidden):
            return ()
        return tuple(sorted(frozenset[str]().union(*(part.waits for part in unknowns(self.value)))))

    def words(self) -> str:
        """Its value in words."""
        if isinstance(self.value, Forbidden):
            return f"not here: {self.value.message}"
        if any(part is POISON for part in (unknowns(self.value) if self.keys is None else [])):
            return "wrong, see 'flowlang lint'"
        if self.keys is not None:
            return "" if self.keys else "empty"
        if self.waits:
            return f"waits for {', '.join(self.waits)}"
        return shortened(value_text(self.value), _LONGEST)

    def document(self) -> dict[str, object]:
        """The row as JSON shows it: with a value (deferred where it waits), keys, or the reason why it cannot be read."""
        row: dict[str, object] = {"path": self.path, "type": self.type}
        if isinstance(self.value, Forbidden):
            return {**row, "error": self.value.message}
        if self.keys is not None:
            return {**row, "keys": list(self.keys)}
        if isinstance(self.value, Open):
            return {**row, "keys": None}
        if any(part is POISON for part in unknowns(self.value)):
            return {**row, "error": "what it is made of is wrong"}
        if self.waits:
            return {**row, "value": {"$deferred": f"${{{{ {self.path} }}}}", "on": list(self.waits)}}
        return {**row, "value": lower(self.value)}


def rows(scope: Scope) -> Iterator[Row]:
    """Every name of a scope, each container before what is in it."""
    for name, value in scope.contexts.items():
        yield from _rows((name,), value)


def _rows(path: tuple[str, ...], value: object) -> Iterator[Row]:
    shown = unknown_at(ANY, *path).residual
    assert shown is not None
    text = unparse(shown)
    if isinstance(value, Unknown) and value is not POISON and value.residual is None:
        value = Unknown(value.type, shown, value.waits)
    fields = _fields(value) if len(path) < _DEEPEST else None
    yield Row(text, value, tuple(fields) if fields is not None else None)
    for name, item in (fields or {}).items():
        yield from _rows((*path, name), item)


def _fields(value: object) -> dict[str, object] | None:
    """What can be named below a value; None where it is shown as a whole."""
    if isinstance(value, Record):
        return dict(value.fields)
    if isinstance(value, Open) or not isinstance(value, Mapping):
        return None
    if not all(isinstance(key, str) for key in value):
        return None
    return {str(key): value[key] for key in value}


def functions(scope: Scope) -> list[Function]:
    """The functions that can be called in a scope."""
    gone = {name for name, context in LOOKS_AT.items() if context not in scope.contexts} - _WITHOUT
    if not scope.live_job:
        gone.add("inspect_job")
    if not scope.platform:
        gone.add("parse_volume")
    return [function for function in FUNCTIONS.values() if function.name not in gone]


def lines(scope: Scope) -> list[str]:
    """The answer for people: names in a column, then types, then values; functions below."""
    table = [(row.path, row.type or "", row.words()) for row in rows(scope)]
    wide, middle = (min(max((len(cells[column]) for cells in table), default=0), most) for column, most in ((0, 44), (1, 16)))
    shown = [f"{path:<{wide}}  {type:<{middle}}  {words}".rstrip() for path, type, words in table]
    calls = [(function.signature, short(function.result), function.doc) for function in functions(scope)]
    wide, middle = (max(len(call[column]) for call in calls) for column in (0, 1))
    described = [f"  {call:<{wide}}  {type:<{middle}}  {doc}" for call, type, doc in calls]
    return ["Contexts:", *(f"  {line}" for line in shown or ["none"]), "", "Functions:", *described]


def document(scope: Scope) -> dict[str, object]:
    """The answer as JSON."""
    return {
        "contexts": [row.document() for row in rows(scope)],
        "functions": [
            {"name": function.name, "signature": function.signature, "result": short(function.result), "doc": function.doc} for function in functions(scope)
        ],
    }
