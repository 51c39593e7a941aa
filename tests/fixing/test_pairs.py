"""The pairs of `fixtures/fix`: what the command makes of them, byte for byte."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.conftest import flowlint as flowlint  # the fixture
from tests.fixing.pairs import FOLDER, KINDS, LIVE, names
from tests.tools import needs_program

each_pair = pytest.mark.parametrize("name", names())
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def root(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project before its fixes, the working directory in it."""
    shutil.copytree(FOLDER / name / "before", tmp_path / "demo")
    monkeypatch.chdir(tmp_path / "demo")
    return tmp_path / "demo"


@each_kind
@each_pair
def test_fixes_make_the_other_file_and_leave_nothing_to_fix(flowlint: Run, root: Path, name: str, kind: str) -> None:
    expected = (FOLDER / name / kind / LIVE).read_bytes()
    first = flowlint("--fix", *KINDS[kind])
    assert (root / LIVE).read_bytes() == expected
    assert first.stderr == "", "no fix is refused"
    again = flowlint("--fix", *KINDS[kind], "--format", "json")
    assert (root / LIVE).read_bytes() == expected
    assert again.stderr == ""
    left = [fix for found in json.loads(again.stdout)["diagnostics"] for fix in found["fixes"]]
    assert not [fix for fix in left if fix["safe"] or kind == "unsafe"]


@each_kind
@each_pair
def test_git_makes_the_same_of_the_diff(flowlint: Run, root: Path, name: str, kind: str) -> None:
    git = needs_program("git")
    shown = flowlint("--diff", *KINDS[kind]).stdout_bytes
    subprocess.run([git, "apply", "--whitespace=nowarn", "-"], cwd=root, input=shown, check=True, capture_output=True, env={"GIT_DIR": "none"})
    assert (root / LIVE).read_bytes() == (FOLDER / name / kind / LIVE).read_bytes()


def test_the_files_are_what_they_are_called() -> None:
    before = {name: (FOLDER / name / "before" / LIVE).read_bytes() for name in names()}
    assert {name for name, data in before.items() if data.startswith(b"\xef\xbb\xbf")} == {"bom", "bom-crlf"}
    assert {name for name, data in before.items() if b"\r\n" in data} == {"crlf", "bom-crlf"}
    assert {name for name, data in before.items() if b"\n" not in data} == {"cr"}
    assert {name for name, data in before.items() if not data.endswith((b"\n", b"\r"))} == {"last-line"}
    assert {name for name, data in before.items() if "🚀".encode() in data} == {"emoji"}
    assert b"\t#\t" in before["tabs"]
