"""Telling the editor of findings: soon after each change, never for a version that is no longer there."""

from __future__ import annotations

from flowlang.light import NamedTuple
from flowlang.lsp.analyst import State
from flowlang.lsp.board import Board, Shown
from flowlang.lsp.client import Client
from flowlang.lsp.diagnostics import in_files, of_settings
from flowlang.lsp.documents import Document
from flowlang.lsp.session import Session
from flowlang.lsp.work import Scheduler, Timer, Worker

DEBOUNCE = 0.15
"""Seconds without another change of a document after which it is checked."""


class _Findings(NamedTuple):
    """The findings in a workspace: in its files, and in the files of its settings."""

    owner: str
    files: list[Shown]
    settings: list[Shown]


class Publisher:
    """Publishes the findings in all files of the workspaces around open documents.

    An editor that asks for findings itself is told to ask again where a change of one document changed
    the findings in another; what is wrong with settings is published to it too, for it never asks for those.
    """

    def __init__(self, session: Session, client: Client, worker: Worker, scheduler: Scheduler) -> None:
        self._session = session
        self._client = client
        self._worker = worker
        self._scheduler = scheduler
        self._timers: dict[str, Timer] = {}
        self._owners: dict[str, str] = {}
        self._files = Board()
        self._settings = Board()

    def changed(self, document: Document, delay: float = DEBOUNCE) -> None:
        """Judge a document's workspace when it has been left alone for so many seconds."""
        self._stop(document.uri)
        if document.path is not None:
            self._timers[document.uri] = self._scheduler.call_later(delay, self._judge, document.uri)

    def closed(self, document: Document) -> None:
        """Take it that a document is closed: what the disk has of it counts, if anything in its workspace is still open."""
        self._stop(document.uri)
        self._owners.pop(document.uri, None)
        self._sweep()
        self.everything()

    def everything(self) -> None:
        """Judge the workspaces around all open documents now."""
        for document in self._session.documents.snapshot().values():
            self.changed(document, 0)

    def _stop(self, uri: str) -> None:
        timer = self._timers.pop(uri, None)
        if timer is not None:
            timer.cancel()

    def _judge(self, uri: str) -> None:
        self._timers.pop(uri, None)
        state = self._session.state()
        document = state.documents.get(uri)
        if document is not None:
            self._worker.submit(lambda: self._findings(state, document), lambda found: self._tell(state, document, found))

    def _findings(self, state: State, document: Document) -> _Findings | None:
        if document.path is None or not self._session.is_current(document):
            return None  # what changed it has set a timer of its own
        view = self._session.view(state, document.path)
        return _Findings(view.checked.owner, in_files(view), of_settings(view))

    def _tell(self, state: State, document: Document, found: _Findings | None) -> None:
        if found is None or self._session.documents.get(document.uri) is None:
            return
        self._owners[document.uri] = found.owner
        outdated = {
            uri for uri in {*state.documents, *(shown.uri for shown in found.files)} if state.documents.get(uri) is not self._session.documents.get(uri)
        }
        self._show(self._files.update(found.owner, found.files, outdated), document.uri)
        self._publish(self._settings.update(found.owner, found.settings))
        self._sweep()

    def _sweep(self) -> None:
        """Of workspaces in which nothing is open nothing is shown."""
        owners = set(self._owners.values())
        self._show(self._files.keep(owners), None)
        self._publish(self._settings.keep(owners))

    def _show(self, changes: list[Shown], cause: str | None) -> None:
        if not self._session.abilities.pulls:
            self._publish(changes)
        elif any(change.uri != cause and change.changed for change in changes):
            self._client.refresh()

    def _publish(self, changes: list[Shown]) -> None:
        for shown in changes:
            self._client.publish(shown.uri, shown.version, shown.diagnostics)
