"""Templates are taken apart as the language says."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flowlang.expr import Attr, Error, ExprPart, Lookup, TextPart, parse_template
from flowlang.expr.nodes import walk
from flowlang.expr.template import _expression, _parse, _plain
from tests.expr.strategies import ANY


def parts(text: str) -> list[str]:
    """What each part covers; expressions in angle brackets."""
    return [f"<{text[part.start : part.end]}>" if isinstance(part, ExprPart) else part.text for part in parse_template(text).parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain $ text }} ]] >> {{ x }} ${ x }", ["plain $ text }} ]] >> {{ x }} ${ x }"]),
        ("${{ 1 }}", ["<${{ 1 }}>"]),
        ("$${{ 1 }}", ["$", "<${{ 1 }}>"]),
        ("a${{ 1 }}b$[[ 2 ]]c", ["a", "<${{ 1 }}>", "b", "<$[[ 2 ]]>", "c"]),
        ("${{ 1 }}${{ 2 }}}}", ["<${{ 1 }}>", "<${{ 2 }}>", "}}"]),
        ("${{ '}}' }}x", ["<${{ '}}' }}>", "x"]),
        ("$<< a.b >> x", ["<$<< a.b >>>", " x"]),
        ("$<< a + 1 >>", ["<$<< a + 1 >>>"]),
        ("cat $<<EOF\nx >> y", ["cat $<<EOF\nx >> y"]),
        ("$<< a\n>>", ["$<< a\n>>"]),
        ("$<< a==b >>", ["$<< a==b >>"]),
        ("$<< a b >> $<< c >>", ["$<< a b >> ", "<$<< c >>>"]),
        ("$<< ${{ x }} >>", ["$<< ", "<${{ x }}>", " >>"]),
        ("$<< '>>' >>", ["$<< '>>' >>"]),
        ("$<< [[1]] >>", ["$<< [[1]] >>"]),
        ("$<< nope(1) >>", ["<$<< nope(1) >>>"]),
        ("$<<>>", ["$<<>>"]),
    ],
)
def test_parts(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_whole_and_text() -> None:
    assert parse_template("x").is_text
    assert parse_template("").is_text
    assert parse_template("x").whole is None
    assert parse_template("${{ 1 }}").whole is not None
    assert parse_template("${{ 1 }} ").whole is None
    assert parse_template("${{ 1 }}${{ 2 }}").whole is None
    assert not parse_template("a ${{ 1 }}").is_text


def test_an_unfinished_lookup_has_a_tree() -> None:
    whole = parse_template("${{ volumes. }}").whole
    assert whole is not None
    assert whole.tree == Lookup(4, 12, "volumes", (Attr(12, 12, ""),), 4)


def test_an_unfinished_call_has_a_tree() -> None:
    (part,) = parse_template("${{ fmt('a',").expressions
    assert not isinstance(part.tree, Error)


_WORDS = "a env A_1 or and not if else for in None Nonesuch Truex False nota ora x9 _x é 1a"
WORDS = st.sampled_from(_WORDS.split(" "))
BLANKS = st.sampled_from(["", " ", "  ", "\t", "\n"])


@given(names=st.lists(WORDS, min_size=1, max_size=4), before=BLANKS, after=BLANKS, opener=st.sampled_from([("${{", "}}"), ("$[[", "]]")]))
@settings(max_examples=300, deadline=None)
def test_the_short_way_reads_what_the_grammar_reads(names: list[str], before: str, after: str, opener: tuple[str, str]) -> None:
    text = opener[0] + before + ".".join(names) + after + opener[1]
    short = _plain(text, 0, opener[0])
    problems: list[object] = []
    if short is not None:
        assert _expression(text, 0, opener[0], problems) == short  # type: ignore[arg-type]
        assert not problems


FUNCTION_WORDS = st.sampled_from(["success", "upload", "always", "fmt", "len", "nothing", "range", "str", "a", "not", "parse_json"])


@given(
    function=FUNCTION_WORDS,
    names=st.lists(WORDS, max_size=3),
    more=st.lists(WORDS, max_size=2),
    blank=BLANKS,
    before=BLANKS,
    after=BLANKS,
    opener=st.sampled_from([("${{", "}}"), ("$[[", "]]")]),
)
@settings(max_examples=300, deadline=None)
def test_the_short_way_reads_calls_as_the_grammar_does(
    function: str, names: list[str], more: list[str], blank: str, before: str, after: str, opener: tuple[str, str]
) -> None:
    text = f"{opener[0]}{before}{function}({blank}{'.'.join(names)}){''.join(f'.{name}' for name in more)}{after}{opener[1]}"
    short = _plain(text, 0, opener[0])
    problems: list[object] = []
    if short is not None:
        assert _expression(text, 0, opener[0], problems) == short  # type: ignore[arg-type]
        assert not problems


def test_the_short_way_takes_plain_calls() -> None:
    for text in ("${{ success() }}", "${{upload(volumes.data).ref_rw}}", "$[[ keys(env) ]]", "${{ upload(v) }}", "${{ always(train) }}"):
        assert _plain(text, 0, text[:3]) is not None
    for text in ("${{ success( }}", "${{ upload() }}", "${{ nothing(a) }}", "${{ gone(a) }}", "${{ upload(1) }}"):
        assert _plain(text, 0, text[:3]) is None


def test_the_short_way_takes_plain_lookups() -> None:
    for text in ("${{ a }}", "${{a.b}}", "$[[ \ta.b.c_1 ]]", "${{ nothing.orange.Tru }}", "${{ if.x }}"):
        assert _plain(text, 0, text[:3]) is not None


@given(ANY)
@settings(max_examples=400, deadline=None)
def test_any_text_comes_apart_without_loss(text: str) -> None:
    template = _parse(text)
    done = 0
    for part in template.parts:
        assert part.start == done
        assert part.end > part.start
        if isinstance(part, TextPart):
            assert part.text == text[part.start : part.end]
        else:
            assert text.startswith(part.opener, part.start)
            assert all(part.start <= node.start <= node.end <= part.end for node in walk(part.tree))
        done = part.end
    assert done == len(text)


@given(ANY)
@settings(max_examples=400, deadline=None)
def test_problems_lie_inside_the_text(text: str) -> None:
    for problem in _parse(text).problems:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message[:1] == problem.message[:1].lower()
        assert not problem.message.endswith(".")
        for fix in problem.fixes:
            assert all(0 <= start <= end <= len(text) for start, end, _ in fix.edits)


@given(ANY)
@example('${{}"')  # one half of the closer, and behind it a text that is never closed
@settings(max_examples=300, deadline=None)
def test_trees_without_problems_have_no_errors_in_them(text: str) -> None:
    template = _parse(text)
    if not template.refused and not any(problem.rule in ("expression-too-deep", "evaluation-limit") for problem in template.problems):
        assert not any(isinstance(node, Error) for part in template.expressions for node in walk(part.tree))
