from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from flowlang.diagnostics import Severity
from flowlang.reporting import View
from flowlang.reporting.junit import lines
from flowlang.text import Source, Span
from tests.reporting.make import FLOATING, NOTE, found
from tests.reporting.strategies import views
from tests.reporting.xml_shapes import JUNIT, check

SOURCE = Source(".neuro/live.yml", "jobs:\n  a:\n    image: trian\n")
ERROR, WARNING, INFO = found(SOURCE, "trian"), found(SOURCE, "image", FLOATING, "floating image"), found(SOURCE, "a", NOTE, "to know")


def report(view: View) -> Element:
    root = ElementTree.fromstring("\n".join(lines(view)).encode())
    check(root, JUNIT)
    for suite in (root, *root.iter("testsuite")):
        cases = list(suite.iter("testcase"))
        assert (suite.get("tests"), suite.get("failures")) == (str(len(cases)), str(sum(case.find("failure") is not None for case in cases)))
    return root


def test_the_report() -> None:
    view = View((ERROR, WARNING, INFO), paths=(".neuro/a.yml", ".neuro/live.yml"), root="ml")
    assert (
        "\n".join(lines(view))
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="flowlint" tests="2" failures="1" errors="0" time="0">
  <testsuite name="flowlint" tests="2" failures="1" errors="0" skipped="0" time="0">
    <testcase name="ml/.neuro/a.yml" classname="flowlint" file="ml/.neuro/a.yml" time="0" />
    <testcase name="ml/.neuro/live.yml" classname="flowlint" file="ml/.neuro/live.yml" time="0">
      <failure type="error" message="3:12: unknown image (and 1 more)">error[FL201 unknown-image]: unknown image
 --&gt; .neuro/live.yml:3:12
  |
3 |     image: trian
  |            ^^^^^

warning[FL711 floating-image]: floating image
 --&gt; .neuro/live.yml:3:5
  |
3 |     image: trian
  |     ^^^^^</failure>
      <system-out>info[FL899 worth-knowing]: to know
 --&gt; .neuro/live.yml:2:3
  |
2 |   a:
  |   ^</system-out>
    </testcase>
  </testsuite>
</testsuites>"""
    )


@pytest.mark.parametrize(("level", "failures", "output"), [(Severity.ERROR, 1, 2), (Severity.WARNING, 2, 1), (Severity.INFO, 3, 0)])
def test_what_fails_is_what_makes_the_exit_status_1(level: Severity, failures: int, output: int) -> None:
    (case,) = report(View((ERROR, WARNING, INFO), fail_on=level)).iter("testcase")
    assert (case.findtext("failure") or "").count(" --> ") == failures
    assert (case.findtext("system-out") or "").count(" --> ") == output


def test_a_file_with_less_than_failures_passes() -> None:
    root = report(View((INFO,)))
    assert root.get("failures") == "0"
    assert "to know" in (root.findtext("testsuite/testcase/system-out") or "")


def test_what_xml_forbids_is_made_visible() -> None:
    root = report(View((found(Source("a\x1b.yml", "k: \x00]]>\n"), "k", message="a\x00b\nc"),)))
    (case,) = root.iter("testcase")
    assert (case.get("name"), case.find("failure").get("message")) == ("a\\x1b.yml", "1:1: a\\x00b\\nc")  # type: ignore[union-attr]
    assert "k: \\x00]]>" in (case.findtext("failure") or "")


def test_a_file_without_text() -> None:
    root = report(View((found(Source("gone.yml", ""), Span(0, 0), message="cannot read this file"),)))
    assert root.findtext("testsuite/testcase/failure") == "error[FL201 unknown-image]: cannot read this file\n --> gone.yml:1:1"


def test_no_files() -> None:
    assert report(View(())).get("tests") == "0"


@given(views())
@settings(max_examples=40, deadline=None)
def test_anything_found_has_its_shape(view: View) -> None:
    report(view)
