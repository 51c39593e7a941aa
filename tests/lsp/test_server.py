"""The real server over standard input and output: the session, findings pushed and asked for, places, what goes wrong."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from flowlang import __version__
from flowlang.lsp.adapters import Asked, Feature
from flowlang.lsp.server import Server
from flowlang.lsp.uris import uri_of
from tests.lsp.editor import SERVER, Editor, applied, editing, edits_of, only, pulling, run
from tests.workspaces import write

ROOT = Path(__file__).parents[2]
LIVE = ".neuro/live.yml"
UTF8, UTF16, UTF32 = types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32
FLOW = """\
kind: live
images:
  train: {ref: image:train:v1}
jobs:
  train:
    image: ${{ images.trian.ref }}
    cmd: echo
"""


def project(folder: Path, text: str = FLOW, **files: str) -> Path:
    return write(folder, {LIVE: text, ".neuro/project.yml": "id: demo\n", **files})


def at(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def codes(diagnostics: list[types.Diagnostic]) -> list[object]:
    return [each.code for each in diagnostics]


def test_what_is_announced(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            can = editor.capabilities
            assert can.position_encoding == UTF16
            sync = can.text_document_sync
            assert isinstance(sync, types.TextDocumentSyncOptions)
            assert (sync.open_close, sync.change) == (True, types.TextDocumentSyncKind.Incremental)
            pull = can.diagnostic_provider
            assert isinstance(pull, types.DiagnosticOptions)
            assert (pull.inter_file_dependencies, pull.workspace_diagnostics) == (True, True)
            action = can.code_action_provider
            assert isinstance(action, types.CodeActionOptions)
            assert "quickfix" in (action.code_action_kinds or ())

    run(scenario())


def test_findings_are_pushed_and_follow_the_text(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path)) as editor:
            editor.open(LIVE)
            (found,) = await editor.shown(LIVE)
            assert found.range == at(5, 22, 27)
            assert (found.code, found.source, found.severity) == ("FL201", "flowlint", types.DiagnosticSeverity.Error)
            assert found.message == "unknown image 'trian'; did you mean 'train'?\nhelp: images: train"
            data = json.loads(json.dumps(found.data))
            assert (data["rule"], [fix["title"] for fix in data["fixes"]]) == ("unknown-image", ["Replace by 'train'"])
            editor.change(LIVE, 2, types.TextDocumentContentChangePartial(at(5, 22, 27), "train"))
            assert await editor.shown(LIVE, lambda found: not found) == []

    run(scenario())


def test_places_that_explain_a_finding(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path, FLOW + "    cmd: again\n"), adapt=pulling) as editor:
            editor.open(LIVE)
            (found,) = [each for each in await editor.found(LIVE) if each.range == at(7, 4, 7)]
            (related,) = found.related_information or ()
            assert related == types.DiagnosticRelatedInformation(types.Location(editor.uri(LIVE), at(6, 4, 7)), "first written here")

    run(scenario())


def test_findings_are_told_when_asked_for(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            editor.open(LIVE)
            first = await editor.asked(LIVE)
            assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
            assert codes(list(first.items)) == ["FL201"]
            again = await editor.asked(LIVE, first.result_id)
            assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
            assert again.result_id == first.result_id
            editor.change(LIVE, 2, types.TextDocumentContentChangePartial(at(5, 22, 27), "train"))
            assert await editor.found(LIVE) == []
            assert editor.client.diagnostics == {}

    run(scenario())


def test_findings_everywhere_are_told_when_asked_for(tmp_path: Path) -> None:
    async def scenario() -> None:
        one = project(tmp_path / "one")
        other = project(tmp_path / "an other é", "kind: live\njobs: {a: {image: u, cmd: echo}}\n")
        async with editing(tmp_path, adapt=pulling) as editor:
            ask = editor.client.workspace_diagnostic_async
            report = await ask(types.WorkspaceDiagnosticParams([]))
            found = {item.uri: item for item in report.items}
            names = [root / name for root in (one, other) for name in (LIVE, ".neuro/project.yml")]
            assert set(found) == {uri_of(str(name)) for name in names}
            assert codes(list(found[uri_of(str(one / LIVE))].items)) == ["FL201"]
            before = [types.PreviousResultId(uri, item.result_id) for uri, item in found.items()]
            (one / LIVE).write_text("kind: live\njobs: {a: {image: u, cmd: echo}}\n")
            editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
            report = await ask(types.WorkspaceDiagnosticParams(before))
            assert [item.uri for item in report.items if item.kind == "full"] == [uri_of(str(one / LIVE))]

    run(scenario())


def test_an_editor_that_asks_but_cannot_be_told_to_is_pushed_to(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path), like="neovim@0.11.0") as editor:
            assert editor.capabilities.diagnostic_provider is None
            assert editor.capabilities.position_encoding == UTF8
            editor.open(LIVE)
            assert codes(await editor.shown(LIVE)) == ["FL201"]

    run(scenario())


@pytest.mark.parametrize("encoding", [UTF8, UTF16, UTF32])
def test_columns_behind_an_emoji(tmp_path: Path, encoding: str) -> None:
    text = 'kind: live\njobs:\n  a:\n    image: u\n    cmd: "echo 😀é ${{ params.x }} 😀"\n'
    line = text.splitlines()[4]
    before = line[: line.index("x }}")]
    width = {UTF8: len(before.encode()), UTF16: len(before.encode("utf-16-le")) // 2, UTF32: len(before)}[types.PositionEncodingKind(encoding)]

    async def scenario() -> None:
        async with editing(project(tmp_path, text), encodings=[encoding], adapt=pulling) as editor:
            assert editor.capabilities.position_encoding == encoding
            editor.open(LIVE)
            (found,) = await editor.found(LIVE)
            assert found.range == at(4, width, width + 1)
            # an edit behind it reaches the same place
            editor.change(LIVE, 2, types.TextDocumentContentChangePartial(found.range, "yy"))
            (found,) = await editor.found(LIVE)
            assert found.range == at(4, width, width + 2)

    run(scenario())


def test_the_encoding_is_one_that_the_editor_knows(tmp_path: Path) -> None:
    async def scenario(encodings: list[str], chosen: str) -> None:
        async with editing(tmp_path, encodings=encodings) as editor:
            assert editor.capabilities.position_encoding == chosen

    run(scenario([UTF32, UTF16], UTF32))
    run(scenario(["utf-7"], UTF16))


@pytest.mark.parametrize(("name", "change"), [("crlf", lambda text: text.replace("\n", "\r\n")), ("cr", lambda text: text.replace("\n", "\r"))])
def test_other_ends_of_lines(tmp_path: Path, name: str, change: object) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            assert callable(change)
            editor.open(LIVE, change(FLOW))
            (found,) = await editor.found(LIVE)
            assert found.range == at(5, 22, 27)
            fix = only(await editor.actions(LIVE, found.range, [found]), "Replace by 'train' (unsafe)")
            assert applied(change(FLOW), edits_of(fix, editor.uri(LIVE))) == change(FLOW.replace("trian", "train"))

    run(scenario())


def test_a_byte_order_mark_is_no_column_where_the_editor_hides_it(tmp_path: Path) -> None:
    root = project(tmp_path, "\ufeffkind: life\njobs: {}\n")

    async def scenario() -> None:
        async with editing(root) as editor:
            editor.open(".neuro/project.yml")
            found = await editor.shown(LIVE)
            assert found[0].range == at(0, 6, 10)
            editor.open(LIVE)  # as if it were part of the text
            found = await editor.shown(LIVE, lambda found: found[0].range.start.character == 7)
            assert found[0].range == at(0, 7, 11)

    run(scenario())


def test_the_editors_own_spelling_of_a_uri(tmp_path: Path) -> None:
    root = project(tmp_path / "a b")

    async def scenario() -> None:
        async with editing(root) as editor:
            spelt = editor.uri(LIVE).replace("/.neuro", "/%2Eneuro").replace("live", "%6Cive")
            editor.client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(spelt, "yaml", 1, FLOW)))
            while spelt not in editor.client.diagnostics:
                await editor.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            assert codes(list(editor.client.diagnostics[spelt])) == ["FL201"]
            assert editor.uri(LIVE) not in editor.client.diagnostics

    run(scenario())


def test_several_folders_and_files_outside_of_them(tmp_path: Path) -> None:
    one, other, outside = project(tmp_path / "one"), project(tmp_path / "zwei ü"), project(tmp_path / "outside")

    async def scenario() -> None:
        async with editing(tmp_path, folders=[one, other], adapt=pulling) as editor:
            for root in (one, other, outside):
                name = str((root / LIVE).relative_to(tmp_path))
                editor.open(name)
                assert codes(await editor.found(name)) == ["FL201"]
            lone = "lone/action.yml"
            editor.open(lone, "kind: live\njob: {image: u, cmd: echo, nonsense: 1}\n")
            assert codes(await editor.found(lone)) == ["FL101"]
            editor.open("lone/ci.yml", "on: push\njobs: {}\n")
            assert await editor.found("lone/ci.yml") == []
            untitled = types.TextDocumentItem("untitled:Untitled-1", "yaml", 1, "kind: live\n")
            editor.client.text_document_did_open(types.DidOpenTextDocumentParams(untitled))
            report = await editor.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(types.TextDocumentIdentifier(untitled.uri)))
            assert list(report.items) == []
            removed = types.WorkspaceFoldersChangeEvent(added=[], removed=[types.WorkspaceFolder(uri_of(str(one)), "one")])
            editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(removed))
            assert codes(await editor.found(str((other / LIVE).relative_to(tmp_path)))) == ["FL201"]

    run(scenario())


def test_ten_thousand_lines(tmp_path: Path) -> None:
    jobs = "".join(f"  job{number}:\n    image: ubuntu\n    cmd: echo {number}\n" for number in range(3400))
    text = f"kind: live\njobs:\n{jobs}"

    async def scenario() -> None:
        async with editing(project(tmp_path, text), adapt=pulling) as editor:
            editor.open(LIVE)
            assert await editor.found(LIVE) == []
            line = text.count("\n") - 1
            editor.change(LIVE, 2, types.TextDocumentContentChangePartial(at(line, 4, 7), "cdm"))
            (found,) = [each for each in await editor.found(LIVE) if each.code == "FL101"]
            assert found.range == at(line, 4, 7)

    run(scenario())


# --- what goes wrong ------------------------------------------------------------------------------


def frame(message: dict[str, object]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


INITIALIZE = frame({"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}})
GOODBYE = (frame({"id": "bye", "method": "shutdown"}), frame({"method": "exit"}))


def talk(*messages: bytes) -> tuple[list[dict[str, Any]], subprocess.CompletedProcess[bytes]]:
    """What the server says to these bytes, and how it ends."""
    done = subprocess.run([SERVER, "lsp", "--stdio"], input=b"".join(messages), capture_output=True, timeout=60)
    return [json.loads(body) for body in re.findall(rb"\r\n\r\n(.*?)(?=Content-Length|\Z)", done.stdout, re.S)], done


def test_a_request_that_is_none_gets_an_error_and_nothing_else_happens() -> None:
    wrong = frame({"id": 2, "method": "textDocument/codeAction", "params": {"textDocument": 1}})
    missing = frame({"id": 3, "method": "textDocument/diagnostic", "params": {}})
    unknown = frame({"id": 4, "method": "flow/unknown", "params": {}})
    noise = (frame({"method": "flow/unknown", "params": {}}), frame({"method": "textDocument/didChange", "params": {}}), frame({"id": 5, "result": None}))
    said, done = talk(INITIALIZE, wrong, missing, unknown, *noise, b"Content-Length: 3\r\n\r\n{x}", *GOODBYE)
    answers = {each.get("id"): each for each in said}
    assert [answers[number]["error"]["code"] for number in (2, 3, 4)] == [-32602, -32602, -32601]
    assert answers[2]["error"]["message"] == "the parameters of 'textDocument/codeAction' are not those of the protocol"
    assert "result" in answers["bye"]
    assert done.returncode == 0


_ALONE = """
import os, sys
def forbid(event, arguments):
    if event.startswith(("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethost", "socket.send", "subprocess.", "os.exec", "os.system")):
        os.write(2, repr((event, arguments)).encode())
        os._exit(99)
