"""What a template reads is all that its value depends on; one that is text with keys in it is filled in as it is evaluated."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr import FUNCTIONS, Keys, Scope, evaluate, filling, parse_template, text_of
from tests.conformance.expression_engine import shape_of
from tests.conformance.expression_scopes import our_scope
from tests.expr.strategies import SEEDS, template

ROOT = Path("/workspace")
NAMES = ("k", "long_one", "ORDINAL")
VALUES = st.one_of(
    st.text(max_size=4), st.integers(), st.floats(), st.booleans(), st.none(), st.just(10**5000), st.lists(st.integers(), max_size=1), st.just({"k": "in"})
)
PIECES = st.lists(
    st.sampled_from(["", " ", "a", "$", "'", "${{ matrix.k }}", "$[[matrix.long_one]]", "${{ matrix.ORDINAL }}", "${{ matrix.other }}"]), max_size=5
)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("plain", set()),
        ("${{ matrix.a }} and ${{ params['b'] }}", {"matrix", "params"}),
        ("${{ needs[matrix.a].outputs[env.X] }}", {"needs", "matrix", "env"}),
        ("${{ [x for x in values(inputs) if x != flow.title] }}", {"x", "inputs", "flow"}),
        ("${{ success() }}", {"needs"}),
        ("${{ always() if failure('a') else 'b' }}", {"needs"}),
        ("${{ hash_files('a') }}", {"flow"}),
        ("${{ hash_files_relative(project.id) }}", {"flow", "project"}),
        ("${{ upload(volumes.data).ref }}", {"volumes"}),
    ],
)
def test_what_is_read(text: str, reads: set[str]) -> None:
    assert parse_template(text).reads == reads


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_what_is_not_read_makes_no_difference(seed: int) -> None:
    read = parse_template(template(seed))
    scope = our_scope(ROOT, True)
    without = scope.within({name: value if name in read.reads else None for name, value in scope.contexts.items()})
    one, other = evaluate(read, scope), evaluate(read, without)
    assert (shape_of(one.value), one.problems, one.uploads) == (shape_of(other.value), other.problems, other.uploads)


def test_every_function_looks_at_nothing_that_is_not_read() -> None:
    scope = our_scope(ROOT, True)
    for name in FUNCTIONS:
        for args in ("", "'a'", "'a', 'b'", "'storage:a:/b'"):
            called = parse_template(f"${{{{ {name}({args}) }}}}")
            without = scope.within({name: value if name in called.reads else None for name, value in scope.contexts.items()})
            one, other = evaluate(called, scope), evaluate(called, without)
            assert (shape_of(one.value), one.problems) == (shape_of(other.value), other.problems)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_what_is_filled_in_is_what_is_evaluated(pieces: list[str], row: dict[str, object]) -> None:
    written = parse_template("".join(pieces))
    form = filling(written, "matrix")
    assert form is not None
    filled = form.filled(row)
    if filled is not None:
        outcome = evaluate(written, Scope({"matrix": Keys(row, "unknown-matrix-key", "matrix key")}))
        assert (text_of(outcome.value), outcome.problems) == (filled, ())


@pytest.mark.parametrize("text", ["${{ matrix }}", "${{ matrix.a.b }}", "${{ matrix['a'] }}", "${{ params.a }}", "a ${{ str(matrix.a) }}", "${{ 'a' }}"])
def test_what_is_more_than_keys_is_not_filled_in(text: str) -> None:
    assert filling(parse_template(text), "matrix") is None
