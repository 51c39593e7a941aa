"""What an adapter is made of: a method of the protocol, and who answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from lsprotocol import types

from flowlang.light import NamedTuple, cached_property
from flowlang.lsp.analyst import State
from flowlang.lsp.client import Abilities
from flowlang.lsp.features import Index
from flowlang.lsp.session import Session
from flowlang.lsp.uris import path_of
from flowlang.lsp.view import View
from flowlang.semantics import FileAnalysis
from flowlang.text import Source, Span


class Asked:
    """A request, and what was open when it came. For the worker."""

    def __init__(self, session: Session, state: State, params: Any) -> None:
        self.session = session
        self.state = state
        self.params = params

    @property
    def abilities(self) -> Abilities:
        """What the editor can do."""
        return self.session.abilities

    @cached_property
    def path(self) -> str | None:
        """The path of the document that is asked about; None when it is no file."""
        return path_of(self.params.text_document.uri)

    @cached_property
    def view(self) -> View:
        """The workspace around the document."""
        assert self.path is not None
        return self.session.view(self.state, self.path)

    def everywhere(self) -> Iterator[View]:
        """Every workspace in the folders that are open, and those around open documents."""
        for checked in self.session.analyst.everywhere(self.state, self.session.folders):
            yield View(checked, self.state, self.session.documents.places)

    @cached_property
    def file(self) -> FileAnalysis | None:
        """The document analysed; None when it is no file of a flow project."""
        return self.view.file(self.path) if self.path is not None else None

    @property
    def source(self) -> Source:
        """The text of the document, where it is a file of a flow project."""
        assert self.file is not None
        return self.file.config.source

    @property
    def index(self) -> Index:
        """What features look things up in."""
        return self.view.checked.index

    @property
    def name(self) -> str:
        """What features call the document."""
        return self.source.path

    @property
    def offset(self) -> int:
        """The place that is asked about."""
        return self.view.offset(self.source, self.params.position)

    def markup(self, text: str, where: str) -> types.MarkupContent | str:
        """Documentation, as Markdown where the editor takes that there (a place of `Abilities.markdown`), else just as it is."""
        return types.MarkupContent(types.MarkupKind.Markdown, text) if where in self.abilities.markdown else text

    @property
    def span(self) -> Span:
        """The range that is asked about."""
        return self.view.span(self.source, self.params.range)


class Refused(Exception):
    """What is asked for cannot be, and the user is told why."""


Answer = TypeVar("Answer")


def in_flows(answer: Callable[[Asked], Answer]) -> Callable[[Asked], Answer | None]:
    """The same for documents that are files of a flow project; None for all others."""
    return lambda asked: answer(asked) if asked.file is not None else None


class Feature(NamedTuple):
    """Who answers a method; `options` are announced with it."""

    method: str
    answer: Callable[[Asked], object]
    options: object | None = None
