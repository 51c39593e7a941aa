"""A selection made an expression."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.lsp.rewriting.wrapping import wrap
from flowlang.model import load
from flowlang.text import Source, Span, apply_edits


def wrapped(text: str, selection: str) -> str | None:
    """The text with the first such selection wrapped; None when that is not offered."""
    start = text.index(selection)
    edits = wrap(load(Source(".neuro/live.yml", text)), Span(start, start + len(selection)))
    return apply_edits(text, edits) if edits else None


def job(value: str) -> str:
    return f"kind: live\njobs:\n  a:\n    image: {value}\n    cmd: echo\n"


@pytest.mark.parametrize(
    ("before", "selection", "after"),
    [
        ("images.a.ref", "images.a.ref", "${{ images.a.ref }}"),
        ("x-params.lr-y", "params.lr", "x-${{ params.lr }}-y"),
        ("x-params.lr -y", "params.lr ", "x-${{ params.lr }} -y"),
        ('"a params.lr"', "params.lr", '"a ${{ params.lr }}"'),
        ("'a params.lr'", "params.lr", "'a ${{ params.lr }}'"),
        ("${{ params.a }}-params.b", "params.b", "${{ params.a }}-${{ params.b }}"),
        ("|\n      a\n      params.lr", "params.lr", "|\n      a\n      ${{ params.lr }}"),
    ],
)
def test_values(before: str, selection: str, after: str) -> None:
    assert wrapped(job(before), selection) == job(after)


def test_in_braces_the_value_is_put_in_quotes() -> None:
    before = "kind: live\njobs:\n  a: {image: images.a.ref, cmd: echo}\n"
    assert wrapped(before, "images.a.ref") == before.replace("images.a.ref", '"${{ images.a.ref }}"')


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        (job("${{ images.a.ref }}"), "images.a.ref"),
        (job("${{ images.a.ref }}"), "${{ images"),
        (job("a b"), "a b"),
        (job("x"), "image"),
        (job("x"), "live"),
        (job("x"), "x\n    cmd: echo"),
        (job("  "), "  "),
        ("kind: [", "kind"),
        ("", ""),
    ],
)
def test_where_nothing_is_offered(text: str, selection: str) -> None:
    assert wrapped(text, selection) is None


@given(st.data())
def test_any_selection_leaves_the_rest_as_it_is(data: st.DataObject) -> None:
    text = job('"a params.lr b"') + "    tags: [one, two]\n    env: {A: params.x, B: 'it''s'}\n"
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 12, len(text))))
    edits = wrap(load(Source(".neuro/live.yml", text)), Span(start, end))
    if edits:
        after = load(Source(".neuro/live.yml", apply_edits(text, edits)))
        assert after.complete
        assert len(list(after.block.leaves() if after.block else ())) == 7
