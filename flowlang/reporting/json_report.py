"""The report as JSON; `schemas/report.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, Label
from flowlang.diagnostics.links import rule_url
from flowlang.reporting.view import View, counts
from flowlang.text import Source, Span, json_text

VERSION = 1
"""Grows when a key is taken away or changes its meaning."""


def lines(view: View) -> Iterator[str]:
    """The report's lines: one JSON document."""
    yield from json_text(document(view)).split("\n")


def document(view: View) -> dict[str, object]:
    """The report as plain values, keys in the order they are printed in."""
    return {
        "version": VERSION,
        "summary": {
            "files": view.files or 0,
            **{severity.value: number for severity, number in counts(view.diagnostics).items()},
            "suppressed": len(view.suppressed),
        },
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in view.diagnostics],
    }


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity.value,
        "effect": diagnostic.effect.value,
        "message": diagnostic.message,
        **_place(diagnostic.source, diagnostic.span),
        "help": diagnostic.help,
        "related": [_label(label) for label in diagnostic.related],
        "fixes": [_fix(fix) for fix in diagnostic.fixes],
        "url": rule_url(diagnostic.rule),
    }


def _label(label: Label) -> dict[str, object]:
    return {**_place(label.source, label.span), "message": label.message}


def _fix(fix: Fix) -> dict[str, object]:
    edits = [
        {"path": source.path, "start": edit.span.start, "end": edit.span.end, "text": edit.text}
        for source, edit in ((edit.source, edit.edit) for edit in fix.edits)
    ]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _place(source: Source, span: Span) -> dict[str, object]:
    return {"path": source.path, "start": _point(source, span.start), "end": _point(source, span.end)}


def _point(source: Source, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    return {"line": line, "column": column, "offset": offset}
