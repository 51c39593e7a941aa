"""Workflow commands of GitHub Actions: printed in a step, they become annotations at the lines.

Source: GitHub's documentation, "Workflow commands for GitHub Actions" (parameters `file`, `line`,
`endLine`, `col`, `endColumn`, `title`) and the escapes of the package `@actions/core`. The runner
shows at most ten errors and ten warnings of a step as annotations, all of them in its log; the log
has the message alone, which therefore starts with the place and the rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Severity
from flowlang.reporting.view import View
from flowlang.reporting.visible import visible
from flowlang.reporting.words import explained

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def lines(view: View) -> Iterator[str]:
    """The report's lines: one command for each finding."""
    return (_command(diagnostic, view) for diagnostic in view.diagnostics)


def _command(diagnostic: Diagnostic, view: View) -> str:
    source, (start, end) = diagnostic.source, diagnostic.span
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    if end_column == 1 and end_line > line:  # it ends with a line break
        end_line, end_column = source.position(max(start, source.line_span(end_line - 1).end))
    path = view.from_root(source.path)
    place: dict[str, object] = {"file": visible(path), "line": line, "endLine": end_line}
    if end_line == line:  # the runner drops columns of several lines
        place |= {"col": column, "endColumn": max(column, end_column)}  # one inside a line break begins behind the end of its line
    place["title"] = name = f"{diagnostic.rule.code} {diagnostic.rule.name}"
    told = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in place.items())
    message = f"{visible(path)}:{line}:{column}: {name}: {explained(diagnostic)}"
    return f"::{_COMMANDS[diagnostic.severity]} {told}::{message.translate(_DATA)}"
