"""Whatever is found: every report can be read, and says the places that the findings have."""

from __future__ import annotations

import json
import posixpath
import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from hypothesis import given, settings

from flowlang.diagnostics import Diagnostic
from flowlang.reporting import FORMATS, View, reporter
from flowlang.reporting.visible import visible
from flowlang.reporting.xml_text import legal
from flowlang.text import Source, Span
from tests.reporting.strategies import views
from tests.reporting.test_github import parsed

FEW = settings(max_examples=40, deadline=None)


def text(form: str, view: View) -> str:
    return "\n".join(reporter(form)(view))


def places(view: View) -> list[tuple[str, int, int]]:
    """Path, line and column of each finding."""
    return [(found.source.path, *found.source.position(found.span.start)) for found in view.diagnostics]


def from_root(view: View) -> list[tuple[str, int, int]]:
    """The same, paths as seen from the root of the repository."""
    return [(posixpath.normpath(posixpath.join(view.root, path)), line, column) for path, line, column in places(view)]


@given(views())
@FEW
def test_json(view: View) -> None:
    document = json.loads(text("json", view))
    assert [(each["path"], each["start"]["line"], each["start"]["column"]) for each in document["diagnostics"]] == places(view)
    assert [Span(each["start"]["offset"], each["end"]["offset"]) for each in document["diagnostics"]] == [found.span for found in view.diagnostics]
    assert document["summary"]["suppressed"] == len(view.suppressed)


def offset(text: str, line: int, column: int, breaks: list[str]) -> int:
    """The offset of a place as a reader of SARIF would count it."""
    starts = [0, *(match.end() for match in re.finditer("|".join(map(re.escape, breaks)), text))]
    return starts[line - 1] + column - 1


def check_region(region: dict[str, Any], source: Source, span: Span, breaks: list[str]) -> None:
    seen = source.text.removeprefix("\ufeff")
    start, length = region["charOffset"], region["charLength"]
    assert seen[start : start + length] == source.slice(span).removeprefix("\ufeff" if span.start == 0 else "")
    assert offset(seen, region["startLine"], region["startColumn"], breaks) == start
    assert offset(seen, region["endLine"], region["endColumn"], breaks) == start + length


@given(views())
@FEW
def test_sarif(view: View) -> None:
    (run,) = json.loads(text("sarif", view))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = sorted([*view.diagnostics, *(each.diagnostic for each in view.suppressed)], key=lambda diagnostic: diagnostic.order)
    assert len(run["results"]) == len(found)
    assert sum(bool(result["suppressions"]) for result in run["results"]) == len(view.suppressed)
    assert len({result["partialFingerprints"]["flowlint/v1"] for result in run["results"]}) == len(found)
    assert run["columnKind"] == "unicodeCodePoints"

    def check(physical: dict[str, Any], source: Source, span: Span | None = None) -> None:
        assert unquote(physical["artifactLocation"]["uri"], errors="surrogateescape") == posixpath.normpath(posixpath.join(view.root, source.path))
        if span is not None:
            check_region(physical["region"], source, span, run["newlineSequences"])

    for result, diagnostic in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == diagnostic.rule.code
        check(result["locations"][0]["physicalLocation"], diagnostic.source, diagnostic.span)
        for related, label in zip(result.get("relatedLocations", []), diagnostic.related, strict=True):
            check(related["physicalLocation"], label.source, label.span)
        for shown, fix in zip(result.get("fixes", []), diagnostic.fixes, strict=True):
            ((change,), ((source, edit),)) = shown["artifactChanges"], fix.edits
            check(change, source)
            (replacement,) = change["replacements"]
            check_region(replacement["deletedRegion"], source, edit.span, run["newlineSequences"])
            assert replacement.get("insertedContent", {}).get("text", "") == edit.text


@given(views())
@FEW
def test_github(view: View) -> None:
    commands = [parsed(line) for line in reporter("github")(view)]
    # a log of GitHub is read in a terminal, too: of names that do not print no annotation is made
    assert [(values["file"], int(values["line"])) for _, values, _ in commands] == [(visible(place[0]), place[1]) for place in from_root(view)]
    for (_, values, _), diagnostic in zip(commands, view.diagnostics, strict=True):
        assert int(values["endLine"]) >= int(values["line"])
        if "col" in values:
            assert int(values["col"]) == diagnostic.source.position(diagnostic.span.start).column
            assert int(values["endColumn"]) >= int(values["col"])


@given(views())
@FEW
def test_gitlab(view: View) -> None:
    issues = json.loads(text("gitlab", view))
    assert [(issue["location"]["path"], issue["location"]["lines"]["begin"]) for issue in issues] == [place[:2] for place in from_root(view)]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


@given(views())
@FEW
def test_checkstyle(view: View) -> None:
    root = ElementTree.fromstring(text("checkstyle", view))
    shown = [(file.get("name"), int(error.get("line", "")), int(error.get("column", ""))) for file in root for error in file]
    assert shown == [(legal(path), line, column) for path, line, column in places(view)]
    assert [file.get("name") for file in root] == [legal(path) for path in sorted(view.paths)]


@given(views())
@FEW
def test_junit(view: View) -> None:
    root = ElementTree.fromstring(text("junit", view))
    cases = list(root.iter("testcase"))
    assert [case.get("file") for case in cases] == [legal(posixpath.normpath(posixpath.join(view.root, path))) for path in sorted(view.paths)]

    def fails(diagnostic: Diagnostic) -> bool:
        return diagnostic.severity.rank <= view.fail_on.rank

    for case, path in zip(cases, sorted(view.paths), strict=True):
        here = [diagnostic for diagnostic in view.diagnostics if diagnostic.source.path == path]
        assert (case.find("failure") is not None) == any(map(fails, here))
        assert (case.find("system-out") is not None) == (not all(map(fails, here)))
        assert len(case.findall("failure")) <= 1


@given(views())
@FEW
def test_reports_are_the_same_every_time(view: View) -> None:
    for form in FORMATS:
        shown = list(reporter(form)(view))
        assert shown == list(reporter(form)(view))
        assert all("\n" not in line for line in shown)
