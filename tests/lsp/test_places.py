"""Columns in code units and offsets in code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from flowlang.lsp.places import Places
from flowlang.text import Edit, Source, Span, apply_edits

UTF8, UTF16, UTF32 = types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32
WIDTH = {
    UTF8: lambda text: len(text.encode("utf-8")),
    UTF16: lambda text: len(text.encode("utf-16-le")) // 2,
    UTF32: len,
}
ENCODINGS = st.sampled_from(list(WIDTH))
TEXTS = st.text(st.sampled_from("ab: \n\r\té😀\ufeff\u2028\x85"), max_size=30)


def lines_of(text: str) -> list[str]:
    """The lines as the protocol has them, without their ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@pytest.mark.parametrize(("encoding", "column"), [(UTF8, 7), (UTF16, 5), (UTF32, 4)])
def test_behind_an_emoji(encoding: str, column: int) -> None:
    source = Source("f", 'a: 1\nx="😋"\n')
    places = Places(encoding)
    assert places.position(source, source.text.rindex('"')) == types.Position(1, column)
    assert places.offset(source, types.Position(1, column)) == source.text.rindex('"')


@given(TEXTS, ENCODINGS, st.data())
def test_every_offset_comes_back(text: str, encoding: str, data: st.DataObject) -> None:
    source = Source("f", text)
    places = Places(encoding)
    offset = data.draw(st.integers(0, len(text)))
    position = places.position(source, offset)
    before = lines_of(text[:offset] if not (text[:offset].endswith("\r") and text[offset : offset + 1] == "\n") else text[: offset - 1])
    assert position.line == len(before) - 1
    back = places.offset(source, position)
    if offset and text[offset - 1 : offset + 1] == "\r\n":
        assert back == offset - 1  # no editor has a place between the two
    else:
        assert back == offset
        assert position.character == WIDTH[encoding](before[-1])


@given(TEXTS, ENCODINGS, st.integers(0, 9), st.integers(0, 40))
def test_places_that_are_none_are_brought_back_into_the_text(text: str, encoding: str, line: int, character: int) -> None:
    offset = Places(encoding).offset(Source("f", text), types.Position(line, character))
    lines = lines_of(text)
    assert 0 <= offset <= len(text)
    if line >= len(lines):
        assert offset == len(text)
    elif character >= WIDTH[encoding](lines[line]):
        assert Places(encoding).position(Source("f", text), offset) == types.Position(line, WIDTH[encoding](lines[line]))


def test_inside_a_character_is_before_it() -> None:
    source = Source("f", "a😀b")
    assert [Places(UTF16).offset(source, types.Position(0, at)) for at in range(5)] == [0, 1, 1, 2, 3]
    assert [Places(UTF8).offset(source, types.Position(0, at)) for at in range(7)] == [0, 1, 1, 1, 1, 2, 3]


def test_an_editor_hides_the_byte_order_mark_of_files_that_are_not_open() -> None:
    source = Source("f", "\ufeffkind: live\nx")
    closed, opened = Places(UTF16, bom=False), Places(UTF16)
    assert (closed.position(source, 1), opened.position(source, 1)) == (types.Position(0, 0), types.Position(0, 1))
    assert (closed.offset(source, types.Position(0, 0)), opened.offset(source, types.Position(0, 0))) == (1, 0)
    assert closed.position(source, len(source.text)) == types.Position(1, 1)


@given(TEXTS, ENCODINGS, st.data())
def test_edits_mean_the_same_to_the_editor(text: str, encoding: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return
    source = Source("f", text)
    edit = Edit(Span(start, end), "new 😀")
    places = Places(encoding)
    sent = places.edit(source, edit)
    assert apply_edits(text, [Edit(places.span(source, sent.range), sent.new_text)]) == apply_edits(text, [edit])
