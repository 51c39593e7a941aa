"""What the editor can do, and what is asked of it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from lsprotocol import types


class Abilities(NamedTuple):
    """What the editor said that it can do.

    `pulls`: it asks for findings itself, and asks again when it is told to; `forgets`: it asks, but cannot
    be told that a change of one document changed the findings in another. `versioned`: edits may name
    the versions of documents; `actions`: it takes code actions, not just commands; `watches`: it can be asked to watch files.
    """

    pulls: bool = False
    forgets: bool = False
    versioned: bool = False
    actions: bool = False
    watches: bool = False

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> Abilities:
        """Out of the capabilities of an `initialize` request."""
        text = capabilities.text_document or types.TextDocumentClientCapabilities()
        workspace = capabilities.workspace or types.WorkspaceClientCapabilities()
        refreshes = workspace.diagnostics is not None and bool(workspace.diagnostics.refresh_support)
        return cls(
            pulls=text.diagnostic is not None and refreshes,
            forgets=text.diagnostic is not None and not refreshes,
            versioned=workspace.workspace_edit is not None and bool(workspace.workspace_edit.document_changes),
            actions=text.code_action is not None and text.code_action.code_action_literal_support is not None,
            watches=workspace.did_change_watched_files is not None and bool(workspace.did_change_watched_files.dynamic_registration),
        )


class Client(Protocol):
    """What the server tells the editor of its own accord."""

    def publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        """Show these findings in place of those shown for a document before; `version`: of an open document."""

    def refresh(self) -> None:
        """Ask for the findings again."""
