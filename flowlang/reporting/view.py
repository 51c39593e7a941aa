"""What a reporter is given: the findings to show, and how."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable

from flowlang.diagnostics import Diagnostic, Severity, Suppressed
from flowlang.light import NamedTuple

Paint = Callable[[str, str], str]
"""Gives a text its colours: ``paint(text, role)``, role being one of `ROLES`."""

ROLES = ("error", "warning", "info", "message", "gutter", "related", "note", "good", "added", "removed", "hunk")
"""What is painted: a severity, the message, line numbers and arrows, a second place, help and fixes, success; lines of a diff."""


def plain(text: str, role: str) -> str:
    """The `Paint` that paints nothing."""
    return text


class View(NamedTuple):
    """The findings to show, in the order to show them in.

    `files` is how many were looked at (None: not told), `suppressed` the findings that comments or a
    baseline took away, `hidden` how many lie below the severity that is shown. `fixed` says what was fixed,
    if fixes were asked for; `fixes` which: ``safe``, ``all``, or ``none``, when it is told how many there are.
    `quiet` leaves out the summary, `statistics` adds a count of each rule; both concern the formats for
    people alone.

    For the formats that other systems read: `paths` are the files that were looked at, `root` is the
    working directory as seen from the root of the repository ('' at the root itself), and `fail_on`
    the severity from which on a finding is a failure.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int | None = None
    suppressed: tuple[Suppressed, ...] = ()
    hidden: int = 0
    fixed: str = ""
    fixes: str = "none"
    paint: Paint = plain
    statistics: bool = False
    quiet: bool = False
    paths: tuple[str, ...] = ()
    root: str = ""
    fail_on: Severity = Severity.WARNING

    def from_root(self, path: str) -> str:
        """A reported path as seen from the root of the repository, which is what CI systems resolve paths against."""
        return posixpath.normpath(f"{self.root}/{path}") if self.root and not os.path.isabs(path) else path

    def by_path(self) -> dict[str, tuple[Diagnostic, ...]]:
        """The findings of each file in their order; files sorted, those without findings among them."""
        found: dict[str, list[Diagnostic]] = {path: [] for path in self.paths}
        for diagnostic in self.diagnostics:
            found.setdefault(diagnostic.source.path, []).append(diagnostic)
        return {path: tuple(found[path]) for path in sorted(found)}


def location(diagnostic: Diagnostic) -> str:
    """``path:line:column`` of a finding's primary place."""
    from flowlang.reporting.visible import visible

    line, column = diagnostic.source.position(diagnostic.span.start)
    return f"{visible(diagnostic.source.path)}:{line}:{column}"


def counts(diagnostics: tuple[Diagnostic, ...]) -> dict[Severity, int]:
    """How many findings there are of each severity, worst first, zeros included."""
    result = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        result[diagnostic.severity] += 1
    return result
