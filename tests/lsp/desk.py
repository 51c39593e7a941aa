"""An editor and its server in one process, without threads and without time: what is due happens when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from lsprotocol import types

from flowlang.lsp.client import Abilities
from flowlang.lsp.publishing import Publisher
from flowlang.lsp.session import Session
from flowlang.lsp.uris import uri_of
from flowlang.text import Source, Span

T = TypeVar("T")


class _Timer:
    def __init__(self, due: float, callback: Callable[[], object]) -> None:
        self.due = due
        self.callback = callback
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """A scheduler whose time is passed by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self._timers: list[_Timer] = []

    def call_later(self, delay: float, callback: Callable[..., object], *args: Any) -> _Timer:
        timer = _Timer(self.now + delay, lambda: callback(*args))
        self._timers.append(timer)
        return timer

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        while due := sorted((timer for timer in self._timers if not timer.cancelled and timer.due <= self.now + 1e-9), key=lambda timer: timer.due):
            self._timers.remove(due[0])
            due[0].callback()


class Slow:
    """A worker that does its work when it is told to, else at once."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] | None = None

    def submit(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        if self.held is None:
            then(work())
        else:
            self.held.append(lambda: then(work()))

    def release(self) -> None:
        held, self.held = self.held or [], None
        for work in held:
            work()


class Published(NamedTuple):
    name: str
    version: int | None
    found: list[tuple[str, int]]
    """Code and line (from 0) of each finding."""


class Desk:
    """An editor with some documents open in the folder `root`."""

    def __init__(self, root: Path, **abilities: bool) -> None:
        self.root = root
        self.session = Session()
        self.session.abilities = Abilities(**abilities)
        self.session.add_folder(uri_of(str(root)))
        self.clock = Clock()
        self.worker = Slow()
        self.refreshes = 0
        self._published: list[Published] = []
        self.last: dict[str, list[types.Diagnostic]] = {}
        self.publisher = Publisher(self.session, self, self.worker, self.clock)

    # what the server tells the editor

    def publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        name = uri.removeprefix(uri_of(str(self.root)) + "/")
        self.last[name] = diagnostics
        self._published.append(Published(name, version, [(str(each.code), each.range.start.line) for each in diagnostics]))

    def refresh(self) -> None:
        self.refreshes += 1

    def published(self) -> list[Published]:
        """What was published since this was last asked, by name."""
        published, self._published = self._published, []
        return sorted(published)

    # what the editor tells the server

    def uri(self, name: str) -> str:
        return uri_of(str(self.root / name))

    def open(self, name: str, text: str | None = None, version: int = 1) -> None:
        if text is None:
            text = (self.root / name).read_text(encoding="utf-8")
        self.publisher.changed(self.session.documents.open(types.TextDocumentItem(self.uri(name), "yaml", version, text)), 0)
        self.clock.pass_time(0)

    def edit(self, name: str, old: str, new: str) -> None:
        """Put `new` in place of the first `old` of a document that is open; time does not pass."""
        document = self.session.documents.get(self.uri(name))
        assert document is not None
        source: Source = document.source
        start = source.text.index(old)
        where = self.session.documents.places.range(source, Span(start, start + len(old)))
        identifier = types.VersionedTextDocumentIdentifier(document.version + 1, document.uri)
        change = types.TextDocumentContentChangePartial(where, new)
        changed = self.session.documents.change(types.DidChangeTextDocumentParams(identifier, [change]))
        assert changed is not None
        self.publisher.changed(changed)

    def close(self, name: str) -> None:
        document = self.session.documents.close(self.uri(name))
        assert document is not None
        self.publisher.closed(document)
        self.clock.pass_time(0)

    def disk_changed(self) -> None:
        self.session.disk_changed()
        self.publisher.everything()
        self.clock.pass_time(0)
