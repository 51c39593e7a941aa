"""Numbers and strings mean what Python takes them for, as they do in the engine."""

from __future__ import annotations

import ast
import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr.grammar import table
from flowlang.expr.literals import Bad, number, quote, string

BODIES = st.text(alphabet="\\\\\\nxuUN{}01789abfA \r\n\0é\ud800vq", max_size=10)


def pythons(text: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.literal_eval(text)
        except Exception:
            return Bad


@given(BODIES, st.sampled_from("'\""))
@settings(max_examples=600, deadline=None)
def test_strings_are_pythons(body: str, quotes: str) -> None:
    text = quotes + body + quotes
    mine, theirs = string(text), pythons(text)
    assert (Bad if isinstance(mine, Bad) else mine) == theirs


@pytest.mark.parametrize("text", ["'\\N{DASH}'", "'\\N{EM DASH}'", "'\\U0010FFFF'", "'\\U00110000'", "'\\777'", "'\\x4'", "'a\\\nb'", "'a\\\r\nb'", "'\\q'"])
def test_rare_escapes_are_pythons(text: str) -> None:
    mine, theirs = string(text), pythons(text)
    assert (Bad if isinstance(mine, Bad) else mine) == theirs


@given(st.text(alphabet="0012_.xXobBeE+-aA9", min_size=1, max_size=8))
@settings(max_examples=600, deadline=None)
def test_numbers_are_pythons(text: str) -> None:
    found = re.compile(table().patterns["NUMBER"]).match(text)
    if found is not None:
        mine, theirs = number(found[0]), pythons(found[0])
        assert (Bad if mine is None else mine, type(mine)) == (theirs, type(None) if theirs is Bad else type(theirs))


@given(st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_a_quoted_text_reads_back(text: str) -> None:
    assert string(quote(text)) == text
