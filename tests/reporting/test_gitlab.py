from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from flowlang.diagnostics import Severity
from flowlang.reporting import View
from flowlang.reporting.gitlab import lines
from flowlang.text import Source, Span
from tests.reporting.make import FLOATING, NOTE, found, place
from tests.reporting.strategies import views

SCHEMA = json.loads((Path(__file__).parent / "gitlab-code-quality.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SOURCE = Source(".neuro/live.yml", "jobs:\n  a:\n    image: trian\n  b:\n    image: trian\n")


def report(view: View) -> Any:
    result = json.loads("\n".join(lines(view)))
    VALIDATOR.validate(result)
    return result


def test_an_issue() -> None:
    (issue,) = report(View((found(SOURCE, "trian", message="unknown image 'trian'", help="available: train"),), root="ml"))
    assert len(issue.pop("fingerprint")) == 32
    assert issue == {
        "description": "unknown image 'trian'\nhelp: available: train",
        "check_name": "FL201 unknown-image",
        "severity": "major",
        "location": {"path": "ml/.neuro/live.yml", "lines": {"begin": 3, "end": 3}},
    }


@pytest.mark.parametrize(("severity", "word"), [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.INFO, "info")])
def test_severities(severity: Severity, word: str) -> None:
    (issue,) = report(View((found(SOURCE, "trian", NOTE).with_severity(severity),)))
    assert issue["severity"] == word


def test_lines() -> None:
    spans = (Span(0, 0), place(SOURCE, "jobs:\n"), place(SOURCE, "jobs:\n  a:"), Span(len(SOURCE.text), len(SOURCE.text)))
    issues = report(View(tuple(found(SOURCE, span, FLOATING) for span in spans)))
    assert [tuple(issue["location"]["lines"].values()) for issue in issues] == [(1, 1), (1, 1), (1, 2), (6, 6)]


def test_nothing_found() -> None:
    assert report(View((), files=2)) == []


@given(views())
@settings(max_examples=40, deadline=None)
def test_the_schema_accepts_anything_found(view: View) -> None:
    # a finding without words is not made by any rule
    report(View(tuple(each._replace(message=f"message {each.message}") for each in view.diagnostics), root=view.root))
