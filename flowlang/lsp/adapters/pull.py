"""Findings for editors that ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from flowlang.lsp.adapters.frame import Asked, Feature
from flowlang.lsp.board import Shown, fingerprint
from flowlang.lsp.diagnostics import in_files


def of_document(asked: Asked) -> types.DocumentDiagnosticReport:
    """The findings in a document, or that they are those told before."""
    params: types.DocumentDiagnosticParams = asked.params
    shown = next((each for each in in_files(asked.view) if each.uri == params.text_document.uri), None) if asked.path is not None else None
    diagnostics = shown.diagnostics if shown is not None else []
    told = fingerprint(diagnostics)
    if told == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(told)
    return types.RelatedFullDocumentDiagnosticReport(diagnostics, result_id=told)


def of_workspace(asked: Asked) -> types.WorkspaceDiagnosticReport:
    """The findings in all files of all flow projects in the folders that are open."""
    params: types.WorkspaceDiagnosticParams = asked.params
    before = {each.uri: each.value for each in params.previous_result_ids}
    items: dict[str, types.WorkspaceDocumentDiagnosticReport] = {}
    for shown in _everywhere(asked):
        items[shown.uri] = _report(shown, before.get(shown.uri))
    for uri in before.keys() - items.keys():
        items[uri] = _report(Shown(uri, None, []), before[uri])  # gone
    return types.WorkspaceDiagnosticReport(list(items.values()))


def _everywhere(asked: Asked) -> Iterator[Shown]:
    for view in asked.everywhere():
        yield from in_files(view)


def _report(shown: Shown, before: str | None) -> types.WorkspaceDocumentDiagnosticReport:
    told = fingerprint(shown.diagnostics)
    if told == before:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(shown.uri, told, shown.version)
    return types.WorkspaceFullDocumentDiagnosticReport(shown.uri, shown.diagnostics, shown.version, result_id=told)


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC, of_document, types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="flowlint")
    ),
    Feature(types.WORKSPACE_DIAGNOSTIC, of_workspace),
)
