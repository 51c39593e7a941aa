"""Rows of a matrix share what does not depend on them: each is what it is when it is compiled by itself."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.compiling import Compiled, compile_path
from flowlang.runs import Options
from flowlang.semantics import Environment
from tests.workspaces import write

FACTS = Environment(project_name="p", cluster="c", username="u", git_sha="5a", git_branch="main", bake_id="b", params=())
KEYS = ("k", "size")
# Of one type in one key: a key of mixed types is told of in other words.
COLUMNS = [["a", "b", "c"], [1, 2, 3], [0.5, 2.0], [True, False], ["1", "x y", "it's"], ["", "z"], [{"deep": "in"}, {"deep": 2}], [["l"], []]]
RIGHT = [
    "plain",
    "${{ matrix.k }}",
    "a ${{ matrix.k }} b ${{ params.p }}",
    "${{ params.p }}",
    "${{ env.COMMON }}/${{ flow.title }}",
    "${{ needs.first.outputs.path }}",
    "${{ needs.first.result }} ${{ matrix.k }}",
    "${{ to_json(keys(needs)) }}",
    "${{ 'yes' if success() else 'no' }}",
    "${{ 'one' if matrix.k == 1 else 'other' }}",
    "${{ str(len(keys(matrix))) }}-${{ strategy.max_parallel }}",
    "${{ to_json([x for x in [matrix.k, params.p] if x != params.p]) }}",
    "${{ to_json([matrix for matrix in [params.p]]) }}",
    "${{ matrix['k'] }}",
    "${{ git.sha }}${{ matrix.k }}",
    "${{ volumes.data.ref }}",
    "${{ hash_files('*.txt') }}",
    "$[[ matrix.k ]]",
]
WRONG = [
    "${{ needs.second.outputs.x }}",
    "${{ upper(matrix.k) }}",
    "${{ matrix.k.deep }}",
    "${{ matrix.nothing }}",
    "${{ params.nothing }}",
    "${{ nothing.at.all }}",
    "${{ matrix.k or None }}",
    "${{ inputs.n }}",
    "${{ matrix.k ",
    "${{ upload(volumes.data).ref }}",
]
CONDITIONS = [
    "${{ always() }}",
    "${{ success() }}",
    "${{ matrix.k == 1 }}",
    "${{ failure('first') }}",
    "${{ str(matrix.k) == 'a' }}",
    "true",
    "${{ params.p == 'q' }}",
]
SPANS = ["60", "1d", "${{ 3 * 20 }}", "${{ len(str(matrix.k)) }}", "${{ int(len(params.p)) }}"]
NEEDS = [["first"], {"first": "completed"}, ["first", "${{ 'first' if matrix.k == 1 else 'second' }}"]]
WHOLE_LISTS = ["${{ [volumes.data.ref, str(matrix.k)] }}", "${{ [volumes.data.ref] }}"]
WHOLE_MAPPINGS = ["${{ {'A': str(matrix.k)} }}", "${{ {'A': params.p} }}"]


WORKSPACE = {
    "a.txt": "a",
    "stateful.yml": """
        kind: stateful
        inputs: {n: {}, more: {default: m}}
        main: {image: ubuntu, cmd: "echo ${{ inputs.n }}", env: {N: "${{ inputs.more }}"}}
        post: {image: ubuntu, cmd: "echo ${{ state.id }} ${{ matrix.k }}", env: {R: "${{ matrix.k }}"}}
        """,
    "local.yml": """
        kind: local
        inputs: {n: {}}
        bash: echo ${{ inputs.n }}
        """,
    "batch.yml": """
        kind: batch
        inputs: {n: {}}
        outputs: {o: {value: "${{ needs.inner_1.outputs.o }}"}}
        tasks:
        - {id: "inner_${{ matrix.m }}", image: ubuntu, cmd: "echo ${{ inputs.n }}", env: {M: "${{ matrix.m }}"}, strategy: {matrix: {m: [1, 2]}}}
        """,
}
FLOW = """\
kind: batch
title: Rows
defaults: {env: {COMMON: c}, workdir: /w, tags: [all], volumes: ["storage:base:/base:ro"]}
params: {p: q}
volumes: {data: {remote: "storage:data", mount: /data}}
mixins:
  more: {preset: "p-${{ matrix.k }}", schedule_timeout: 5m, env: {MIXED: "${{ params.p }}", OWN: "${{ matrix.k }}"}}
