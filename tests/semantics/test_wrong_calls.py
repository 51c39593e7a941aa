"""Calls of actions: what is wrong inside is told whatever the call. Every case was asked of the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Effect
from tests.workspaces import findings, told


def refused(folder: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """What the engine refuses: name, text under the carets and message of each."""
    return told([found for found in findings(folder, files) if found.effect is Effect.REFUSED])


ACTION = "kind: batch\ninputs: {n: {type: int}}\ntasks:\n- {}\n- {image: x, cmd: '${{ inputs.m }}'}\n"


@pytest.mark.parametrize(
    ("args", "call"),
    [("{n: '1'}", ("typed-arg-literal", "'1'")), ("{n: '${{ 1 }}', m: x}", ("unknown-arg", "m")), ("{}", ("missing-arg", "action"))],
)
def test_the_inside_of_an_action_is_judged_whatever_its_call(tmp_path: Path, args: str, call: tuple[str, str]) -> None:
    flow = f"kind: batch\ntasks: [{{action: 'ws:act', args: {args}}}]\n"
    found = refused(tmp_path, {".neuro/train.yml": flow, "act.yml": ACTION})
    assert [(name, place) for name, place, _ in found] == [call, ("missing-image", ""), ("unknown-input", "m")]


def test_names_of_variables_that_cannot_be_sorted(tmp_path: Path) -> None:
    flow = "kind: batch\ndefaults: {env: {~: a, x: b}}\ntasks: [{image: x}]\n"
    assert refused(tmp_path, {".neuro/train.yml": flow})[0] == ("bad-key", "~", "the name of a variable must be text, 'None' is not")
    assert not refused(tmp_path, {".neuro/train.yml": flow.replace("x: b", "").replace(", }", "}")})


def test_a_key_that_is_no_name_in_an_exclusion(tmp_path: Path) -> None:
    flow = "kind: batch\ntasks: [{image: x, strategy: {matrix: {a: [1], exclude: [{on: on}]}}}]\n"
    assert [name for name, _, _ in refused(tmp_path, {".neuro/train.yml": flow})] == ["bad-id"]


@pytest.mark.parametrize("call", ["action", "module"])
def test_names_in_the_cache_of_an_action_are_checked_although_they_are_never_evaluated(tmp_path: Path, call: str) -> None:
    act = "kind: batch\ncache: {life_span: '${{ 7 if True else len(tags) }}'}\ntasks: [{image: x}]\n"
    files = {".neuro/train.yml": f"kind: batch\ntasks: [{{{call}: 'ws:act', args: {{}}}}]\n", "act.yml": act}
    assert [(name, place) for name, place, _ in refused(tmp_path, files)] == [("context-not-available", "tags")]
    assert not refused(tmp_path, {**files, "act.yml": act.replace("tags", "flow.title")})


def test_a_condition_of_a_post_task_sees_what_its_caller_sees(tmp_path: Path) -> None:
    files = {
        ".neuro/train.yml": "kind: batch\nparams: {p: a}\ntasks: [{action: 'ws:act'}]\n",
        "act.yml": "kind: stateful\nmain: {image: x}\npost: {image: x}\npost_if: '${{ params.p == state.x }}'\n",
    }
    assert not refused(tmp_path, files)


def test_args_that_are_an_alias_are_wrong_in_the_call(tmp_path: Path) -> None:
    files = {
        ".neuro/live.yml": "kind: live\nvolumes: {a: &a {remote: 'storage:a', mount: /a}}\njobs:\n  j:\n    action: ws:act\n    args: *a\n",
        "act.yml": "kind: live\ninputs: {remotes: {default: x}}\njob: {image: x}\n",
    }
    found = [found for found in findings(tmp_path, files) if found.effect is Effect.REFUSED]
    assert [(name, place) for name, place, _ in told(found)] == [("unknown-arg", "args"), ("unknown-arg", "args")]
    assert not any(diagnostic.fixes for diagnostic in found)  # it would change the volume


@pytest.mark.parametrize(
    ("attribute", "type", "wrong"), [("id", "float", True), ("http_url", "int", True), ("id", "str", False), ("life_span", "float", False)]
)
def test_what_is_known_of_a_running_job_is_its_type(tmp_path: Path, attribute: str, type: str, wrong: bool) -> None:
    call = f"j: {{action: 'ws:act', args: {{n: \"${{{{ inspect_job('a').{attribute} }}}}\"}}}}"
    files = {
        ".neuro/live.yml": f"kind: live\njobs:\n  a: {{image: x}}\n  {call}\n",
        "act.yml": f"kind: live\ninputs: {{n: {{type: {type}}}}}\njob: {{image: x}}\n",
    }
    assert [name for name, _, _ in refused(tmp_path, files)] == ["typed-arg-literal"] * wrong


def test_what_a_flow_has_is_looked_for_in_its_own_tasks_only_where_it_is_read(tmp_path: Path) -> None:
    # the engine's check does not know the type of this `flow`; it does that of an action's
    task = "{image: x, preset: \"${{ 'a' if True else flow.nope }}\"}"
    assert not refused(tmp_path, {".neuro/train.yml": f"kind: batch\ntasks: [{task}]\n"})
    files = {".neuro/train.yml": "kind: batch\ntasks: [{module: 'ws:act'}]\n", "act.yml": f"kind: batch\ntasks: [{task}]\n"}
    assert [(name, place) for name, place, _ in refused(tmp_path, files)] == [("undefined-reference", "nope")]
