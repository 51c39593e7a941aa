"""Values of expressions: tables, as the engine gives them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings

from flowlang.expr import ALWAYS, Record, Scope, Status, StrSet, Unknown, Uri, evaluate, parse_template, text_of
from tests.conformance.expression_scopes import our_scope
from tests.expr.strategies import ANY

ROOT = Path("/work space")


def value(template: str, *, task: bool = False) -> Any:
    parsed = parse_template(template)
    outcome = evaluate(parsed, our_scope(ROOT, task))
    told = [problem.message for problem in (*parsed.problems, *outcome.problems) if problem.refused]
    assert not told, told
    return outcome.value


def refused(template: str, *, task: bool = False) -> list[str]:
    parsed = parse_template(template)
    return [problem.rule for problem in (*parsed.problems, *evaluate(parsed, our_scope(ROOT, task)).problems) if problem.refused]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("4 / 2", 2.0),
        ("7 % 4", 3),
        ("2 - 3", -1),
        ("- 2", -2),
        ("- True", -1),
        ("not ''", True),
        ("3 > 2 > 1", False),
        ("1 if '' else 2", 2),
        ("0 or 'd'", "d"),
        ("'' and nothing()", ""),
        ("'a' + 'b'", "ab"),
        ("'ab' * 2", "abab"),
        ("[1] + [2]", [1, 2]),
        ("'%s-%s' % 'x' if False else '%s' % 1", "1"),
        ("{'a': 1} | {'a': 2, 'b': 3}", {"a": 2, "b": 3}),
        ("{'a': 1} | [['b', 2] ]", {"a": 1, "b": 2}),
        ("[['a', 1] ] | {'a': 2}", {"a": 1}),
        ("1 | 2", 3),
        ("'a' == 'a'", True),
        ("1 == True", True),
        ("[1, 2] < [1, 3]", True),
        ("flow.workspace / 'x'", ROOT / "x"),
        ("volumes.data.mount / 'x'", PurePosixPath("/mnt/data/x")),
        ("volumes.data.remote / 'x'", Uri("storage:data/x")),
        ("'a' / flow.workspace", ROOT),
        ("[x * 2 for x in range(4) if x]", [2, 4, 6]),
        ("[x for x in 'abc']", ["a", "b", "c"]),
        ("[x for x in env]", ["A", "NUM", "EMPTY", "True1", "or"]),
        ("[env for env in [1] ]", [1]),
        ("[t for t in tags]", ["flow:live", "project:demo", "t1"]),
        ("[for for for in [1] ]", [1]),
        ("1 if True else nope", 1),
        ("[nope for x in [] ]", []),
        ("git.tags[- 1]", "v2"),
        ("params.p[0]", "x"),
        ("env['A'][True]", "l"),
        ("range(5, 0)", [0, 1, 2, 3, 4]),
        ("range(3, 0, - 1)", [0, 1, 2]),
        ("range(0, 6, 2)", [0, 2, 4]),
        ("len(tags) + len(env) + len('ab')", 10),
        ("int(' 5 ') + int(2.9) + int(True)", 8),
        ("keys(params)", ["p", "n"]),
        ("values(params)", ["x", "3"]),
        ("lower('A') + upper('b') + replace('xyx', 'x', 'z')", "aBzyz"),
        ("join('-', ['a', 'b'])", "a-b"),
        ("join('-', [1, None], True)", "1-None"),
        ("join(',', 'abc')", "a,b,c"),
        ("join(',', params)", "p,n"),
        ("fmt('{}-{0}' if False else '{1}-{0}', 1, 2)", "2-1"),
        ("fmt('{:>3}|{!r}', 1, 'a')", "  1|'a'"),
        ("fmt('{:{}}', 1, 3)", "  1"),
        ("to_json({'a': [1, None, True, 1.5, 'é']})", '{"a": [1, null, true, 1.5, "\\u00e9"]}'),
        ("to_json(tags)", '["flow:live", "project:demo", "t1"]'),
        ("to_json(multi)", '{"suffix": "sfx"}'),
        ("to_json(volumes.code)", '{"id": "code", "remote": "storage:code", "mount": "/mnt/code", "read_only": false, "local": null, "full_local_path": null}'),
        ("from_json('{\"a\": [1, 2.5]}')", {"a": [1, 2.5]}),
        ("nothing()", None),
        ("str(None)", "None"),
        ("str([volumes.data.mount])", "[PurePosixPath('/mnt/data')]"),
        ("str(multi)", "MultiCtx(suffix='sfx')"),
        ("str(tags)", "{'flow:live', 'project:demo', 't1'}"),
        ("volumes.data.ref", "storage:data:/mnt/data:ro"),
        ("volumes.data.ref_rw", "storage:data:/mnt/data:rw"),
        ("parse_volume('storage:a b:/c:ro').ref", "storage://default/test-project/a%20b:/c:ro"),
        ("parse_volume('storage:/p/a:c').mount", PurePosixPath("c")),
        ("upload(volumes.data).id", "data"),
        ("tags | tags == tags", True),
        ("volumes.data == volumes.data", True),
    ],
)
def test_values(expression: str, expected: object) -> None:
    found = value(f"${{{{ {expression} }}}}")
    assert found == expected
    assert type(found) is type(expected) or isinstance(found, (StrSet, type(expected)))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("needs.dep.result == 'succeeded'", True),
        ("'is ' + needs.dep.result", "is succeeded"),
        ("str(needs.dep.result)", "TaskStatus.SUCCEEDED"),
        ("fmt('{:>25}', needs.dep.result)", "     TaskStatus.SUCCEEDED"),
        ("upper(needs.dep.result)", "SUCCEEDED"),
        ("join(',', [needs.dep.result])", "succeeded"),
        ("to_json(needs.dep)", '{"result": "succeeded", "outputs": {"out": "o1", "num": "7"} }'.replace("} }", "}}")),
        ("needs.dep.outputs.out", "o1"),
        ("success()", False),
        ("success('dep')", True),
        ("failure('dep')", False),
        ("failure()", True),
        ("always()", ALWAYS),
        ("matrix.y + 1", 3),
        ("len({needs.dep.result: 1} | {'succeeded': 2})", 2),
    ],
)
def test_values_in_tasks(expression: str, expected: object) -> None:
    assert value(f"${{{{ {expression} }}}}", task=True) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("", ""),
        ("x", "x"),
        ("a ${{ 1 }}$[[ None ]] ${{ [1, 'b'] }}", "a 1None [1, 'b']"),
        ("${{ 1 }} ", "1 "),
        ("$<< 1 + 1 >>", 2),
        ("$<< 1 + 1 >> x", "2 x"),
        ("${{ flow.workspace }}/x", f"{ROOT}/x"),
        ("${{ needs.dep.result }}.", "TaskStatus.SUCCEEDED."),
        ("${{ always() }}.", "always()."),
    ],
)
def test_templates(template: str, expected: object) -> None:
    assert value(template, task=True) == expected


@pytest.mark.parametrize(
    ("expression", "rule"),
    [
        ("False and nope", "unknown-context"),
        ("matrix.x", "context-not-available"),
        ("true", "foreign-syntax"),
        ("flow.nope", "undefined-reference"),
        ("flow['title']", "index-on-object"),
        ("tags[0]", "type-mismatch"),
        ("git.tags[9]", "undefined-reference"),
        ("flow.title.x", "undefined-reference"),
        ("1 + '1'", "type-mismatch"),
        ("'a' - 'b'", "type-mismatch"),
        ("1 < 'a'", "type-mismatch"),
        ("- 'a'", "type-mismatch"),
        ("1 / 0", "evaluation-error"),
        ("int('x')", "evaluation-error"),
        ("from_json('x')", "evaluation-error"),
        ("{[1]: 2}", "type-mismatch"),
        ("join(',', tags)", "type-mismatch"),
        ("keys(flow)", "type-mismatch"),
        ("success()", "context-not-available"),
        ("hash_files('/x')", "evaluation-error"),
        ("parse_volume('image:a:/b')", "evaluation-error"),
        ("fmt('{}')", "fmt-arity"),
    ],
)
def test_refusals(expression: str, rule: str) -> None:
    assert refused(f"${{{{ {expression} }}}}") == [rule]


def test_one_mistake_one_message() -> None:
    assert refused("${{ len(nope.x + 1) == upper(nope2) }}") == ["unknown-context", "unknown-context"]


def test_uploads_are_noted() -> None:
    outcome = evaluate(parse_template("${{ upload(volumes.data).ref }} ${{ upload(volumes.data).id }}"), our_scope(ROOT, False))
    assert outcome.uploads == ("data",)


def test_scopes_without_contexts() -> None:
    assert evaluate(parse_template("${{ 1 + 1 }}"), Scope()).value == 2
    for expression in ("hash_files()", "flow.title", "success()"):
        assert [problem.refused for problem in evaluate(parse_template(f"${{{{ {expression} }}}}"), Scope()).problems] == [True]


def test_texts_of_values() -> None:
    assert text_of(Record("need", {"result": Status("failed"), "outputs": {}})) == "DepCtx(result=<TaskStatus.FAILED: 'failed'>, outputs={})"
    assert text_of([StrSet({"a"}), frozenset()]) == "[{'a'}, set()]"
    assert text_of(Record("git", {"sha": "s", "branch": "b", "tags": []})) == "GitCtx(_git_info=GitInfo(sha='s', branch='b', tags=[]))"


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_evaluation_is_total(text: str) -> None:
    parsed = parse_template(text)
    for scope in (Scope(), our_scope(ROOT, True)):
        outcome = evaluate(parsed, scope)
        for problem in outcome.problems:
            assert 0 <= problem.start <= problem.end <= len(text)
            assert problem.message
        if not isinstance(outcome.value, Unknown):
            text_of(outcome.value)


def test_variables_of_the_job_itself_get_words_of_their_own() -> None:
    scope = Scope({"env": {"A": "1"}}, own_env=frozenset({"B"}))
    for expression in ("env.B", "env['B']"):
        (problem,) = evaluate(parse_template(f"${{{{ {expression} }}}}"), scope).problems
        assert (problem.rule, problem.help) == ("env-context-scope", "set it in 'defaults.env', or read it in the shell: $B")
    (problem,) = evaluate(parse_template("${{ env.C }}"), scope).problems
    assert problem.rule == "unknown-env"
