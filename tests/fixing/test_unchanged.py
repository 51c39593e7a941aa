"""What a file says outside of edits is the same, or it is noticed."""

from __future__ import annotations

import pytest

from flowlang.fixing.shift import Shift
from flowlang.fixing.unchanged import unchanged
from flowlang.text import Edit, Source, Span, apply_edits
from flowlang.yamltree import parse


def kept(text: str, *edits: tuple[str, str]) -> bool:
    """Whether all stays that the edits, each a text that stands once and what comes in its place, do not touch."""
    made = [Edit(Span(text.index(old), text.index(old) + len(old)), new) for old, new in edits]
    return unchanged(parse(Source("a.yml", text)), parse(Source("a.yml", apply_edits(text, made))), Shift(made))


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("a: one\nb: 2 # c\n", [("one", "1")]),
        ("a: one\nb: 2\n", [("a: one\n", "")]),
        ("a: one\nb: 2\n", [("one", "[one]")]),
        ("a: {b: 1, c: 2}\n", [("b: 1, ", "")]),
        ("a:\n- b\n- c\n", [("- b\n", "")]),
        ("a: x\nb: |\n  text\n  more\nc: 1\n", [("x", "[x, y]"), ("c", "d")]),
        ("a: &n {b: 1}\nc: *n\n", [("1", "2")]),
        ("a: &n\n  b: 1\nc:\n  <<: *n\n  d: 2\n", [("<<: *n", "b: 1")]),
        ("a: 1\n", [("a", "kind: live\na")]),
        ("a:\nb: 1\n", [("a:", "a: []")]),
    ],
)
def test_an_edit_may_change_what_it_touches(text: str, edits: list[tuple[str, str]]) -> None:
    assert kept(text, *edits)


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("a: 1\nb: 2 # c\n", [("# ", "")]),
        ("a: one\nb: 2\n", [("one\n", "one ")]),
        ("a:\n  b: 1\n  c: 2\n", [("\n  c", "\nc")]),
        ("a:\n- b: 1\n  c: 2\n", [("  c", "- c")]),
        ("a: one\nb: 2\n", [("one", '"one')]),
        ("a: [b, c]\n", [("b, ", "b ")]),
        ("a: 1\nb: 2\n", [("b", "#b")]),
        ("a: 1\n  # b: 2\nc: 3\n", [("  # b", "b")]),
    ],
)
def test_an_edit_must_not_change_anything_else(text: str, edits: list[tuple[str, str]]) -> None:
    assert not kept(text, *edits)


def test_a_broken_file_is_compared_as_far_as_it_was_read() -> None:
    assert kept("a: 1\nb: [${{ x }}, 2]\nc: 3\n", ("${{ x }}", '"${{ x }}"'))
    assert not kept("a: 1\nd: 4 \nb: [${{ x }}, 2]\n", ("${{ x }}", '"${{ x }}"'), (" \n", "5\n"))
