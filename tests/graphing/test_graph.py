from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from flowlang.graphing import TaskGraph, TaskNode, task_graph
from flowlang.graphing.formats import DRAWN, TEXTS, NoGraphviz, draw_graph, write_graph
from flowlang.graphing.model import Call, Edge, Group
from flowlang.queries import batch_flow, open_project
from flowlang.runs import Options
from tests.corpus.places import CORPUS, workspaces
from tests.workspaces import write

FILES = {
    ".neuro/train.yml": """\
        kind: batch
        title: Say "hi" & \\N <b>
        tasks:
          - id: one_${{ matrix.x }}
            strategy: {matrix: {x: [a, b]}}
            image: ubuntu
          - id: act
            needs: {one_a: completed, one_b: running}
            action: ws:act
            args: {n: "1"}
          - id: last
            needs: [act]
            enable: ${{ needs.act.outputs.out == 'yes' and success() }}
            image: ubuntu
          - {id: never, enable: "${{ False }}", image: ubuntu}
          - {id: far, action: "gh:a/b@v1"}
          - {id: state, action: ws:state}
        """,
    "act.yml": """\
        kind: batch
        inputs: {n: {descr: a number}}
        outputs: {out: {value: "${{ needs.inner.outputs.x }}"}}
        tasks:
          - {id: inner, image: ubuntu, cmd: "echo ${{ inputs.n }}"}
          - {id: deep, needs: [inner], module: ws:deep, args: {}}
        """,
    "deep.yml": "kind: batch\ntasks:\n  - {image: ubuntu}\n",
    "state.yml": "kind: stateful\nmain: {image: ubuntu}\npost: {image: ubuntu}\n",
}


def graph(folder: Path, files: dict[str, str] = FILES) -> TaskGraph:
    return task_graph(batch_flow(open_project(str(write(folder, files)), Options()), None))


def test_outline(tmp_path: Path) -> None:
    assert write_graph(graph(tmp_path), "text").splitlines() == [
        'Say "hi" & \\N <b> (.neuro/train.yml)',
        "1. one_a",
        "   one_b",
        "2. act  (action ws:act); needs one_a, one_b (running)",
        "   1. inner",
        "   2. deep  (module ws:deep); needs inner",
        "      1. task-1",
        "3. last  if needs.act.outputs.out == 'yes' and success(); needs act",
        "4. never  never; needs last",
        "5. far  (action gh:a/b@v1); not at hand; needs never",
        "6. state  (stateful ws:state); needs far",
        "7. post-state  (post); needs state",
    ]


def test_dot(tmp_path: Path) -> None:
    assert write_graph(graph(tmp_path), "dot").splitlines() == [
        'digraph "train" {',
        '  graph [compound=true, rankdir=LR, fontname="sans-serif", labelloc=t, label="Say \\"hi\\" &amp; \\\\N <b>"];',
        '  node [shape=box, fontname="sans-serif"];',
        '  edge [fontname="sans-serif"];',
        '  "one_a" [shape=box, label="one_a", style="rounded"];',
        '  "one_b" [shape=box, label="one_b", style="rounded"];',
        '  subgraph "cluster_act" {',
        '    label="act\\n(action ws:act)";',
        '    style="rounded";',
        '    "act.inner" [shape=box, label="inner", style="rounded"];',
        '    subgraph "cluster_act.deep" {',
        '      label="deep\\n(module ws:deep)";',
        '      style="rounded";',
        '      "act.deep.task-1" [shape=box, label="task-1", style="rounded"];',
        "    }",
        '    "act.inner" -> "act.deep.task-1" [lhead="cluster_act.deep"];',
        "  }",
        '  "last" [shape=box, label="last\\nif needs.act.outputs.out == \'yes\' and success()", style="rounded,dashed"];',
        '  "never" [shape=box, label="never\\nnever", style="rounded,dashed", color=gray, fontcolor=gray];',
        '  "far" [shape=component, label="far\\n(action gh:a/b@v1)\\nnot at hand"];',
        '  "state" [shape=box3d, label="state\\n(stateful ws:state)"];',
        '  "post-state" [shape=cds, label="post-state\\n(post)"];',
        '  "one_a" -> "act.inner" [lhead="cluster_act"];',
        '  "one_b" -> "act.inner" [lhead="cluster_act", style=dashed, label="running"];',
        '  "act.deep.task-1" -> "last" [ltail="cluster_act"];',
        '  "last" -> "never";',
        '  "never" -> "far";',
        '  "far" -> "state";',
        '  "state" -> "post-state";',
        "}",
    ]


def test_mermaid(tmp_path: Path) -> None:
    assert write_graph(graph(tmp_path), "mermaid").splitlines() == [
        "flowchart LR",
        '  t1("one_a")',
        '  t2("one_b")',
        '  subgraph t3["act<br/>(action ws:act)"]',
        '    t4("inner")',
        '    subgraph t5["deep<br/>(module ws:deep)"]',
        '      t6("task-1")',
        "    end",
        "    t4 --> t5",
        "  end",
        "  t7(\"last<br/>if needs.act.outputs.out == 'yes' and success()\")",
        '  t8("never<br/>never")',
        '  t9[["far<br/>(action gh:a/b#64;v1)<br/>not at hand"]]',
        '  t10[("state<br/>(stateful ws:state)")]',
        '  t11>"post-state<br/>(post)"]',
        "  t1 --> t3",
        "  t2 -. running .-> t3",
        "  t3 --> t7",
        "  t7 --> t8",
        "  t8 --> t9",
        "  t9 --> t10",
        "  t10 --> t11",
        "  classDef conditional stroke-dasharray: 5 5",
        "  class t7,t8 conditional",
    ]


