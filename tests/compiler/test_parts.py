"""Which flows a mistake in project.yml keeps from being compiled. Every case was asked of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import compiled

LIVE = "kind: live\njobs:\n  one: {image: x, mixins: [m]}\n  two: {image: x}\n"
BATCH = "kind: batch\ntasks: [{image: x}]\n"


def flows(folder: Path, project: str) -> dict[str, Any]:
    files = {".neuro/project.yml": f"id: demo\nmixins: {{m: {{preset: cpu}}}}\n{project}\n", ".neuro/live.yml": LIVE, ".neuro/train.yml": BATCH}
    found: Any = compiled(folder, files, keep_going=True)["flows"]
    return dict(found)


@pytest.mark.parametrize(
    ("project", "left"),
    [
        ("defaults: {preset: '${{ nope }}'}", []),  # met in every flow
        ("defaults: {preset: [}", []),
        ("images: {a: {ref: x, nope: 1}}", []),
        ("defaults: {fail_fast: '${{ nope }}'}", [".neuro/live.yml"]),  # live flows have no such default
        ("defaults: {preset: '${{ params.a }}'}", []),
        ("volumes: {a: {remote: 'storage:a', mount: /a, local: a}}", [".neuro/live.yml"]),
        ("images: {a: {ref: 'image:a', context: ., dockerfile: D}, b: {ref: 'image:a'}}", [".neuro/live.yml"]),
        ("images: {a: {ref: 'image:${{ git.sha }}'}}", [".neuro/live.yml"]),
        ("images: {a: {ref: 'image:${{ params.a }}'}}", []),
    ],
)
def test_only_the_flows_that_meet_a_mistake_are_left_out(tmp_path: Path, project: str, left: list[str]) -> None:
    assert list(flows(tmp_path, project)) == left


def test_a_mixin_of_the_project_concerns_the_jobs_that_use_it(tmp_path: Path) -> None:
    files = {".neuro/project.yml": "id: demo\nmixins: {m: {preset: '${{ nope }}'}}\n", ".neuro/live.yml": LIVE, ".neuro/train.yml": BATCH}
    found: Any = compiled(tmp_path, files, keep_going=True)["flows"]
    assert list(found) == [".neuro/live.yml", ".neuro/train.yml"]
    assert [name for name, job in found[".neuro/live.yml"]["jobs"].items() if "error" in job] == ["one"]


def test_an_unknown_mixin_in_an_unused_one_concerns_the_flow(tmp_path: Path) -> None:
    flow = "kind: live\nmixins: {m: {}, unused: {mixins: [nope]}}\njobs: {a: {image: x, mixins: [m]}}\n"
    assert compiled(tmp_path, {".neuro/live.yml": flow}, keep_going=True)["flows"] == {}


def test_what_an_unused_mixin_repeats_by_an_alias_is_wrong_where_it_is_written(tmp_path: Path) -> None:
    volume = "volumes:\n  a:\n    remote: storage:a\n    mount: /a\n    local: &a {python: x}\n"
    flow = f"kind: live\n{volume}mixins:\n  m: *a\njobs:\n  j: {{image: x}}\n"
    assert compiled(tmp_path, {".neuro/live.yml": flow}, keep_going=True)["flows"] == {}


def test_what_an_alias_in_a_job_repeats_of_another_is_wrong_in_both(tmp_path: Path) -> None:
    flow = "kind: live\njobs:\n  a: &a {image: x, nope: 1}\n  b: {image: x, port_forward: *a}\n  c: {image: x}\n"
    found: Any = compiled(tmp_path, {".neuro/live.yml": flow}, keep_going=True)["flows"]
    assert [name for name, job in found[".neuro/live.yml"]["jobs"].items() if "error" in job] == ["a", "b"]


def test_what_an_alias_in_a_job_repeats_of_the_flow_is_wrong_in_the_flow(tmp_path: Path) -> None:
    volume = "volumes:\n  a:\n    remote: storage:a\n    mount: /a\n    local: &a {preset: x}\n"
    assert compiled(tmp_path, {".neuro/live.yml": f"kind: live\n{volume}jobs:\n  j: *a\n"}, keep_going=True)["flows"] == {}


def test_what_an_alias_in_the_flow_repeats_of_a_job_is_wrong_in_the_flow(tmp_path: Path) -> None:
    flow = "kind: live\njobs:\n  a: &a {image: x}\n  b: {image: x}\ndefaults: {env: {x: *a}}\n"
    assert compiled(tmp_path, {".neuro/live.yml": flow}, keep_going=True)["flows"] == {}


def test_an_address_in_a_param_is_text_in_what_reads_it(tmp_path: Path) -> None:
    job = "{image: u, params: {p: \"${{ inspect_job('b').http_url }}\"}, cmd: \"a ${{ replace(params.p, 'a', 'b') }}\"}"
    found: Any = compiled(tmp_path, {".neuro/live.yml": f"kind: live\njobs:\n  a: {job}\n  b: {{image: u}}\n"}, keep_going=True)["flows"]
    made = found[".neuro/live.yml"]["jobs"]["a"]
    assert made["cmd"]["$deferred"] == "a ${{ replace(str(inspect_job('b').http_url), 'a', 'b') }}"


def test_a_mistake_behind_the_jobs_is_none_of_the_last_job(tmp_path: Path) -> None:
    """What stands behind a section belongs to none of its entries."""
    text = "kind: live\njobs:\n  a: {image: x, cmd: x}\nvolumes:\n  v: {remote: 'storage:x'}\n"
    assert compiled(tmp_path / "wrong", {".neuro/live.yml": text}, keep_going=True)["flows"] == {}
    assert set(compiled(tmp_path / "right", {".neuro/live.yml": text.replace("'}", "', mount: /x}")})["flows"]) == {".neuro/live.yml"}
