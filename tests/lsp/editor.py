"""A real server process, driven by the client of pytest-lsp."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types

from flowlang.lsp.uris import uri_of

SERVER = str(Path(sys.executable).parent / "flowlang")
LONG = 20
"""Seconds after which something will not happen any more."""


def run(scenario: Coroutine[Any, Any, None]) -> None:
    """Play a scenario to its end."""

    async def bounded() -> None:
        await asyncio.wait_for(scenario, LONG)

    asyncio.run(bounded())


class Editor:
    """An editor with a server of its own. Names of documents are relative to `root`."""

    def __init__(self, root: Path, client: pytest_lsp.LanguageClient) -> None:
        self.root = root
        self.client = client
        self.capabilities = types.ServerCapabilities()

    def uri(self, name: str) -> str:
        return uri_of(str(self.root / name))

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def open(self, name: str, text: str | None = None) -> None:
        if text is None:
            text = (self.root / name).read_bytes().decode("utf-8")
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(self.uri(name), "yaml", 1, text)))

    def change(self, name: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        identifier = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    async def shown(self, name: str, when: Callable[[Sequence[types.Diagnostic]], bool] = lambda _: True) -> list[types.Diagnostic]:
        """The findings in a document, as soon as they are such."""
        while not (self.uri(name) in self.client.diagnostics and when(self.client.diagnostics[self.uri(name)])):
            await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return list(self.client.diagnostics[self.uri(name)])

    async def asked(self, name: str, previous: str | None = None) -> types.DocumentDiagnosticReport:
        """The findings in a document, asked for."""
        return await self.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(self.document(name), previous_result_id=previous))

    async def found(self, name: str) -> list[types.Diagnostic]:
        """The findings in a document as it is now."""
        report = await self.asked(name)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)

    async def actions(
        self, name: str, range: types.Range, diagnostics: Sequence[types.Diagnostic] = (), only: Sequence[str] | None = None
    ) -> list[types.CodeAction]:
        context = types.CodeActionContext(list(diagnostics), only=list(only) if only is not None else None)
        answer = await self.client.text_document_code_action_async(types.CodeActionParams(self.document(name), range, context))
        return [action for action in answer or () if isinstance(action, types.CodeAction)]


@asynccontextmanager
async def editing(
    root: Path,
    *,
    like: str = "neovim@0.7.0",
    encodings: Sequence[str] | None = None,
    folders: Sequence[Path] | None = None,
    adapt: Callable[[types.ClientCapabilities], None] = lambda _: None,
    arguments: Sequence[str] = ("lsp",),
) -> AsyncIterator[Editor]:
    """An editor that can do what `like` can, with a server that it has greeted; `folders`: those open, else `root`."""
    client = pytest_lsp.make_test_lsp_client()
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    editor = Editor(root, client)
    await client.start_io(SERVER, *arguments, env=dict(os.environ))
    try:
        capabilities = pytest_lsp.client_capabilities(like)
        if encodings is not None:
            general = capabilities.general or types.GeneralClientCapabilities()
            general.position_encodings = list(encodings)
            capabilities.general = general
        adapt(capabilities)
        open_folders = [types.WorkspaceFolder(uri_of(str(folder)), folder.name) for folder in folders or (root,)]
        result = await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=open_folders))
        editor.capabilities = result.capabilities
        yield editor
        await client.shutdown_session()
        assert client._server is not None
        assert client._server.returncode == 0
    finally:
        if client._server is not None and client._server.returncode is None:
            client._server.kill()
        await client.stop()


def pulling(capabilities: types.ClientCapabilities) -> None:
    """Let an editor ask for findings."""
    assert capabilities.text_document is not None
    assert capabilities.workspace is not None
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities()
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)


def applied(text: str, edits: Sequence[types.TextEdit], encoding: str = "utf-16") -> str:
    """A text with edits made as an editor makes them."""
    from flowlang.lsp.places import Places
    from flowlang.text import Edit, Source, apply_edits

    source = Source("f", text)
    places = Places(encoding)
    return apply_edits(text, [Edit(places.span(source, edit.range), edit.new_text) for edit in edits])


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    """What an action does to a document."""
    edit = action.edit
    assert edit is not None
    if edit.document_changes is None:
        return list((edit.changes or {})[uri])
    return [
        made
        for change in edit.document_changes
        if isinstance(change, types.TextDocumentEdit) and change.text_document.uri == uri
        for made in change.edits
        if isinstance(made, types.TextEdit)
    ]


def only(actions: Sequence[types.CodeAction], title: str) -> types.CodeAction:
    """The one action of that title."""
    found = [action for action in actions if action.title == title]
    if len(found) != 1:
        pytest.fail(f"no single {title!r} among {[action.title for action in actions]}")
    return found[0]
