"""What the paths of a command line mean: workspaces, single files, files outside, action files that nothing reaches."""

from __future__ import annotations

from pathlib import Path

from flowlang.linting import lint
from flowlang.runs import Options
from tests.workspaces import live, marked, write

FLOW = "kind: live\njobs: {}\n"
ACTION = "kind: live\ninputs:\n  rate: {default: 5}\njob:\n  image: ubuntu\n  cmd: train ${{ inputs.rate }}\n"


def names(*paths: Path) -> list[tuple[str, str, str]]:
    report = lint([str(path) for path in paths], Options())
    return [(d.source.path.rpartition("/")[2], d.rule.name, marked(d)) for d in report.diagnostics]


def test_the_action_at_the_root_of_a_repository_is_linted_with_it(tmp_path: Path) -> None:
    root = write(tmp_path, live(FLOW) | {"action.yml": ACTION})
    assert names(root) == [("action.yml", "input-default-type", "5")]


def test_an_action_that_nothing_calls_is_judged_when_it_is_named(tmp_path: Path) -> None:
    root = write(tmp_path, live(FLOW) | {"actions/train.yml": ACTION})
    assert names(root) == []
    assert names(root / "actions" / "train.yml") == [("train.yml", "input-default-type", "5")]


def test_an_action_outside_any_workspace_is_judged(tmp_path: Path) -> None:
    path = tmp_path / "action.yml"
    path.write_text(ACTION, encoding="utf-8")
    assert names(path) == [("action.yml", "input-default-type", "5")]


def test_a_flow_outside_any_workspace_is_one_info(tmp_path: Path) -> None:
    path = tmp_path / "train.yml"
    path.write_text("kind: batch\ntasks:\n- image: ${{ nope }}\n", encoding="utf-8")
    assert names(path) == [("train.yml", "not-a-flow", "kind")]


def test_single_files_are_resolved_against_their_workspace_and_reported_alone(tmp_path: Path) -> None:
    flow = "kind: live\njobs:\n  a: {image: '${{ images.nope.ref }}'}\n"
    root = write(tmp_path, live(flow) | {".neuro/project.yml": "id: demo\nimages:\n  known: {ref: ubuntu}\nidd: x\n"})
    assert names(root / ".neuro" / "live.yml") == [("live.yml", "unknown-image", "nope")]
