"""Rules about conditions of tasks: what must be silent, and the words and fixes of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Severity
from flowlang.text import apply_edits
from tests.workspaces import findings, marked, told

FLOW = ".neuro/train.yml"


def flow(enable: str, head: str = "", rest: str = "", needs: str = "") -> dict[str, str]:
    """A task and one after it with a condition."""
    needs = f"  needs: {needs}\n" if needs else ""
    return {FLOW: f"kind: batch\n{head}tasks:\n- id: a\n  image: u\n- id: b\n  image: u\n{needs}  enable: {enable}\n{rest}"}


def fixed(files: dict[str, str], folder: Path) -> str:
    """The condition after the first fix of the one finding."""
    (found,) = findings(folder, files)
    text = apply_edits(files[FLOW], [part.edit for part in found.fixes[0].edits])
    return text[text.index("enable: ") + len("enable: ") :].splitlines()[0]


PARAMS = "params: {x: p}\n"
NO_FAIL_FAST = "defaults: {fail_fast: false}\n"

SILENT = {
    "the default, written out": flow("${{ success() }}"),
    "a handler without fail_fast": flow("${{ failure() }}", NO_FAIL_FAST),
    "a handler that keeps the mark": flow("${{ failure() and always() }}"),
    "a handler of results that keeps the mark": flow("${{ needs.a.result == 'failed' and always() }}"),
    "a handler that also runs for a param": flow("${{ failure() or params.x == 'p' }}", PARAMS),
    "a handler where fail_fast is a param": flow("${{ failure() }}", "params: {f: ~}\ndefaults: {fail_fast: \"${{ params.f == 'no' }}\"}\n"),
    "a joined condition": flow("${{ success() and params.x == 'p' }}", PARAMS),
    "not failure": flow("${{ not failure() }}"),
    "always": flow("${{ always() }}"),
    "always as text": flow("always()"),
    "always last": flow("${{ params.x == 'p' and always() }}", PARAMS),
    "always first": flow("${{ always() or success() }}"),
    "always in a branch": flow("${{ always() if params.x == 'p' else success() }}", PARAMS),
    "a condition of the first task": flow("${{ params.x == 'p' }}", PARAMS, needs="[]"),
    "a condition of what only waits for a start": flow("${{ params.x == 'p' }}", PARAMS, needs="{a: running}"),
    "false": flow("false"),
    "a word": flow("yes please"),
    "followers that say what they need": flow("${{ success() and params.x == 'p' }}", PARAMS, "- {id: c, image: u, needs: [b]}\n"),
    "followers that have a condition": flow("${{ success() and params.x == 'p' }}", PARAMS, "- {id: c, image: u, enable: '${{ not failure() }}'}\n"),
    "followers that only wait for a start": flow("false", "", "- {id: c, image: u, needs: {b: running}}\n"),
    "a default value": flow("${{ success() }}", PARAMS, "  env: {A: \"${{ params.x or 'none' }}\", B: \"${{ (params.x == 'p' and 'a') or 'b' }}\"}\n"),
    "a choice": flow("${{ success() }}", PARAMS, "  env: {A: \"${{ 'a' if params.x == 'p' or params.x == 'q' else 'b' }}\"}\n"),
    "a comprehension": flow("${{ success() }}", "", '  env: {A: "${{ to_json([n for n in range(3) if n != 1 and n != 2]) }}"}\n'),
}


@pytest.mark.parametrize("case", SILENT)
def test_nothing_is_wrong_with(case: str, tmp_path: Path) -> None:
    assert told(findings(tmp_path, SILENT[case])) == []


@pytest.mark.parametrize(
    ("enable", "place"),
    [
        ("${{ failure() }}", "failure()"),
        ("${{ failure('a') and params.x == 'p' }}", "failure('a')"),
        ("${{ params.x == 'p' and failure() }}", "failure()"),
        ("${{ needs.a.result == 'failed' }}", "needs.a.result == 'failed'"),
        ("${{ needs['a'].result != 'succeeded' }}", "needs['a'].result != 'succeeded'"),
        ("${{ not success() }}", "not success()"),
        ("${{ True if failure() else False }}", "failure()"),
    ],
)
def test_handlers_that_never_run(enable: str, place: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, flow(f'"{enable}"', PARAMS))
    assert (found.rule.name, marked(found)) == ("failure-handler-needs-no-fail-fast", place)


def test_a_need_that_may_be_skipped_is_no_failure(tmp_path: Path) -> None:
    head = "kind: batch\nparams: {x: p}\ntasks:\n- {id: o, image: u}\n- {id: a, image: u, needs: [o], enable: \"${{ success() and params.x == 'p' }}\"}\n"
    files = {FLOW: f"{head}- {{id: b, image: u, needs: [a], enable: '${{{{ not success() }}}}'}}\n"}
    assert told(findings(tmp_path, files)) == []


def test_fail_fast_of_the_need_counts(tmp_path: Path) -> None:
    for fail_fast, names in (("false", []), ("true", ["failure-handler-needs-no-fail-fast"])):
        head = f"kind: batch\ntasks:\n- {{id: a, image: u, strategy: {{matrix: ~, fail_fast: {fail_fast}}}}}\n"
        files = {FLOW: f"{head}- {{id: b, image: u, enable: '${{{{ failure() }}}}'}}\n"}
        assert [found.rule.name for found in findings(tmp_path / fail_fast, files)] == names


@pytest.mark.parametrize(
    ("enable", "after"),
    [
        ("${{ failure() }}", "${{ failure() and always() }}"),
        ("${{ failure('a') or failure() }}", "${{ (failure('a') or failure()) and always() }}"),
        ("'${{ failure() }}'", "'${{ failure() and always() }}'"),
        ("$[[ failure() ]]", "$[[ failure() and always() ]]"),
        ("${{ params.x == 'p' or git.branch == 'main' }}", "${{ success() and (params.x == 'p' or git.branch == 'main') }}"),
        ("${{ params.x == 'p' }}", "${{ success() and params.x == 'p' }}"),
        ("true", "${{ success() }}"),
        ("${{ always() and params.x == 'p' }}", "${{ params.x == 'p' and always() }}"),
        ("${{ always() and params.x == 'p' and failure() }}", "${{ params.x == 'p' and failure() and always() }}"),
        ("${{ (always() and failure()) and params.x == 'p' }}", "${{ (failure() and params.x == 'p') and always() }}"),
        ("${{ success() or failure() or always() }}", "${{ always() or success() or failure() }}"),
        ("'${{ always() and params.x == ''p'' }}'", "'${{ params.x == ''p'' and always() }}'"),
        ("failure()", "${{ failure() }}"),
        ("\"params.x == 'p'\"", "\"${{ params.x == 'p' }}\""),
        ("needs.a.result == 'failed'", "${{ needs.a.result == 'failed' }}"),
    ],
)
def test_fixes(enable: str, after: str, tmp_path: Path) -> None:
    assert fixed(flow(enable, PARAMS), tmp_path) == after


def test_braces_in_brackets_get_quotes(tmp_path: Path) -> None:
    files = {FLOW: "kind: batch\ntasks:\n- {id: a, image: u}\n- {id: b, enable: failure(), image: u}\n"}
    assert fixed(files, tmp_path) == '"${{ failure() }}", image: u}'


@pytest.mark.parametrize(
    ("head", "severity", "message"),
    [
        (PARAMS, Severity.INFO, "this takes the place of 'success()': only 'fail_fast' keeps the task from running after a failure"),
        (PARAMS + NO_FAIL_FAST, Severity.WARNING, "this takes the place of 'success()': the task runs although 'a' failed"),
    ],
)
def test_how_much_a_missing_check_matters(head: str, severity: Severity, message: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, flow("${{ params.x == 'p' }}", head))
    assert (found.severity, found.message) == (severity, message)


def test_a_missing_check_after_a_task_that_may_be_skipped(tmp_path: Path) -> None:
    files = flow("${{ success() and params.x == 'p' }}", PARAMS, "- {id: c, image: u, needs: [b], enable: \"${{ params.x == 'q' }}\"}\n")
    (found,) = findings(tmp_path, files)
    assert (found.severity, found.message) == (Severity.WARNING, "this takes the place of 'success()': the task runs although 'b' was skipped")


@pytest.mark.parametrize(
    ("enable", "rest", "message"),
    [
        ("false", "- {id: c, image: u, needs: [b]}\n- {id: d, image: u}\n", "the task never runs, so 'c', 'd' are skipped as well"),
        ("${{ success() and params.x == 'p' }}", "- {id: c, image: u}\n", "where this is false 'c' is skipped as well"),
        ("${{ failure() and always() }}", "- {id: c, image: u}\n- {id: d, image: u, needs: []}\n", "where this is false 'c' is skipped as well"),
    ],
)
def test_what_is_skipped_together(enable: str, rest: str, message: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, flow(enable, PARAMS, rest))
    assert (found.rule.name, found.message) == ("skip-cascade", message)


@pytest.mark.parametrize(
    ("enable", "place", "help"),
    [
        ("${{ params.x == 'p' and params.x == 'q' }}", "params.x == 'p' and params.x == 'q'", "no value makes any difference here"),
        ("${{ success() and (params.x != 'p' or params.x != 'q') }}", "(params.x != 'p' or params.x != 'q')", "no value makes any difference here"),
        ("${{ success() and failure() }}", "success() and failure()", "no value makes any difference here"),
        ("${{ success() if True else failure() }}", "True", "no value makes any difference here"),
    ],
)
def test_constant_conditions(enable: str, place: str, help: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, flow(enable, PARAMS))
    assert (found.rule.name, marked(found), found.help) == ("constant-condition", place, help)


def test_a_handler_that_needs_nothing(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, flow("${{ failure() }}", needs="[]"))
    assert (found.rule.name, found.message) == ("constant-condition", "this is always false: the task never runs")
    assert found.help == "the task waits for no other to be completed, so none can have failed"


def test_rows_of_a_matrix_are_judged_together(tmp_path: Path) -> None:
    task = "- id: t_${{ matrix.x }}\n  image: u\n  needs: []\n  enable: ${{ matrix.x == 'CASE' }}\n  strategy: {matrix: {x: [p, q]}}\n"
    for case, names in (("p", []), ("r", ["constant-condition"])):
        files = {FLOW: f"kind: batch\ntasks:\n{task.replace('CASE', case)}"}
        assert [found.rule.name for found in findings(tmp_path / case, files)] == names


def test_conditions_elsewhere(tmp_path: Path) -> None:
    text = "kind: live\njobs:\n  a:\n    image: u\n    cmd: ${{ 'x' if params.p == 'a' and params.p == 'b' else 'y' }}\n    params: {p: a}\n"
    (found,) = findings(tmp_path, {".neuro/live.yml": text})
    assert (found.rule.name, marked(found)) == ("constant-condition", "params.p == 'a' and params.p == 'b'")


def test_the_condition_of_a_post_task(tmp_path: Path) -> None:
    for condition, names in (
        ("${{ failure() }}", ["failure-handler-needs-no-fail-fast"]),
        ("${{ success() }}", []),
        ("failure()", ["missing-expression-braces"]),
    ):
        action = f"kind: stateful\nmain: {{image: u}}\npost: {{image: u}}\npost_if: {condition}\n"
        files = {FLOW: "kind: batch\ntasks:\n- {action: ws:act, args: {}}\n", "act.yml": action}
        assert [found.rule.name for found in findings(tmp_path / names[0] if names else tmp_path, files)] == names
