from __future__ import annotations

from pathlib import Path

from flowlang.lsp.features.lenses import lenses
from tests.lsp.features.indexed import indexed

LIVE = """\
kind: live
images: {base: {ref: image:base}}
mixins: {gpu: {preset: gpu-small}}
jobs:
  «plain»: {image: ubuntu}
  «mixed»: {image: '${{ images.base.ref }}', mixins: [gpu]}
  «call»: {action: ws:act}
  «module»: {module: ws:act}
  open: {image: '${{ git.branch }}'}
"""
BATCH = """\
kind: batch
tasks:
  - «id»: prepare
    image: ubuntu
  - «image»: ubuntu
    id: train_${{ matrix.lr }}_${{ matrix.n }}
    strategy: {matrix: {lr: [1, 2, 3], n: [a, b]}}
  - «id»: last
    needs: {train_1_a: running, train_2_b: completed}
    action: ws:steps
"""
STEPS = """\
kind: batch
tasks:
  - {«id»: one, image: ubuntu}
  - {«id»: two, image: ubuntu}
"""


def test_jobs(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {".neuro/live.yml": LIVE, "act.yml": "kind: live\njob: {image: u}\n"})
    found = lenses(index, ".neuro/live.yml")
    assert [(".neuro/live.yml", lens.span) for lens in found] == marked.ranges
    assert [lens.text for lens in found] == ["ubuntu", "image:base on gpu-small", "action ws:act", "module ws:act"]


def test_tasks_and_those_of_actions(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {".neuro/b.yml": BATCH, "steps.yml": STEPS})
    found = [(path, lens) for path in (".neuro/b.yml", "steps.yml") for lens in lenses(index, path)]
    assert [(path, lens.span) for path, lens in found] == marked.ranges
    assert [lens.text for _, lens in found] == [
        "needs nothing",
        "6 rows of a matrix, the first is train_1_a; needs prepare",
        "needs train_1_a (running), train_2_b",
        "needs nothing",
        "needs one",
    ]


def test_a_broken_file_and_none(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {".neuro/live.yml": "kind: live\njobs:\n  «a»: {image: u}\n  b:\n    env: {A: [\n"})
    assert [(".neuro/live.yml", lens.span) for lens in lenses(index, ".neuro/live.yml")] == marked.ranges
    assert lenses(index, "nothing.yml") == []
