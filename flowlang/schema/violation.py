"""One violation of a schema, free of the library that found it."""

from __future__ import annotations

from typing import Any

from flowlang.light import NamedTuple


class Violation(NamedTuple):
    """What a document breaks: the keyword, where in the document and in the schema, and the parts in question."""

    keyword: str
    path: tuple[str | int, ...]
    schema_path: tuple[str | int, ...]
    schema: dict[str, Any]
    instance: object
    missing: str = ""

    @property
    def type(self) -> str:
        """The value type (``x-flow.type``) of the attribute in question."""
        return str(self.schema.get("x-flow", {}).get("type", ""))

    @property
    def block(self) -> str:
        """What the block in question is called."""
        return str(self.schema.get("x-flow", {}).get("name", "block"))

    @property
    def is_item(self) -> bool:
        """Whether it concerns an item of a list or of a free mapping rather than an attribute."""
        steps = [step for step in self.schema_path if step not in ("then", "else", "$ref", "allOf", "type", "enum", "pattern")]
        return bool(steps) and steps[-1] in ("items", "additionalProperties")
