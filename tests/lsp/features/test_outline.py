from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flowlang.lsp.features.outline import Entry, outline, workspace_symbols
from tests.lsp.features.indexed import indexed

LIVE = """\
kind: live
title: A demo
images:
  base: {ref: image:base}
volumes:
  data: {remote: storage:data, mount: /data}
defaults:
  env: {TOKEN: x}
jobs:
  train:
    params: {lr: 0.1}
    image: ${{ images.base.ref }}
  tell: {action: ws:act}
"""
BATCH = """\
kind: batch
tasks:
  - id: one
    image: ubuntu
    strategy: {matrix: {x: [1], y: [2]}}
    cmd: echo ::set-output name=size::5
  - image: ubuntu
"""


def tree(entries: Iterable[Entry], depth: int = 0) -> list[str]:
    made = []
    for entry in entries:
        made += [f"{'  ' * depth}{entry.kind} {entry.name}{f' ({entry.detail})' if entry.detail else ''}", *tree(entry.children, depth + 1)]
    return made


def test_a_live_flow(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {".neuro/live.yml": LIVE, "act.yml": "kind: live\njob: {image: u}\n"})
    assert tree(outline(index, ".neuro/live.yml")) == [
        "fact kind (live)",
        "fact title (A demo)",
        "section images",
        "  image base (image:base)",
        "section volumes",
        "  volume data (storage:data)",
        "section defaults",
        "  env TOKEN (x)",
        "section jobs",
        "  job train (${{ images.base.ref }})",
        "    param lr (0.1)",
        "  job tell (ws:act)",
    ]


def test_a_batch_flow(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {".neuro/b.yml": BATCH})
    assert tree(outline(index, ".neuro/b.yml")) == [
        "fact kind (batch)",
        "section tasks",
        "  task one (ubuntu)",
        "    matrix x",
        "    matrix y",
        "    output size",
        "  task task-2 (ubuntu)",
    ]


def test_an_action(tmp_path: Path) -> None:
    action = "kind: stateful\nname: Act\ninputs: {n: {type: int}}\noutputs: {o: {descr: what}}\nmain: {image: u}\n"
    index, _ = indexed(tmp_path, {".neuro/b.yml": "kind: batch\ntasks: [{action: 'ws:act', args: {n: 1}}]\n", "act.yml": action})
    assert tree(outline(index, "act.yml")) == [
        "fact kind (stateful)",
        "fact name (Act)",
        "section inputs",
        "  input n (int)",
        "section outputs",
        "  output o",
        "section main",
    ]


def test_spans_hold_their_names_and_children(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {".neuro/live.yml": LIVE, ".neuro/b.yml": BATCH, "act.yml": "kind: live\njob: {image: u}\n"})

    def check(entries: Iterable[Entry]) -> None:
        for entry in entries:
            assert entry.span.covers(entry.name_span)
            assert all(entry.span.covers(child.span) for child in entry.children)
            check(entry.children)

    for path in (".neuro/live.yml", ".neuro/b.yml"):
        check(outline(index, path))
    jobs = outline(index, ".neuro/live.yml")[-1]
    text = marked.files[".neuro/live.yml"]
    assert [text[entry.name_span.start : entry.name_span.end] for entry in (jobs, *jobs.children)] == ["jobs", "train", "tell"]
    assert text[jobs.children[1].span.start : jobs.children[1].span.end] == "tell: {action: ws:act}"


def test_what_an_alias_repeats_stands_where_it_is_written(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {".neuro/live.yml": "kind: live\njobs:\n  a: &a {image: u, params: {n: 1}}\n  b: *a\n"})
    assert tree(outline(index, ".neuro/live.yml"))[1:] == ["section jobs", "  job a (u)", "    param n (1)", "  job b (u)"]


def test_a_broken_file_and_none(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {".neuro/live.yml": "kind: live\njobs:\n  a: {image: u}\n  b:\n    image: u\n    env: {A: [\n"})
    assert tree(outline(index, ".neuro/live.yml"))[1:3] == ["section jobs", "  job a (u)"]
    assert outline(index, "nothing.yml") == []


def test_names_of_the_whole_project(tmp_path: Path) -> None:
    files = {
        ".neuro/live.yml": LIVE,
        ".neuro/b.yml": BATCH,
        ".neuro/project.yml": "id: demo\nmixins: {tiny: {preset: small}}\n",
        "act.yml": "kind: live\njob: {}\n",
    }
    index, _ = indexed(tmp_path, files)

    def found(query: str) -> list[tuple[str, str, str, str | None]]:
        return [(each.kind, each.name, each.source.path, each.owner) for each in workspace_symbols(index, query)]

    assert found("tR") == [("job", "train", ".neuro/live.yml", None)]
    assert found("lr") == [("param", "lr", ".neuro/live.yml", "train")]
    assert found("tny") == [("mixin", "tiny", ".neuro/project.yml", None)]
    assert found("nowhere") == []
    assert {"train", "one", "tiny", "base", "act"} <= {name for _, name, _, _ in found("")}
