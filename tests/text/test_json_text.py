"""JSON that every reader takes, and every terminal."""

from __future__ import annotations

import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.text import json_text

TEXTS = st.one_of(st.text(), st.sampled_from(["Infinity", '"Infinity', "\\", '\\"Infinity', "-Infinity", "\u202e\x9b\x7f\u2028"]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)
)


def _no(name: str) -> None:
    raise AssertionError(name)


@given(VALUES)
@settings(derandomize=True, deadline=None, max_examples=100)
def test_it_is_read_as_what_it_was(value: object) -> None:
    for indent in (2, None):
        text = json_text(value, indent=indent)
        assert json.loads(text, parse_constant=_no) == value
        assert not set(text) & set("\x7f\x9b\x85\u2028\u202e\u2066")


def test_numbers_that_json_does_not_have() -> None:
    assert json_text(["NaN", math.nan], indent=None) == '["NaN", null]'
    assert json_text([math.inf, -math.inf, "Infinity", {"-Infinity": math.inf}], indent=None) == '[1e999, -1e999, "Infinity", {"-Infinity": 1e999}]'
