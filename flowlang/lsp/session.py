"""One session with an editor: its documents and folders, and the analyses of them."""

from __future__ import annotations

from flowlang.lsp.analyst import Analyst, State
from flowlang.lsp.client import Abilities
from flowlang.lsp.documents import Document, Documents
from flowlang.lsp.uris import path_of
from flowlang.lsp.view import View


class Session:
    """What the server knows. All of it belongs to the event loop, but `analyst`, which belongs to the worker."""

    def __init__(self) -> None:
        self.documents = Documents()
        self.abilities = Abilities()
        self.analyst = Analyst()
        self.shut_down = False
        self._folders: dict[str, str] = {}
        self._epoch = 0

    @property
    def folders(self) -> tuple[str, ...]:
        """The paths of the folders that the editor has open."""
        return tuple(self._folders.values())

    def add_folder(self, uri: str) -> None:
        """Take a folder; what is no file is none."""
        path = path_of(uri)
        if path is not None:
            self._folders[uri] = path

    def remove_folder(self, uri: str) -> None:
        """Forget a folder."""
        self._folders.pop(uri, None)

    def disk_changed(self) -> None:
        """Nothing that was read from the disk counts any longer."""
        self._epoch += 1

    def state(self) -> State:
        """What is open now."""
        return State(self.documents.snapshot(), self._epoch)

    def is_current(self, document: Document) -> bool:
        """Whether no later version of a document is known. The worker may ask as well."""
        return self.documents.get(document.uri) is document

    def view(self, state: State, path: str) -> View:
        """The workspace around a file as it was in a state. For the worker."""
        return View(self.analyst.around(state, path), state, self.documents.places)
