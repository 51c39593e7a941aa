"""What `docs/` and the README show is true: examples run, command lines are taken, snippets can be read."""

from __future__ import annotations

import doctest
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from flowlang.cli.lint import command as lint_command
from flowlang.diagnostics import Fixable
from flowlang.diagnostics.catalogue import CATALOGUE
from tests.fixing.meant import MEANT
from tests.shell_lines import blocks, check, command_lines

DOCS = Path(__file__).parents[1] / "docs"
PAGES = [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md") if ">>> " in path.read_text(encoding="utf-8")))
def test_python_examples(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS.parent)
    found = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert found.attempted
    assert found.failed == 0


@each_page
def test_command_lines(page: Path) -> None:
    for words in command_lines(page.read_text(encoding="utf-8")):
        check(words)


@each_page
def test_yaml_snippets(page: Path) -> None:
    for text in blocks(page.read_text(encoding="utf-8"), "yaml"):
        assert list(yaml.safe_load_all(text)) != [None], text


@each_page
def test_what_is_shown_of_a_run_is_what_is_printed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS.parent)
    for prompt, _, shown in (text.partition("\n") for text in blocks(page.read_text(encoding="utf-8"), "text") if text.startswith("$ flowlint ")):
        assert CliRunner().invoke(lint_command, prompt.split()[2:]).output == shown


def test_the_page_of_fixes_names_the_advice_whose_fixes_go_by_what_is_written() -> None:
    text = (DOCS / "fixing.md").read_text(encoding="utf-8")
    _, _, after = text.partition("Some findings of effect *advice*")
    named = after.split("\n\n")[1]
    assert {row.name for row in CATALOGUE if f"`{row.name}`" in named} == MEANT
    assert all(row.fixable in (Fixable.SAFE, Fixable.SOMETIMES) for row in CATALOGUE if row.name in MEANT)


def test_the_steps_of_ci_are_found() -> None:
    found = list(command_lines((DOCS / "ci.md").read_text(encoding="utf-8")))
    forms = {words[words.index("--format") + 1] for words in found if "--format" in words}
    assert forms == {"github", "sarif", "gitlab", "junit", "checkstyle", "concise"}
    assert ["flowlang", "compile", "--check", "flows.json"] in found
    assert ["flowlint", "--format", "checkstyle", "-o", "flowlint-checkstyle.xml"] in found


@pytest.mark.parametrize("words", [["flowlint", "--fromat", "json"], ["flowlint", "--format", "xml"], ["flowlang", "run-args"], ["flowlang", "comple"]])
def test_wrong_command_lines_would_be_noticed(words: list[str]) -> None:
    with pytest.raises((click.UsageError, AssertionError)):
        check(words)
