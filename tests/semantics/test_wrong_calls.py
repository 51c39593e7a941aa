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


def test_a_condition_of_a_post_task_sees_what_its_caller_sees(tmp_path: Path) -> None:
    files = {
        ".neuro/train.yml": "kind: batch\nparams: {p: a}\ntasks: [{action: 'ws:act'}]\n",
        "act.yml": "kind: stateful\nmain: {image: x}\npost: {image: x}\npost_if: '${{ params.p == state.x }}'\n",
    }
    assert not refused(tmp_path, files)
