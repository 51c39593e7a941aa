"""Rules about matrices, ids and limits: what must be silent, and the words and places of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Severity
from flowlang.text import apply_edits
from tests.workspaces import findings, marked, told

FLOW = ".neuro/train.yml"


def batch(tasks: str, head: str = "") -> dict[str, str]:
    """A batch flow with these tasks."""
    return {FLOW: f"kind: batch\n{head}tasks:\n{tasks}"}


SILENT = {
    "an id with every key": "- {id: 't_${{ matrix.x }}', image: a, strategy: {matrix: {x: [1, 2]}}}\n",
    "an id by index": "- {id: \"t_${{ matrix['x'] }}\", image: a, strategy: {matrix: {x: [1, 2]}}}\n",
    "no id": "- {image: a, strategy: {matrix: {x: [1, 2], y: [a, b]}}}\n",
    "capitals beside a key that tells the rows apart": "- {image: a, strategy: {matrix: {x: [1, 2], myKey: [a]}}}\n",
    "one row": "- {id: t, image: a, strategy: {matrix: {x: [1]}}}\n",
    "no matrix": "- {id: t, image: a, strategy: {matrix: ~, fail_fast: false}}\n",
    "texts excluded": "- {image: a, strategy: {matrix: {x: ['1', '2'], exclude: [{x: 1}]}}}\n",
    "numbers excluded by an expression": "- {image: a, strategy: {matrix: {x: [1, 2], exclude: [{x: '${{ 1 }}'}]}}}\n",
    "another value excluded": "- {image: a, strategy: {matrix: {x: [1, 2], exclude: [{x: 3}]}}}\n",
    "texts included": "- {image: a, strategy: {matrix: {x: [a, b], include: [{x: 3}]}}}\n",
    "a text included": "- {image: a, strategy: {matrix: {x: [1, 2], include: [{x: c}]}}}\n",
    "rows that are all excluded": "- {image: a, strategy: {matrix: {x: [a], exclude: [{x: a}]}}}\n- {image: a}\n",
    "ten rows": "- {image: a, strategy: {matrix: {x: '${{ range(10) }}'}}}\n",
    "a limit for the matrix": "- {image: a, strategy: {max_parallel: 5, matrix: {x: '${{ range(20) }}'}}}\n",
    "a limit in a row of tasks": "- {image: a}\n- {image: a, strategy: {max_parallel: 1, matrix: {x: [1, 2]}}}\n- {image: a}\n",
    "a limit that is never reached": "- {image: a}\n- {image: a, needs: [], strategy: {max_parallel: 9, matrix: {x: [1, 2]}}}\n",
    "null needs of the first": "- {image: a, needs: ~}\n",
    "null needs after no rows": "- {image: a, strategy: {matrix: {x: [a], exclude: [{x: a}]}}}\n- {image: a, needs: ~}\n",
}


@pytest.mark.parametrize("case", SILENT)
def test_nothing_is_wrong_with(case: str, tmp_path: Path) -> None:
    assert told(findings(tmp_path, batch(SILENT[case]))) == []


def test_an_empty_list_by_a_param_may_be_filled_at_the_run(tmp_path: Path) -> None:
    files = batch("- {image: a, strategy: {matrix: {x: '${{ from_json(params.x) }}'}}}\n", "params: {x: '[]'}\n")
    assert told(findings(tmp_path, files)) == []


def test_a_matrix_that_is_not_known_is_not_judged(tmp_path: Path) -> None:
    files = batch("- {id: t, image: a, strategy: {matrix: {x: '${{ from_json(params.x) }}'}}}\n", "params: {x: }\n")
    assert [found.rule.name for found in findings(tmp_path, files)] == ["matrix-not-known"]


@pytest.mark.parametrize(
    ("task", "message", "fixed"),
    [
        (
            "- id: t_${{ matrix.x }}\n  image: a\n  strategy: {matrix: {x: [a, b], y: [c, d]}}\n",
            "the 4 rows of the matrix have 2 ids: of rows with one id only the last one runs",
            "id: t_${{ matrix.x }}_${{ matrix.y }}\n",
        ),
        (
            "- {id: t, image: a, strategy: {matrix: {x: [a, b]}}}\n",
            "all 2 rows of the matrix have the id 't': only the last one runs",
            '{id: "t_${{ matrix.x }}",',
        ),
        (
            "- id: 't'\n  image: a\n  strategy: {matrix: {x: [a, b]}}\n",
            "all 2 rows of the matrix have the id 't': only the last one runs",
            "id: 't_${{ matrix.x }}'\n",
        ),
        ("- id: t\n  image: a\n  strategy: {matrix: {x: [0.1, 0.2]}}\n", "all 2 rows of the matrix have the id 't': only the last one runs", None),
        (
            "- {image: a, strategy: {matrix: {x: [a, a]}}}\n",
            "the values of its 2 rows repeat, and with them their ids: of rows with one id only the last one runs",
            None,
        ),
    ],
)
def test_ids_of_rows(task: str, message: str, fixed: str | None, tmp_path: Path) -> None:
    files = batch(task)
    (found,) = findings(tmp_path, files)
    assert (found.rule.name, found.message) == ("matrix-constant-id", message)
    assert [fix.safe for fix in found.fixes] == ([False] if fixed else [])
    if fixed:
        assert fixed in apply_edits(files[FLOW], [part.edit for part in found.fixes[0].edits])


def test_a_key_with_capitals_is_renamed_everywhere(tmp_path: Path) -> None:
    task = """\
