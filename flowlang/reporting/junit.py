"""A JUnit report: one test for every file that was looked at.

A test fails when its file has a finding that makes the exit status 1; findings below that are its
output. Tests of files, not of findings, because GitLab ("Unit test reports") and Jenkins compare
runs by the names of tests: a file keeps its name, passes when its last finding is mended, and is
there also without any, while a finding would need a name that survives a change of its line, would
vanish when it is mended, and of findings with one name GitLab shows only one. Both read the first
`failure` of a test alone, so that there is one, with all findings in its text.

Attributes are those that Jenkins' `junit-10.xsd` allows; `file` is what GitLab links to. No times:
the same files give the same report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic
from flowlang.reporting import xml_text
from flowlang.reporting.finding_text import finding
from flowlang.reporting.view import View, plain
from flowlang.reporting.visible import visible
from flowlang.reporting.xml_text import element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SUITE = "flowlint"


def lines(view: View) -> Iterator[str]:
    """The report's lines: one XML document."""
    cases = [_case(path, found, view) for path, found in view.by_path().items()]
    numbers = {"tests": len(cases), "failures": sum(case.find("failure") is not None for case in cases), "errors": 0}
    suite = element("testsuite", {"name": _SUITE, **numbers, "skipped": 0, "time": 0}, *cases)
    yield from xml_text.lines(element("testsuites", {"name": _SUITE, **numbers, "time": 0}, suite))


def _case(path: str, found: tuple[Diagnostic, ...], view: View) -> Element:
    failing = [diagnostic for diagnostic in found if diagnostic.severity.rank <= view.fail_on.rank]
    others = [diagnostic for diagnostic in found if diagnostic.severity.rank > view.fail_on.rank]
    children = []
    if failing:
        children.append(element("failure", {"type": failing[0].severity.value, "message": _headline(failing)}, text=_text(failing)))
    if others:
        children.append(element("system-out", {}, text=_text(others)))
    name = view.from_root(path)
    return element("testcase", {"name": name, "classname": _SUITE, "file": name, "time": 0}, *children)


def _headline(found: Sequence[Diagnostic]) -> str:
    line, column = found[0].source.position(found[0].span.start)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{line}:{column}: {visible(found[0].message)}{more}"


def _text(found: Sequence[Diagnostic]) -> str:
    return "\n\n".join("\n".join(finding(diagnostic, plain)) for diagnostic in found)
