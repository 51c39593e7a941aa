"""Findings as the protocol has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lsprotocol import types

from flowlang.diagnostics import Diagnostic, Fix, Severity
from flowlang.diagnostics.links import rule_url
from flowlang.lsp.board import Shown
from flowlang.lsp.view import View
from flowlang.settings import WrongSettings

SOURCE = "flowlint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_TAGS = (
    (("unused-",), types.DiagnosticTag.Unnecessary),
    (("deprecated-", "removed-name"), types.DiagnosticTag.Deprecated),
)
"""Begins of rules' names, and how editors draw what such rules find."""


def to_protocol(view: View, diagnostic: Diagnostic) -> types.Diagnostic:
    """A finding. `data` holds the rule's name and, for each fix, who it is and whether it is safe."""
    link = rule_url(diagnostic.rule)
    return types.Diagnostic(
        view.range(diagnostic.source, diagnostic.span),
        diagnostic.message if diagnostic.help is None else f"{diagnostic.message}\nhelp: {diagnostic.help}",
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.rule.code,
        code_description=types.CodeDescription(link) if link is not None else None,
        source=SOURCE,
        tags=[tag for begins, tag in _TAGS if diagnostic.rule.name.startswith(begins)] or None,
        related_information=[types.DiagnosticRelatedInformation(view.location(label.source, label.span), label.message) for label in diagnostic.related]
        or None,
        data={"rule": diagnostic.rule.name, "fixes": [{"id": fix_id(fix), "title": fix.title, "safe": fix.safe} for fix in diagnostic.fixes]},
    )


def in_files(view: View) -> list[Shown]:
    """The findings in each file of a workspace, those without any too."""
    return [_shown(view, path, [to_protocol(view, diagnostic) for diagnostic in diagnostics]) for path, diagnostics in view.checked.diagnostics.items()]


def of_settings(view: View) -> list[Shown]:
    """What is wrong with the settings of a workspace, in the settings file."""
    wrong = view.checked.wrong
    return [_shown(view, wrong.path, list(_problems(wrong)))] if wrong is not None else []


def _shown(view: View, path: str, diagnostics: list[types.Diagnostic]) -> Shown:
    document = view.document(path)
    return Shown(view.uri(path), document.version if document is not None else None, diagnostics)


def fix_id(fix: Fix) -> str:
    """Who a fix is: the same for the same edits of the same text."""
    told = [fix.title, *(f"{made.source.path}:{made.edit.span.start}-{made.edit.span.end}:{made.edit.text}" for made in fix.edits)]
    return hashlib.blake2b("\n".join(told).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _problems(wrong: WrongSettings) -> Iterator[types.Diagnostic]:
    for problem in wrong.problems:
        place = types.Position(max(problem.line - 1, 0), max(problem.column - 1, 0))
        message = problem.message if problem.hint is None else f"{problem.message}\nhelp: {problem.hint}"
        yield types.Diagnostic(types.Range(place, place), message, severity=types.DiagnosticSeverity.Error, source=SOURCE)