def test_json(tmp_path: Path) -> None:
    document = json.loads(write_graph(graph(tmp_path), "json"))
    assert (document["version"], document["flow"], document["complete"], document["waits"]) == (1, ".neuro/train.yml", True, [])
    tasks = {task["id"]: task for task in document["tasks"]}
    assert list(tasks) == ["one_a", "one_b", "act", "last", "never", "far", "state", "post-state"]
    assert tasks["one_b"] == {"id": "one_b", "kind": "task", "enable": None, "waits": [], "matrix": {"x": "b"}}
    assert tasks["last"]["waits"] == ["needs.act.outputs.out", "needs.act.result"]
    assert (tasks["far"]["calls"], tasks["far"]["unresolved"]) == ("gh:a/b@v1", True)
    assert tasks["act"]["inside"]["waves"] == [["act.inner"], ["act.deep"]]
    assert {"task": "act", "need": "one_b", "level": "running"} in document["needs"]


def test_a_matrix_that_is_not_known(tmp_path: Path) -> None:
    found = graph(tmp_path, {".neuro/a.yml": "kind: batch\nparams: {p: ~}\ntasks:\n  - image: ubuntu\n    strategy: {matrix: {x: ['${{ params.p }}']}}\n"})
    for form in ("text", "dot", "mermaid"):
        assert "some tasks are left out: they wait for params.p" in write_graph(found, form)


NASTY = ['"', "\\", '\\"', "a\nb", "&amp;", "<b>", "#", ";", "]", "`x`", "%%", "end", "\x1b[0m", "ü→", "a\\", "{|}", "--", "$(rm)"]


def nasty() -> TaskGraph:
    """A graph of names that mean something in one of the languages."""
    nodes = tuple(TaskNode(name, name, "task", name, (), (), None) for name in NASTY)
    inner = Group(tuple(TaskNode(name, f"c.{name}", "task", None, (), (), None) for name in NASTY), (), (), True, ())
    call = TaskNode("c", "c", "action", None, (), (), Call('ws:"', inner))
    edges = tuple(Edge(first, second, "completed") for first, second in itertools.pairwise(NASTY))
    return TaskGraph('"\\', "x", '"\\', Group((*nodes, call), (*edges, Edge(NASTY[0], "c", "running")), (), False, ('"',)))


@pytest.mark.parametrize("form", TEXTS)
def test_names_are_written_safely(form: str) -> None:
    text = write_graph(nasty(), form)
    assert all(char.isprintable() for line in text.split("\n") for char in line)
    if form == "mermaid":
        for line in text.splitlines():
            assert line.count('"') in (0, 2), line
            inside = line.partition('"')[2].rpartition('"')[0].replace("<br/>", "")
            assert not re.search(r'[`"<>;](?<!\d;)|#(?!\d+;)', inside), line
    if form == "dot":
        for line in text.splitlines():
            bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
            assert not re.search(r'["\\]', bare.partition("//")[0]), line


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = graph(tmp_path / "a"), graph(tmp_path / "b")
    assert all(write_graph(first, form) == write_graph(second, form) for form in TEXTS)


@pytest.mark.parametrize(("name", "config"), workspaces())
def test_real_projects(name: str, config: str) -> None:
    opened = open_project(str(CORPUS / name), Options(actions_dirs=(str(CORPUS / "_actions"),)))
    for flow in opened.flows:
        if type(flow).__name__ == "BatchFlow":
            found = task_graph(batch_flow(opened, flow.file.stem))
            assert found.tasks.nodes
            assert all(write_graph(found, form) for form in TEXTS)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(tmp_path: Path) -> None:
    starts = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}
    for found in (graph(tmp_path), nasty()):
        for form in DRAWN:
            assert draw_graph(found, form).startswith(starts[form])
    done = subprocess.run(["dot", "-Tplain"], input=write_graph(nasty(), "dot").encode(), capture_output=True, check=True)
    assert done.stderr == b""
    plain = done.stdout.decode()
    assert len(re.findall(r"^node ", plain, re.M)) == 2 * len(NASTY)
    assert len(re.findall(r"^edge ", plain, re.M)) == len(NASTY)


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_graphviz_that_fails_or_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = nasty()
    with pytest.raises(NoGraphviz, match="not installed") as caught:
        draw_graph(found, "svg")
    assert "graphviz" in caught.value.hint
    dot = tmp_path / "dot"
    for body, message in (("echo 'syntax error' >&2; exit 1", "'dot' failed: syntax error"), ("exit 0", "'dot' failed")):
        dot.write_text(f"#!/bin/sh\n{body}\n")
        dot.chmod(0o755)
        with pytest.raises(NoGraphviz, match=f"^{message}$"):
            draw_graph(found, "svg")
    dot.write_text("#!/nowhere/sh\n")
    with pytest.raises(NoGraphviz, match="could not be run"):
        draw_graph(found, "svg")
