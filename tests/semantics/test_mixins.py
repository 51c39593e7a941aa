"""Mixins: what they add, in which order, and how the engine's search for cycles goes about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flowlang.semantics.mixins import find_cycle, first_refused
from tests.workspaces import compiled, findings, live, told

FLOW = """\
    kind: live
    mixins:
      base:
        image: ubuntu
        env: {A: base, B: base}
        tags: [base]
        preset: cpu
      gpu:
        mixins: [base]
        env: {B: gpu}
        tags: [gpu]
        preset: gpu
    jobs:
      one:
        mixins: [gpu]
        env: {A: own}
        tags: [own]
      two:
        mixins: [base]
        preset:
"""


def jobs(document: dict[str, object]) -> dict[str, Any]:
    flows = document["flows"]
    assert isinstance(flows, dict)
    found: dict[str, Any] = flows[".neuro/live.yml"]["jobs"]
    return found


def test_scalars_lists_and_mappings_merge_each_in_their_way(tmp_path: Path) -> None:
    one = jobs(compiled(tmp_path, live(FLOW)))["one"]
    assert one["image"] == "ubuntu"
    assert one["preset"] == "gpu"
    assert one["env"] == {"A": "own", "B": "gpu"}
    assert one["tags"] == ["base", "flow:live", "gpu", "job:one", "own", "project:demo"]


def test_an_explicit_null_hides_the_mixins_value(tmp_path: Path) -> None:
    assert jobs(compiled(tmp_path, live(FLOW)))["two"]["preset"] is None


def test_a_mixin_of_the_project_takes_over_only_what_it_could_hold(tmp_path: Path) -> None:
    # asked of the engine: `port_forward` and `detach` are lost on the way through project.yml, `preset` is not
    text = """\
        kind: live
        mixins:
          ports: {image: ubuntu, preset: cpu, port_forward: ["1:2"], detach: true}
        jobs:
          direct: {mixins: [ports]}
          around: {mixins: [shared]}
    """
    files = {**live(text), ".neuro/project.yml": "id: demo\nmixins:\n  shared: {mixins: [ports]}\n"}
    found = jobs(compiled(tmp_path, files))
    kept = {name: (job["preset"], job["port_forward"], job["detach"]) for name, job in found.items()}
    assert kept == {"direct": ("cpu", ["1:2"], True), "around": ("cpu", [], False)}


def lost(tmp_path: Path, flow: str, project: str) -> list[tuple[str, str, str]]:
    files = {**live(flow), ".neuro/project.yml": f"id: demo\nmixins:\n  {project}\n"}
    return [item for item in told(findings(tmp_path, files)) if item[0] == "mixin-lost-field"]


def test_what_is_lost_on_the_way_through_the_project_is_told_once(tmp_path: Path) -> None:
    text = """\
        kind: live
        mixins:
          ports: {mixins: [far], image: ubuntu, port_forward: ["1:2"], browse: false}
          far: {detach: true, preset: cpu, params: {a: "1"}}
        jobs:
          one: {mixins: [shared]}
          two: {mixins: [shared]}
    """
    assert lost(tmp_path, text, "shared: {mixins: [ports]}") == [
        ("mixin-lost-field", "port_forward", "'port_forward' of mixin 'ports' is lost: jobs include it by way of 'shared' in project.yml"),
        ("mixin-lost-field", "detach", "'detach' of mixin 'far' is lost: jobs include it by way of 'shared' in project.yml"),
        ("mixin-lost-field", "params", "'params' of mixin 'far' is lost: jobs include it by way of 'shared' in project.yml"),
    ]


def test_what_arrives_on_another_way_is_not_lost(tmp_path: Path) -> None:
    text = """\
        kind: live
        mixins:
          ports: {image: ubuntu, port_forward: ["1:2"], detach: true}
        jobs:
          one: {mixins: [shared, ports]}
          two: {mixins: [shared], detach: false, port_forward: ["3:4"]}
    """
    assert [place for _, place, _ in lost(tmp_path, text, "shared: {mixins: [ports]}")] == ["port_forward"]
    assert lost(tmp_path, text.replace("two: {mixins: [shared],", "two: {image: x,"), "shared: {mixins: [ports]}") == []
    assert lost(tmp_path, text, "shared: {preset: gpu}") == []


def test_an_unknown_mixin_is_named_at_its_place(tmp_path: Path) -> None:
    found = findings(tmp_path, live(FLOW.replace("mixins: [gpu]", "mixins: [gpuu]")))
    assert told(found)[0] == ("unknown-mixin", "gpuu", "unknown mixin 'gpuu'; did you mean 'gpu'?")
    assert found[0].help == "available: base, gpu"


def test_a_cycle_is_told_with_its_path(tmp_path: Path) -> None:
    found = findings(tmp_path, live(FLOW.replace("image: ubuntu", "image: ubuntu\n        mixins: [gpu]")))
    assert told(found) == [("mixin-cycle", "gpu", "mixins include one another: base → gpu → base")]


def test_an_order_that_the_engine_takes_for_a_cycle(tmp_path: Path) -> None:
    text = """\
        kind: live
        mixins:
          d: {mixins: [b, c]}
          b: {mixins: [a]}
          c: {mixins: [a]}
          a: {image: ubuntu}
        jobs:
          job: {mixins: [d]}
    """
    (found,) = findings(tmp_path, live(text))
    assert found.rule.name == "order-false-cycle"
    assert "mixin 'd'" in found.message


@pytest.mark.parametrize(
    ("graph", "refused", "cycle"),
    [
        ({"a": [], "b": ["a"]}, None, None),
        ({"d": ["b", "c"], "b": ["a"], "c": ["a"], "a": []}, "d", None),
        ({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}, None, None),
        ({"d": ["b", "a"], "b": ["a"], "a": []}, "d", None),
        ({"a": ["b"], "b": ["a"]}, "a", ["a", "b", "a"]),
        ({"a": ["a"]}, "a", ["a", "a"]),
    ],
)
def test_cycles_true_and_false(graph: dict[str, list[str]], refused: str | None, cycle: list[str] | None) -> None:
    assert first_refused(graph) == refused
    assert find_cycle(graph) == cycle
