"""The table of rules with functions."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.rules import all_pages
from flowlang.rules.frame import CheckedRule, ProjectRule
from flowlang.rules.table import FILE_RULES, PROJECT_RULES
from flowlang.semantics import FileAnalysis
from tests.workspaces import findings, live


def modules_with(kind: type) -> set[str]:
    pages = [page for page in all_pages().values() if issubclass(page, kind)]
    return {page.__module__.removeprefix("flowlang.rules.") for page in pages}


def test_every_rule_with_a_function_is_in_the_table() -> None:
    assert modules_with(CheckedRule) == {module for module, _ in FILE_RULES}
    assert modules_with(ProjectRule) == {module for module, _ in PROJECT_RULES}


def test_the_table_names_each_module_once() -> None:
    for table in (FILE_RULES, PROJECT_RULES):
        names = [module for module, _ in table]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(("module", "words"), FILE_RULES, ids=lambda value: str(value))
def test_the_words_of_a_module_are_in_the_bad_example_of_each_of_its_rules(module: str, words: tuple[str, ...]) -> None:
    for page in all_pages().values():
        if page.__module__ == f"flowlang.rules.{module}" and issubclass(page, CheckedRule) and words:
            assert any(word in example.text for example in page.examples("Bad") for word in words), page.name


def test_a_rule_that_crashes_is_a_finding_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang.rules.yaml.duplicates import DuplicateKey

    def crash(file: FileAnalysis) -> None:
        raise ZeroDivisionError(file)

    monkeypatch.setattr(DuplicateKey, "check", staticmethod(crash))
    found = findings(tmp_path, live("kind: live\njobs:\n  a: {image: x, cmd: '{{ git.sha }}'}\n"))
    assert [(d.rule.name, d.message) for d in found] == [
        ("internal-error", "internal error: the rule duplicate-key failed with ZeroDivisionError"),
        ("looks-like-expression", found[-1].message),
    ]


def test_rules_of_a_family_have_codes_of_that_family() -> None:
    assert all(len(row.code) == 5 and row.code[2:].isdigit() for row in CATALOGUE)
    assert [row.code for row in CATALOGUE] == sorted(row.code for row in CATALOGUE)


def test_modules_without_a_word_in_the_text_are_not_imported() -> None:
    import subprocess
    import sys

    code = (
        "import sys\nfrom flowlang.rules import check_file\nfrom flowlang.semantics import FileAnalysis\n"
        "from flowlang.model import load\nfrom flowlang.text import Source\n"
        "list(check_file(FileAnalysis(load(Source('live.yml', 'kind: live\\njobs: {}\\n')))))\n"
        "print('flowlang.rules.expressions.scripts' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