from flowlang.cli.programs import PROGRAMS
sys.addaudithook(forbid)
sys.exit(PROGRAMS["flowlang"]().run(["lsp"], "flowlang"))
"""


def test_the_server_speaks_with_the_editor_alone(tmp_path: Path) -> None:
    """No socket leads anywhere, no program is started, whatever is in a project."""
    root = write(tmp_path, {LIVE: "kind: live\njobs:\n  a: {action: 'gh:o/r@v1'}\n  b: {image: x, bash: echo, env: {A: 'http://example.org'}}\n"})
    document = {"uri": uri_of(str(root / LIVE)), "languageId": "yaml", "version": 1, "text": (root / LIVE).read_text()}
    asked = {"textDocument": {"uri": document["uri"]}, "position": {"line": 2, "character": 16}}
    opened = frame({"method": "textDocument/didOpen", "params": {"textDocument": document}})
    names = ("hover", "completion", "definition", "documentLink", "diagnostic")
    more = [frame({"id": name, "method": f"textDocument/{name}", "params": asked}) for name in names]
    line = [sys.executable, "-c", _ALONE]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(b"".join([INITIALIZE, opened, *more]))
        server.stdin.flush()
        said = b""
        while not all(f'"id": "{name}"'.encode() in said for name in names) and (read := os.read(server.stdout.fileno(), 1 << 16)):
            said += read
        errors = server.communicate(b"".join(GOODBYE), timeout=60)[1]
    assert (server.returncode, errors) == (0, b"")
    assert b"missing-action" in said


def test_a_mistake_of_the_server_answers_the_request_alone(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(asked: Asked) -> None:
        raise KeyError("x")

    server = Server()

    async def scenario() -> None:
        answer = server._answering(Feature("textDocument/hover", fails))
        with pytest.raises(JsonRpcException) as told:
            await answer(types.HoverParams(types.TextDocumentIdentifier("file:///a"), types.Position(0, 0)))
        assert (told.value.code, told.value.data) == (-32603, None)
        assert told.value.message == "internal error in textDocument/hover: KeyError: 'x'; please report it"

    run(scenario())
    server.worker.stop()
    assert "KeyError" in caplog.text


def test_what_comes_out_of_order_is_let_be(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            editor.change(LIVE, 7, types.TextDocumentContentChangePartial(at(0, 0, 0), "x"))
            editor.client.text_document_did_close(types.DidCloseTextDocumentParams(editor.document(LIVE)))
            assert codes(await editor.found(LIVE)) == ["FL201"]  # as it is on the disk
            editor.open(LIVE)
            editor.change(LIVE, 2, types.TextDocumentContentChangePartial(types.Range(types.Position(900, 3), types.Position(800, 0)), "x"))
            await editor.found(LIVE)
            editor.change(LIVE, 3, types.TextDocumentContentChangeWholeDocument(FLOW))
            assert codes(await editor.found(LIVE)) == ["FL201"]
            assert list((await editor.asked("gone/.neuro/live.yml")).items) == []

    run(scenario())


def test_a_request_that_is_cancelled(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            editor.open(LIVE)
            requests = []
            for number in range(20):
                params = types.DocumentDiagnosticParams(editor.document(LIVE))
                requests.append(editor.client.protocol.send_request_async(types.TEXT_DOCUMENT_DIAGNOSTIC, params, msg_id=f"mine-{number}"))
            for number in range(20):
                editor.client.cancel_request(types.CancelParams(f"mine-{number}"))
            answers = await asyncio.gather(*requests, return_exceptions=True)
            assert all(isinstance(each, types.RelatedFullDocumentDiagnosticReport) or getattr(each, "code", None) == -32800 for each in answers)
            assert codes(await editor.found(LIVE)) == ["FL201"]

    run(scenario())


@pytest.mark.parametrize(
    ("messages", "status"),
    [
        ([INITIALIZE, *GOODBYE], 0),
        ([INITIALIZE, GOODBYE[1]], 1),
        ([INITIALIZE], 1),
        ([INITIALIZE[:-5]], 1),
        ([], 1),
    ],
)
def test_the_exit_status(messages: list[bytes], status: int) -> None:
    said, done = talk(*messages)
    assert done.returncode == status, done.stderr
    assert [each["result"]["serverInfo"] for each in said if each["id"] == 1] == [{"name": "flowlang", "version": __version__}] * (INITIALIZE in messages)


def test_over_tcp(tmp_path: Path) -> None:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    async def scenario() -> None:
        server = await asyncio.create_subprocess_exec(SERVER, "lsp", "--tcp", f"127.0.0.1:{port}", stderr=asyncio.subprocess.PIPE)
        assert server.stderr is not None
        assert (await server.stderr.readline()).decode().strip() == f"waiting for an editor at 127.0.0.1:{port}"
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except ConnectionRefusedError:
                await asyncio.sleep(0)
        writer.write(INITIALIZE)
        assert (await reader.readline()).startswith(b"Content-Length")
        writer.write(b"".join(GOODBYE))
        assert await server.wait() == 0, (await server.stderr.read()).decode()
        writer.close()

    run(scenario())


def test_an_address_that_is_taken() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run([SERVER, "lsp", "--tcp", f"127.0.0.1:{port}"], capture_output=True, text=True)
    assert done.returncode == 2
    assert f"error: cannot listen at 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


# --- code actions ----------------------------------------------------------------------------------


async def text_after(editor: Editor, title: str, text: str) -> str:
    """The flow after the action of that title for its first finding."""
    editor.open(LIVE, text)
    found = (await editor.found(LIVE))[0]
    return applied(text, edits_of(only(await editor.actions(LIVE, found.range, [found]), title), editor.uri(LIVE)))


def test_fixes(tmp_path: Path) -> None:
    safe = FLOW.replace("trian", "train").replace("echo", "echo ${{ True && False }}")

    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            editor.open(LIVE)
            (found,) = await editor.found(LIVE)
            action = only(await editor.actions(LIVE, found.range, [found]), "Replace by 'train' (unsafe)")
            assert (action.kind, action.is_preferred, list(action.diagnostics or ())) == ("quickfix", None, [found])
            assert applied(FLOW, edits_of(action, editor.uri(LIVE))) == FLOW.replace("trian", "train")
            assert await editor.actions(LIVE, at(0, 0, 0), []) == []
            assert await editor.actions(LIVE, found.range, [found], only=["refactor"]) == []
            titles = ["Replace by 'train' (unsafe)", "Ignore unknown-image here"]
            assert [action.title for action in await editor.actions(LIVE, found.range, [], only=["quickfix"])] == titles
            editor.change(LIVE, 2, types.TextDocumentContentChangeWholeDocument(safe))
            (found,) = await editor.found(LIVE)
            action = only(await editor.actions(LIVE, found.range, [found]), "Write 'and'")
            assert action.is_preferred
            assert applied(safe, edits_of(action, editor.uri(LIVE))) == safe.replace("&&", "and")

    run(scenario())


def test_ignoring_a_finding(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            after = await text_after(editor, "Ignore unknown-image here", FLOW)
            assert after == FLOW.replace("images.trian.ref }}", "images.trian.ref }}  # flowlint: ignore[unknown-image]")
            editor.change(LIVE, 2, types.TextDocumentContentChangeWholeDocument(after))
            assert await editor.found(LIVE) == []

    run(scenario())


def test_everything_that_is_safe(tmp_path: Path) -> None:
    before = FLOW.replace("trian", "train").replace("echo", "echo ${{ True && False }} 😀\n    tags: a")
    after = before.replace("&&", "and").replace("tags: a", "tags: [a]")

    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            editor.open(LIVE, before)
            start = at(0, 0, 0)
            for wanted in (["source.fixAll.flowlint"], ["source.fixAll"], ["source"]):
                (action,) = await editor.actions(LIVE, start, only=wanted)
                assert action.kind == "source.fixAll.flowlint"
                assert applied(before, edits_of(action, editor.uri(LIVE))) == after
            assert await editor.actions(LIVE, start, only=["source.fixAll.other"]) == []
            editor.change(LIVE, 2, types.TextDocumentContentChangeWholeDocument(after))
            assert await editor.actions(LIVE, start, only=["source.fixAll"]) == []

    run(scenario())


def test_inputs_that_a_call_lacks(tmp_path: Path) -> None:
    action = "kind: live\ninputs: {text: {descr: x}}\njob: {image: u, cmd: 'echo ${{ inputs.text }}'}\n"
    text = "kind: live\njobs:\n  tell:\n    action: ws:.neuro/tell\n"
    root = write(tmp_path, {LIVE: text, ".neuro/tell.yml": action})

    async def scenario() -> None:
        async with editing(root, adapt=pulling) as editor:
            editor.open(LIVE)
            (found,) = await editor.found(LIVE)
            offered = only(await editor.actions(LIVE, found.range, [found]), "Add the inputs that 'ws:.neuro/tell' needs")
            assert list(offered.diagnostics or ()) == [found]
            assert applied(text, edits_of(offered, editor.uri(LIVE))) == text + '    args:\n      text: ""\n'

    run(scenario())


def test_a_selection_made_an_expression(tmp_path: Path) -> None:
    text = FLOW.replace("${{ images.trian.ref }}", "images.train.ref")

    async def scenario() -> None:
        async with editing(project(tmp_path), adapt=pulling) as editor:
            editor.open(LIVE, text)
            offered = only(await editor.actions(LIVE, at(5, 11, 27), only=["refactor"]), "Make it an expression")
            assert applied(text, edits_of(offered, editor.uri(LIVE))) == FLOW.replace("trian", "train")
            assert await editor.actions(LIVE, at(5, 11, 11), only=["refactor"]) == []

    run(scenario())
