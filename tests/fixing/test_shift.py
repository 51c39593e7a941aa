"""Places before and after edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.fixing.shift import Shift
from flowlang.text import Edit, Span, apply_edits


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit], Span]:
    """A text, edits of it that do not overlap, and a span of it."""
    text = draw(st.text("abc\n", max_size=12))
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    edits = [Edit(Span(start, end), draw(st.text("XY", max_size=3))) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text, edits, Span(start, end)


@given(edited())
def test_what_no_edit_touches_is_found_where_it_moved(case: tuple[str, list[Edit], Span]) -> None:
    text, edits, span = case
    shift, after = Shift(edits), apply_edits(text, edits)
    if shift.outside(span):
        place = shift.moved(span)
        assert after[place.start : place.end] == text[span.start : span.end]
        assert shift.place(span) == place


@given(edited())
def test_an_image_covers_what_is_left_of_a_span_and_what_was_put_into_it(case: tuple[str, list[Edit], Span]) -> None:
    text, edits, span = case
    shift, after = Shift(edits), apply_edits(text, edits)
    image = shift.image(span)
    assert 0 <= image.start <= image.end <= len(after)
    kept = [at for at in range(span.start, span.end) if not any(edit.span.start <= at < edit.span.end for edit in edits)]
    assert all(image.start <= shift.moved(Span(at, at + 1)).start < image.end for at in kept)
    assert Span(shift.image(span).start, image.end).covers(shift.place(span))
    texts = [after[place.start : place.end] for place in shift.images()]
    assert texts == [edit.text for edit in sorted(edits)]


@pytest.mark.parametrize(
    ("edit", "outside", "place"),
    [
        (Edit(Span(0, 2), ""), True, Span(2, 4)),
        (Edit(Span(6, 8), "more"), True, Span(4, 6)),
        (Edit(Span(4, 4), "X"), False, Span(5, 7)),
        (Edit(Span(6, 6), "X"), False, Span(4, 6)),
        (Edit(Span(5, 5), "X"), False, Span(4, 7)),
        (Edit(Span(3, 5), "X"), False, Span(3, 5)),
        (Edit(Span(3, 7), ""), False, Span(3, 3)),
        (Edit(Span(4, 6), "XYZ"), False, Span(4, 7)),
    ],
)
def test_one_edit_and_the_span_from_4_to_6(edit: Edit, outside: bool, place: Span) -> None:
    shift = Shift([edit])
    assert (shift.outside(Span(4, 6)), shift.place(Span(4, 6))) == (outside, place)