- image: a
  strategy:
    matrix:
      numLayers: [1, 2, 3]
      exclude: [{numLayers: "${{ 3 }}"}]
      include: [{numLayers: "${{ 4 }}"}]
  env: {A: "${{ matrix.numLayers }}", B: "${{ matrix['numLayers'] + 1 }}"}
"""
    files = batch(task)
    (found,) = findings(tmp_path, files)
    assert (found.rule.name, marked(found)) == ("matrix-mixed-case-key", "numLayers")
    fixed = apply_edits(files[FLOW], [part.edit for part in found.fixes[0].edits])
    assert fixed == files[FLOW].replace("numLayers", "num_layers")
    assert told(findings(tmp_path / "fixed", {FLOW: fixed})) == []


def test_a_key_that_a_mixin_may_read_is_not_renamed(tmp_path: Path) -> None:
    task = "- {image: a, mixins: [m], strategy: {matrix: {myKey: [1, 2]}}}\n"
    (found,) = findings(tmp_path, batch(task, "mixins: {m: {cmd: 'echo ${{ matrix.myKey }}'}}\n"))
    assert (found.rule.name, found.fixes) == ("matrix-mixed-case-key", ())


@pytest.mark.parametrize(
    ("use", "severity"),
    [
        ("echo ${{ matrix.x }}", Severity.INFO),
        ("echo ${{ matrix.x }} ${{ matrix.y }}", Severity.INFO),
        ("echo ${{ matrix.x + 1 }}", Severity.WARNING),
        ("echo ${{ str(matrix.x) }}", Severity.WARNING),
        ("echo ${{ to_json(matrix) }}", Severity.WARNING),
    ],
)
def test_an_included_number_matters_where_it_is_computed_with(use: str, severity: Severity, tmp_path: Path) -> None:
    task = f"- image: a\n  cmd: {use}\n  strategy: {{matrix: {{x: [1, 2], y: [a], include: [{{x: 3, y: b}}]}}}}\n"
    found = [found for found in findings(tmp_path, batch(task)) if found.rule.name == "matrix-include-type"]
    assert [(marked(diagnostic), diagnostic.severity) for diagnostic in found] == [("3", severity)]


def test_a_bad_id_is_told_once_for_all_rows(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, batch("- {id: 't_${{ matrix.x }}', image: a, strategy: {matrix: {x: [a-b, c-d, e-f]}}}\n"))
    assert found.message == "'t_a-b' is no identifier: only letters, digits and '_', not starting with a digit"


def test_ids_of_two_tasks_that_close_a_circle(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, batch("- {id: a, image: a}\n- {id: b, image: a}\n- {id: a, image: a}\n"))
    assert (found.rule.name, found.effect.value) == ("duplicate-task-id", "refused")
    assert found.message == "there is a task 'a' already: this one takes its place, and then tasks need one another: a → b → a"


def test_the_limit_of_project_yml(tmp_path: Path) -> None:
    files = {".neuro/project.yml": "id: demo\ndefaults: {max_parallel: 0}\n", **batch("- {image: a}\n")}
    (found,) = findings(tmp_path, files)
    assert (found.rule.name, found.source.path.rpartition("/")[2]) == ("max-parallel-nonpositive", "project.yml")
    files[FLOW] = files[FLOW].replace("tasks:", "defaults: {max_parallel: 3}\ntasks:")
    assert told(findings(tmp_path / "own", files)) == []


ACTION = {"act.yml": "kind: batch\ntasks:\n- {image: a, strategy: {max_parallel: 1, matrix: {x: [1, 2]}}}\n"}


def test_a_limit_inside_an_action_counts_the_tasks_around_the_call(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, ACTION | batch("- {id: serve, image: a}\n- {action: ws:act, needs: []}\n"))
    assert (found.rule.name, marked(found)) == ("task-max-parallel-is-global", "1")
    assert found.message == "the limit of 1 counts every task that runs, 'serve' too, not only the rows of this matrix"
    assert told(findings(tmp_path / "alone", ACTION | batch("- {id: serve, image: a}\n- {action: ws:act}\n"))) == []


def test_many_tasks_without_a_matrix(tmp_path: Path) -> None:
    tasks = "".join(f"- {{id: t{number}, image: a, needs: []}}\n" for number in range(11))
    (found,) = findings(tmp_path, batch(tasks))
    assert (found.rule.name, marked(found)) == ("max-parallel-default", "tasks")
    assert told(findings(tmp_path / "set", batch(tasks, "defaults: {max_parallel: 20}\n"))) == []


def test_the_rows_of_an_action_are_met_though_its_flow_has_no_matrix(tmp_path: Path) -> None:
    action = {"act.yml": "kind: batch\ntasks:\n- {id: t, image: a, strategy: {matrix: {x: [1, 2]}}}\n"}
    (found,) = findings(tmp_path, action | batch("- action: ws:act\n"))
    assert (found.rule.name, found.source.path.rpartition("/")[2]) == ("matrix-constant-id", "act.yml")
