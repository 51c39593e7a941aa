"""The schemas as data: attribute tables for the walk, jsonschema as the judge of structure."""

from flowlang.schema.shapes import (
    COLLECTIONS,
    COMMANDS,
    CONVERTED,
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
from flowlang.schema.tables import forbidden_contexts, scope_variants, scopes, shape_of

__all__ = [
    "COLLECTIONS",
    "COMMANDS",
    "CONVERTED",
    "AnyShape",
    "BlockShape",
    "BranchShape",
    "ChoiceShape",
    "Condition",
    "ListShape",
    "MapShape",
    "NeverShape",
    "Notes",
    "ScalarShape",
    "Shape",
    "forbidden_contexts",
    "scope_variants",
    "scopes",
    "shape_of",
]
