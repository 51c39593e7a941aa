from __future__ import annotations

import re
from itertools import combinations

import pytest
from jsonschema import Draft202012Validator

from tests.schemas.vocabulary import FILES, KINDS, document, nodes, resolved, scopes, target

TYPES = frozenset(
    {
        "str",
        "image",
        "bash",
        "python",
        "bool",
        "enable",
        "int",
        "float",
        "timespan",
        "uri",
        "remote-path",
        "local-path",
        "context-path",
        "port-pair",
        "restart",
        "id",
        "ref",
        "primitive",
        "mixin-name",
        "enum",
        "list",
        "mapping",
        "map",
        "block",
        "param",
        "expression",
        "empty",
        "any",
    }
)
NAMES = frozenset({"image", "volume", "job", "task", "mixin", "param", "input", "output", "matrix", "action", "module"})
CONTEXTS = frozenset({"project", "flow", "git", "env", "tags", "volumes", "images", "params", "multi", "inputs", "matrix", "strategy", "needs", "state"})
KEYS = frozenset({"type", "scope", "merge", "whole", "unit", "default", "since", "until", "deprecated", "defines", "names", "name", "exclusive", "one-of"})

EVERY = [pytest.param(file, path, node, id=f"{file}:{'/'.join(path)}") for file in FILES for path, node in nodes(file)]
PROPERTIES = [row for row in EVERY if "properties" in row.values[1][-2:-1]]


@pytest.mark.parametrize("file", FILES)
def test_is_a_valid_schema(file: str) -> None:
    schema = document(file)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{file}.schema.json"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize(("file", "path", "node"), EVERY)
def test_node_keeps_to_the_vocabulary(file: str, path: tuple[str, ...], node: dict[str, object]) -> None:
    notes = node.get("x-flow", {})
    assert isinstance(notes, dict)
    if path:
        assert set(notes) <= KEYS
    assert notes.get("type", "str") in TYPES
    assert notes.get("merge", "override") in {"override", "concat", "update"}
    assert notes.get("scope", "none") in scopes()
    assert notes.get("defines", "job") in NAMES
    assert notes.get("names", "job") in NAMES
    if "$ref" in node:
        assert set(node) <= {"$ref", "description", "deprecated", "x-flow"}
        resolved(file, node)
    if "pattern" in node:
        re.compile(str(node["pattern"]))
    if node.get("type") == "object":
        assert "additionalProperties" in node, "the engine refuses unknown keys"
    if "if" in node:
        assert {"then", "else"} <= set(node)


@pytest.mark.parametrize(("file", "path", "node"), PROPERTIES)
def test_property_is_told_and_typed(file: str, path: tuple[str, ...], node: dict[str, object]) -> None:
    _, whole = resolved(file, node)
    description = whole["description"]
    assert description[0].isupper() or description[0] == "`"
    assert description[-1] == "."
    assert 1 <= len(re.findall(r"\.(?: |$)", description)) <= 4
    assert whole["x-flow"]["type"] in TYPES - {"expression", "empty"}


@pytest.mark.parametrize(("file", "path", "node"), [row for row in EVERY if "exclusive" in row.values[2].get("x-flow", {})])
def test_exclusive_keys_are_so_for_json_schema(file: str, path: tuple[str, ...], node: dict[str, object]) -> None:
    (group,) = node["x-flow"]["exclusive"]  # type: ignore[index]
    assert node["allOf"] == [{"not": {"required": list(pair)}} for pair in combinations(group, 2)]
    one_of = node["x-flow"].get("one-of")  # type: ignore[attr-defined]
    assert node.get("anyOf") == (None if one_of is None else [{"required": [key]} for key in one_of[0]])


def test_every_definition_is_used() -> None:
    defined = {(file, name) for file in FILES for name in document(file).get("$defs", {})}
    used = set()
    for file in FILES:
        for _, node in nodes(file):
            if "$ref" in node:
                name, _ = target(file, node["$ref"])
                used.add((name, node["$ref"].rpartition("/")[2]))
    assert used == defined


def test_scopes_name_known_contexts() -> None:
    for name, scope in scopes().items():
        assert set(scope) <= {"contexts", "doc", "variants", "adds", "known"}, name
        contexts = scope["contexts"]
        assert set(contexts) <= CONTEXTS, name
        assert len(set(contexts)) == len(contexts), name
        assert scope["doc"].endswith("."), name
        assert set(scope.get("adds", {})) <= set(contexts), name
        assert set(scope.get("known", ())) <= CONTEXTS - set(contexts), name
        for variant in scope.get("variants", {}).values():
            # what a scope of several uses lists is there in each of them
            assert set(contexts) <= set(scopes()[variant]["contexts"]), (name, variant)


def test_every_scope_is_reached() -> None:
    used = {node["x-flow"]["scope"] for file in FILES for _, node in nodes(file) if "scope" in node.get("x-flow", {})}
    while more := {variant for name in used for variant in scopes()[name].get("variants", {}).values()} - used:
        used |= more
    assert used == set(scopes())


@pytest.mark.parametrize("kind", KINDS)
def test_every_attribute_has_a_scope(kind: str) -> None:
    """Walking down from the file, each scalar lies below a node that names a scope."""

    def visit(file: str, node: dict[str, object], scope: str | None, trail: tuple[str, ...]) -> None:
        at, whole = resolved(file, node)  # type: ignore[arg-type]
        scope = whole.get("x-flow", {}).get("scope", scope)
        for key in ("then", "else", "items", "additionalProperties"):
            if isinstance(whole.get(key), dict):
                visit(at, whole[key], scope, (*trail, key))
        for key, child in whole.get("properties", {}).items():
            visit(at, child, scope, (*trail, key))
        if whole.get("x-flow", {}).get("type") not in {"list", "map", "mapping", "block", "param", "empty"} and "if" not in whole and "type" in whole:
            assert scope is not None, trail

    visit(kind, document(kind), None, ())


def test_both_task_blocks_offer_the_same() -> None:
    """An action's tasks take what a flow's take; only the scopes differ."""
    common, action = document("common")["$defs"], document("action")["$defs"]
    for name in ("task", "task-action-call", "task-module-call"):
        assert set(common[name]["properties"]) == set(action[name]["properties"])
    assert set(common["image"]["properties"]) == set(action["image"]["properties"])
    assert set(common["strategy"]["properties"]) == set(action["strategy-block"]["properties"])
    assert set(common["job"]["properties"]) == set(action["job"]["properties"]) == set(common["job-mixin"]["properties"])
