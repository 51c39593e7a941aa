"""One line for each finding: ``path:line:column: severity CODE name: message``."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.reporting.summary import closing
from flowlang.reporting.view import View, location
from flowlang.reporting.visible import visible


def lines(view: View) -> Iterator[str]:
    """The report's lines."""
    paint = view.paint
    for diagnostic in view.diagnostics:
        severity = diagnostic.severity.value
        head = paint(f"{severity} {diagnostic.rule.code} {diagnostic.rule.name}", severity)
        yield f"{location(diagnostic)}: {head}: {visible(diagnostic.message)}"
    yield from closing(view)
