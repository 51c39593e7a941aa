"""What is only shown, through the real server: hover, signatures, outlines, folds, links, hints, tokens, lenses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

import pytest
from lsprotocol import types

from tests.lsp.editor import editing, run
from tests.lsp.test_features import ACTION, EVERYTHING, FILES, LIVE, at, place
from tests.workspaces import write

WHOLE = types.Range(types.Position(0, 0), types.Position(100, 0))


def markdown(contents: object) -> str:
    assert isinstance(contents, types.MarkupContent)
    assert contents.kind == types.MarkupKind.Markdown
    return contents.value


def test_hover(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            where = at(editor, LIVE, "😀${{ images.train.ref }}", 19)
            answer = await editor.client.text_document_hover_async(types.HoverParams(where.text_document, where.position))
            assert answer is not None
            assert answer.range == place(editor, LIVE, "😀${{ images.train.ref }}", 5, 16)
            assert markdown(answer.contents).endswith("*str*: `'image:%F0%9F%98%80:v1'`")
            nothing = types.HoverParams(where.text_document, types.Position(1, 99))
            assert await editor.client.text_document_hover_async(nothing) is None

    run(scenario())


def test_hover_and_signatures_for_an_editor_that_can_do_little(tmp_path: Path) -> None:
    def plain(capabilities: types.ClientCapabilities) -> None:
        assert capabilities.text_document is not None
        capabilities.text_document.hover = types.HoverClientCapabilities()
        capabilities.text_document.signature_help = types.SignatureHelpClientCapabilities()

    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), adapt=plain) as editor:
            editor.open(LIVE, dedent(FILES[LIVE]).replace("echo ${{ images.train.ref }}", "${{ replace('a', "))
            where = types.TextDocumentPositionParams(editor.document(LIVE), types.Position(5, 7))
            answer = await editor.client.text_document_hover_async(types.HoverParams(where.text_document, where.position))
            assert answer is not None
            assert isinstance(answer.contents, types.MarkupContent)
            assert answer.contents.kind == types.MarkupKind.PlainText
            help = await editor.client.text_document_signature_help_async(types.SignatureHelpParams(where.text_document, types.Position(6, 27)))
            assert help is not None
            (signature,) = help.signatures
            assert [parameter.label for parameter in signature.parameters or ()] == ["text", "old", "new"]
            assert (signature.documentation, help.active_parameter) == ("The text with every 'old' replaced by 'new'.", 1)

    run(scenario())


def test_signatures(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            options = editor.capabilities.signature_help_provider
            assert options is not None
            assert options.trigger_characters == ("(", ",")
            editor.open(LIVE, dedent(FILES[LIVE]).replace("echo ${{ images.train.ref }}", "😀${{ join('', ['a'], True, "))
            params = types.SignatureHelpParams(editor.document(LIVE), types.Position(6, 38))
            answer = await editor.client.text_document_signature_help_async(params)
            assert answer is not None
            (signature,) = answer.signatures
            assert signature.label == "join(separator, items, [convert]) → str"
            assert [parameter.label for parameter in signature.parameters or ()] == [(5, 14), (16, 21), (23, 32)]
            assert (answer.active_parameter, signature.active_parameter) == (3, 3)  # one more than it takes

    run(scenario())


def test_outline(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            answer = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document(LIVE)))
            found = [each for each in answer or () if isinstance(each, types.DocumentSymbol)]
            assert [(each.name, each.kind) for each in found] == [
                ("kind", types.SymbolKind.Property),
                ("images", types.SymbolKind.Namespace),
                ("jobs", types.SymbolKind.Namespace),
            ]
            job = (found[2].children or ())[0]
            assert (job.name, job.kind, job.selection_range) == ("😀train", types.SymbolKind.Class, place(editor, LIVE, "😀train"))
            assert job.range.start == job.selection_range.start

    run(scenario())


def test_outline_for_an_editor_without_trees(tmp_path: Path) -> None:
    def flat(capabilities: types.ClientCapabilities) -> None:
        assert capabilities.text_document is not None
        capabilities.text_document.document_symbol = types.DocumentSymbolClientCapabilities()

    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), adapt=flat) as editor:
            editor.open(LIVE)
            answer = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document(LIVE)))
            found = [(each.name, each.container_name) for each in answer or () if isinstance(each, types.SymbolInformation)]
            assert found == [("kind", None), ("images", None), ("train", "images"), ("jobs", None), ("😀train", "jobs"), ("tell", "jobs")]

    run(scenario())


def test_names_of_the_workspace(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE, "kind: live\njobs: {fresh: {image: u}}\n")
            answer = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("fr"))
            found = list(answer or ())
            assert [(each.name, each.kind) for each in found] == [("fresh", types.SymbolKind.Class)]
            location = found[0].location
            assert isinstance(location, types.Location)
            assert (location.uri, location.range) == (editor.uri(LIVE), types.Range(types.Position(1, 7), types.Position(1, 12)))

    run(scenario())


def test_folds_and_selections(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            answer = await editor.client.text_document_folding_range_async(types.FoldingRangeParams(editor.document(LIVE)))
            assert [(each.start_line, each.end_line) for each in answer or ()] == [(1, 2), (3, 9), (4, 6), (7, 9)]
            assert {each.start_character for each in answer or () if each.start_line == 4} == {len("  😀train:".encode("utf-16-le")) // 2}
            where = at(editor, LIVE, "😀${{ images.train.ref }}", 14)
            params = types.SelectionRangeParams(where.text_document, [where.position, types.Position(0, 0)])
            first, second = await editor.client.text_document_selection_range_async(params) or ()
            assert first.range == place(editor, LIVE, "😀${{ images.train.ref }}", 12, 5)
            assert first.parent is not None
            assert first.parent.range == place(editor, LIVE, "😀${{ images.train.ref }}", 5, 12)
            assert second.range == place(editor, LIVE, "kind")

    run(scenario())


def test_links(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            (link,) = await editor.client.text_document_document_link_async(types.DocumentLinkParams(editor.document(LIVE))) or ()
            assert (link.range, link.target, link.tooltip) == (place(editor, LIVE, "ws:.neuro/tell"), editor.uri(ACTION), ".neuro/tell.yml")

    run(scenario())


def test_hints(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            answer = await editor.client.text_document_inlay_hint_async(types.InlayHintParams(editor.document(LIVE), WHOLE)) or ()
            ends = [place(editor, LIVE, text).end for text in ("😀${{ images.train.ref }}", "echo ${{ images.train.ref }}")]
            assert [(hint.position, hint.label, hint.padding_left) for hint in answer] == [(end, "= image:%F0%9F%98%80:v1", True) for end in ends]

    run(scenario())


def decoded(data: Iterable[int], legend: types.SemanticTokensLegend) -> list[tuple[types.Range, str]]:
    """The tokens of an answer, as ranges with their kinds."""
    found, line, character, numbers = [], 0, 0, list(data)
    for down, right, length, kind, modifiers in zip(*(numbers[start::5] for start in range(5)), strict=True):
        assert modifiers == 0
        line, character = line + down, right if down else character + right
        found.append((types.Range(types.Position(line, character), types.Position(line, character + length)), legend.token_types[kind]))
    return found


def test_tokens(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            provider = editor.capabilities.semantic_tokens_provider
            assert isinstance(provider, types.SemanticTokensOptions)
            whole = await editor.client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(editor.document(LIVE)))
            assert whole is not None
            expected = []
            for text in ("😀${{ images.train.ref }}", "echo ${{ images.train.ref }}"):
                start = text.index("$")
                pieces = [(0, 3, "macro"), (4, 6, "variable"), (11, 5, "property"), (17, 3, "property"), (21, 2, "macro")]
                expected += [(place(editor, LIVE, text, start + at, length), kind) for at, length, kind in pieces]
            assert decoded(whole.data, provider.legend) == expected
            second = place(editor, LIVE, "echo ${{ images.train.ref }}")
            part = await editor.client.text_document_semantic_tokens_range_async(types.SemanticTokensRangeParams(editor.document(LIVE), second))
            assert part is not None
            assert decoded(part.data, provider.legend) == expected[5:]

    run(scenario())


def test_lenses(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open(LIVE)
            answer = await editor.client.text_document_code_lens_async(types.CodeLensParams(editor.document(LIVE))) or ()
            titles = [(lens.range, lens.command.title if lens.command is not None else None) for lens in answer]
            assert titles == [(place(editor, LIVE, "😀train"), "😀image:%F0%9F%98%80:v1"), (place(editor, LIVE, "tell:", 0, 4), "action ws:.neuro/tell")]

    run(scenario())


@pytest.mark.parametrize("name", ["ci.yml", "not/there.yml"])
def test_documents_that_are_no_flows_are_answered_with_nothing(tmp_path: Path, name: str) -> None:
    async def scenario() -> None:
        async with editing(write(tmp_path, FILES), like=EVERYTHING) as editor:
            editor.open("ci.yml", "on: push\njobs: {a: {runs-on: x}}\n")
            document, position, ask = editor.document(name), types.Position(0, 1), editor.client
            assert await ask.text_document_hover_async(types.HoverParams(document, position)) is None
            assert await ask.text_document_signature_help_async(types.SignatureHelpParams(document, position)) is None
            assert await ask.text_document_document_symbol_async(types.DocumentSymbolParams(document)) is None
            assert await ask.text_document_folding_range_async(types.FoldingRangeParams(document)) is None
            assert await ask.text_document_selection_range_async(types.SelectionRangeParams(document, [position])) is None
            assert await ask.text_document_document_link_async(types.DocumentLinkParams(document)) is None
            assert await ask.text_document_inlay_hint_async(types.InlayHintParams(document, WHOLE)) is None
            assert await ask.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document)) is None
            assert await ask.text_document_code_lens_async(types.CodeLensParams(document)) is None

    run(scenario())
