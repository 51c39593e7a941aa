"""An analysis as the editor sees it: URIs of the documents that it opened, ranges in its encoding, edits of its versions."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from flowlang.diagnostics import SourceEdit
from flowlang.lsp.analyst import Checked, State
from flowlang.lsp.documents import Document
from flowlang.lsp.places import Places
from flowlang.lsp.uris import uri_of
from flowlang.semantics import FileAnalysis
from flowlang.text import Source, Span


class View:
    """A checked workspace beside what was open when it was checked."""

    def __init__(self, checked: Checked, state: State, places: Places) -> None:
        self.checked = checked
        self._places = places
        self._open = {document.path: document for document in state.documents.values() if document.path is not None}

    def document(self, path: str) -> Document | None:
        """The open document that stands for the file at a path."""
        return self._open.get(path)

    def file(self, path: str) -> FileAnalysis | None:
        """What the analysis made of the file at a path; None when it does not concern it."""
        return self.checked.files.get(path)

    def uri(self, path: str) -> str:
        """The URI of a file: the editor's own where it is open."""
        document = self._open.get(path)
        return document.uri if document is not None else uri_of(path)

    def range(self, source: Source, span: Span) -> types.Range:
        """A span of a file."""
        return self._counting(source).range(source, span)

    def location(self, source: Source, span: Span) -> types.Location:
        """A place in a file."""
        return types.Location(self.uri(self.checked.path(source.path)), self.range(source, span))

    def offset(self, source: Source, position: types.Position) -> int:
        """The offset in a file that a position means."""
        return self._counting(source).offset(source, position)

    def span(self, source: Source, range: types.Range) -> Span:
        """The span of a file that a range means."""
        return self._counting(source).span(source, range)

    def workspace_edit(self, edits: Iterable[SourceEdit], *, versioned: bool) -> types.WorkspaceEdit:
        """Edits of one or more files; `versioned`: the editor is told which version of each document they are for."""
        by_path: dict[str, list[types.TextEdit]] = {}
        for source, edit in dict.fromkeys(edits):
            by_path.setdefault(self.checked.path(source.path), []).append(self._counting(source).edit(source, edit))
        if not versioned:
            return types.WorkspaceEdit(changes={self.uri(path): made for path, made in by_path.items()})
        changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
        for path, made in by_path.items():
            document = self._open.get(path)
            identifier = types.OptionalVersionedTextDocumentIdentifier(self.uri(path), document.version if document is not None else None)
            changes.append(types.TextDocumentEdit(identifier, list(made)))
        return types.WorkspaceEdit(document_changes=changes)

    def _counting(self, source: Source) -> Places:
        """How columns of a file are counted: an editor hides the byte order mark of a file that it opens."""
        return self._places._replace(bom=self.checked.path(source.path) in self._open)
