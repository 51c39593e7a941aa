"""Words about contexts that a place does not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.expr import CONTEXTS
from flowlang.schema import scopes
from flowlang.semantics.elsewhere import words
from tests.workspaces import findings

MODULE = {
    ".neuro/train.yml": """\
        kind: batch
        images: {base: {ref: "image:base:v1"}, own: {ref: "image:other:v1"}}
        tasks:
        - {image: "${{ images.base.ref }}${{ images.own.ref }}"}
        - {module: "ws:m", args: {}}
        """,
    "m.yml": """\
        kind: batch
        images: {own: {ref: "image:own:v1"}}
        tasks:
        - {image: "${{ images.own.ref }}"}
        - {image: "${{ images.base.ref }}"}
        - {image: "${{ images.bas.ref }}"}
        """,
}


def test_they_are_about_contexts_that_the_scope_does_not_see() -> None:
    for scope, seen in scopes().items():
        assert [context for context in CONTEXTS if words(scope, context) is not None and context in seen] == [], scope


def test_they_are_for_every_scope_of_a_job_or_task() -> None:
    assert {scope for scope in scopes() if any(words(scope, context) for context in CONTEXTS)} >= {
        *("live-eager", "live-params", "live-job", "live-multi-job", "live-action-job", "live-module-job"),
        *("batch-eager", "batch-defaults", "batch-strategy", "batch-task", "task-id"),
        *("batch-action-early", "batch-action-image", "batch-action-task", "batch-action-outputs", "batch-module-early"),
        *("stateful-main", "local-action", "post"),
    }


@pytest.mark.parametrize(
    ("files", "help"),
    [
        (
            {".neuro/live.yml": "kind: live\njobs:\n  a: {image: ubuntu, cmd: '${{ multi.suffix }}'}\n"},
            "only jobs with 'multi: true' have it; available here: env, flow, git, images, params, project, tags, volumes",
        ),
        (
            {".neuro/live.yml": "kind: live\njobs:\n  a: {image: ubuntu, cmd: '${{ matrix.x }}'}\n"},
            "only tasks of batch flows have it; available here: env, flow, git, images, params, project, tags, volumes",
        ),
        (
            {
                ".neuro/b.yml": "kind: batch\ntasks:\n- {action: 'ws:s', args: {a: b}}\n",
                "s.yml": "kind: stateful\ninputs: {a: {}}\nmain: {image: u, cmd: '${{ inputs.a }}'}\npost: {image: u, cmd: '${{ inputs.a }}'}\n",
            },
            "a post task sees what its caller sees, not the inputs: print '::save-state name=NAME::VALUE' in 'main', and read 'state.NAME';"
            " available here: env, flow, git, images, matrix, needs, params, project, state, strategy, tags, volumes",
        ),
    ],
)
def test_they_are_told_before_what_is_there(tmp_path: Path, files: dict[str, str], help: str) -> None:
    (found,) = (found for found in findings(tmp_path, files) if found.rule.name == "context-not-available")
    assert found.help == help


def test_a_module_does_not_see_the_images_of_its_caller(tmp_path: Path) -> None:
    found = [(found.message, found.help) for found in findings(tmp_path, MODULE) if found.rule.name == "unknown-image"]
    assert found == [
        (
            "unknown image 'base'",
            "a module sees the images of its own file alone (its own are: own): define it there, or give its 'ref' in 'args'",
        ),
        ("unknown image 'bas'", "images: own"),
    ]
