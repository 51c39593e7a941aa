"""The published schemas read as tables: from JSON Schema to shapes.

Only the small vocabulary that our schemas keep to is understood; anything else is an error of
ours, raised at once, not a case to guess at.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from flowlang.resources import read_text
from flowlang.schema.shapes import (
    AnyShape,
    BlockShape,
    BranchShape,
    ChoiceShape,
    Condition,
    ListShape,
    MapShape,
    NeverShape,
    Notes,
    ScalarShape,
    Shape,
)

Json = dict[str, Any]

_SCALARS = frozenset({"string", "number", "integer", "boolean", "null"})
_ANNOTATIONS = ("type", "scope", "merge", "whole", "unit", "default", "since", "until", "defines", "names", "name")


@lru_cache(maxsize=16)
def document(name: str) -> Json:
    """The schema file ``NAME.schema.json`` as JSON."""
    loaded: Json = json.loads(read_text("schemas", f"{name}.schema.json"))
    return loaded


@lru_cache(maxsize=8)
def shape_of(name: str) -> Shape:
    """The shape of a whole file of that kind: ``live``, ``batch``, ``action`` or ``project``."""
    return _Compiler(name).shape(document(name))


@lru_cache(maxsize=1)
def scope_variants() -> dict[str, dict[str, str]]:
    """For each named scope its name in another use of the same place: ``module``, ``live``, ``batch``, ``multi``."""
    table: Json = document("common")["x-flow"]["scopes"]
    return {name: row.get("variants", {}) for name, row in table.items()}


@lru_cache(maxsize=1)
def forbidden_contexts() -> dict[str, tuple[str, ...]]:
    """For each named scope the contexts that may be named there although their fields always fail."""
    table: Json = document("common")["x-flow"]["scopes"]
    return {name: tuple(row.get("known", ())) for name, row in table.items()}


@lru_cache(maxsize=1)
def scopes() -> dict[str, tuple[str, ...]]:
    """The contexts that each named scope sees, in the order they are listed to users."""
    table: Json = document("common")["x-flow"]["scopes"]
    return {name: tuple(row["contexts"]) for name, row in table.items()}


class _Compiler:
    """Compiles one schema file; references may leave it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def shape(self, schema: Json | bool, above: Notes | None = None) -> Shape:
        """The shape of `schema`; annotations of a reference to it (`above`) win over its own."""
        if schema is True:
            return AnyShape(above or Notes())
        if schema is False:
            return NeverShape(above or Notes())
        if "$ref" in schema and len(schema) == 1 and above is None:
            return _referenced(*self._name_and_pointer(schema["$ref"]))
        notes = _notes(schema, above)
        if "$ref" in schema:
            name, pointer = self._name_and_pointer(schema["$ref"])
            return _Compiler(name).shape(_target(name, pointer), notes)
        if "if" in schema:
            then, otherwise = schema.get("then", True), schema.get("else", True)
            return _branch(notes, _condition(schema["if"]), self.shape(then, notes), self.shape(otherwise, notes))
        if "enum" in schema or "const" in schema:
            choices = tuple(schema.get("enum", (schema.get("const"),)))
            return ChoiceShape(notes, tuple(c for c in choices if c != []), [] in choices)
        kinds = _kinds(schema)
        if not kinds:
            return AnyShape(notes)
        compound = kinds & {"object", "array"}
        if compound and len(kinds) > 1:
            first = min(compound)
            rest = sorted(kinds - {first})
            then = self.shape({**schema, "type": first}, above)
            return BranchShape(notes, Condition(frozenset({first})), then, self.shape({**schema, "type": rest}, above))
        if "object" in kinds:
            return self._object(schema, notes)
        if "array" in kinds:
            return ListShape(notes, self.shape(schema.get("items", True)), schema.get("maxItems"))
        return ScalarShape.of(notes, frozenset(kinds), schema.get("pattern"))

    def _object(self, schema: Json, notes: Notes) -> Shape:
        fields = {key: self.shape(value) for key, value in schema.get("properties", {}).items()}
        more = schema.get("additionalProperties", True)
        if more is False:
            exclusive, one_of = (tuple(tuple(group) for group in schema.get("x-flow", {}).get(key, ())) for key in ("exclusive", "one-of"))
            return BlockShape(notes, fields, tuple(schema.get("required", ())), exclusive, one_of)
        names = schema.get("propertyNames", {}).get("$ref", "")
        return MapShape(notes, self.shape(more), names.endswith("#/$defs/id"), names.endswith("#/$defs/id-template"), fields)

    def _name_and_pointer(self, ref: str) -> tuple[str, str]:
        file, _, pointer = ref.partition("#")
        return file.removesuffix(".schema.json") if file else self.name, pointer


@lru_cache(maxsize=512)
def _referenced(name: str, pointer: str) -> Shape:
    """The shape of a definition that is referred to as it stands; most are, and from many places."""
    return _Compiler(name).shape(_target(name, pointer))


def _target(name: str, pointer: str) -> Json:
    target: Any = document(name)
    for step in pointer.strip("/").split("/"):
        target = target[step] if step else target
    found: Json = target
    return found


def _branch(notes: Notes, condition: Condition, then: Shape, otherwise: Shape) -> Shape:
    """A branch; a scalar that stands for a whole list or mapping learns what the items are."""
    inner = then.item if isinstance(then, ListShape) else then.value if isinstance(then, MapShape) else None
    if inner is not None and isinstance(otherwise, ScalarShape) and notes.whole:
        otherwise = otherwise._replace(notes=otherwise.notes._replace(item=inner.notes.type))
    return BranchShape(notes, condition, then, otherwise)


def _kinds(schema: Json) -> set[str]:
    kinds = schema.get("type", ())
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _notes(schema: Json, above: Notes | None) -> Notes:
    own = schema.get("x-flow", {})
    values = {key: own[key] for key in _ANNOTATIONS if key in own}
    if "deprecated" in own:
        values["deprecated"] = (own["deprecated"].get("message", ""), own["deprecated"].get("replace"))
    if "description" in schema:
        values["doc"] = schema["description"]
    if above is not None:
        # what a reference says of its place wins over what its target says of itself
        values.update((key, value) for key, value in zip(Notes._fields, above, strict=True) if value != _NOTHING[key])
    return Notes(**values)


_NOTHING = Notes._field_defaults


def _condition(schema: Json) -> Condition:
    kinds = _kinds(schema)
    values = tuple(
        (key, tuple(row["enum"]) if "enum" in row else (row["const"],)) for key, row in schema.get("properties", {}).items() if "const" in row or "enum" in row
    )
    return Condition(frozenset(kinds) if kinds else None, tuple(schema.get("required", ())), values)
