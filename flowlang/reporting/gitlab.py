"""The Code Quality report of GitLab, which a merge request shows beside its changes.

Source: GitLab's documentation, "Code Quality", section "Code Quality report format": an array of
findings with `description`, `check_name`, `fingerprint` (unique; by it GitLab tells new findings
from old ones), `severity` and `location`, whose path starts at the root of the repository, without
``./``. Severities as in most such reports: what stops a run is major, there is nothing above.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Severity
from flowlang.diagnostics.fingerprint import fingerprints
from flowlang.reporting.view import View
from flowlang.reporting.words import explained
from flowlang.text import json_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def lines(view: View) -> Iterator[str]:
    """The report's lines: one JSON document."""
    issues = [_issue(*found, view) for found in zip(view.diagnostics, fingerprints(view.diagnostics, view.from_root), strict=True)]
    yield from json_text(issues).split("\n")


def _issue(diagnostic: Diagnostic, fingerprint: str, view: View) -> dict[str, object]:
    source, (start, end) = diagnostic.source, diagnostic.span
    return {
        "description": explained(diagnostic),
        "check_name": f"{diagnostic.rule.code} {diagnostic.rule.name}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": view.from_root(source.path),
            "lines": {"begin": source.position(start).line, "end": source.position(max(start, end - 1)).line},
        },
    }
