"""`--baseline` and `--write-baseline`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.workspaces import write

TWO = "kind: live\njobs:\n  a:\n    image: x\n    cmd: '{{ params.a }}'\n    presett: y\n"


def codes(output: str) -> list[str]:
    return [found["code"] for found in json.loads(output)["diagnostics"]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write(tmp_path, {".neuro/live.yml": TWO})
    monkeypatch.chdir(root)
    return root


def test_what_was_accepted_is_not_told_again(flowlint: Run, root: Path) -> None:
    first = flowlint("--write-baseline", "base.json")
    assert (first.exit_code, first.stderr) == (0, "2 findings are accepted in base.json\n")
    assert first.stdout == "no problems found in 1 file (2 suppressed)\n"
    again = flowlint("--baseline", "base.json", "--format", "json")
    assert (again.exit_code, codes(again.stdout), json.loads(again.stdout)["summary"]["suppressed"]) == (0, [], 2)
    (root / ".neuro/live.yml").write_text(TWO + "    tags: b\n")
    new = flowlint("--baseline", "base.json", "--format", "json")
    assert (new.exit_code, codes(new.stdout)) == (1, ["FL105"])


def test_paths_are_relative_to_the_file(flowlint: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flowlint("--write-baseline", "base.json")
    assert {row["path"] for row in json.loads((root / "base.json").read_text())["findings"]} == {".neuro/live.yml"}
    monkeypatch.chdir(root.parent)
    assert flowlint("demo", "--baseline", "demo/base.json").exit_code == 0


def test_the_settings_can_name_it(flowlint: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flowlint("--write-baseline", "base.json")
    (root / "flowlint.toml").write_text('baseline = "base.json"\n')
    monkeypatch.chdir(root.parent)
    assert flowlint("demo").exit_code == 0
    assert "base.json" in flowlint("demo", "--show-config").stdout


def test_what_is_gone_is_told_when_all_was_looked_at(flowlint: Run, root: Path) -> None:
    flowlint("--write-baseline", "base.json")
    (root / ".neuro/live.yml").write_text(TWO.replace("    presett: y\n", ""))
    assert flowlint("--baseline", "base.json").stderr == "note: 1 accepted finding is gone; '--write-baseline base.json' writes the file anew\n"
    assert flowlint("--baseline", "base.json", ".neuro/live.yml").stderr == ""


def test_only_what_is_wanted_is_accepted(flowlint: Run, root: Path) -> None:
    flowlint("--write-baseline", "base.json", "--ignore", "FL101")
    assert codes(flowlint("--baseline", "base.json", "--format", "json").stdout) == ["FL101"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot read 'base.json': there is no such file"),
        (b"\xff", "'base.json' is no UTF-8 text"),
        (b"{}", "'base.json' is no baseline: it has no list of findings"),
    ],
)
def test_a_baseline_that_is_none(flowlint: Run, root: Path, content: bytes | None, reason: str) -> None:
    if content is not None:
        (root / "base.json").write_bytes(content)
    result = flowlint("--baseline", "base.json")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, f"error: --baseline: {reason}")


def test_a_place_that_cannot_be_written(flowlint: Run, root: Path) -> None:
    result = flowlint("--write-baseline", "no/base.json")
    assert (result.exit_code, result.stderr) == (2, "error: cannot write 'no/base.json': no such file or directory\n")
