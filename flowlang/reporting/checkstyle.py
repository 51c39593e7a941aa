"""The XML report of Checkstyle, which Jenkins, reviewdog and many editors read.

Source: Checkstyle's own `XMLLogger`: a `file` for every file that was looked at, also without
findings, an `error` for each finding with `line`, `column`, `severity` (error, warning, info),
`message` and `source`, the dotted name of the check; Jenkins takes what follows its last dot for
the type. Paths are relative to the working directory, as reviewdog takes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic
from flowlang.reporting import xml_text
from flowlang.reporting.view import View
from flowlang.reporting.words import explained
from flowlang.reporting.xml_text import element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def lines(view: View) -> Iterator[str]:
    """The report's lines: one XML document."""
    files = [element("file", {"name": path}, *map(_error, found)) for path, found in view.by_path().items()]
    yield from xml_text.lines(element("checkstyle", {"version": "4.3"}, *files))


def _error(diagnostic: Diagnostic) -> Element:
    line, column = diagnostic.source.position(diagnostic.span.start)
    place = {"line": line, "column": column}
    return element(
        "error",
        {**place, "severity": diagnostic.severity.value, "message": explained(diagnostic), "source": f"flowlint.{diagnostic.rule.code}-{diagnostic.rule.name}"},
    )
