"""The published schema describes what is compiled: of real projects and of one that has everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flowlang.compiling import compile_path
from flowlang.runs import Options
from flowlang.semantics import Environment
from tests.compiler.everything import FILES
from tests.compiler.shapes import judge, violations
from tests.corpus.places import CORPUS, needs_corpus, workspaces
from tests.schemas.vocabulary import document
from tests.workspaces import compiled, write

KNOWN = {"cluster": "c", "org": "o", "username": "u", "git_sha": "s", "git_branch": "b", "git_tags": ("t",), "bake_id": "i", "suffix": "x"}


def nodes(node: Any, path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every place of the schema that describes a value: definitions, properties, items, values of maps."""
    for keyword in ("$defs", "properties"):
        for key, child in node.get(keyword, {}).items():
            yield f"{path}/{keyword}/{key}", child
            yield from nodes(child, f"{path}/{keyword}/{key}")
    for keyword in ("items", "additionalProperties"):
        if isinstance(child := node.get(keyword), dict):
            yield f"{path}/{keyword}", child
            yield from nodes(child, f"{path}/{keyword}")


def test_everything_has_a_description() -> None:
    schema = document("compiled")
    assert schema["description"]
    for path, node in nodes(schema):
        assert node.get("description") or set(node) == {"$ref"}, path
        assert str(node.get("description", "A.")).endswith("."), path


def test_fixed_objects_are_closed_and_every_key_is_required() -> None:
    optional = {"deferred": {"quoted"}, "options": {"cluster", "org", "username", "git_sha", "git_branch", "git_tags", "bake_id", "suffix", "params", "only"}}
    branches = {"flow", "task", "job"}  # they name the shape, which is closed
    for path, node in nodes(document("compiled")):
        name = path.rpartition("/")[2]
        if "properties" in node and name not in branches and name != "matrix":
            assert node["additionalProperties"] is False, path
            assert set(node["properties"]) - set(node["required"]) == optional.get(name, set()), path


def test_every_definition_is_used() -> None:
    text = str(document("compiled"))
    assert [name for name in document("compiled")["$defs"] if f"#/$defs/{name}'" not in text] == []


@pytest.mark.parametrize("relocatable", [True, False])
@pytest.mark.parametrize("facts", [{}, KNOWN], ids=["nothing known", "all known"])
def test_a_workspace_with_everything(tmp_path: Path, relocatable: bool, facts: dict[str, object]) -> None:
    compiled_document = compiled(tmp_path, FILES, relocatable=relocatable, **facts)
    assert violations(compiled_document) == []
    flows: Any = compiled_document["flows"]
    assert {task["kind"] for task in flows[".neuro/train.yml"]["tasks"].values()} == {"task", "action", "module", "local", "stateful", "post"}
    assert flows[".neuro/train.yml"]["params"] == {"epochs": {"default": "3", "descr": "how many"}}


def test_what_is_left_out(tmp_path: Path) -> None:
    files = {".neuro/live.yml": "kind: live\njobs:\n  a: {image: u, cmd: '${{ nothing }}'}\n  b: {image: u, cmd: echo}\n"}
    broken: Any = compiled(tmp_path, files, keep_going=True)
    assert violations(broken) == []
    assert broken["flows"][".neuro/live.yml"]["jobs"]["a"]["error"]["line"] == 3


def test_only_is_told(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    result = compile_path(str(root), Options(only="first", relocatable=True))
    assert result.document is not None
    assert violations(result.document) == []
    assert result.document["options"] == {"project_name": None, "only": "first", "relocatable": True}


def test_the_judge_is_strict(tmp_path: Path) -> None:
    document: Any = compiled(tmp_path, FILES)
    assert judge().is_valid(document)
    job = document["flows"][".neuro/live.yml"]["jobs"]["plain"]
    for change in ({**job, "more": 1}, {**job, "title": 5}, {key: job[key] for key in job if key != "cmd"}, dict(reversed(job.items()))):
        document["flows"][".neuro/live.yml"]["jobs"]["plain"] = change
        assert violations(document) != []


@needs_corpus
@pytest.mark.parametrize("actions", [(), (str(CORPUS / "_actions"),)], ids=["without actions", "with actions"])
@pytest.mark.parametrize("relocatable", [True, False], ids=["relocatable", "here"])
@pytest.mark.parametrize(("workspace", "config"), workspaces(), ids=lambda value: value)
def test_real_projects(workspace: str, config: str, relocatable: bool, actions: tuple[str, ...]) -> None:
    for environment in (Environment(), Environment(project_name="p", **KNOWN)):  # type: ignore[arg-type]
        options = Options(keep_going=True, relocatable=relocatable, actions_dirs=actions, environment=environment)
        result = compile_path(str(CORPUS / workspace / config), options)
        assert violations(result.document) == []
