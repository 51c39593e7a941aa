"""Edits: applied together, refused when they overlap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.text import Edit, Span, apply_edits


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([], "abcdef"),
        ([Edit(Span(0, 0), "x")], "xabcdef"),
        ([Edit(Span(6, 6), "x")], "abcdefx"),
        ([Edit(Span(0, 6), "")], ""),
        ([Edit(Span(4, 5), "X"), Edit(Span(1, 2), "YY")], "aYYcdXf"),
        ([Edit(Span(1, 2), "x"), Edit(Span(2, 3), "y")], "axydef"),
        ([Edit(Span(2, 2), "x"), Edit(Span(2, 2), "y")], "abxycdef"),
        ([Edit(Span(2, 4), "y"), Edit(Span(2, 2), "x")], "abxyef"),
        ([Edit(Span(2, 4), "y"), Edit(Span(4, 4), "x")], "abyxef"),
    ],
)
def test_edits(edits: list[Edit], after: str) -> None:
    assert apply_edits("abcdef", edits) == after


@pytest.mark.parametrize("edits", [[Edit(Span(0, 3), ""), Edit(Span(2, 4), "")], [Edit(Span(0, 3), ""), Edit(Span(1, 1), "x")]])
def test_overlaps_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abcdef", edits)


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=8), st.lists(st.text(max_size=3), min_size=8, max_size=8))
def test_disjoint_edits_change_nothing_else(text: str, cuts: list[int], texts: list[str]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    spans = [Span(start, end) for start, end in zip(places[::2], places[1::2], strict=False)]
    edits = [Edit(span, new) for span, new in zip(spans, texts, strict=False)]
    expected, done = "", 0
    for edit in edits:
        expected += text[done : edit.span.start] + edit.text
        done = edit.span.end
    assert apply_edits(text, reversed(edits)) == expected + text[done:]
