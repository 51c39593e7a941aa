"""Intended differences that are narrow: what they are about, and what stands beside them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("apolo_flow", reason="the engine is not installed (extra 'conformance', Python 3.11 or newer)")

from tests.conformance.differences import excused
from tests.conformance.workspace_flows import Workspace
from tests.conformance.workspace_judge import Disagreement, Judge
from tests.conformance.workspace_yaml import Tree

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="the engine needs Python 3.11")


def judged(folder: Path, live: Tree, project: Tree = None) -> tuple[bool, list[Disagreement], Workspace]:
    """Whether the engine refuses a workspace, and where we differ."""
    trees = {".neuro/live.yml": {"kind": "live", **live}} | ({".neuro/project.yml": {"id": "demo", **project}} if project else {})
    workspace = Workspace("demo", ".neuro", trees, seed="1")
    judge = Judge(folder)
    judgement = judge.judge(workspace)
    judge.engine.close()
    return judgement.refused, judgement.disagreements, workspace


def test_misread_mixins_that_the_flow_hides_are_refused_by_us_alone(tmp_path: Path) -> None:
    volumes = {"m": {"remote": "storage:a", "mount": "/a"}}
    refused, differences, workspace = judged(tmp_path, {"mixins": {"m": {}}, "jobs": {}}, {"volumes": volumes, "mixins": volumes})
    assert not refused
    assert [difference.signature.partition(":")[0] for difference in differences] == ["flow left out", "engine accepts, we refuse"]
    assert all(excused(workspace, difference) for difference in differences)


def test_misread_mixins_that_the_flow_does_not_hide_are_refused_by_both(tmp_path: Path) -> None:
    volumes = {"m": {"remote": "storage:a", "mount": "/a"}}
    refused, differences, _ = judged(tmp_path, {"mixins": {"n": {}}, "jobs": {}}, {"volumes": volumes, "mixins": volumes})
    assert refused
    assert not differences


def test_what_an_alias_lacks_is_told_where_it_is_written(tmp_path: Path) -> None:
    defaults: Tree = {"env": {"A": "b"}, "tags": ["x"]}
    refused, differences, _ = judged(tmp_path, {"defaults": defaults, "images": {"train": defaults}, "jobs": {}})
    assert refused
    assert not differences


def test_a_call_without_args_is_told_at_the_call(tmp_path: Path) -> None:
    act: Tree = {"kind": "live", "inputs": {"a": {"default": "x"}}, "job": {"image": "x", "cmd": "${{ inputs.a }}"}}
    live: Tree = {"kind": "live", "jobs": {"b": {"action": "ws:act.yml"}}}
    workspace = Workspace("demo", ".neuro", {".neuro/live.yml": live, "act.yml": act}, seed="1")
    judge = Judge(tmp_path)
    judgement = judge.judge(workspace)
    judge.engine.close()
    (difference,) = judgement.disagreements
    assert difference.signature.startswith("other place")
    assert excused(workspace, difference)
    without = tuple(found._replace(related=()) for found in difference.refused)
    assert not excused(workspace, Disagreement(difference.signature, difference.theirs, difference.ours, difference.refusal, without))


@pytest.mark.parametrize("attribute", ["image", "env"])
def test_names_of_needs_are_misread_only_where_keys_are_read(tmp_path: Path, attribute: str) -> None:
    needs: Tree = {"one": "completed"}
    tasks = [{"id": "one", "image": "x"}, {"image": "x", "needs": needs}, {"image": "x", attribute: needs}]
    workspace = Workspace("demo", ".neuro", {".neuro/train.yml": {"kind": "batch", "tasks": tasks}}, seed="1")
    judge = Judge(tmp_path)
    judgement = judge.judge(workspace)
    judge.engine.close()
    assert judgement.refused == (attribute == "env")
    assert all(excused(workspace, difference) for difference in judgement.disagreements)
