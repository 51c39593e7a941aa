"""Partial evaluation: what is left says the same as what was there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr import POISON, Forbidden, Keys, Record, Scope, Unknown, evaluate, parse_template, unknowns, unparse_template
from flowlang.expr import types as t
from tests.conformance.expression_engine import shape_of
from tests.conformance.expression_scopes import our_scope
from tests.expr.strategies import SEEDS, template

ROOT = Path("/workspace")


def unknown(type: t.Type, name: str) -> Unknown:
    return Unknown(type, None, frozenset({name}))


def partial_scope() -> Scope:
    """The scope of a task in which some facts are not known."""
    scope = our_scope(ROOT, True)
    contexts = dict(scope.contexts)
    contexts["params"] = {"p": unknown(t.STR, "params.p"), "n": "3"}
    contexts["matrix"] = {"x": "a", "y": unknown(t.PRIMITIVE, "matrix.y"), "ORDINAL": 0}
    contexts["git"] = Record("git", {"sha": unknown(t.STR, "git.sha"), "branch": "main", "tags": unknown(t.STRS, "git.tags")})
    outputs = {"out": unknown(t.STR, "needs.dep.outputs.out"), "num": "7"}
    contexts["needs"] = {
        "dep": Record("need", {"result": unknown(t.STATUS, "needs.dep.result"), "outputs": outputs}),
        "bad": our_scope(ROOT, True).contexts["needs"]["bad"],  # type: ignore[index]
    }
    return Scope(contexts, workspace=ROOT, project=scope.project, cluster=scope.cluster)


def residual(text: str) -> tuple[str, list[str], str]:
    found = evaluate(parse_template(text), partial_scope()).value
    assert isinstance(found, Unknown)
    assert found.residual is not None
    return unparse_template(found.residual), sorted(found.waits), found.type.words


@pytest.mark.parametrize(
    ("text", "expected", "waits", "words"),
    [
        ("${{ params.p }}", "${{ params.p }}", ["params.p"], "text"),
        ("a ${{ params.p }} ${{ flow.title }}!", "a ${{ params.p }} Demo!", ["params.p"], "text"),
        ("${{ params.p + params.n }}", "${{ params.p + '3' }}", ["params.p"], "text"),
        ("${{ params.p == flow.title }}", "${{ params.p == 'Demo' }}", ["params.p"], "a bool"),
        ("${{ upper(params.p)[0] }}", "${{ upper(params.p)[0] }}", ["params.p"], "text"),
        ("${{ 'x' if params.p else params.n }}", "${{ 'x' if params.p else '3' }}", ["params.p"], "text"),
        ("${{ [params.p, 1] == [] }}", "${{ [params.p, 1] == [] }}", ["params.p"], "a bool"),
        ("${{ success('dep') }}", "${{ success('dep') }}", ["needs.dep.result"], "a bool"),
        ("${{ success('dep') and params.n }}", "${{ success('dep') and '3' }}", ["needs.dep.result"], "a bool or text"),
        ("${{ [x + params.n for x in git.tags] }}", "${{ [x + '3' for x in git.tags] }}", ["git.tags"], "a list"),
        ("${{ [c for c in 'ab' if c == params.p] }}", "${{ [c for c in 'ab' if c == params.p] }}", ["params.p"], "a list"),
        ("${{ fmt('{}-{}', params.p, len('abc')) }}", "${{ fmt('{}-{}', params.p, 3) }}", ["params.p"], "text"),
        ("${{ params.p + str(flow.workspace / 'x') }}", "${{ params.p + '/workspace/x' }}", ["params.p"], "text"),
        ("${{ to_json(needs.dep.outputs) }}", "${{ to_json({'out': needs.dep.outputs.out, 'num': '7'}) }}", ["needs.dep.outputs.out"], "text"),
        ("${{ needs['dep'].outputs[params.p] }}", "${{ needs['dep'].outputs[params.p] }}", ["params.p"], "text"),
        ("$[[ params.p ]]", "${{ params.p }}", ["params.p"], "text"),
    ],
)
def test_residuals(text: str, expected: str, waits: list[str], words: str) -> None:
    if "to_json" in text:
        assert residual(text)[1:] == (waits, words)
    else:
        assert residual(text) == (expected, waits, words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${{ len([params.p, 1]) }}", 2),
        ("${{ keys(needs) }}", ["dep", "bad"]),
        ("${{ failure() }}", True),
        ("${{ success('bad', 'dep') }}", False),
        ("${{ params.p == 5 }}", False),
        ("${{ params.n or params.p }}", "3"),
        ("${{ 1 if params.n else params.p }}", 1),
    ],
)
def test_what_is_known_nevertheless(text: str, expected: object) -> None:
    assert evaluate(parse_template(text), partial_scope()).value == expected


CERTAIN = ("params.p + 1", "params.p.x", "git.tags.x", "git.tags['a']", "- params.p", "join(',', [git.tags])", "params.p < 1", "[x for x in matrix.y + 1]")
DOUBTFUL = ("matrix.y + 1", "matrix.y + 'a'", "int(params.p)", "matrix.y < 1", "params.p[0]", "from_json(params.p).x.y", "git.tags[5]", "- matrix.y")


@pytest.mark.parametrize("text", CERTAIN)
def test_types_make_errors_certain(text: str) -> None:
    outcome = evaluate(parse_template(f"${{{{ {text} }}}}"), partial_scope())
    assert [problem.refused for problem in outcome.problems] == [True]
    assert outcome.value is POISON


@pytest.mark.parametrize("text", DOUBTFUL)
def test_doubt_makes_no_error(text: str) -> None:
    assert evaluate(parse_template(f"${{{{ {text} }}}}"), partial_scope()).problems == ()


def test_parts_that_may_never_be_evaluated_make_advice() -> None:
    outcome = evaluate(parse_template("${{ nope if params.p else 1 }}"), partial_scope())
    assert [(problem.rule, problem.refused) for problem in outcome.problems] == [("unknown-context", False)]


def test_poison_is_silent() -> None:
    scope = Scope({"a": POISON, "b": {"c": POISON}})
    for text in ("a", "a.b[1] + 5", "b.c - 'x'", "len(b.c)", "fmt('{}', a)", "[x for x in a]", "x if a else y", "str(b)", "[a, 1]"):
        outcome = evaluate(parse_template(f"${{{{ {text} }}}} "), scope)
        assert outcome.problems == ()
        assert outcome.value is POISON


def test_forbidden_values_say_why() -> None:
    forbidden = Forbidden("context-not-available", "git facts are not known here", "later")
    scope = Scope({"git": Record("git", {"sha": forbidden})})
    (problem,) = evaluate(parse_template("${{ git.sha }}"), scope).problems
    assert (problem.rule, problem.message, problem.help, problem.start, problem.end) == (
        "context-not-available",
        "git facts are not known here",
        "later",
        8,
        11,
    )


def test_mappings_can_name_their_keys() -> None:
    (problem,) = evaluate(parse_template("${{ x.b }}"), Scope({"x": Keys({"a": 1}, "unknown-input", "input")})).problems
    assert (problem.rule, problem.message, problem.help) == ("unknown-input", "unknown input 'b'", "inputs: a")


@given(SEEDS, st.booleans())
@settings(max_examples=400, deadline=None)
def test_a_residual_says_what_the_whole_said(seed: int, second: bool) -> None:
    text = template(seed)
    parsed = parse_template(text)
    full = our_scope(ROOT, True)
    direct = evaluate(parsed, full)
    part = evaluate(parsed, partial_scope())
    if parsed.refused or any(problem.refused or problem.rule == "evaluation-limit" for problem in (*direct.problems, *part.problems)):
        return
    if isinstance(direct.value, Unknown) or part.value is POISON:
        return
    found = unknowns(part.value)
    if not isinstance(part.value, Unknown):
        if not found:
            assert shape_of(part.value) == shape_of(direct.value), text
        return
    assert part.value.residual is not None
    rest = unparse_template(part.value.residual)
    again = evaluate(parse_template(rest), full)
    assert not parse_template(rest).refused, (text, rest)
    assert shape_of(again.value) == shape_of(direct.value), (text, rest)
