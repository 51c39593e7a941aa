"""The scripts as processes: what is loaded, signals, pipes, encodings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flowlang import __version__
from tests.cli.conftest import ROOT, script
from tests.tools import interruptible

DEMO = "fixtures/projects/demo"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


@pytest.mark.parametrize("name", ["flowlint", "flowlang"])
def test_version(name: str) -> None:
    done = script(name, "--version")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"{name} {__version__}{os.linesep}", b"")


def loaded(name: str, *arguments: str, cwd: Path = ROOT) -> set[str]:
    """The top-level modules that a run of a script loads."""
    code = (
        "import sys, os, contextlib\n"
        f"from flowlang.cli.entry import {name}\n"
        f"sys.argv = {[name, *arguments]!r}\n"
        f"with open(os.devnull, 'w') as sink, contextlib.redirect_stdout(sink): status = {name}()\n"
        "print(status, *{module.partition('.')[0] for module in sys.modules})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    status, *modules = done.stdout.split()
    assert status == "0", done.stderr
    return set(modules)


def test_the_version_loads_nothing() -> None:
    assert not loaded("flowlint", "--version") & {"click", "yaml", "lark", "jsonschema", "json", "typing", "dataclasses", "re"}


def test_a_clean_project_loads_what_it_needs(tmp_path: Path) -> None:
    """The design: a clean file with plain lookups loads PyYAML and click alone."""
    folder = tmp_path / ".neuro"
    folder.mkdir()
    (folder / "project.yml").write_text("id: demo\n", encoding="utf-8")
    (folder / "live.yml").write_text(
        "kind: live\nimages:\n  main:\n    ref: image:demo:v1\njobs:\n  train:\n    image: ${{ images.main.ref }}\n    cmd: python train.py\n", encoding="utf-8"
    )
    modules = loaded("flowlint", cwd=tmp_path)
    assert {"click", "yaml"} <= modules
    click = {"subprocess"} if sys.version_info < (3, 11) else set()  # by way of the standard library's uuid and platform
    assert not modules & ({"lark", "jsonschema", "referencing", "yarl", "hashlib", "difflib", "asyncio", "subprocess"} - click)


def test_a_finding() -> None:
    done = script("flowlint", DEMO)
    assert done.returncode == 1
    assert b"--> fixtures/projects/demo/.neuro/live.yml:" in done.stdout
    assert done.stderr == b""


@pytest.mark.parametrize("environment", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1:strict"}])
def test_output_is_utf_8_wherever_it_goes(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / ".neuro").mkdir()
    (tmp_path / ".neuro" / "live.yml").write_text("kind: live\njobs: {}\nschlüssel: 日本\n", encoding="utf-8")
    done = script("flowlint", cwd=tmp_path, env=environment)
    assert done.returncode == 1
    assert "schlüssel: 日本" in done.stdout.decode("utf-8")


@POSIX
def test_a_reader_that_goes_away() -> None:
    """No traceback, and the status still tells what was found."""
    reader, writer = os.pipe()
    os.close(reader)
    start = "import sys; from flowlang.cli.entry import flowlint; sys.argv[0] = 'flowlint'; sys.exit(flowlint())"
    try:
        for arguments, status in (([DEMO], 1), (["--list-rules"], 0)):
            done = subprocess.run(
                [sys.executable, "-c", start, *arguments],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=writer,
                stderr=subprocess.PIPE,
                check=False,
                timeout=60,
            )
            assert (done.returncode, done.stderr) == (status, b"")
    finally:
        os.close(writer)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_device() -> None:
    with open("/dev/full", "wb") as full:
        start = "import sys; from flowlang.cli.entry import flowlint; sys.argv[0] = 'flowlint'; sys.exit(flowlint())"
        command = [sys.executable, "-c", start, "--list-rules"]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"error: cannot write to standard output: no space left on device\n")


@POSIX
def test_ctrl_c() -> None:
    """Exit status 130 and no traceback."""
    start = (
        "import os, sys\n"
        "from flowlang.cli.entry import flowlint\n"
        "class Input:\n"
        "    def read(self, most):\n"
        "        os.write(2, b'ready\\n')\n"
        "        return os.read(0, 1)\n"
        "sys.stdin = Input()\n"
        "sys.stdin.buffer = sys.stdin\n"
        "sys.argv[0] = 'flowlint'\n"
        "sys.exit(flowlint())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", start, "-"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=interruptible,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        try:
            assert process.stderr.readline() == b"ready\n"
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    assert b"Traceback" not in errors
