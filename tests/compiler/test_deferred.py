"""Values that wait for the run: the residual can be computed where it stands."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from flowlang.compiling import HASHED, compile_path
from flowlang.expr.budget import BYTES
from flowlang.linting import lint
from flowlang.runs import Options
from tests.workspaces import compiled, findings, told, write


def tasks(folder: Path, files: dict[str, str]) -> dict[str, Any]:
    found: Any = compiled(folder, files)["flows"]
    return dict(found[".neuro/train.yml"]["tasks"])


FLOW = "kind: batch\ntasks:\n- {id: 'ünï', image: x}\n- {id: call, action: 'ws:act', args: {a: '%s'}}\n"
INNER = {
    "stateful": "kind: stateful\ninputs: {a: {}}\nmain: {image: x, cmd: '%s'}\n",
    "local": "kind: local\ninputs: {a: {}}\ncmd: '%s'\n",
}


def command(folder: Path, arg: str, template: str) -> object:
    """The command that a stateful action runs, called with one argument."""
    act = INNER["stateful"] % template.replace("'", "''")
    flow = FLOW % arg.replace("'", "''")
    task = tasks(folder, {".neuro/train.yml": flow, "act.yml": act})["call"]
    return task["spec"]["cmd"]


@pytest.mark.parametrize(
    ("arg", "template", "expected"),
    [
        ("${{ needs['ünï'].outputs.x }}", "a ${{ inputs.a }}", "a ${{ needs['ünï'].outputs.x }}"),
        ("n-${{ needs['ünï'].outputs.x }}", "${{ inputs.a }}", "n-${{ needs['ünï'].outputs.x }}"),
        ("n-${{ needs['ünï'].outputs.x }}", "${{ lower(inputs.a) }}", "${{ lower('n-' + str(needs['ünï'].outputs.x)) }}"),
        # a result compares with other words once it is a text
        ("${{ needs['ünï'].result }}", "${{ inputs.a == 'succeeded' }}", "${{ str(needs['ünï'].result) == 'succeeded' }}"),
    ],
)
def test_a_stateful_action_among_the_tasks_is_told_in_the_callers_names(tmp_path: Path, arg: str, template: str, expected: str) -> None:
    found: Any = command(tmp_path, arg, template)
    assert found["$deferred"] == expected
    assert found["on"] == ["needs.ünï.result" if "result" in arg else "needs.ünï.outputs.x"]


def test_names_that_no_dot_can_stand_before_are_indexes(tmp_path: Path) -> None:
    act = "kind: batch\ninputs: {'_ü': {}}\ntasks: [{image: x, cmd: \"${{ inputs['_ü'] }}\"}]\n"
    flow = FLOW.replace("{a: '%s'}", "{'_ü': \"${{ needs['ünï'].outputs.x }}\"}")
    inner = tasks(tmp_path, {".neuro/train.yml": flow, "act.yml": act})["call"]["tasks"]
    assert inner["task-1"]["spec"]["cmd"] == {"$deferred": "${{ inputs['_ü'] }}", "on": ["inputs._ü"]}


def test_what_waits_stands_once_in_a_set(tmp_path: Path) -> None:
    flow = "kind: batch\ntasks:\n- {id: one, image: x}\n- {image: x, tags: ['${{ needs.one.outputs.x }}', '$[[ needs.one.outputs.x ]]']}\n"
    tags = tasks(tmp_path, {".neuro/train.yml": flow})["task-2"]["spec"]["tags"]
    assert [tag["$deferred"] for tag in tags if isinstance(tag, dict)] == ["bake_id:${{ bake_id }}", "${{ needs.one.outputs.x }}"]


@pytest.mark.parametrize("kind", ["stateful", "local"])
def test_unknown_inputs_are_told_beside_a_wrong_call(tmp_path: Path, kind: str) -> None:
    # the engine checks the names in these actions before it looks at the call
    files = {".neuro/train.yml": "kind: batch\ntasks: [{action: 'ws:act', args: {b: '1'}}]\n", "act.yml": INNER[kind] % "${{ inputs.a }} ${{ inputs.zz }}"}
    assert [(name, place) for name, place, _ in told(findings(tmp_path, files))] == [
        ("missing-arg", "action"),
        ("unknown-arg", "b"),
        ("unknown-input", "zz"),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="files that take no room on the disk")
def test_the_hash_of_what_is_too_large_is_left_to_the_run(tmp_path: Path) -> None:
    """As the value itself is the point, more is read than for checking."""
    calls = "hash_files('data/*')", "hash_files_relative(volumes.v.full_local_path, '*')", "hash_files('small')"
    env = ", ".join(f'{name}: "${{{{ {call} }}}}"' for name, call in zip("ABC", calls, strict=True))
    volumes = "volumes: {v: {remote: 'storage:x', mount: /x, local: data}}\n"
    root = write(tmp_path, {".neuro/live.yml": f"kind: live\n{volumes}jobs:\n  a: {{image: x, cmd: x, env: {{{env}}}}}\n", "data/large": "", "small": ""})
    assert BYTES < 50 << 20 < HASHED < 20 << 30
    os.truncate(root / "data" / "large", 20 << 30)
    os.truncate(root / "small", 50 << 20)
    result = compile_path(str(root), Options())
    assert result.document is not None
    assert result.complete
    flows: Any = result.document["flows"]
    spec = flows[".neuro/live.yml"]["jobs"]["a"]["env"]
    assert [spec["A"], spec["B"]] == [{"$deferred": f"${{{{ {call} }}}}", "on": []} for call in calls[:2]]
    assert spec["C"] == hashlib.sha256(b"small" + bytes(50 << 20)).hexdigest()
    told = "these files have more than 4 GB in all and are not read: the hash is left to the run"
    assert result.notes == (f"hash_files('*'): {told}", f"hash_files('data/*'): {told}")
    assert lint([str(root)], Options()).notes == ()
