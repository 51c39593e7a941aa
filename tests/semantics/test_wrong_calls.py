"""Actions whose call does not fit: what is wrong inside them is told as well. Every case was asked of the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspaces import findings, told

ACTION = "kind: batch\ninputs: {n: {type: int}}\ntasks:\n- {}\n- {image: x, cmd: '${{ inputs.m }}'}\n"


@pytest.mark.parametrize(
    ("args", "call"),
    [("{n: '1'}", ("typed-arg-literal", "'1'")), ("{n: '${{ 1 }}', m: x}", ("unknown-arg", "m")), ("{}", ("missing-arg", "action"))],
)
def test_the_inside_of_an_action_is_judged_whatever_its_call(tmp_path: Path, args: str, call: tuple[str, str]) -> None:
    flow = f"kind: batch\ntasks: [{{action: 'ws:act', args: {args}}}]\n"
    found = told(findings(tmp_path, {".neuro/train.yml": flow, "act.yml": ACTION}))
    assert [(name, place) for name, place, _ in found] == [call, ("missing-image", ""), ("unknown-input", "m")]


def test_names_of_variables_that_cannot_be_sorted(tmp_path: Path) -> None:
    flow = "kind: batch\ndefaults: {env: {~: a, x: b}}\ntasks: [{image: x}]\n"
    assert told(findings(tmp_path, {".neuro/train.yml": flow}))[0] == ("bad-key", "~", "the name of a variable must be text, 'None' is not")
    assert not findings(tmp_path, {".neuro/train.yml": flow.replace("x: b", "").replace(", }", "}")})


def test_a_key_that_is_no_name_in_an_exclusion(tmp_path: Path) -> None:
    flow = "kind: batch\ntasks: [{image: x, strategy: {matrix: {a: [1], exclude: [{on: on}]}}}]\n"
    assert [name for name, _, _ in told(findings(tmp_path, {".neuro/train.yml": flow}))] == ["bad-id"]
