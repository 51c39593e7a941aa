"""The report as SARIF 2.1.0, which code scanning and many viewers read.

Source: the standard (OASIS, "Static Analysis Results Interchange Format Version 2.1.0") and GitHub's
documentation, "SARIF support for code scanning". Where they leave a choice:

- Only rules with results are described. A result finds its rule by index, the pages of all rules
  would make every report larger than all its results, and viewers list what they are given.
- The text of a message is a sentence with a full stop, because viewers cut after the first one.
  What helps follows on a line of its own, then the related places as links (``[text](1)``), the one
  way in which GitHub shows these. Braces stay single, as they do in the reports of other linters of
  templates: viewers replace placeholders only where a message has arguments.
- Suppressed findings are results with `suppressions`; all others have none, which is different
  from not telling.
- Fingerprints are our own (`flowlint/v1`); the one that GitHub wants for itself,
  `primaryLocationLineHash`, is computed by its upload from the files.
- Places count code points, also from the start of the file; a byte order mark is no part of the text.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from flowlang import __version__
from flowlang.diagnostics import Diagnostic, Fix, Label, Rule, Suppressed, links
from flowlang.diagnostics.fingerprint import fingerprints
from flowlang.reporting.sarif_rules import LEVELS, descriptor, sentence
from flowlang.reporting.view import View
from flowlang.text import Source, Span, json_text
from flowlang.text.source import BOM

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"
_ROOT = "%SRCROOT%"


def lines(view: View) -> Iterator[str]:
    """The report's lines: one JSON document."""
    yield from json_text(document(view)).split("\n")


def document(view: View) -> dict[str, Any]:
    """The report as plain values."""
    return {"$schema": SCHEMA, "version": VERSION, "runs": [_run(view)]}


def _run(view: View) -> dict[str, Any]:
    kept: list[tuple[Diagnostic, Suppressed | None]] = [(diagnostic, None) for diagnostic in view.diagnostics]
    found = sorted([*kept, *((each.diagnostic, each) for each in view.suppressed)], key=lambda entry: entry[0].order)
    rules = sorted({diagnostic.rule for diagnostic, _ in found}, key=lambda rule: rule.code)
    index = {rule: number for number, rule in enumerate(rules)}
    marks = fingerprints((diagnostic for diagnostic, _ in found), view.from_root)
    return {
        "tool": {"driver": _driver(rules)},
        "invocations": [_invocation(view)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "defaultEncoding": "utf-8",
        "results": [
            {
                **_result(diagnostic, index[diagnostic.rule], view),
                "partialFingerprints": {"flowlint/v1": mark},
                "suppressions": [] if suppressed is None else [_suppression(suppressed)],
            }
            for (diagnostic, suppressed), mark in zip(found, marks, strict=True)
        ],
    }


def _driver(rules: list[Rule]) -> dict[str, Any]:
    return {
        "name": "flowlint",
        "version": __version__,
        "semanticVersion": __version__,
        **({"informationUri": links.PROJECT_URL} if links.PROJECT_URL is not None else {}),
        "rules": [descriptor(rule) for rule in rules],
    }


def _invocation(view: View) -> dict[str, Any]:
    """The run itself: it came to its end, or there were no report. A rule that crashed is told beside being a result."""
    crashed = [diagnostic for diagnostic in view.diagnostics if diagnostic.rule.name == "internal-error"]
    notes = [{"level": "error", "message": _message(each), "locations": [{"physicalLocation": _place(each.source, each.span, view)}]} for each in crashed]
    return {"executionSuccessful": True, **({"toolExecutionNotifications": notes} if notes else {})}


def _result(diagnostic: Diagnostic, index: int, view: View) -> dict[str, Any]:
    related = [_label(label, number, view) for number, label in enumerate(diagnostic.related, 1)]
    fixes = [_fix(fix, view) for fix in diagnostic.fixes]
    return {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index,
        "level": LEVELS[diagnostic.severity],
        "message": _message(diagnostic),
        "locations": [{"physicalLocation": _place(diagnostic.source, diagnostic.span, view)}],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if fixes else {}),
        "properties": {"effect": diagnostic.effect.value},
    }


def _message(diagnostic: Diagnostic) -> dict[str, str]:
    texts = [sentence(diagnostic.message)]
    if diagnostic.help:
        texts.append(f"help: {diagnostic.help}")
    texts += (f"[{_link_text(label)}]({number})" for number, label in enumerate(diagnostic.related, 1))
    return {"text": "\n".join(texts)}


def _link_text(label: Label) -> str:
    """The words of a link, its brackets escaped (section 3.11.6)."""
    return " ".join(label.message.split()).translate({ord(char): f"\\{char}" for char in "\\[]"}) or label.source.path


def _label(label: Label, number: int, view: View) -> dict[str, Any]:
    return {"id": number, "physicalLocation": _place(label.source, label.span, view), "message": {"text": label.message}}


def _fix(fix: Fix, view: View) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for source, (span, text) in fix.edits:
        inserted = {"insertedContent": {"text": text}} if text else {}
        changes.setdefault(source.path, []).append({"deletedRegion": _region(source, span), **inserted})
    return {
        "description": {"text": sentence(fix.title)},
        "artifactChanges": [{"artifactLocation": _artifact(path, view), "replacements": replacements} for path, replacements in changes.items()],
        "properties": {"safe": fix.safe},
    }


def _suppression(suppressed: Suppressed) -> dict[str, str]:
    reason = {"justification": suppressed.justification} if suppressed.justification else {}
    return {"kind": suppressed.kind, **reason}


def _place(source: Source, span: Span, view: View) -> dict[str, Any]:
    return {"artifactLocation": _artifact(source.path, view), "region": _region(source, span)}


def _artifact(path: str, view: View) -> dict[str, str]:
    if os.path.isabs(path):  # on another drive
        return {"uri": PurePath(path).as_uri()}
    return {"uri": quote(view.from_root(path).encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}


def _region(source: Source, span: Span) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    mark = len(BOM) if source.text.startswith(BOM) else 0
    start, end = max(span.start - mark, 0), max(span.end - mark, 0)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column, "charOffset": start, "charLength": end - start}
