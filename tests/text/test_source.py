"""Sources: lines, columns, spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.text import Source, Span

_TEXTS = st.text(st.sampled_from("ab é😀\n\r\t\x85\u2028\u2029\ufeff\x0b\x0c\x1c"), max_size=40)


def source(text: str) -> Source:
    """A source of that text."""
    return Source("live.yml", text)


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 1, (1, 2)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\r\rb", 3, (3, 1)),
        ("a\n\r\nb", 4, (3, 1)),
        ("a\x85b\u2028c\u2029d", 6, (1, 7)),
        ("a\x0bb\x0cc", 4, (1, 5)),
        ("\ufeffa", 0, (1, 1)),
        ("\ufeffa", 1, (1, 1)),
        ("\ufeffa", 2, (1, 2)),
        ("\ufeffa\nb", 3, (2, 1)),
        ("a\n\ufeffb", 3, (2, 2)),
        ("😀a", 1, (1, 2)),
        ("a\n", 2, (2, 1)),
    ],
)
def test_positions(text: str, offset: int, position: tuple[int, int]) -> None:
    assert source(text).position(offset) == position


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("a\r\n\r\nb", ["a", "", "b"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\x85b\u2028c\n", ["a\x85b\u2028c", ""]),
    ],
)
def test_lines_end_at_lf_crlf_and_cr_only(text: str, lines: list[str]) -> None:
    given_source = source(text)
    assert [given_source.slice(given_source.line_span(number)) for number in range(1, len(given_source.line_starts) + 1)] == lines


@given(_TEXTS)
def test_every_offset_lies_on_its_line(text: str) -> None:
    given_source = source(text)
    starts = given_source.line_starts
    last = (1, 1)
    for offset in range(len(text) + 1):
        line, column = given_source.position(offset)
        assert starts[line - 1] <= offset
        assert line == len(starts) or offset < starts[line]
        assert (line, column) >= last
        last = (line, column)
    assert "".join(text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)) == text


def test_spans() -> None:
    span = Span(2, 5)
    assert span.shift(3) == Span(5, 8)
    assert span.covers(span)
    assert span.covers(Span(3, 3))
    assert not span.covers(Span(1, 3))
    assert not span.covers(Span(3, 6))


def test_repr_is_short() -> None:
    assert repr(source("x" * 1000)) == "Source('live.yml', 1000 code points)"
