"""What the wheel holds."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest

from flowlang import __version__

ROOT = Path(__file__).parents[1]
INFO = f"flowlang-{__version__}.dist-info"
SKIPPED = {"__pycache__", ".git", ".venv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "dist", "build"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (result,) = folder.glob("*.whl")
    return result


def files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not SKIPPED.intersection(path.relative_to(ROOT).parts):
            yield path


def test_the_wheel_holds_the_package_and_its_data(wheel: Path) -> None:
    expected = {path.relative_to(ROOT).as_posix() for path in files(ROOT / "flowlang")}
    for kind in ("grammar", "schemas"):
        expected |= {f"flowlang/data/{path.relative_to(ROOT).as_posix()}" for path in files(ROOT / kind)}
    expected |= {f"{INFO}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")}
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == expected
    assert "flowlang/py.typed" in expected
    assert "flowlang/data/schemas/report.schema.json" in expected


def test_the_metadata(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = Parser().parsestr(archive.read(f"{INFO}/METADATA").decode())
        scripts = archive.read(f"{INFO}/entry_points.txt").decode()
    assert metadata["Name"] == "flowlang"
    assert metadata["Version"] == __version__
    assert metadata["Requires-Python"] == ">=3.10"
    assert metadata["License-Expression"] == "Apache-2.0"
    plain = {re.split(r"[<>=]", line)[0] for line in metadata.get_all("Requires-Dist") or [] if "extra ==" not in line}
    assert plain == {"click", "jsonschema", "lark", "pyyaml", "tomli", "yarl"}
    assert scripts.split() == ["[console_scripts]", "flowlang", "=", "flowlang.cli.entry:flowlang", "flowlint", "=", "flowlang.cli.entry:flowlint"]


def test_an_unpacked_wheel_finds_its_data(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = "import flowlang.resources as r; print(r.__file__); print(r.names('schemas')); print(len(r.read_text('schemas', 'report.schema.json')))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    place, names, _ = done.stdout.splitlines()
    assert Path(place).is_relative_to(tmp_path)
    assert names == str(sorted(path.name for path in files(ROOT / "schemas")))


def test_ci_runs_the_tests_as_the_readme_says() -> None:
    command = "python -m pytest"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = (line.strip() for line in readme.splitlines() if command in line)
    tests = line[line.index(command) :]
    assert tests in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_no_file_names_this_machine() -> None:
    """Neither the place of this checkout, nor that of this Python, nor this host."""
    inside = "|".join(re.escape(path.name) for path in ROOT.iterdir() if path.name not in SKIPPED)
    patterns = [rf"{re.escape(str(ROOT))}[/\\](?:{inside})\b"]
    if sys.prefix != "/usr":
        patterns.append(rf"{re.escape(sys.prefix)}[/\\](?:bin|lib|Scripts)\b")
    host = socket.gethostname()
    if len(host) > 7 and host != "localhost":
        patterns.append(rf"\b{re.escape(host)}\b")
    machine = re.compile("|".join(patterns).encode())
    assert [path.relative_to(ROOT).as_posix() for path in files(ROOT) if machine.search(path.read_bytes())] == []


def test_the_data_folders_are_those_of_the_resources() -> None:
    from flowlang.resources import KINDS

    tomllib = pytest.importorskip("tomllib")  # Python 3.11
    with open(ROOT / "pyproject.toml", "rb") as file:
        mapping = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"]
    assert mapping == {kind: f"flowlang/data/{kind}" for kind in KINDS}
