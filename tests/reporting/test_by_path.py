from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.diagnostics import Severity
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.reporting.by_path import ByPath, PathRule, matches
from tests.reporting.make import found

ROW = next(rule for rule in CATALOGUE if rule.severity is Severity.ERROR)
FINDING = found("key: value\n", "value", ROW)
PATH = FINDING.source.path


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("legacy/**", "legacy/.neuro/live.yml", True),
        ("legacy", "legacy/.neuro/live.yml", True),
        ("legacy/", "a/legacy/x.yml", True),
        ("/legacy", "a/legacy/x.yml", False),
        ("legacy/*", "legacy/.neuro/live.yml", True),
        ("legacy/*.yml", "legacy/.neuro/live.yml", False),
        ("*.yml", "a/b/c.yml", True),
        ("*.yml", "a/b/c.yaml", False),
        ("**/live.yml", "live.yml", True),
        ("a/**/live.yml", "a/live.yml", True),
        ("a/**/live.yml", "a/b/c/live.yml", True),
        ("a/?.yml", "a/b.yml", True),
        ("a/?.yml", "a//.yml", False),
        ("a/[bc].yml", "a/c.yml", True),
        ("a/[!bc].yml", "a/c.yml", False),
        ("[z-a].yml", "z.yml", True),
        ("[]", "[]", True),
        ("a.b", "axb", False),
        ("./a", "a/b", True),
        ("", "a", False),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert matches(glob, path) is expected


def _as_a_regular_expression(glob: str) -> str:
    plain = glob.rstrip("/")
    plain = plain.removeprefix("/") if "/" in plain else f"**/{plain}"
    parts = re.findall(r"\*\*/|\*\*|.", plain)
    return "".join({"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part) or re.escape(part) for part in parts) + r"(?:/.*)?"


@given(st.text("ab/*?", max_size=8), st.text("ab/", max_size=8))
@settings(max_examples=500, derandomize=True, deadline=None)
def test_globs_are_what_regular_expressions_make_of_them(glob: str, path: str) -> None:
    assert matches(glob, path) is (re.fullmatch(_as_a_regular_expression(glob), path) is not None)


@pytest.mark.parametrize("glob", ["*a" * 60 + "b", "**/" * 60 + "b", "**a" * 60 + "b", "*?" * 60 + "b", "**/*a" * 60 + "b"])
def test_globs_of_many_stars_take_no_time(glob: str) -> None:
    """With a regular expression any of them would take longer than anybody lives."""
    assert not matches(glob, "a/" * 60 + "a" * 120 + "c")


def test_globs_are_total() -> None:
    from itertools import product

    for letters in product("*?[]!-a/\\", repeat=4):
        matches("".join(letters), "a/b")


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        (ByPath(), Severity.ERROR),
        (ByPath(exclude=("live.yml",)), None),
        (ByPath(exclude=("other/**",)), Severity.ERROR),
        (ByPath(severities={"FL": Severity.INFO}), Severity.INFO),
        (ByPath(severities={"FL": Severity.INFO, ROW.name: Severity.WARNING}), Severity.WARNING),
        (ByPath(severities={"FL9": Severity.INFO}), Severity.ERROR),
        (ByPath(per_path=(PathRule(("**",), ("FL",)),)), None),
        (ByPath(per_path=(PathRule(("x/**",), ("FL",)),)), Severity.ERROR),
        (ByPath(per_path=(PathRule(("**",), (), {ROW.code: Severity.INFO}),), severities={ROW.code: Severity.WARNING}), Severity.INFO),
    ],
)
def test_apply(said: ByPath, severity: Severity | None) -> None:
    shown = list(said.apply([FINDING], {PATH: PATH}))
    assert [each.severity for each in shown] == ([severity] if severity is not None else [])
