"""A finding in words alone, for formats that carry one text beside the place."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.reporting.visible import visible


def explained(diagnostic: Diagnostic) -> str:
    """The message; below it what helps, related places and fixes, one on each line. Line breaks are the only signs that do not print."""
    return "\n".join(visible(line) for text in _texts(diagnostic) for line in text.splitlines())


def _texts(diagnostic: Diagnostic) -> Iterator[str]:
    yield diagnostic.message
    if diagnostic.help:
        yield f"help: {diagnostic.help}"
    for label in diagnostic.related:
        line, column = label.source.position(label.span.start)
        yield f"{label.source.path}:{line}:{column}: {label.message}"
    for fix in diagnostic.fixes:
        yield f"fix: {fix.title}" if fix.safe else f"fix: {fix.title} (unsafe)"
