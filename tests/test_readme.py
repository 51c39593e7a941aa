"""The README tells the truth."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.M | re.S)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def test_it_opens_with_what_flowlint_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang.cli.lint import command

    prompt, _, shown = blocks("text")[0].partition("\n")
    program, *arguments = prompt.removeprefix("$ ").split()
    assert program == "flowlint"
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(command, arguments)
    assert result.stdout == shown
    assert result.exit_code == 1


def test_its_commands_have_only_options_that_exist() -> None:
    from flowlang.cli.lint import command as lint_command
    from flowlang.cli.programs import COMMANDS

    for line in "".join(blocks("bash")).splitlines():
        words = shlex.split(line, comments=True)
        if not words or words[0] not in ("flowlint", "flowlang"):
            continue
        command = lint_command if words[0] == "flowlint" else COMMANDS[words[1]].load()
        arguments = words[1:] if words[0] == "flowlint" else words[2:]
        command.make_context(words[0], list(arguments), resilient_parsing=False)
        known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
        assert {word for word in arguments if word.startswith("-")} <= known, line


def test_the_library_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    monkeypatch.chdir(ROOT)
    exec(compile(code.replace("path/to/project", "fixtures/projects/demo"), "README.md", "exec"), {})
    assert ".neuro/live.yml" in capsys.readouterr().out
