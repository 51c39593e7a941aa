"""The project id, from the folder's name or from project.yml, and every way it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.compiling import compile_path
from flowlang.linting import lint
from flowlang.project import folder_id
from flowlang.runs import Options
from tests.workspaces import findings, live, told

FLOW = "kind: live\njobs: {}\n"


@pytest.mark.parametrize(
    ("folder", "project_id"),
    [("demo", "demo"), ("my-demo", "my_demo"), ("my.project", "my"), ("proj-v1.2", "proj_v1"), ("Größe", "Größe")],
)
def test_the_folder_gives_the_id(tmp_path: Path, folder: str, project_id: str) -> None:
    path = tmp_path / folder / ".neuro" / "live.yml"
    path.parent.mkdir(parents=True)
    path.write_text(FLOW, encoding="utf-8")
    document = compile_path(str(tmp_path / folder), Options()).document
    assert document is not None
    assert document["project"] == {"id": project_id, "id_source": "folder", "owner": None, "project_name": None}


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("DEMO", "gives the project id 'DEMO', which is reserved"),
        ("_", "gives the project id '_', which is reserved"),
        ("_1", "gives the project id '_1', which is reserved"),
        ("1st", "gives the project id '1st', which is no identifier"),
        ("a b", "gives the project id 'a b', which is no identifier"),
    ],
)
def test_a_folder_without_a_usable_name_is_refused(tmp_path: Path, folder: str, reason: str) -> None:
    path = tmp_path / folder / ".neuro" / "live.yml"
    path.parent.mkdir(parents=True)
    path.write_text(FLOW, encoding="utf-8")
    (found,) = lint([str(tmp_path / folder)], Options()).diagnostics
    assert found.rule.name == "bad-workspace-name"
    assert reason in found.message
    assert found.help == "rename the folder, or write 'id: NAME' into a project.yml beside this file"
    assert compile_path(str(tmp_path / folder), Options()).document is None


def test_the_stem_is_that_of_a_windows_path_too() -> None:
    assert folder_id(r"C:\work\my-project.old") == "my_project"


def test_project_yml_gives_the_id(tmp_path: Path) -> None:
    files = live(FLOW) | {".neuro/project.yml": "id: other\nowner: me\nproject_name: prod\n"}
    assert findings(tmp_path, files) == []
    document = compile_path(str(tmp_path / "demo"), Options()).document
    assert document is not None
    assert document["project"] == {"id": "other", "id_source": "project.yml", "owner": "me", "project_name": "prod"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owner: me\n", ("project-missing-id", "owner", "project.yml needs the key 'id'")),
        ("id: my-proj\n", ("bad-id", "my-proj", "'my-proj' is no identifier: only letters, digits and '_', not starting with a digit")),
        ("id: DEMO\n", ("bad-id", "DEMO", "'DEMO' is reserved: names without a lower-case letter are kept for internal use")),
        ("id: a${{ 1 }}\n", ("expression-not-allowed", "${{ 1 }}", "expressions are not allowed here")),
        ("id: 5\n", ("wrong-type", "5", "a name is expected for 'id', not a number")),
        ("id:\n", ("null-value", "id", "a name is expected for 'id', but nothing is given")),
        ("id: a\nidd: b\n", ("unknown-key", "idd", "unknown key 'idd' in a project")),
        ("id: a\nowners: b\n", ("unknown-key", "owners", "unknown key 'owners' in a project; did you mean 'owner'?")),
    ],
)
def test_what_project_yml_may_not_say(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    found = findings(tmp_path, live(FLOW) | {".neuro/project.yml": text})
    assert told(found) == [expected]
    assert compile_path(str(tmp_path / "demo"), Options()).document is None


def test_an_empty_project_file_is_an_error(tmp_path: Path) -> None:
    found = findings(tmp_path, live(FLOW) | {".neuro/project.yml": ""})
    assert [d.rule.name for d in found] == ["empty-file"]


def test_the_project_file_in_the_config_folder_wins(tmp_path: Path) -> None:
    files = live(FLOW) | {".neuro/project.yaml": "id: inner\n", "project.yml": "id: outer\n"}
    assert [(d.rule.name, d.source.path.rpartition("demo/")[2]) for d in findings(tmp_path, files)] == [("shadowed-config", "project.yml")]
    document = compile_path(str(tmp_path / "demo"), Options()).document
    assert document is not None
    assert document["project"]["id"] == "inner"  # type: ignore[index]
