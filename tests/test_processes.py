"""Many processes give what one gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from flowlang import linting, processes
from flowlang.cache import Cache
from flowlang.linting import lint
from flowlang.processes import spread
from flowlang.runs import Options
from tests.bench.generate import write
from tests.cache.runs import shown
from tests.cli.conftest import ROOT
from tests.corpus.places import CORPUS, needs_corpus
from tests.tools import interruptible

WRONG = "kind: live\nimges: {}\njobs:\n  a:\n    image: ${{ images.x.ref }}\n    cmd: y  # flowlint: ignore[unset-life-span]\n"
CALLING = "kind: batch\ntasks:\n- action: gh:own/repo@v1\n- action: ws:a\n"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of workspaces with and without findings, some of them in the copy of an action that they share."""
    folder = tmp_path_factory.mktemp("many")
    write(folder, 3)
    for number in range(6):
        config = folder / f"wrong_{number}" / ".neuro"
        config.mkdir(parents=True)
        (config / "live.yml").write_text(WRONG)
        (config / "train.yml").write_text(CALLING)
    copy = folder / "copies/own/repo@v1/action.yml"
    copy.parent.mkdir(parents=True)
    copy.write_text("kind: batch\ntasks:\n- image: ubuntu\n  cmd: ${{ inputs.y }}\n")
    return folder


@pytest.mark.parametrize("jobs", [2, 3, 7, None])
def test_the_same_for_every_number(many: Path, monkeypatch: pytest.MonkeyPatch, jobs: int | None) -> None:
    monkeypatch.setattr(linting, "MANY", 2)
    options = Options(actions_dirs=(str(many / "copies"),))
    assert shown(lint((str(many),), options, jobs=jobs)) == shown(lint((str(many),), options))


@needs_corpus
def test_the_same_for_real_projects() -> None:
    options = Options(actions_dirs=(str(CORPUS / "_actions"),))
    assert shown(lint((str(CORPUS),), options, jobs=4)) == shown(lint((str(CORPUS),), options))


def test_processes_remember(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(lint((str(many),), Options(), jobs=2, cache=Cache(str(tmp_path), "1")))
    monkeypatch.delattr("flowlang.analysis.judge_target")
    assert shown(lint((str(many),), Options(), jobs=2, cache=Cache(str(tmp_path), "1"))) == first


def test_progress_counts_all(many: Path) -> None:
    told: list[tuple[int, int]] = []
    lint((str(many),), Options(), jobs=2, progress=lambda done, total: told.append((done, total)))
    assert told == [(number, 15) for number in range(1, 16)]


def _squares(tasks: Sequence[int]) -> list[int]:
    return [task * task for task in tasks]


def _killed(tasks: Sequence[tuple[int, int]]) -> list[int]:
    if any(os.getpid() != parent for parent, _ in tasks) and any(task == 5 for _, task in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return [task for _, task in tasks]


@pytest.mark.parametrize("count", [1, 2, 50])
def test_results_are_in_order(count: int) -> None:
    assert [(task, square) for tasks, squares in spread(_squares, range(count), 2) for task, square in zip(tasks, squares, strict=True)] == [
        (task, task * task) for task in range(count)
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="processes that are copies of this one")
def test_what_a_killed_process_leaves_is_done_here() -> None:
    tasks = [(os.getpid(), number) for number in range(10)]
    assert [task for _, results in spread(_killed, tasks, 2) for task in results] == list(range(10))


def test_a_system_without_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> object:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(processes, "_context", fail)
    assert [square for _, squares in spread(_squares, range(5), 2) for square in squares] == [0, 1, 4, 9, 16]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_all(many: Path, tmp_path: Path) -> None:
    """Nothing is printed by the processes that work, and none is left."""
    started = tmp_path / "started"
    code = (
        "import os, sys, time\nfrom flowlang import analysis\n"
        f"def slow(*given):\n    open({str(started)!r} + str(os.getpid()), 'w').close()\n    time.sleep(60)\n"
        "analysis.judge_target = slow\nfrom flowlang.cli.entry import flowlint\n"
        f"sys.argv = ['flowlint', '--jobs', '2', {str(many)!r}]\nsys.exit(flowlint())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=interruptible
    )
    while len(list(tmp_path.iterdir())) < 2:
        assert run.poll() is None
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    assert run.communicate(timeout=30) == (b"", b"\n")  # the newline is that of a run in one process
    assert run.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
