"""Documents as editors change them."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from flowlang.lsp.documents import Document, Documents
from flowlang.lsp.places import Places
from flowlang.lsp.session import Session
from flowlang.text import Span

URI = "file:///p/.neuro/live.yml"


def partial(start: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    return types.TextDocumentContentChangePartial(types.Range(types.Position(*start), types.Position(*end)), text)


def changed(text: str, *changes: types.TextDocumentContentChangeEvent, encoding: str = "utf-16") -> str:
    return Document(URI, 1, text, "yaml").changed(2, changes, Places(encoding)).source.text


def test_changes_are_made_one_after_the_other() -> None:
    assert changed("abc\n", partial((0, 1), (0, 2), "XY"), partial((0, 2), (0, 3), "")) == "aXc\n"
    assert changed("abc\n", types.TextDocumentContentChangeWholeDocument("new"), partial((0, 3), (0, 3), "er")) == "newer"


def test_columns_behind_an_emoji() -> None:
    assert changed("a: 😀b", partial((0, 5), (0, 6), "c")) == "a: 😀c"
    assert changed("a: 😀b", partial((0, 7), (0, 8), "c"), encoding="utf-8") == "a: 😀c"
    assert changed("a: 😀b", partial((0, 4), (0, 5), "c"), encoding="utf-32") == "a: 😀c"


def test_only_the_breaks_of_the_protocol_part_lines() -> None:
    assert changed("a\u2028b\x85c\r\nd\re\n", partial((2, 0), (2, 1), "E")) == "a\u2028b\x85c\r\nd\rE\n"


def test_at_the_end_of_a_text_without_a_last_break() -> None:
    assert changed("a\nbc", partial((1, 2), (1, 2), "d")) == "a\nbcd"
    assert changed("a\nbc", partial((9, 0), (9, 0), "d")) == "a\nbcd"
    assert changed("a\r\n", partial((0, 1), (1, 0), "")) == "a"
    assert changed("ab\r\n", partial((0, 99), (0, 99), "c")) == "abc\r\n"


def test_half_a_character_is_replaced() -> None:
    document = Document(URI, 1, "a: \ud83d b", "yaml")
    assert document.source.text == "a: \ufffd b"
    assert document.data.decode() == document.source.text


def test_a_document_is_known_by_its_uri() -> None:
    documents = Documents()
    item = types.TextDocumentItem(URI, "yaml", 1, "a")
    first = documents.open(item)
    before = documents.snapshot()
    change = types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(2, URI), [partial((0, 1), (0, 1), "b")])
    second = documents.change(change)
    assert second is documents.get(URI)
    assert second is not None
    assert (second.version, second.source.text, second.path) == (2, "ab", "/p/.neuro/live.yml")
    assert before[URI] is first
    assert documents.close(URI) is second
    assert documents.close(URI) is None
    assert documents.change(change) is None


@given(
    st.text(st.sampled_from("ab\n\ré😀"), max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.text("x\n😀", max_size=3)), max_size=5)
)
def test_edits_typed_one_by_one_give_the_text_of_the_editor(text: str, edits: list[tuple[int, int, str]]) -> None:
    document = Document(URI, 1, text, "yaml")
    places = Places()
    for version, (one, other, new) in enumerate(edits, 2):
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
            continue
        change = types.TextDocumentContentChangePartial(places.range(document.source, Span(start, end)), new)
        document = document.changed(version, [change], places)
        text = text[:start] + new + text[end:]
        assert document.source.text == text


def test_folders_that_are_no_files_are_none() -> None:
    """Whatever an editor says of its folders: what names no file on this machine is not looked into."""
    session = Session()
    for uri in ("untitled:x", "vscode-vfs://github/o/r", "file://elsewhere/x", "", "file:", "::", "file:///a%00b", "file:///%ff", "relative/path"):
        session.add_folder(uri)
    assert session.folders == ()
    session.add_folder("file:///a")
    session.remove_folder("file:///b")
    assert session.folders == (os.path.normpath("/a"),)
