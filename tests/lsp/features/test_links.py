from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.links import links, repository
from tests.lsp.features.indexed import indexed

LIVE = ".neuro/live.yml"
FLOW = """\
kind: live
images:
  base:
    ref: image:base
    dockerfile: «${{ flow.workspace }}/Dockerfile»
    context: "«${{ flow.workspace / 'src' }}»"
  other: {ref: image:other, dockerfile: '${{ flow.workspace }}/missing'}
volumes:
  data: {remote: storage:data, mount: /data, local: «data»}
jobs:
  a: {action: «ws:tools/act»}
  b: {module: '«ws:tools/act.yml»'}
  c: {action: «gh:apolo-actions/tell@v1.2»}
  d: {action: ws:nothing}
"""
FILES = {LIVE: FLOW, "tools/act.yml": "kind: live\njob: {image: u}\n", "Dockerfile": "FROM ubuntu\n", "src/a": "", "data/a": ""}


def test_files_folders_and_repositories(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, FILES)
    root = tmp_path / "demo"
    found = links(index, LIVE)
    assert [(LIVE, link.span) for link in found] == marked.ranges
    assert [link.path for link in found] == [str(root / name) for name in ("Dockerfile", "src", "data", "tools/act.yml", "tools/act.yml")] + [None]
    assert [link.tooltip for link in found[:4]] == ["Dockerfile", "src", "data", "tools/act.yml"]
    assert found[5].url == "https://github.com/apolo-actions/tell/tree/v1.2"


def test_what_is_outside_of_the_workspace_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    flow = "kind: live\nvolumes: {d: {remote: 'storage:d', mount: /d, local: ../out}}\nimages: {i: {ref: 'image:i', context: ../out}}\njobs: {a: {image: u}}\n"
    index, _ = indexed(tmp_path, {LIVE: flow})
    assert links(index, LIVE) == []


def test_the_project_and_an_action(tmp_path: Path) -> None:
    files = {
        ".neuro/project.yml": "id: demo\nvolumes: {d: {remote: 'storage:d', mount: /d, local: «data»}}\n",
        ".neuro/b.yml": "kind: batch\ntasks: [{action: 'ws:act'}]\n",
        "act.yml": "kind: batch\nimages: {i: {ref: 'image:i', dockerfile: «Dockerfile»}}\ntasks: [{action: «ws:two»}]\n",
        "two.yml": "kind: local\ncmd: ls\n",
        "Dockerfile": "",
        "data/x": "",
    }
    index, marked = indexed(tmp_path, files)
    assert [(path, link.span) for path in (".neuro/project.yml", "act.yml") for link in links(index, path)] == marked.ranges


@pytest.mark.parametrize(
    ("spec", "url"),
    [
        ("a/b@main", "https://github.com/a/b/tree/main"),
        ("a/b@feature/x y", "https://github.com/a/b/tree/feature/x%20y"),
        ("a/b", None),
        ("a@v1", None),
        ("a/b/c@v1", None),
        ("../b@v1", None),
        ("a/b@", None),
    ],
)
def test_pages_of_repositories(spec: str, url: str | None) -> None:
    assert repository(spec) == url


def test_there_is_no_such_file(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, FILES)
    assert links(index, "nothing.yml") == []
