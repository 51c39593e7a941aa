from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from flowlang import __version__
from flowlang.diagnostics import Diagnostic, Label, Severity, Suppressed, links, rule
from flowlang.reporting import View
from flowlang.reporting.sarif import document, lines
from flowlang.rules import all_pages
from flowlang.text import Source, Span
from tests.corpus.places import SHARED
from tests.reporting.make import NOTE, UNKNOWN_IMAGE, found, place, replacement
from tests.reporting.strategies import views

SCHEMA = SHARED / "data" / "sarif-schema-2.1.0.json"
needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="the official schema of SARIF is not beside the checkout")

SOURCE = Source(".neuro/live.yml", "images: {}\njobs:\n  a:\n    image: trian\n    cmd: trian\n")
IMAGE = rule("unknown-image")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run(view: View) -> dict[str, Any]:
    (result,) = json.loads("\n".join(lines(view)))["runs"]
    return dict(result)


def results(*diagnostics: Diagnostic, **more: Any) -> list[dict[str, Any]]:
    return list(run(View(diagnostics, **more))["results"])


def everything() -> Diagnostic:
    span = place(SOURCE, "trian")
    return found(
        SOURCE,
        span,
        IMAGE,
        "unknown image 'trian'; did you mean 'train'?",
        help="available: base, train",
        related=(Label(SOURCE, place(SOURCE, "images"), "images are defined here"),),
        fixes=(replacement(SOURCE, span, "train"), replacement(SOURCE, Span(11, 17), "", safe=False)),
    )


def at(path: str) -> dict[str, str]:
    return {"uri": path, "uriBaseId": "%SRCROOT%"}


def test_a_result_with_everything() -> None:
    shown = run(View((everything(),), files=3))
    assert shown["results"] == [
        {
            "ruleId": "FL201",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "unknown image 'trian'; did you mean 'train'?\nhelp: available: base, train\n[images are defined here](1)"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": at(".neuro/live.yml"),
                        "region": {"startLine": 4, "startColumn": 12, "endLine": 4, "endColumn": 17, "charOffset": 33, "charLength": 5},
                    }
                }
            ],
            "relatedLocations": [
                {
                    "id": 1,
                    "physicalLocation": {
                        "artifactLocation": at(".neuro/live.yml"),
                        "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 7, "charOffset": 0, "charLength": 6},
                    },
                    "message": {"text": "images are defined here"},
                }
            ],
            "fixes": [
                {
                    "description": {"text": "Replace by 'train'."},
                    "artifactChanges": [
                        {
                            "artifactLocation": at(".neuro/live.yml"),
                            "replacements": [
                                {
                                    "deletedRegion": {"startLine": 4, "startColumn": 12, "endLine": 4, "endColumn": 17, "charOffset": 33, "charLength": 5},
                                    "insertedContent": {"text": "train"},
                                }
                            ],
                        }
                    ],
                    "properties": {"safe": True},
                },
                {
                    "description": {"text": "Replace by ''."},
                    "artifactChanges": [
                        {
                            "artifactLocation": at(".neuro/live.yml"),
                            "replacements": [
                                {"deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 3, "endColumn": 1, "charOffset": 11, "charLength": 6}}
                            ],
                        }
                    ],
                    "properties": {"safe": False},
                },
            ],
            "properties": {"effect": "refused"},
            "partialFingerprints": {"flowlint/v1": "3042246944419a4a518c1baedaf44aaa"},
            "suppressions": [],
        }
    ]


def test_a_rule_is_described_with_its_page() -> None:
    driver = run(View((everything(),)))["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["semanticVersion"]) == ("flowlint", __version__, __version__)
    assert re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", driver["semanticVersion"])  # semver.org
    (shown,) = driver["rules"]
    page = all_pages()["unknown-image"].page()
    assert shown["help"].pop("text").startswith("What it does\n\nFinds")
    assert " ".join(page.split()).startswith(f"## What it does {shown.pop('fullDescription')['text']} ## Why")
    assert shown == {
        "id": "FL201",
        "name": "unknown-image",
        "shortDescription": {"text": "An image that is not defined."},
        "help": {"markdown": page},
        "defaultConfiguration": {"enabled": True, "level": "error"},
        "properties": {"effect": "refused", "fixable": "unsafe", "precision": "very-high", "tags": ["names", "refused"]},
    }


def test_links_once_there_is_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PROJECT_URL", "https://example.org/flowlang")
    driver = run(View((everything(),)))["tool"]["driver"]
    assert driver["informationUri"] == "https://example.org/flowlang"
    assert driver["rules"][0]["helpUri"] == "https://example.org/flowlang/blob/main/docs/rules/FL201.md"


def test_only_rules_with_results_and_each_once() -> None:
    shown = run(View((found(SOURCE, "jobs", NOTE, "b"), found(SOURCE, "trian", UNKNOWN_IMAGE), found(SOURCE, "trian", NOTE))))
    assert [row["id"] for row in shown["tool"]["driver"]["rules"]] == ["FL201", "FL899"]
    assert [(result["ruleId"], result["ruleIndex"]) for result in shown["results"]] == [("FL899", 1), ("FL201", 0), ("FL899", 1)]


def test_nothing_found() -> None:
    shown = run(View((), files=3))
    assert (shown["results"], shown["tool"]["driver"]["rules"], shown["invocations"]) == ([], [], [{"executionSuccessful": True}])


@pytest.mark.parametrize(("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")])
def test_levels(severity: Severity, level: str) -> None:
    (result,) = results(everything().with_severity(severity))
    assert result["level"] == level


