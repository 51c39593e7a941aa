from __future__ import annotations

import pytest

from flowlang.diagnostics import Rule
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.reporting.selection import Selection, UnknownRule
from tests.reporting.make import FLOATING, NOTE, PREVIEW, UNKNOWN_IMAGE, found

RULES = (UNKNOWN_IMAGE, FLOATING, NOTE, PREVIEW)


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flowlang.diagnostics.catalogue.CATALOGUE", RULES)


@pytest.mark.parametrize(
    ("select", "ignore", "extend", "taken"),
    [
        ("", "", "", (UNKNOWN_IMAGE, FLOATING, NOTE)),
        ("FL2", "", "", (UNKNOWN_IMAGE,)),
        ("FL", "", "", (UNKNOWN_IMAGE, FLOATING, NOTE)),
        ("fl2,Floating-Image", "", "", (UNKNOWN_IMAGE, FLOATING)),
        ("FL1", "", "", ()),
        ("", "FL2", "", (FLOATING, NOTE)),
        ("", "FL2 , worth-knowing", "", (FLOATING,)),
        ("FL201", "FL2", "", (UNKNOWN_IMAGE,)),
        ("FL2", "FL201", "", ()),
        ("FL2", "FL2", "", ()),
        ("", "FL8", "worth-knowing", (UNKNOWN_IMAGE, FLOATING, NOTE)),
        ("FL2", "", "FL7", (UNKNOWN_IMAGE, FLOATING)),
        ("", "", "FL89", (UNKNOWN_IMAGE, FLOATING, NOTE)),
        ("", "", "FL898", RULES),
        ("young-rule", "", "", (PREVIEW,)),
        ("young-rule", "FL898", "", ()),
    ],
)
def test_what_is_taken(select: str, ignore: str, extend: str, taken: tuple[Rule, ...]) -> None:
    chosen = Selection.parse(*([keys] if keys else [] for keys in (select, ignore, extend)))
    assert tuple(rule for rule in RULES if chosen.takes(rule)) == taken
    assert [finding.rule for finding in chosen.of(found("a", "a", rule) for rule in RULES)] == list(taken)


def test_lists_add_up() -> None:
    assert Selection.parse(["FL2,,FL7,", "FL899"]).select == ("FL2", "FL7", "FL899")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("unknown-imgae", "did you mean 'unknown-image'? "),
        ("FL21", "did you mean 'FL201'? "),
        ("FL29", ""),
        ("F", ""),
        ("2", ""),
        ("*", ""),
        ("", ""),
        ("FL2011", "did you mean 'FL201'? "),
    ],
)
def test_unknown_rules(word: str, hint: str) -> None:
    with pytest.raises(UnknownRule) as caught:
        Selection.parse([word])
    assert caught.value.message == f"unknown rule '{word}'"
    assert caught.value.hint.startswith(hint or "a rule is named")


def test_the_whole_catalogue_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for rule in CATALOGUE:
        for key in (rule.code, rule.name):
            assert Selection.parse([key]).takes(rule), key
            assert not Selection.parse([], [key]).takes(rule), key
