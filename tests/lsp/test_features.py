"""Every feature that is announced, through the real server: that it answers, and with the right places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.editor import Editor, applied, editing, pulling, run
from tests.workspaces import write

LIVE, ACTION, PROJECT = ".neuro/live.yml", ".neuro/tell.yml", ".neuro/project.yml"
FILES = {
    LIVE: """\
        kind: live
        images:
          train: {ref: "image:😀:v1"}
        jobs:
          😀train:
            image: "😀${{ images.train.ref }}"
            cmd: echo ${{ images.train.ref }}
          tell:
            action: ws:.neuro/tell
            args: {text: x}
        """,
    ACTION: "kind: live\ninputs: {text: {descr: what to tell}}\njob: {image: ubuntu, cmd: 'echo ${{ inputs.text }}'}\n",
    PROJECT: "id: demo\n",
}
EVERYTHING = "visual-studio-code"


def place(editor: Editor, name: str, text: str, start: int = 0, length: int | None = None) -> types.Range:
    """Where a text stands in a file, in UTF-16; from its character `start` on, so many of them."""
    whole = (editor.root / name).read_text(encoding="utf-8")
    at = whole.index(text) + start
    length = len(text) - start if length is None else length

    def position(offset: int) -> types.Position:
        line = whole.count("\n", 0, offset)
        before = whole[whole.rfind("\n", 0, offset) + 1 : offset]
        return types.Position(line, len(before.encode("utf-16-le")) // 2)

    return types.Range(position(at), position(at + length))


def at(editor: Editor, name: str, text: str, start: int = 0) -> types.TextDocumentPositionParams:
    """A cursor in a file: before the character `start` of a text."""
    return types.TextDocumentPositionParams(editor.document(name), place(editor, name, text, start).start)


async def after(editor: Editor, edit: types.WorkspaceEdit | None) -> dict[str, str]:
    """The files that an edit changes, as they are then."""
    assert edit is not None
    changed = {}
    for change in edit.document_changes or ():
        assert isinstance(change, types.TextDocumentEdit)
        name = next(name for name in FILES if editor.uri(name) == change.text_document.uri)
        edits = [made for made in change.edits if isinstance(made, types.TextEdit)]
        changed[name] = applied((editor.root / name).read_text(encoding="utf-8"), edits)
    return changed


def labels(items: Sequence[types.CompletionItem]) -> list[str]:
    return [item.label for item in sorted(items, key=lambda item: item.sort_text or item.label)]


def test_completion(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            assert editor.capabilities.completion_provider is not None
            where = at(editor, LIVE, "😀${{ images.train.ref }}", 15)
            answer = await editor.client.text_document_completion_async(types.CompletionParams(where.text_document, where.position))
            assert isinstance(answer, types.CompletionList)
            (item,) = [item for item in answer.items if item.label == "train"]
            assert (item.kind, item.insert_text_format) == (types.CompletionItemKind.Field, types.InsertTextFormat.PlainText)
            assert isinstance(item.text_edit, types.InsertReplaceEdit)
            assert item.text_edit.replace == place(editor, LIVE, "😀${{ images.train.ref }}", 12, 5)
            assert item.text_edit.insert == types.Range(item.text_edit.replace.start, where.position)
            editor.change(LIVE, 2, types.TextDocumentContentChangePartial(types.Range(types.Position(10, 0), types.Position(10, 0)), "  new:\n    "))
            answer = await editor.client.text_document_completion_async(types.CompletionParams(where.text_document, types.Position(11, 4)))
            assert isinstance(answer, types.CompletionList)
            assert {"image", "cmd", "preset"} <= set(labels(answer.items))
            assert any(item.insert_text_format == types.InsertTextFormat.Snippet for item in answer.items)
            assert all(isinstance(item.documentation, types.MarkupContent) for item in answer.items if item.documentation is not None)

    run(scenario())


def test_completion_for_an_editor_that_can_do_little(tmp_path: Path) -> None:
    def plain(capabilities: types.ClientCapabilities) -> None:
        assert capabilities.text_document is not None
        capabilities.text_document.completion = types.CompletionClientCapabilities()

    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), adapt=plain) as editor:
            editor.open(LIVE)
            editor.change(LIVE, 2, types.TextDocumentContentChangePartial(types.Range(types.Position(10, 0), types.Position(10, 0)), "  new:\n    "))
            params = types.CompletionParams(editor.document(LIVE), types.Position(11, 4))
            answer = await editor.client.text_document_completion_async(params)
            assert isinstance(answer, types.CompletionList)
            assert "image" in labels(answer.items)
            for item in answer.items:
                assert isinstance(item.text_edit, types.TextEdit)
                assert (item.insert_text_format, item.tags, item.insert_text_mode) == (types.InsertTextFormat.PlainText, None, None)

    run(scenario())


def test_navigation(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            ask = editor.client
            use, second = place(editor, LIVE, "😀${{ images.train.ref }}", 12, 5), place(editor, LIVE, "echo ${{ images.train", 16, 5)
            given = place(editor, LIVE, "train: {ref", 0, 5)
            where = at(editor, LIVE, "😀${{ images.train.ref }}", 14)
            (link,) = await ask.text_document_definition_async(types.DefinitionParams(where.text_document, where.position)) or ()
            assert isinstance(link, types.LocationLink)
            assert (link.target_uri, link.target_selection_range, link.origin_selection_range) == (editor.uri(LIVE), given, use)
            assert link.target_range.start == given.start
            where = at(editor, LIVE, "ws:.neuro/tell", 5)
            (link,) = await ask.text_document_definition_async(types.DefinitionParams(where.text_document, where.position)) or ()
            assert isinstance(link, types.LocationLink)
            assert link.target_uri == editor.uri(ACTION)
            where = at(editor, LIVE, "train: {ref", 1)
            for told, expected in ((True, [given, use, second]), (False, [use, second])):
                params = types.ReferenceParams(types.ReferenceContext(told), where.text_document, where.position)
                found = await ask.text_document_references_async(params)
                assert list(found or ()) == [types.Location(editor.uri(LIVE), each) for each in expected]
            marks = await ask.text_document_document_highlight_async(types.DocumentHighlightParams(where.text_document, where.position))
            write_kind, read_kind = types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read
            assert [(each.range, each.kind) for each in marks or ()] == [(given, write_kind), (use, read_kind), (second, read_kind)]

    run(scenario())


def test_definition_for_an_editor_without_links(tmp_path: Path) -> None:
    def without(capabilities: types.ClientCapabilities) -> None:
        assert capabilities.text_document is not None
        capabilities.text_document.definition = types.DefinitionClientCapabilities()

    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), adapt=without) as editor:
            editor.open(LIVE)
            where = at(editor, LIVE, "echo ${{ images.train", 18)
            found = await editor.client.text_document_definition_async(types.DefinitionParams(where.text_document, where.position))
            assert list(found or ()) == [types.Location(editor.uri(LIVE), place(editor, LIVE, "train: {ref", 0, 5))]

    run(scenario())


def test_rename(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING, adapt=pulling) as editor:
            editor.open(LIVE)
            ask = editor.client
            where = at(editor, LIVE, "echo ${{ images.train", 17)
            prepared = await ask.text_document_prepare_rename_async(types.PrepareRenameParams(where.text_document, where.position))
            assert prepared == types.PrepareRenamePlaceholder(place(editor, LIVE, "echo ${{ images.train", 16, 5), "train")
            edit = await ask.text_document_rename_async(types.RenameParams(where.text_document, where.position, "better"))
            text = (editor.root / LIVE).read_text()
            assert await after(editor, edit) == {LIVE: text.replace("images.train", "images.better").replace("train: {ref", "better: {ref")}
            where = at(editor, ACTION, "inputs.text", 8)
            edit = await ask.text_document_rename_async(types.RenameParams(where.text_document, where.position, "words"))
            assert {name: text.count("words") for name, text in (await after(editor, edit)).items()} == {LIVE: 1, ACTION: 2}
            assert edit is not None
            versions = {
                change.text_document.uri: change.text_document.version for change in edit.document_changes or () if isinstance(change, types.TextDocumentEdit)
            }
            assert versions == {editor.uri(LIVE): 1, editor.uri(ACTION): None}
            with pytest.raises(JsonRpcException, match="there is no name here that this project defines") as refused:
                await ask.text_document_prepare_rename_async(types.PrepareRenameParams(editor.document(LIVE), types.Position(0, 0)))
            assert refused.value.code == types.LSPErrorCodes.RequestFailed

    run(scenario())


def test_documents_that_are_no_flows_are_answered_with_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open("ci.yml", "on: push\njobs: {a: {runs-on: x}}\n")
            editor.client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem("untitled:a", "yaml", 1, "kind: live\n")))
            for document in (editor.document("ci.yml"), types.TextDocumentIdentifier("untitled:a"), editor.document("not/there.yml")):
                position = types.Position(0, 1)
                ask = editor.client
                assert await ask.text_document_completion_async(types.CompletionParams(document, position)) is None
                assert await ask.text_document_definition_async(types.DefinitionParams(document, position)) is None
                assert await ask.text_document_references_async(types.ReferenceParams(types.ReferenceContext(True), document, position)) is None
                assert await ask.text_document_prepare_rename_async(types.PrepareRenameParams(document, position)) is None

    run(scenario())
