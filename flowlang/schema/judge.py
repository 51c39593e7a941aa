"""jsonschema as the judge of structure: asked only about documents that the walk did not accept.

The only module that imports jsonschema.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from flowlang.schema.tables import document
from flowlang.schema.violation import Violation

_SCHEMAS = ("common", "live", "batch", "action", "project")


def judge(instance: object, schema: str) -> Iterator[Violation]:
    """Every violation of the named schema by a JSON-like document, in jsonschema's own order."""
    for error in _validator(schema).iter_errors(instance):
        # jsonschema makes one error for each missing key and names it in its message alone
        missing = error.message.rpartition(" is a required property")[0].strip("'") if error.validator == "required" else ""
        yield Violation(
            keyword=str(error.validator),
            path=tuple(error.absolute_path),
            schema_path=tuple(error.absolute_schema_path),
            schema=error.schema if isinstance(error.schema, dict) else {},
            instance=error.instance,
            missing=missing,
        )


@lru_cache(maxsize=8)
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    registry: Registry[Any] = Registry().with_resources((f"{name}.schema.json", Resource.from_contents(document(name))) for name in _SCHEMAS)
    return Draft202012Validator(document(schema), registry=registry)
