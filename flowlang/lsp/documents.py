"""The documents that an editor has open, as it has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lsprotocol import types

from flowlang.light import cached_property
from flowlang.lsp.places import Places
from flowlang.lsp.uris import path_of
from flowlang.patterns import pattern
from flowlang.text import Edit, Source, apply_edits

_LONE = pattern("[\ud800-\udfff]")


class Document:
    """One version of a document; never changed. `path` is None for a document that is no file."""

    def __init__(self, uri: str, version: int, text: str, language: str) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.version = version
        self.language = language
        # half a character is none; the same number of units in every encoding
        self.source = Source(self.path or uri, _LONE.sub("\ufffd", text))

    @cached_property
    def data(self) -> bytes:
        """The text as a file would hold it."""
        return self.source.text.encode("utf-8")

    def changed(self, version: int, changes: Iterable[types.TextDocumentContentChangeEvent], places: Places) -> Document:
        """The document with changes made, one after the other."""
        document = self
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                source = document.source
                text = apply_edits(source.text, [Edit(places.span(source, change.range), change.text)])
            else:
                text = change.text
            document = Document(self.uri, version, text, self.language)
        return document


class Documents:
    """The open documents by URI."""

    def __init__(self) -> None:
        self.places = Places()
        self._by_uri: dict[str, Document] = {}

    def open(self, item: types.TextDocumentItem) -> Document:
        """Take a document that was opened; one that is open already is taken anew."""
        document = self._by_uri[item.uri] = Document(item.uri, item.version, item.text, item.language_id)
        return document

    def change(self, params: types.DidChangeTextDocumentParams) -> Document | None:
        """Make changes to a document; None when it is not open."""
        known = self._by_uri.get(params.text_document.uri)
        if known is None:
            return None
        document = self._by_uri[known.uri] = known.changed(params.text_document.version, params.content_changes, self.places)
        return document

    def close(self, uri: str) -> Document | None:
        """Forget a document; gives its last version."""
        return self._by_uri.pop(uri, None)

    def get(self, uri: str) -> Document | None:
        """The document as it is now; None when it is not open."""
        return self._by_uri.get(uri)

    def snapshot(self) -> Mapping[str, Document]:
        """All documents as they are now, by URI."""
        return MappingProxyType(dict(self._by_uri))
