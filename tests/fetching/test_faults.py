"""A disk that fails while copies are written, and runs that are interrupted: every copy is whole or not there, and the next run goes on."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from typing import Any

import pytest

from tests.audit import watched
from tests.cli.conftest import ROOT
from tests.fetching.conftest import ACTION, Server

STEPS = {"tempfile.mkstemp", "open", "os.chmod", "os.rename", "os.mkdir"}


class Step:
    """Raises an error at one of the steps in which something is written below a folder."""

    def __init__(self, root: str, at: int, error: BaseException) -> None:
        self.seen = 0
        self._root = root
        self._at = at
        self._error = error

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in STEPS or not str(arguments[0]).startswith(self._root) or (event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if event == "os.mkdir" and os.path.isdir(arguments[0]):  # asked for to be sure
            return
        self.seen += 1
        if self.seen - 1 == self._at:
            raise self._error


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()], ids=["full disk", "Ctrl-C"])
def test_a_step_that_fails(server: Server, error: BaseException) -> None:
    server.commit("o/r", {"action.yml": ACTION}, tag="v1")
    root = server.workspace("gh:o/r@v1")
    for at in range(100):
        shutil.rmtree(root / ".flowlang", ignore_errors=True)
        step = Step(str(root), at, error)
        with watched(step):
            result = server.fetch()
        if step.seen <= at:
            break
        if isinstance(error, OSError):
            assert result.exit_code == 2, (at, result.output)
            assert result.stderr.startswith("error: cannot write to ")
            assert result.stderr.endswith(": no space left on device\n")
        else:
            assert (result.exit_code, result.stderr.strip()) == (130, "")
        assert set(server.files()) <= {"o/r@v1/action.yml"} if server.copies.exists() else True
        assert all((server.copies / name).read_text() == ACTION for name in (server.files() if server.copies.exists() else ()))
    assert at >= 8
    assert (result.exit_code, server.files()) == (0, ["flowlang-actions.lock", "o/r@v1/action.yml"])


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_asked_to_end_ends_git_too(server: Server, number: int) -> None:
    """The program that stands for git asks for it, and would go on for long."""
    (server.folder / "bin").mkdir()
    (server.folder / "tmp").mkdir()
    tool = server.folder / "bin" / "git"
    tool.write_text(f"#!/bin/sh\necho $$ > '{server.folder}/pid'\nkill -{number:d} $PPID\nexec sleep 30\n")
    tool.chmod(0o755)
    root = server.workspace("gh:o/r@v1")
    begin = f"import signal, sys; signal.signal({number:d}, signal.SIG_DFL)"
    code = f"{begin}; from flowlang.cli.programs import COMMANDS; sys.exit(COMMANDS['fetch'].load().run(sys.argv[1:], 'x'))"
    environment = {"PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "TMPDIR": str(server.folder / "tmp")}
    done = subprocess.run([sys.executable, "-c", code, str(root)], env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-number, "", "")
    assert list((server.folder / "tmp").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int((server.folder / "pid").read_text()), 0)
