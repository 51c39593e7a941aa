"""Whatever is wrong in or with a file is a finding: exit status 1, no traceback, no file changed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

LIVE = "kind: live\njobs: {}\n"

CONTENTS = {
    "empty": b"",
    "blank": b"\n\n",
    "comment": b"# nothing\n",
    "binary": bytes(range(256)) * 8,
    "null bytes": b"kind: live\x00\njobs: {}\n",
    "control characters": b"kind: live\x1b[2J\njobs: {}\n",
    "latin-1": "kind: live\ntitle: caf\xe9\njobs: {}\n".encode("latin-1"),
    "utf-16": LIVE.encode("utf-16"),
    "cut in a character": b"kind: live\ntitle: \xe2\x82",
    "surrogates": b"kind: live\ntitle: \xed\xa0\x80\n",
    "no mapping": b"- a\n- b\n",
    "a scalar": b"kind\n",
    "syntax error": b"kind: live\njobs: {a: [}\n",
    "tab": b"kind: live\njobs:\n\ta: 1\n",
    "deep": b"kind: live\njobs: " + b"[" * 5000,
    "many aliases": b"kind: live\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in b"bcdefghij")
    + b"jobs: {}\n",
    "alias to itself": b"kind: live\njobs: &a {x: *a}\n",
    "two documents": b"kind: live\njobs: {}\n---\nkind: live\njobs: {}\n",
    "unknown tag": b"kind: live\njobs: !!python/object:os.system {}\n",
}


def snapshot(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    return {
        path.relative_to(folder).as_posix(): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() and os.access(path, os.R_OK) else None)
        for path in folder.rglob("*")
        if not path.is_symlink()
    }


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in the working directory; nothing in it may change."""
    folder = tmp_path / "project"
    (folder / ".neuro").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def judged(flowlint: Run, *arguments: str) -> list[dict[str, Any]]:
    """The findings, after a look at what must hold for any input."""
    before = snapshot(Path())
    result = flowlint(*arguments, "--format", "json")
    assert result.exit_code in (0, 1), result.output
    assert result.stderr == ""
    assert "Traceback" not in result.output
    diagnostics: list[dict[str, Any]] = json.loads(result.stdout)["diagnostics"]
    worst = {row["severity"] for row in diagnostics}
    assert result.exit_code == (1 if worst & {"error", "warning"} else 0)
    text = flowlint(*arguments)
    assert text.exit_code == result.exit_code
    assert all(char.isprintable() for line in text.stdout.split("\n") for char in line)
    assert snapshot(Path()) == before
    return diagnostics


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("arguments", [(), (".neuro/live.yml",)], ids=["workspace", "file"])
def test_content(flowlint: Run, workspace: Path, name: str, arguments: tuple[str, ...]) -> None:
    (workspace / ".neuro" / "live.yml").write_bytes(CONTENTS[name])
    errors = [row for row in judged(flowlint, *arguments) if row["severity"] == "error"]
    assert errors or name in ("a scalar", "no mapping"), name  # any other non-empty document is no flow file: one info
    assert {row["path"] for row in errors} <= {".neuro/live.yml"}
    assert not any(row["name"] == "internal-error" for row in errors)


@pytest.mark.parametrize("name", CONTENTS)
def test_content_of_the_project_file(flowlint: Run, workspace: Path, name: str) -> None:
    (workspace / ".neuro" / "live.yml").write_text(LIVE)
    (workspace / ".neuro" / "project.yml").write_bytes(CONTENTS[name])
    errors = [row for row in judged(flowlint) if row["severity"] == "error"]
    assert errors
    assert {row["path"] for row in errors} == {".neuro/project.yml"}


@pytest.mark.parametrize("arguments", [(), (".neuro/live.yml",)], ids=["workspace", "file"])
def test_a_folder_in_a_files_place(flowlint: Run, workspace: Path, arguments: tuple[str, ...]) -> None:
    (workspace / ".neuro" / "live.yml").mkdir()
    assert [row["severity"] for row in judged(flowlint, *arguments)] == ["error"]


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
@pytest.mark.parametrize("target", ["live.yml", "nowhere.yml"], ids=["loop", "dangling"])
@pytest.mark.parametrize("arguments", [(), (".neuro/live.yml",)], ids=["workspace", "file"])
def test_links(flowlint: Run, workspace: Path, target: str, arguments: tuple[str, ...]) -> None:
    (workspace / ".neuro" / "live.yml").symlink_to(target)
    assert [row["severity"] for row in judged(flowlint, *arguments)] == ["error"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(flowlint: Run, workspace: Path) -> None:
    path = workspace / ".neuro" / "live.yml"
    path.write_text(LIVE)
    path.chmod(0)
    assert [row["severity"] for row in judged(flowlint)] == ["error"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(flowlint: Run, workspace: Path) -> None:
    os.mkfifo(workspace / ".neuro" / "live.yml")
    assert [row["severity"] for row in judged(flowlint)] == ["error"]


def test_standard_input(flowlint: Run, workspace: Path) -> None:
    for content in CONTENTS.values():
        result = flowlint("-", "--stdin-filename", ".neuro/live.yml", "--format", "json", input=content)
        assert result.exit_code in (0, 1), result.output
        assert {row["path"] for row in json.loads(result.stdout)["diagnostics"]} <= {".neuro/live.yml"}


@pytest.mark.parametrize("arguments", [("nowhere",), (".neuro/nowhere.yml",), (".neuro", "nowhere"), ("",)])
def test_a_path_that_does_not_exist(flowlint: Run, workspace: Path, arguments: tuple[str, ...]) -> None:
    (workspace / ".neuro" / "live.yml").write_text(LIVE)
    result = flowlint(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")


def test_no_workspace_and_no_files(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert flowlint().exit_code == 2
    assert flowlint(".").exit_code == 2
    (tmp_path / ".neuro").mkdir()
    for arguments in ((), (".",), (".neuro",)):
        result = flowlint(*arguments)
        assert (result.exit_code, result.stdout) == (2, ""), arguments


@pytest.mark.parametrize("version", ["latest", "26", "26.x", "26.7.1.2", "", "v26.7", "-1.2"])
def test_an_engine_version_that_is_none(flowlint: Run, workspace: Path, version: str) -> None:
    (workspace / ".neuro" / "live.yml").write_text(LIVE)
    result = flowlint("--engine", version)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
