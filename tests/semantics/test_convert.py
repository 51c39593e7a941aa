"""Which texts are their own values: the table that the model is built along says the same as the converters."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.model import LIVE, Leaf
from flowlang.model.config import load
from flowlang.schema import COLLECTIONS, COMMANDS, CONVERTED
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.convert import ConversionError, convert
from flowlang.semantics.leaves import leaf_problems
from flowlang.text import Source

TEXTS = ("", "a", "-1", "1.5", "yes", "true", "no way", "1d", "/data", "a b", "8080:80", "always", "storage:x", "{a", "ä")


def converted(type: str, text: str) -> object:
    """What comes of a text, or that it is refused."""
    try:
        return convert(type, text)
    except ConversionError as error:
        return error


@pytest.mark.parametrize("type", sorted((CONVERTED | COMMANDS) - {"primitive"}))  # which keeps all that YAML reads
def test_a_type_in_the_tables_makes_something_else_of_some_text_or_refuses_it(type: str) -> None:
    assert any(converted(type, text) != text or converted(type, text).__class__ is not str for text in TEXTS)


@pytest.mark.parametrize("type", ["str", "image", "context-path", "enum", "any", "", *sorted(COLLECTIONS)])
@given(text=st.text())
def test_of_all_others_a_text_stays_what_it_is(type: str, text: str) -> None:
    assert converted(type, text) == text


_ATTRIBUTES = ("title", "name", "image", "preset", "entrypoint", "cmd", "bash", "workdir", "life_span", "http_port", "restart", "pass_config")


@given(
    values=st.dictionaries(st.sampled_from(_ATTRIBUTES), st.sampled_from(TEXTS) | st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=8))
)
def test_constants_are_what_evaluating_them_gives(values: dict[str, str]) -> None:
    lines = "".join(f"    {name}: {json_text(value)}\n" for name, value in values.items())
    config = load(Source("live.yml", f"kind: live\njobs:\n  a:\n{lines or '    title: a'}\n"), LIVE)
    assert config.block is not None
    constants = [leaf for leaf in config.block.leaves() if leaf.constant]
    evaluator = Attributes(lambda leaf: pytest.fail("a constant needs no scope"), [])
    for leaf in constants:
        again = Leaf(leaf.source, leaf.node, leaf.notes, leaf.scope, leaf.value)
        assert leaf_problems(leaf) == leaf_problems(again) == ()
        assert evaluator.value(leaf) == evaluator.value(again) == leaf.value
    assert {leaf.key.value for leaf in constants if leaf.key is not None} >= {
        name for name in values if name in ("title", "name", "image", "cmd") and "$" not in values[name]
    }


def json_text(text: str) -> str:
    """A text in double quotes."""
    return json.dumps(text)
