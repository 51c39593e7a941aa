"""The pages of the rules: one for every rule, and their examples do what they say."""

from __future__ import annotations

import pkgutil
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from flowlang.cli.shellcheck import shellcheck
from flowlang.diagnostics import Diagnostic, Effect, Fixable
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.rules.frame import HEADINGS, Example, RulePage
from flowlang.runs import Options
from flowlang.text import Edit, apply_edits
from tests.tools import needs_program
from tests.workspaces import findings, told


def _pages() -> list[type[RulePage]]:
    """Every page that a module of the rules defines, also two of one rule."""
    modules = [import_module(found.name) for found in pkgutil.walk_packages(import_module("flowlang.rules").__path__, "flowlang.rules.")]
    found = {value for module in modules for value in vars(module).values() if isinstance(value, type) and issubclass(value, RulePage)}
    return sorted((page for page in found if "name" in vars(page)), key=lambda page: (page.name, page.__module__))


PAGES = _pages()
ROWS = {row.name: row for row in CATALOGUE}
SHOWN = [page for page in PAGES if page.examples("Bad") and page.name in ROWS]

# Rules about this tool, or about files that a page cannot show (it has no tabs).
PROSE_ONLY = {"analysis-limit", "internal-error", "not-utf8", "special-character", "tab-indent", "too-deep", "too-large", "unreadable-file"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
each_shown = pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.name)


def files(page: type[RulePage], heading: str) -> dict[str, str]:
    """The files under a heading, by path."""
    examples: list[Example] = page.examples(heading)
    assert len({example.path for example in examples}) == len(examples), "a file is shown twice"
    return {example.path: example.text for example in examples}


def options_for(page: type[RulePage], root: Path) -> Options:
    """What the examples of a page are linted with; copies of remote actions lie in the folder `actions`."""
    options = Options(actions_dirs=(str(root / "actions"),))
    if page.name == "shellcheck":
        needs_program("shellcheck")
        options = options._replace(shellcheck=shellcheck())
    return options


def linted(page: type[RulePage], folder: Path, texts: dict[str, str]) -> list[Diagnostic]:
    """What is found in the files of a page."""
    return findings(folder, texts, options_for(page, folder / "demo"), unused=True)


def at_another_place(diagnostic: Diagnostic, places: list[Diagnostic]) -> bool:
    """Whether it touches none of the places."""
    span = diagnostic.span
    return not any(place.source.path == diagnostic.source.path and span.start <= place.span.end and place.span.start <= span.end for place in places)


def test_there_is_one_page_for_every_rule() -> None:
    assert Counter(page.name for page in PAGES) == Counter(row.name for row in CATALOGUE)


def test_names_and_codes_of_rules_are_their_own() -> None:
    keys = [key for row in CATALOGUE for key in (row.code, row.name)]
    assert len(keys) == len(set(keys))


@each_page
def test_a_page_has_all_headings_in_order_and_something_under_each(page: type[RulePage]) -> None:
    sections = page.sections()
    assert tuple(sections) == HEADINGS
    assert all(sections.values())
    assert page.page().startswith("## ")


@each_page
def test_a_page_shows_its_examples(page: type[RulePage]) -> None:
    assert page.examples("Bad") or page.name in PROSE_ONLY
    for heading in ("Bad", "Good"):
        assert page.sections()[heading].count("```yaml") == len(page.examples(heading)), "a fence that is no example"


@each_shown
def test_a_page_promises_the_fix_that_the_catalogue_does(page: type[RulePage]) -> None:
    assert page.sections()["Fix"].startswith("None") == (ROWS[page.name].fixable is Fixable.NO)


@each_shown
def test_the_bad_example_makes_the_finding(page: type[RulePage], tmp_path: Path) -> None:
    found = linted(page, tmp_path, files(page, "Bad"))
    own = [diagnostic for diagnostic in found if diagnostic.rule.name == page.name]
    assert own, told(found)
    if ROWS[page.name].effect is Effect.REFUSED:
        others = [diagnostic for diagnostic in found if diagnostic.effect is Effect.REFUSED and at_another_place(diagnostic, own)]
        assert told(others) == []


@each_shown
def test_the_good_example_is_fine(page: type[RulePage], tmp_path: Path) -> None:
    assert told(linted(page, tmp_path, files(page, "Good"))) == []


@each_shown
def test_a_fix_of_the_bad_example_makes_the_good_one(page: type[RulePage], tmp_path: Path) -> None:
    bad, good = files(page, "Bad"), files(page, "Good")
    row = ROWS[page.name]
    own = [diagnostic for diagnostic in linted(page, tmp_path, bad) if diagnostic.rule.name == page.name]
    fixes = [diagnostic.fixes[0] for diagnostic in own if diagnostic.fixes]
    if row.fixable is Fixable.SAFE:
        assert own
        assert len(fixes) == len(own)
        assert all(fix.safe for fix in fixes)
    if row.fixable is Fixable.UNSAFE:
        assert not any(fix.safe for fix in fixes)
    if row.fixable is Fixable.NO:
        assert not fixes
    edits: dict[str, list[Edit]] = {}
    for fix in fixes:
        for part in fix.edits:
            of_file = edits.setdefault(part.source.path.rpartition("demo/")[2], [])
            if part.edit not in of_file:  # several findings of one mistake
                of_file.append(part.edit)
    if edits:
        assert {path: apply_edits(text, edits.get(path, [])) for path, text in bad.items()} == good
