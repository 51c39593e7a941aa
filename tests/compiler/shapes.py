"""The schema of compiled documents as a judge that also looks at the order of keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from tests.schemas.vocabulary import document


def _in_order(validator: Any, properties: dict[str, Any], instance: object, schema: Any) -> Iterator[ValidationError]:
    """The keyword ``properties``, with keys in any other order than that of the schema an error too."""
    yield from Draft202012Validator.VALIDATORS["properties"](validator, properties, instance, schema)
    if isinstance(instance, dict):
        known = [key for key in instance if key in properties]
        wanted = [key for key in properties if key in instance]
        if known != wanted:
            yield ValidationError(f"keys in the order {known}, wanted {wanted}")


@cache
def judge() -> Any:
    """The validator."""
    schema = document("compiled")
    Draft202012Validator.check_schema(schema)
    return extend(Draft202012Validator, {"properties": _in_order})(schema)


def violations(compiled: object) -> list[str]:
    """What the schema says against a document, each with its place."""
    return [f"{error.json_path}: {error.message[:300]}" for error in judge().iter_errors(compiled)]
