"""What the editor can do, and what is asked of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from lsprotocol import types

from flowlang.light import NamedTuple

_FORMATS = {
    "completion": "text_document.completion.completion_item.documentation_format",
    "hover": "text_document.hover.content_format",
    "signature": "text_document.signature_help.signature_information.documentation_format",
}
"""Where an editor says in which formats it takes documentation."""


class Abilities(NamedTuple):
    """What the editor said that it can do.

    `pulls`: it asks for findings itself, and asks again when it is told to; `forgets`: it asks, but cannot
    be told that a change of one document changed the findings in another. `watches`: it can be asked to watch files.
    `versioned`: edits may name the versions of documents; `actions`: it takes code actions, not just commands;
    `links`: definitions may say what they are the definition of; `trees`: the symbols of a document may hold others;
    `offsets`: parameters may be named by their places. Of completion: `snippets`, `two_ranges` (to insert or to replace), `deprecation`, `indents`
    (the lines of a snippet). `markdown`: where documentation may be written in it (``completion``, ``hover``, ``signature``).
    """

    pulls: bool = False
    forgets: bool = False
    watches: bool = False
    versioned: bool = False
    actions: bool = False
    links: bool = False
    trees: bool = False
    offsets: bool = False
    snippets: bool = False
    two_ranges: bool = False
    deprecation: bool = False
    indents: bool = False
    markdown: frozenset[str] = frozenset()

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> Abilities:
        """Out of the capabilities of an `initialize` request."""

        def has(path: str) -> Any:
            return _at(capabilities, path)

        refreshes = bool(has("workspace.diagnostics.refresh_support"))
        asks = has("text_document.diagnostic") is not None
        item = "text_document.completion.completion_item"
        return cls(
            pulls=asks and refreshes,
            forgets=asks and not refreshes,
            watches=bool(has("workspace.did_change_watched_files.dynamic_registration")),
            versioned=bool(has("workspace.workspace_edit.document_changes")),
            actions=has("text_document.code_action.code_action_literal_support") is not None,
            links=bool(has("text_document.definition.link_support")),
            trees=bool(has("text_document.document_symbol.hierarchical_document_symbol_support")),
            offsets=bool(has("text_document.signature_help.signature_information.parameter_information.label_offset_support")),
            snippets=bool(has(f"{item}.snippet_support")),
            two_ranges=bool(has(f"{item}.insert_replace_support")),
            deprecation=types.CompletionItemTag.Deprecated in _values(has(f"{item}.tag_support")),
            indents=types.InsertTextMode.AdjustIndentation in _values(has(f"{item}.insert_text_mode_support")),
            markdown=frozenset(name for name, path in _FORMATS.items() if types.MarkupKind.Markdown in (has(path) or ())),
        )


def _at(capabilities: types.ClientCapabilities, path: str) -> Any:
    """What stands at a path in the capabilities; None where something on the way is missing."""
    found: Any = capabilities
    for name in path.split("."):
        found = getattr(found, name, None)
    return found


def _values(support: Any) -> Collection[Any]:
    return getattr(support, "value_set", ())


class Client(Protocol):
    """What the server tells the editor of its own accord."""

    def publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        """Show these findings in place of those shown for a document before; `version`: of an open document."""

    def refresh(self) -> None:
        """Ask for the findings again."""
