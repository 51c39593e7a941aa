"""Files that vanish, shrink or turn unreadable while a run reads them: findings about them, never a crash."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flowlang import filesystem
from flowlang.compiling import compile_path
from flowlang.linting import lint
from flowlang.runs import Options
from tests.audit import watched
from tests.faults.world import FILES, ended_well, flowlang, flowlint, project


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, in the working directory."""
    root = project(tmp_path)
    monkeypatch.chdir(root)
    return root


class Failing:
    """Stands before the questions to the disk, and lets one of those that can fail do so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, root: Path, number: int) -> None:
        self.fails_at = -1
        self.asked: list[tuple[str, str]] = []
        self._root = str(root)
        self._error = number
        for question in ("names", "read", "resolve"):
            monkeypatch.setitem(filesystem._QUESTIONS, question, self._wrapped(question, filesystem._QUESTIONS[question]))
        blocks = filesystem._blocks

        def failing_blocks(path: str) -> Any:
            self._check("blocks", path)
            yield from blocks(path)

        monkeypatch.setattr(filesystem, "_blocks", failing_blocks)

    def _wrapped(self, question: str, answer: Callable[[str], Any]) -> Callable[[str], Any]:
        def asked(path: str) -> Any:
            self._check(question, path)
            return answer(path)

        return asked

    def _check(self, question: str, path: str) -> None:
        if path.startswith(self._root):
            self.asked.append((question, path))
            if len(self.asked) - 1 == self.fails_at:
                raise OSError(self._error, os.strerror(self._error), path)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EIO])
@pytest.mark.parametrize("command", ["lint", "compile"])
def test_each_question_to_the_disk_may_fail(root: Path, monkeypatch: pytest.MonkeyPatch, command: str, number: int) -> None:
    def run() -> set[str]:
        disk.asked.clear()
        found = lint([str(root)], Options()).diagnostics if command == "lint" else compile_path(str(root), Options(keep_going=True)).diagnostics
        return {each.rule.name for each in found}

    disk = Failing(monkeypatch, root, number)
    usual = run()
    questions = list(disk.asked)
    assert {kind for kind, _ in questions} == {"names", "read", "resolve", "blocks"}
    for disk.fails_at, (kind, path) in enumerate(questions):
        told = run()
        assert "internal-error" not in told, (kind, path)
        if kind == "read":
            assert told & {"unreadable-file", "unknown-action"}, path
        assert told - usual or kind in ("names", "resolve"), (kind, path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "vanishes": lambda path: path.unlink(),
    "is emptied": lambda path: path.write_bytes(b""),
    "is cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3]),
    "grows": lambda path: path.write_bytes(path.read_bytes() + b"# more\n" * 100_000),
    "becomes a folder": _folder,
    "becomes binary": lambda path: path.write_bytes(bytes(range(256))),
}


class Changing:
    """Changes a file just before it is opened for the first time."""

    def __init__(self, path: Path, change: Callable[[Path], object]) -> None:
        self.done = False
        self._path = path
        self._change = change

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and not self.done and isinstance(arguments[0], str) and os.path.abspath(arguments[0]) == str(self._path):
            self.done = True
            self._change(self._path)


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_just_before_it_is_read(root: Path, change: str) -> None:
    """Each file of the project in turn, for real; with `vanishes` and `becomes a folder` the run must say which it could not read."""
    for name in FILES:
        for command in ("lint", "compile"):
            if command == "compile" and name == "accepted.json":  # it is the linter's
                continue

            changing = Changing(root / name, CHANGES[change])
            with watched(changing):
                result = flowlint("--format", "json") if command == "lint" else flowlang("compile", "--keep-going")
            assert changing.done, (name, command)
            settings = name in ("flowlint.toml", "accepted.json")
            ended_well(result, (0, 1, 2) if settings else (0, 1))
            if change in ("vanishes", "becomes a folder"):
                if settings:
                    assert (result.exit_code, name in result.stderr) == (2, True), (name, result.output)
                elif command == "lint":
                    rows = json.loads(result.stdout)["diagnostics"]
                    assert any("cannot read" in row["message"] or "cannot be read" in row["message"] for row in rows), (name, rows)
                else:
                    assert "cannot read" in result.stderr or "cannot be read" in result.stderr, (name, result.stderr)
            shutil.rmtree(root)
            project(root.parent)
            os.chdir(root)


def test_the_working_directory_vanishes(root: Path, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    try:
        for run in (flowlint, lambda *arguments: flowlang("compile", *arguments), lambda *arguments: flowlang("graph", "train", *arguments)):
            result = run(str(root))
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr.startswith("error: the working directory cannot be used: no such file or directory\nhint: ")
    finally:
        os.chdir(root)


def test_names_that_no_file_can_have(root: Path) -> None:
    """A NUL, half of a surrogate pair: there is no such file, wherever the name stands."""
    (root / ".neuro" / "live.yml").write_text(
        "kind: live\n"
        "images:\n"
        '  a: {ref: "image:a", context: "x\\0", dockerfile: "y\\0"}\n'
        '  b: {ref: "image:b", context: "\\ud800", dockerfile: "\\ud800"}\n'
        "volumes:\n"
        '  v: {remote: "storage:x", mount: /x, local: "x\\0"}\n'
        "jobs:\n"
        '  a: {action: "ws:a\\0b"}\n'
        '  b: {action: "ws:\\ud800/\\0"}\n'
        '  c: {action: "gh:a/b\\0@c"}\n'
        '  d: {action: "gh:a/b@\\ud800"}\n'
        "  e: {image: x, cmd: \"${{ hash_files('\\0', '\\ud800') }} ${{ upload(volumes.v).ref }}\"}\n"
        "  f: {image: '${{ images.a.context }}', cmd: \"${{ images.b.dockerfile }}\"}\n"
    )
    for result in (
        flowlint("--actions-dir", "."),
        flowlint("--fix", "--unsafe-fixes"),
        flowlang("compile", "--keep-going"),
        flowlang("compile", "--relocatable"),
    ):
        ended_well(result, (1,))
    assert "there is no action file 'a\\x00b'" in flowlint().stdout
