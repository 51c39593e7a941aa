"""One finding in the report for people, in the manner of rustc.

Severity, code, name and message; ``--> path:line:column``; the source lines with carets under the
exact span and related places labelled; ``= help:`` and ``= fix:``.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label
from flowlang.reporting.excerpt import Mark, excerpt, last_line
from flowlang.reporting.view import Paint
from flowlang.reporting.visible import visible
from flowlang.text import Source


def finding(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    """The lines of one finding."""
    severity = diagnostic.severity.value
    rule = diagnostic.rule
    yield paint(f"{severity}[{rule.code} {rule.name}]", severity) + paint(f": {visible(diagnostic.message)}", "message")

    groups = _groups(diagnostic)
    digits = len(str(max((last_line(source, marks) for source, marks in groups if source.text), default=1)))
    pad = " " * digits
    bar = paint(f"{pad} |", "gutter")
    for index, (source, marks) in enumerate(groups):
        line, column = source.position(marks[0].span.start)
        yield f"{pad}{paint(':::' if index else '-->', 'gutter')} {visible(source.path)}:{line}:{column}"
        if source.text:
            yield bar
            yield from excerpt(source, marks, digits, paint)
        else:
            yield from (f"{pad} {paint('=', 'gutter')} {paint('note:', 'note')} {visible(mark.message)}" for mark in marks if mark.message)
    notes = list(_notes(diagnostic))
    if notes and groups[-1][0].text:
        yield bar
    for word, text in notes:
        first, *others = text.splitlines() or [""]
        yield f"{pad} {paint('=', 'gutter')} {paint(word + ':', 'note')} {visible(first)}"
        for other in others:
            yield f"{pad} {' ' * (len(word) + 4)}{visible(other)}".rstrip()


def _groups(diagnostic: Diagnostic) -> list[tuple[Source, list[Mark]]]:
    """The marks by the file they are in: the file of the finding first, its primary mark first."""
    groups: dict[str, tuple[Source, list[Mark]]] = {
        diagnostic.source.path: (diagnostic.source, [Mark(diagnostic.span, "^", "", diagnostic.severity.value)]),
    }
    for label in diagnostic.related:
        groups.setdefault(label.source.path, (label.source, []))[1].append(_related(label))
    return list(groups.values())


def _related(label: Label) -> Mark:
    return Mark(label.span, "-", label.message, "related")


def _notes(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    if diagnostic.help:
        yield "help", diagnostic.help
    for fix in diagnostic.fixes:
        yield "fix", fix.title if fix.safe else f"{fix.title} (unsafe)"