tasks:
- {id: second, image: ubuntu, cmd: a, needs: []}
- {id: first, image: ubuntu, cmd: a, needs: []}
- """


class Case(NamedTuple):
    """A task, and the rows of its matrix with what they are written as."""

    task: dict[str, Any]
    matrix: dict[str, list[Any]]
    include: list[dict[str, str]]

    @property
    def rows(self) -> list[dict[str, Any]]:
        made = [dict(zip(self.matrix, values, strict=True)) for values in product(*self.matrix.values())]
        return made + self.include

    def flow(self, matrix: dict[str, Any]) -> str:
        # what comes before the matrix stands in the same place whatever is in it
        return FLOW + json.dumps({**self.task, "strategy": {"matrix": matrix}}, ensure_ascii=False) + "\n"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A task of any kind with a matrix of a few rows."""
    pick = lambda values: draw(st.sampled_from(values))  # noqa: E731
    matrix = {key: pick(COLUMNS)[: pick([2, 3, 1])] for key in KEYS[: pick([1, 2])]}
    are_texts = all(isinstance(value, str) for values in matrix.values() for value in values)
    row = st.fixed_dictionaries({key: st.sampled_from(["i", "ii"]) for key in matrix})
    include = draw(st.lists(row, max_size=2, unique_by=repr)) if are_texts else []
    wrong = pick([0, 0, 0, 1])
    text = lambda: pick(RIGHT + WRONG * wrong)  # noqa: E731
    some = lambda find: [find() for _ in range(pick([0, 1, 2, 3]))]  # noqa: E731
    task: dict[str, Any] = {}
    if pick([True, True, False]):
        task |= {"image": text(), pick(["cmd", "bash", "python"]): text()}
        if pick([True, False]) and all(f"t{value}".isidentifier() for values in matrix.values() for value in values):
            # the first row without an id is told alone
            task["id"] = "_".join(["t", *(f"${{{{ matrix.{key} }}}}" for key in matrix)])
        unit: dict[str, Any] = {
            "title": text(),
            "preset": text(),
            "workdir": text(),
            "env": pick([dict(zip("AB", some(text), strict=False)), pick(WHOLE_MAPPINGS)]),
            "volumes": pick([some(text), pick(WHOLE_LISTS)]),
            "tags": pick([some(text), pick(WHOLE_LISTS)]),
            "life_span": pick(SPANS),
            "http_port": pick(["80", "${{ 8000 + len(str(matrix.k)) }}", "${{ 8000 }}"]),
            "mixins": ["more"],
        }
        task |= {name: unit[name] for name in draw(st.lists(st.sampled_from(list(unit)), unique=True))}
    else:
        task |= {"action": pick(["ws:stateful", "ws:local", "ws:batch"]), "args": {"n": text()}}
    if task.get("action") == "ws:local":
        # it can need nothing that runs on the platform
        return Case({**task, "args": {"n": pick(["plain", "${{ matrix.k }}", "${{ params.p }}"])}, "needs": []}, matrix, include)
    more: dict[str, Any] = {"needs": pick(NEEDS), "enable": pick(CONDITIONS), "cache": {"life_span": pick(SPANS)}}
    return Case({**task, **{name: more[name] for name in draw(st.lists(st.sampled_from(list(more)), unique=True))}}, matrix, include)


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """A workspace for the flows of one module."""
    with tempfile.TemporaryDirectory() as name:
        yield write(Path(name), WORKSPACE)


