"""The engine's own verdict on a document: its parser, and a look at what the parser let through unread."""

from __future__ import annotations

import dataclasses
import enum
import io
import json
import warnings
from typing import Any

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    ast = pytest.importorskip("apolo_flow.ast", reason="the engine (apolo-flow) is not installed")
    parser = pytest.importorskip("apolo_flow.parser")
    expr = pytest.importorskip("apolo_flow.expr")

# Attributes the engine takes over as they are: no part of its loader looks at them inside a mixin.
UNREAD = {("JobMixin", "params"), ("TaskMixin", "needs"), ("TaskMixin", "strategy"), ("TaskMixin", "cache")}


def refusal(kind: str, document: object) -> str | None:
    """Why the engine refuses the document, None if it does not; JSON text is YAML that keeps its types."""
    return refusal_of_text(kind, json.dumps(document, ensure_ascii=False))


def refusal_of_text(kind: str, text: str) -> str | None:
    try:
        parsed = getattr(parser, f"parse_{kind}_stream")(io.StringIO(text))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return unread(parsed, "")


def unread(node: Any, place: str) -> str | None:
    """What a plain YAML value does not belong in: the parser takes `tasks: 5` or `main: ~`, and everything after it fails."""
    for attribute in dataclasses.fields(node):
        value = getattr(node, attribute.name)
        where = f"{place}.{attribute.name}"
        if attribute.name.startswith("_") or (type(node).__name__, attribute.name) in UNREAD:
            continue
        if value is None:
            if not attribute.metadata.get("allow_none", False) and attribute.name != "matrix":  # `matrix: ~` is no matrix
                return f"{where} is null"
        elif (found := _unread_value(value, where)) is not None:
            return found
    return None


def _unread_value(value: Any, where: str) -> str | None:
    if isinstance(value, (expr.BaseExpr, enum.Enum)):
        return None
    if dataclasses.is_dataclass(value):
        return unread(value, where)
    if isinstance(value, dict):
        return next((found for key, item in value.items() if (found := _unread_value(item, f"{where}.{key}")) is not None), None)
    if isinstance(value, list):
        return next((found for index, item in enumerate(value) if (found := _unread_value(item, f"{where}[{index}]")) is not None), None)
    return f"{where} is a plain {type(value).__name__}"
