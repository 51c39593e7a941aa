"""Canonical text reads back as the same expression."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr import Attr, Concat, Item, Literal, Node, escape, parse_template, unparse, unparse_template
from tests.expr.strategies import EXPRESSIONS


def bare(node: object) -> object:
    """A tree without places."""
    if isinstance(node, tuple):
        return tuple(bare(part) for part in node)
    if isinstance(node, Attr) and node.name in ("or", "and", "not"):
        # Written as an index: before a blank it would be an operator.
        return bare(Item(0, 0, Literal(0, 0, node.name)))
    fields = getattr(type(node), "fields", None)
    if fields is None:
        return node if not isinstance(node, (int, float)) else (type(node).__name__, repr(node))
    return (type(node).__name__, *(bare(getattr(node, name)) for name in fields if name not in ("start", "end", "at", "close", "name_start")))


def tree(text: str) -> Node:
    whole = parse_template(text).whole
    assert whole is not None, text
    return whole.tree


@given(EXPRESSIONS)
@settings(max_examples=400, deadline=None)
def test_canonical_text_reads_back(expression: str) -> None:
    template = parse_template(f"${{{{ {expression} }}}}")
    if template.problems or template.whole is None:
        return
    text = unparse_template(template.whole.tree)
    again = parse_template(text)
    assert not again.refused, text
    assert bare(tree(text)) == bare(template.whole.tree)
    assert unparse_template(tree(text)) == text


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"a"', "'a'"),
        ('"it\'s"', '"it\'s"'),
        ("1+ 2", "1 + 2"),
        ("(1)", "1"),
        ("(1 + 2) * 3", "(1 + 2) * 3"),
        ("1 + (2 * 3)", "1 + 2 * 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("not (a or b)", "not (a or b)"),
        ("not  a == b", "not a == b"),
        ("(not a) == b", "(not a) == b"),
        ("- (- 5)", "- - 5"),
        ("- -5", "- -5"),
        ("a if b else (c if d else e)", "a if b else c if d else e"),
        ("(a if b else c) if d else e", "(a if b else c) if d else e"),
        ("[[1] ]", "[[1] ]"),
        ("{'a': {} }", "{'a': {} }"),
        ("env[keys(env)[0] ]", "env[keys(env)[0] ]"),
        ("[x for x in (a if b else c) if d]", "[x for x in (a if b else c) if d]"),
        ("1.e5", "100000.0"),
        ("1.0e30", "1.0e+30"),
        ("params.or", None),
        ("range( 1,2 )[0].x", "range(1, 2)[0].x"),
        ("'\\n\\\\'", "'\\n\\\\'"),
    ],
)
def test_forms(expression: str, expected: str | None) -> None:
    template = parse_template(f"${{{{ {expression} }}}}")
    assert template.whole is not None
    if expected is None:
        assert template.refused
    else:
        assert unparse(template.whole.tree) == expected


def test_a_name_that_is_an_operator_is_written_as_a_key() -> None:
    assert unparse(tree("${{ params.or}}")) == "params['or']"


@given(st.text(alphabet="${}[]<>a ", max_size=20))
@settings(max_examples=300, deadline=None)
def test_escaped_text_stays_text(text: str) -> None:
    from flowlang.expr import Scope, evaluate

    assert evaluate(parse_template(escape(text)), Scope()).value == text


def test_templates_keep_their_texts() -> None:
    lookup = tree("${{ a.b }}")
    assert unparse_template(Concat(0, 0, (Literal(0, 0, "x "), lookup, Literal(0, 0, " ${{ y")))) == "x ${{ a.b }} ${{ '${' }}{ y"
    assert unparse(Concat(0, 0, (Literal(0, 0, "x "), lookup))) == "'x ' + str(a.b)"
