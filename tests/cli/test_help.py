from __future__ import annotations

import re

import pytest

from flowlang import __version__
from flowlang.cli.programs import COMMANDS
from flowlang.diagnostics.catalogue import CATALOGUE
from tests.cli.conftest import Run


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), *((name, "--help") for name in COMMANDS)])
def test_help(flowlang: Run, arguments: tuple[str, ...]) -> None:
    result = flowlang(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: flowlang")
    assert "\nExamples:\n" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_groups_and_examples(flowlint: Run) -> None:
    text = flowlint("--help").stdout
    assert re.findall(r"^(\S.*):$", text, re.M) == ["Output", "Rules", "Fixes", "Baseline", "Project", "General", "Examples"]
    for key in re.findall(r"--(?:explain|select|ignore) (\S+)", text.partition("Examples:")[2]):
        for word in key.split(","):
            assert any(word == rule.name or rule.code.startswith(word) for rule in CATALOGUE), word


def test_versions(flowlint: Run, flowlang: Run) -> None:
    assert flowlint("--quiet", "--version").stdout == f"flowlint {__version__}\n"
    assert flowlang("--version").stdout == f"flowlang {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ((), "missing command", "'flowlang --help' lists what it takes"),
        (("comple",), "unknown command 'comple'", "did you mean 'compile'?"),
        (("frobnicate",), "unknown command 'frobnicate'", f"available: {', '.join(COMMANDS)}"),
        (("--fix",), "unknown option '--fix'", "'flowlang --help' lists what it takes"),
        (("compile", "a", "b"), "got unexpected extra argument (b)", "'flowlang compile --help' lists what it takes"),
        (("schema", "liv"), "unknown schema 'liv'", ""),
    ],
)
def test_usage_errors(flowlang: Run, arguments: tuple[str, ...], message: str, hint: str) -> None:
    result = flowlang(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {message}\nhint: {hint}")
