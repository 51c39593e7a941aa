"""The schema files as the tests read them: documents, validators, references, every node."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[2] / "schemas"
KINDS = ("live", "batch", "action", "project")
FILES = ("common", *KINDS)


@cache
def document(name: str) -> Json:
    loaded: Json = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


@cache
def validator(name: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources((f"{file}.schema.json", Resource.from_contents(document(file))) for file in FILES)
    return Draft202012Validator(document(name), registry=registry)


def accepts(name: str, instance: object) -> bool:
    return bool(validator(name).is_valid(instance))


def target(file: str, ref: str) -> tuple[str, Json]:
    """The file and the node that a reference in `file` leads to; ``KeyError`` when there is none."""
    place, _, pointer = ref.partition("#")
    name = place.removesuffix(".schema.json") or file
    node: Any = document(name)
    for step in pointer.strip("/").split("/"):
        node = node[step]
    return name, node


def resolved(file: str, node: Json) -> tuple[str, Json]:
    """A node without its reference: the target, its description and annotations overridden by the node's own."""
    while "$ref" in node:
        name, found = target(file, node["$ref"])
        merged = {**found, **{key: value for key, value in node.items() if key not in ("$ref", "x-flow")}}
        merged["x-flow"] = {**found.get("x-flow", {}), **node.get("x-flow", {})}
        file, node = name, merged
    return file, node


def children(node: Json) -> Iterator[tuple[tuple[str, ...], Json]]:
    """The shapes inside a node, each with the path of keywords that leads there."""
    for keyword in ("then", "else", "items", "additionalProperties", "propertyNames"):
        if isinstance(node.get(keyword), dict):
            yield (keyword,), node[keyword]
    for keyword in ("properties", "$defs"):
        for key, child in node.get(keyword, {}).items():
            yield (keyword, key), child


def nodes(file: str) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Every shape written in a file, outermost first."""
    todo: list[tuple[tuple[str, ...], Json]] = [((), document(file))]
    while todo:
        path, node = todo.pop()
        yield path, node
        todo += [((*path, *steps), child) for steps, child in children(node)]


def scopes() -> dict[str, Json]:
    table: dict[str, Json] = document("common")["x-flow"]["scopes"]
    return table
