"""The bar of long runs."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from flowlang.cli.progress import Progress
from flowlang.linting import lint
from flowlang.runs import Options
from tests.cli.conftest import Run
from tests.workspaces import write


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_drawn_within_a_second() -> None:
    stream, clock = Terminal(), Clock()
    bar = Progress(stream, clock)
    for done in range(1, 4):
        clock.now += 0.3
        bar(done, 3)
    bar.close()
    assert stream.getvalue() == ""


def test_it_comes_after_a_second_and_is_taken_away() -> None:
    stream, clock = Terminal(), Clock()
    bar = Progress(stream, clock)
    bar(1, 4)
    clock.now = 1.5
    bar(2, 4)
    assert "linting" in stream.getvalue()
    assert "2/4" in stream.getvalue()
    bar(4, 4)
    assert "4/4" in stream.getvalue()
    bar.close()
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_every_flow_is_told(tmp_path: Path) -> None:
    root = write(tmp_path, {f".neuro/{name}.yml": "kind: batch\ntasks: []\n" for name in "abc"} | {".neuro/project.yml": "id: p\n"})
    steps: list[tuple[int, int]] = []
    lint([str(root)], Options(), progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_no_terminal_no_bar(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {".neuro/live.yml": "kind: live\njobs: {}\n"})
    monkeypatch.setattr("flowlang.cli.progress._PATIENCE", -1.0)
    assert flowlint(str(root)).stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_real_terminal_nothing_of_it_stays(tmp_path: Path) -> None:
    import pty
    import subprocess

    root = write(tmp_path, {".neuro/live.yml": "kind: live\njobs: {}\n"})
    code = "import flowlang.cli.progress as p; p._PATIENCE = -1.0; from flowlang.cli.entry import flowlint; raise SystemExit(flowlint())"
    master, slave = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", code, str(root)], stderr=slave, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.read().endswith(b"in 1 file\n")
    os.close(slave)
    drawn = os.read(master, 10_000).decode()
    os.close(master)
    assert "1/1" in drawn
    assert drawn.endswith("\r\x1b[2K")
