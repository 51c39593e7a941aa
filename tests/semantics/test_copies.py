"""Findings in copies of remote actions."""

from __future__ import annotations

from pathlib import Path

from flowlang.linting import lint
from flowlang.runs import Options
from tests.workspaces import findings, marked, write

CALL = ".neuro/live.yml"
COPY = "actions/o/r@v1/action.yml"
BROKEN = "kind: live\ninputs:\n  n: {default: '1'}\njob:\n  image: x\n  tags:\n  cmd: run ${{ inputs.m }}\n"


def files(copy: str) -> dict[str, str]:
    return {CALL: "kind: live\njobs:\n  a:\n    action: gh:o/r@v1\n    args: {}\n", COPY: copy}


def options(folder: Path) -> Options:
    return Options(actions_dirs=(str(folder / "demo" / "actions"),))


def test_an_error_is_told_in_the_copy_with_the_call_and_without_a_fix(tmp_path: Path) -> None:
    found = findings(tmp_path, files(BROKEN), options(tmp_path))
    assert [(d.rule.name, marked(d)) for d in found] == [("null-value", "tags"), ("unknown-input", "m")]
    assert all(d.source.path.endswith(COPY) and d.fixes == () for d in found)
    assert [d.related[-1].source.slice(d.related[-1].span) for d in found] == ["gh:o/r@v1"] * 2


def test_what_is_no_error_is_not_told(tmp_path: Path) -> None:
    copy = "kind: live\njob:\n  image: x\n  cmd: run ${{ 1 < 2 < 3 }}\n"
    assert findings(tmp_path, files(copy), options(tmp_path)) == []
    assert [d.rule.name for d in findings(tmp_path, {"a.yml": copy, CALL: "kind: live\njobs:\n  a:\n    action: ws:a\n"})] == ["chained-comparison"]


def test_of_single_files_it_is_told_at_the_call(tmp_path: Path) -> None:
    root = write(tmp_path, files(BROKEN))
    found = lint([str(root / CALL)], options(tmp_path)).diagnostics
    assert {(d.source.path.endswith(CALL), marked(d)) for d in found} == {(True, "gh:o/r@v1")}
    assert [d.message for d in found] == [
        "in the action 'gh:o/r@v1': a list is expected for 'tags', but nothing is given",
        "in the action 'gh:o/r@v1': unknown input 'm'",
    ]
    assert [d.related[0].source.slice(d.related[0].span) for d in found] == ["tags", "m"]


def test_a_copy_that_a_copy_calls_leads_to_the_users_own_call(tmp_path: Path) -> None:
    texts = {
        ".neuro/b.yml": "kind: batch\ntasks:\n- action: gh:o/r@v1\n  args: {}\n",
        COPY: "kind: batch\ntasks:\n- action: gh:o/inner@v1\n  args: {}\n",
        "actions/o/inner@v1/action.yml": "kind: batch\ntasks:\n- image: x\n  cmd: ${{ nope }}\n",
    }
    (found,) = findings(tmp_path, texts, options(tmp_path))
    assert (found.rule.name, found.related[-1].source.path.rpartition("demo/")[2]) == ("unknown-context", ".neuro/b.yml")


def test_a_call_without_args_is_told_once_where_the_copy_first_needs_them(tmp_path: Path) -> None:
    copy = "kind: live\ninputs:\n  n: {default: '1'}\njob:\n  image: x\n  cmd: run ${{ inputs.n }}\n  name: j-${{ inputs.n }}\n"
    without = {**files(copy), CALL: "kind: live\njobs:\n  a:\n    action: gh:o/r@v1\n"}
    (found,) = findings(tmp_path, without, options(tmp_path))
    assert (found.rule.name, found.source.position(found.span.start).line) == ("call-without-args", 7), "the engine reads the name before the command"
    assert [label.source.slice(label.span) for label in found.related] == ["action"]
