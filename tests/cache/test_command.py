"""The cache of `flowlint`: where it lies, what a remembered run loads, and how to go without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flowlang.cli.cache import FOLDER, cache_folder
from tests.cli.conftest import ROOT, script
from tests.workspaces import live, write

CLEAN = "kind: live\njobs:\n  train:\n    image: ubuntu:22.04\n    life_span: 1d\n    cmd: python train.py\n"
WRONG = CLEAN + "    imge: x\n"


@pytest.mark.parametrize("text", [CLEAN, WRONG])
def test_the_second_run_loads_no_analysis(tmp_path: Path, text: str) -> None:
    """The contract of start-up: neither the reader nor the analysis nor the schemas."""
    root = write(tmp_path, live(text))
    environment = {**os.environ, FOLDER: str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    code = "import sys; from flowlang.cli.entry import flowlint; sys.argv = ['flowlint', '.']; status = flowlint(); print(*sys.modules, file=sys.stderr)"
    first, second = (subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True) for _ in range(2))
    assert first.stdout == second.stdout
    assert "flowlang.analysis" in first.stderr.split()
    heavy = {"yaml", "jsonschema", "lark", "hashlib", "flowlang.analysis", "flowlang.schema", "flowlang.yamltree", "flowlang.semantics", "flowlang.rules"}
    assert not heavy & set(second.stderr.split())


def test_without(tmp_path: Path) -> None:
    """`--no-cache` neither reads nor writes."""
    root = write(tmp_path, live(WRONG))
    environment = {FOLDER: str(tmp_path / "cache")}
    assert b"imge" in script("flowlint", "--no-cache", str(root), env=environment).stdout
    assert not (tmp_path / "cache").exists()
    script("flowlint", str(root), env=environment)
    (entry,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    entry.write_bytes(b"damaged")
    script("flowlint", "--no-cache", str(root), env=environment)
    assert entry.read_bytes() == b"damaged"


@pytest.mark.parametrize("arguments", [("--fix",), ("--diff",)])
def test_fixing_goes_without(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    root = write(tmp_path, live(CLEAN))
    script("flowlint", *arguments, str(root), env={FOLDER: str(tmp_path / "cache")})
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("home", [{"HOME": "/proc/nowhere"}, {"HOME": ""}, {"HOME": "/dev/null"}, {"XDG_CACHE_HOME": "/proc/nothing"}])
def test_no_home(tmp_path: Path, home: dict[str, str]) -> None:
    root = write(tmp_path, live(CLEAN))
    environment = {name: value for name, value in os.environ.items() if name not in (FOLDER, "XDG_CACHE_HOME")}
    code = "import sys; from flowlang.cli.entry import flowlint; sys.argv = ['flowlint', '.']; sys.exit(flowlint())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={**environment, **home, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems found in 1 file\n", "")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the rule of Linux")
@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/home/me"}, "/home/me/.cache/flowlint"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": "/caches"}, "/caches/flowlint"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": "relative"}, "/home/me/.cache/flowlint"),
        ({"HOME": "/home/me", FOLDER: "/own"}, "/own"),
        ({"HOME": "/home/me", FOLDER: ""}, None),
    ],
)
def test_the_folder(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], folder: str | None) -> None:
    for name in ("XDG_CACHE_HOME", FOLDER):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == folder


def test_runs_at_the_same_time(tmp_path: Path) -> None:
    root = write(tmp_path, live(WRONG))
    environment = {**os.environ, FOLDER: str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    code = "import sys; from flowlang.cli.entry import flowlint; sys.argv = ['flowlint', '--format', 'json', '.']; sys.exit(flowlint())"
    runs = [subprocess.Popen([sys.executable, "-c", code], cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    assert len({run.communicate() for run in runs}) == 1
    assert [path.suffix for path in (tmp_path / "cache").rglob("*") if path.is_file()] == [""]