@pytest.mark.parametrize(
    ("message", "label", "text"),
    [
        ("unknown image", None, "unknown image."),
        ("unknown image!", None, "unknown image!"),
        ("'a'", "see [x] \\ there", "'a'.\n[see \\[x\\] \\\\ there](1)"),
        ("two\nlines", "two\nlines", "two\nlines.\n[two lines](1)"),
        ("use ${{ images.x }}", "", "use ${{ images.x }}.\n[.neuro/live.yml](1)"),
    ],
)
def test_messages(message: str, label: str | None, text: str) -> None:
    related = () if label is None else (Label(SOURCE, Span(0, 1), label),)
    (result,) = results(found(SOURCE, "trian", IMAGE, message, related=related))
    assert result["message"] == {"text": text}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (".neuro/live.yml", ".neuro/live.yml"),
        ("a b/100%.yml", "a%20b/100%25.yml"),
        ("dé/日.yml", "d%C3%A9/%E6%97%A5.yml"),
        ("c:d/#?.yml", "c%3Ad/%23%3F.yml"),
        ("bad\udcff.yml", "bad%FF.yml"),
        ("../up.yml", "../up.yml"),
    ],
)
def test_paths_are_percent_encoded(path: str, uri: str) -> None:
    (result,) = results(found(Source(path, "a: b\n"), "a"))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == at(uri)


def test_paths_start_at_the_root_of_the_repository() -> None:
    (result,) = results(found(Source("../up.yml", "a: b\n"), "a"), root="services/ml")
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == at("services/up.yml")


@pytest.mark.parametrize(
    ("text", "word", "region"),
    [
        ("\ufeffa: b\n", "a", (1, 1, 1, 2, 0, 1)),  # a byte order mark is no part of the text
        ("\ufeffa: b\n", "\ufeff", (1, 1, 1, 1, 0, 0)),
        ("a: 😀 x\n", "x", (1, 6, 1, 7, 5, 1)),  # code points, not UTF-16 units
        ("a: 1\r\nb: 2\r\n", "b", (2, 1, 2, 2, 6, 1)),
        ("a: 1\rb: 2", "b", (2, 1, 2, 2, 5, 1)),
        ("a:\u2028b", "b", (1, 4, 1, 5, 3, 1)),
    ],
)
def test_regions(text: str, word: str, region: tuple[int, ...]) -> None:
    (result,) = results(found(text, word))
    assert tuple(result["locations"][0]["physicalLocation"]["region"].values()) == region


def test_a_file_without_text() -> None:
    (result,) = results(found(Source("gone.yml", ""), Span(0, 0), rule("unreadable-file"), "cannot read this file"))
    assert tuple(result["locations"][0]["physicalLocation"]["region"].values()) == (1, 1, 1, 1, 0, 0)


def test_suppressed_findings_stand_among_the_others() -> None:
    accepted = (
        Suppressed(found(SOURCE, place(SOURCE, "trian", 1)), "external"),
        Suppressed(found(SOURCE, "images"), "inSource", "it comes with the cluster"),
    )
    shown = results(found(SOURCE, "trian"), suppressed=accepted)
    assert [result["suppressions"] for result in shown] == [[{"kind": "inSource", "justification": "it comes with the cluster"}], [], [{"kind": "external"}]]
    assert [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in shown] == [1, 4, 5]


def test_a_rule_that_crashed_is_told_of_the_run_too() -> None:
    crash = found(SOURCE, Span(0, 0), rule("internal-error"), "internal error: the rule x failed with KeyError")
    shown = run(View((crash,)))
    (invocation,) = shown["invocations"]
    (note,) = invocation["toolExecutionNotifications"]
    assert (note["level"], note["message"]["text"]) == ("error", "internal error: the rule x failed with KeyError.")
    assert len(shown["results"]) == 1


@needs_schema
def test_the_official_schema_accepts_it(validator: jsonschema.Draft4Validator) -> None:
    crash = found(SOURCE, Span(0, 0), rule("internal-error"), "internal error")
    validator.validate(document(View((crash, everything()), suppressed=(Suppressed(everything(), "inSource", "why"),))))
    validator.validate(document(View(())))


@needs_schema
@pytest.mark.parametrize("part", [slice(None, None, 2), slice(1, None, 2)])
def test_the_official_schema_accepts_all_rules(validator: jsonschema.Draft4Validator, part: slice) -> None:
    from flowlang.diagnostics.catalogue import CATALOGUE

    shown = document(View(tuple(found(SOURCE, "trian", row) for row in CATALOGUE[part])))
    validator.validate(shown)
    for row in shown["runs"][0]["tool"]["driver"]["rules"]:
        assert all(len(row[key]["text"]) <= 1024 for key in ("shortDescription", "fullDescription"))


@needs_schema
def test_the_official_schema_accepts_anything_found(validator: jsonschema.Draft4Validator) -> None:
    @given(views())
    @settings(max_examples=10, deadline=None)
    def check(view: View) -> None:
        validator.validate(document(view))

    check()
