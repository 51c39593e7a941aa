"""The server: what comes over the wire, and who answers. The only door to pygls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcInternalError, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from flowlang import __version__
from flowlang.lsp.adapters import FEATURES, Asked, Feature, Refused
from flowlang.lsp.client import Abilities
from flowlang.lsp.places import Places
from flowlang.lsp.publishing import Publisher
from flowlang.lsp.session import Session
from flowlang.lsp.work import Loop, Thread

log = logging.getLogger(__name__)

_WATCHED = ("**/*.{yml,yaml}", "**/{flowlint,pyproject}.toml", "**/{.apolo,.neuro}")
"""What a change of may change findings: config files, settings, and whole config folders."""
_UNREADABLE = object()


class Protocol(LanguageServerProtocol):
    """The protocol, with documents of our own in place of those of pygls, and an answer to what cannot be read."""

    _server: Server

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object. A request that is none gets its error at once."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "id" in data and "method" in data:
                error = JsonRpcInvalidParams(f"the parameters of {data['method']!r} are not those of the protocol")
                self._send_response(data["id"], error=error.to_response_error())
            return _UNREADABLE

    def handle_message(self, message: Any) -> None:
        """Take a message that could be read."""
        if message is not _UNREADABLE:
            super().handle_message(message)

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """The session begins."""
        result = yield from super().lsp_initialize(params)
        if self._server.session.abilities.forgets:
            # findings are published to it, or those in other documents would be out of date
            result.capabilities.diagnostic_provider = None
        return result

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """A document was opened."""
        self._server.publisher.changed(self._server.session.documents.open(params.text_document), 0)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """A document was changed."""
        document = self._server.session.documents.change(params)
        if document is not None:
            self._server.publisher.changed(document)
        else:
            log.warning("a change of %s, which is not open", params.text_document.uri)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """A document was closed."""
        document = self._server.session.documents.close(params.text_document.uri)
        if document is not None:
            self._server.publisher.closed(document)


class Server(LanguageServer):
    """A language server for flow projects."""

    def __init__(self) -> None:
        super().__init__("flowlang", __version__, protocol_cls=Protocol, converter_factory=default_converter, max_workers=2)
        self.session = Session()
        self.worker = Thread()
        self.publisher = Publisher(self.session, self, self.worker, Loop())
        for method, handler in _NOTIFICATIONS.items():
            self.feature(method)(_bound(handler, self))
        for feature in FEATURES:
            self.feature(feature.method, feature.options)(self._answering(feature))

    def publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        """Show these findings in place of those shown for a document before."""
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def refresh(self) -> None:
        """Ask for the findings again."""
        self.protocol.send_request(types.WORKSPACE_DIAGNOSTIC_REFRESH)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what went wrong outside of requests, which are answered; the editor is not bothered with it."""
        if source is not FeatureRequestError:
            log.error("%s", error, exc_info=error)

    def _answering(self, feature: Feature) -> Callable[[Any], Any]:
        """The handler of a request: it is answered by the worker, from what was open when the request came."""

        async def answer(params: Any) -> Any:
            asked = Asked(self.session, self.session.state(), params)
            try:
                return await self.worker.ask(lambda: feature.answer(asked))
            except Refused as refused:
                raise JsonRpcException(str(refused), types.LSPErrorCodes.RequestFailed) from None
            except Exception as error:
                log.exception("internal error in %s", feature.method)
                raise JsonRpcInternalError(f"internal error in {feature.method}: {type(error).__name__}: {error}; please report it") from error

        return answer

    def serve(self, stdin: BinaryIO, stdout: BinaryIO) -> int:
        """Serve over two streams until the editor leaves; gives the exit status that the protocol asks for."""
        try:
            self.start_io(stdin, stdout)
        finally:
            self.worker.stop()
        return 0 if self.session.shut_down else 1

    def serve_tcp(self, host: str, port: int) -> int:
        """Serve one editor over TCP; gives the exit status. Raises `OSError` when nothing can listen there."""
        try:
            self.start_tcp(host, port)
        except SystemExit:
            pass
        finally:
            self.worker.stop()
        return 0 if self.session.shut_down else 1


def _bound(handler: Callable[[Server, Any], None], server: Server) -> Callable[[Any], None]:
    return lambda params: handler(server, params)


def _initialize(server: Server, params: types.InitializeParams) -> None:
    session = server.session
    session.abilities = Abilities.of(params.capabilities)
    session.documents.places = Places(ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities))
    for folder in params.workspace_folders or ():
        session.add_folder(folder.uri)
    if not params.workspace_folders and params.root_uri:
        session.add_folder(params.root_uri)


def _initialized(server: Server, params: types.InitializedParams) -> None:
    if server.session.abilities.watches:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("watched-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.protocol.send_request(types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams([registration]))


def _shutdown(server: Server, params: None) -> None:
    server.session.shut_down = True


def _saved(server: Server, params: Any) -> None:
    server.session.disk_changed()
    server.publisher.everything()


def _disk_changed(server: Server, params: Any) -> None:
    _saved(server, params)
    if server.session.abilities.pulls:
        server.refresh()


def _folders_changed(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        server.session.remove_folder(folder.uri)
    for folder in params.event.added:
        server.session.add_folder(folder.uri)
    _disk_changed(server, params)


_NOTIFICATIONS: dict[str, Callable[[Server, Any], None]] = {
    types.INITIALIZE: _initialize,
    types.INITIALIZED: _initialized,
    types.SHUTDOWN: _shutdown,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _disk_changed,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _folders_changed,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _disk_changed,
}
"""What the editor tells, and what is done about it."""