def compiled(root: Path, flow: str) -> Compiled:
    """What becomes of a flow in the workspace."""
    config = root / ".neuro"
    shutil.rmtree(config, ignore_errors=True)
    config.mkdir()
    (config / "train.yml").write_text(flow, encoding="utf-8")
    return compile_path(str(root), Options(environment=FACTS, keep_going=True))


def tasks(made: Compiled) -> dict[str, Any] | None:
    """The tasks of the flow by id, without what tells of the other rows; None where it was left out."""
    assert made.document is not None
    flows: Any = made.document["flows"]
    if ".neuro/train.yml" not in flows:
        return None
    found: dict[str, Any] = flows[".neuro/train.yml"]["tasks"]
    for task in found.values():
        task["matrix"].pop("ORDINAL", None)
        if task["kind"] == "post":
            del task["needs"]
    return found


def told(made: Compiled, flow: str) -> set[tuple[object, ...]]:
    """What is found before the matrix, or in an action."""
    end = flow.index('"strategy"')
    return {
        (found.rule.name, found.source.path, found.span, found.message)
        for found in made.diagnostics
        if not found.source.path.endswith("train.yml") or found.span.end <= end
    }


# Said of what all rows together come to.
OF_ALL = frozenset({"constant-condition", "constant-branch", "matrix-constant-id"})


@settings(max_examples=25, deadline=None)
@given(cases())
def test_each_row_is_what_it_is_by_itself(root: Path, case: Case) -> None:
    flow = case.flow({**case.matrix, **({"include": case.include} if case.include else {})})
    together = compiled(root, flow)
    found = tasks(together)
    alone: dict[str, Any] = {}
    problems: set[tuple[object, ...]] = set()
    left_out = False
    for row in case.rows:
        single = case.flow({key: [value] for key, value in row.items()})
        made = compiled(root, single)
        its = tasks(made)
        left_out = left_out or its is None
        alone.update(its or {})
        problems |= told(made, single)
    assert {each for each in told(together, flow) if each[0] not in OF_ALL} == {each for each in problems if each[0] not in OF_ALL}
    assert (found is None) == left_out
    if found is not None:
        assert found == alone


MIXED = """\
kind: batch
params: {p: q}
mixins:
  more: {volumes: ["storage:${{ params.p }}:/m"], env: {M: "${{ params.p }}", OWN: weak}, enable: "${{ matrix.k != 'b' }}", preset: "p${{ matrix.ORDINAL }}"}
tasks:
- image: ubuntu
  mixins: [more]
  volumes: ["storage:own:/o"]
  env: {OWN: "${{ matrix.k }}", SAME: "${{ env }}"}
  strategy: {matrix: {k: [a, b, c]}}
"""


def test_what_mixins_bring_in_once_more_is_evaluated_once_more(root: Path) -> None:
    found = tasks(compiled(root, MIXED))
    assert found is not None
    specs = {name: task["spec"] for name, task in found.items()}
    own, mixed = "storage:own:/o", "storage:q:/m"
    assert {name: spec["volumes"] for name, spec in specs.items()} == {
        "task-1-a": [own, mixed],
        "task-1-b": [own, mixed, mixed],
        "task-1-c": [own] + [mixed] * 3,
    }
    assert [spec["env"] for spec in specs.values()] == [{"M": "q", "OWN": key, "SAME": "{}"} for key in "abc"]
    assert [spec["preset"] for spec in specs.values()] == ["p0", "p1", "p2"]
    # the condition of a mixin counts from the second row on
    assert [task["enable"] for task in found.values()] == [True, False, True]


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, dict | list):
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from _parts(part)


def test_rows_have_no_part_of_the_document_in_common(root: Path) -> None:
    task = {"image": "ubuntu", "env": {"A": "${{ needs.first.outputs.x }}"}, "volumes": ["${{ needs.first.outputs.x }}", "storage:a:/a"], "needs": ["first"]}
    made = compiled(root, Case(task, {"k": [1, 2, 3]}, []).flow({"k": [1, 2, 3]}))
    assert made.complete
    parts = list(_parts(made.document))
    assert len({id(part) for part in parts}) == len(parts)
