"""The README tells the truth."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.shell_lines import blocks

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_opens_with_what_flowlint_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang.cli.lint import command

    prompt, _, shown = blocks(README, "text")[0].partition("\n")
    program, *arguments = prompt.removeprefix("$ ").split()
    assert program == "flowlint"
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(command, arguments)
    assert result.stdout == shown
    assert result.exit_code == 1


def test_the_library_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(README, "python")
    monkeypatch.chdir(ROOT)
    exec(compile(code.replace("path/to/project", "fixtures/projects/demo"), "README.md", "exec"), {})
    assert ".neuro/live.yml" in capsys.readouterr().out
