"""`flowlang eval`, `contexts`, `run-args` and `graph` as commands and as processes."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, script
from tests.queries.project import FILES
from tests.workspaces import write

DEMO = ROOT / "fixtures" / "projects" / "demo"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory, with no git around it."""
    folder = write(tmp_path, FILES)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return folder


# --- eval ---------------------------------------------------------------------------------------


def test_eval(flowlang: Run, project: Path) -> None:
    result = flowlang("eval", "lr-${{ params.n }}", "--job", "train")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "value:     'lr-3'\ntype:      str\n", "")
    assert flowlang("eval", "params.lr", "--job", "train", "--param", "lr=0.1").stdout == "value:     '0.1'\ntype:      str\n"
    assert flowlang("eval", "multi.suffix", ".neuro", "--job", "train", "--suffix", "a").stdout == "value:     'a'\ntype:      str\n"
    assert flowlang("eval", "flow.title", ".neuro/train.yml").stdout == "value:     'train'\ntype:      str\n"


def test_eval_shows_mistakes_in_the_template(flowlang: Run, project: Path) -> None:
    result = flowlang("eval", "x-${{ params.lrr }}", "--job", "train")
    assert (result.exit_code, result.stdout) == (1, "")
    first, *rest = result.stderr.splitlines()
    assert first.endswith(" unknown-param]: unknown param 'lrr'; did you mean 'lr'?")
    assert rest[:5] == [" --> <template>:1:14", "  |", "1 | x-${{ params.lrr }}", "  |              ^^^", "  |"]
    assert "found" not in result.stderr


def test_eval_as_json(flowlang: Run, project: Path) -> None:
    result = flowlang("eval", "needs.act.outputs.out", "--task", "last", "--flow", "train", "--json")
    assert json.loads(result.stdout) == {
        "version": 1,
        "place": {"flow": ".neuro/train.yml", "job": None, "task": "last"},
        "template": "needs.act.outputs.out",
        "value": {"$deferred": "${{ needs.act.outputs.out }}", "on": ["needs.act.outputs.out"]},
        "type": "str",
        "known": False,
        "waits": ["needs.act.outputs.out"],
        "uploads": [],
        "problems": [],
    }
    result = flowlang("eval", "nope", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert [(row["path"], row["start"]["column"], row["end"]["column"]) for row in json.loads(result.stdout)["problems"]] == [("<template>", 1, 5)]


def test_eval_of_what_is_wrong_in_the_files(flowlang: Run, project: Path) -> None:
    path = project / ".neuro" / "live.yml"
    path.write_text("kind: live\ndefaults:\n  env: {A: '${{ flow.nope }}'}\njobs:\n  a: {image: x}\n")
    result = flowlang("eval", "env.A", "--job", "a")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--> .neuro/live.yml:3:" in result.stderr
    assert flowlang("eval", "flow.title", "--job", "a").exit_code == 0


@pytest.mark.parametrize("command", [("eval", "x"), ("contexts",)])
@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("--job", "trian"), "there is no job 'trian'", "did you mean 'train'?"),
        (("--flow", "trainn"), "there is no flow 'trainn'", "did you mean 'train'?"),
        (("--task", "actt"), "there is no task 'actt'", "did you mean 'act'?"),
        (("--param", "lrr=1"), "--param: no file declares a param 'lrr'", "did you mean 'lr'?"),
        (("--engine", "x"), "--engine 'x' is no release", "write it as"),
        (("--job", "plain", "--task", "act"), "--job and --task exclude each other", "jobs are in live flows"),
        (("nowhere",), "nowhere does not exist", "give a workspace"),
    ],
)
def test_names_that_are_not_there(flowlang: Run, project: Path, command: tuple[str, ...], arguments: tuple[str, ...], message: str, hint: str) -> None:
    result = flowlang(*command, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {message}\nhint: {hint}")


def test_a_template_that_begins_with_a_dash(flowlang: Run, project: Path) -> None:
    assert flowlang("eval", "--", "- 5").stdout == "value:     -5\ntype:      int\n"


# --- contexts -----------------------------------------------------------------------------------


def test_contexts(flowlang: Run, project: Path) -> None:
    lines = [" ".join(line.split()) for line in flowlang("contexts", "--job", "train", "--username", "me").stdout.splitlines()]
    assert lines[:3] == ["job 'train' of .neuro/live.yml: attributes of the job, or args of its call", "", "Contexts:"]
    assert "flow.username str 'me'" in lines
    assert "params.lr str waits for params.lr" in lines
    assert "volumes.data.ref_ro str 'storage:data:/data:ro'" in lines
    assert "inspect_job(job, [suffix]) object the description of a running job" in lines
    document = json.loads(flowlang("contexts", "--flow", "train", "--json").stdout)
    assert list(document) == ["version", "place", "contexts", "functions"]
    rows = {row["path"]: row for row in document["contexts"]}
    assert rows["params.epochs"] == {"path": "params.epochs", "type": "str", "value": "10"}
    assert rows["git.sha"]["error"]


# --- run-args -----------------------------------------------------------------------------------


def test_run_args(flowlang: Run, project: Path) -> None:
    words = ["apolo", "run", "--description=live.plain", "--name=demo-plain", "--project=research", "--env=A=1"]
    words += ["--tag=flow:live", "--tag=job:plain", "--tag=project:demo", "--detach", "ubuntu", "--", "echo", "a b"]
    result = flowlang("run-args", "plain")
    assert (result.exit_code, result.stdout, result.stderr) == (0, shlex.join(words) + "\n", "")
    assert json.loads(flowlang("run-args", "plain", "--json").stdout) == words


def test_run_args_says_what_is_missing(flowlang: Run, project: Path) -> None:
    result = flowlang("run-args", "train", "--suffix", "1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error: job 'train': 'cmd' waits for params.lr\nhint: params.lr: --param train.lr=VALUE\n"
    assert flowlang("run-args", "train", "--suffix", "1", "--param", "train.lr=2").stdout.endswith(" ubuntu -- echo 2\n")
    result = flowlang("run-args", "train", "--param", "lr=2")
    assert result.stderr.startswith("error: job 'train': '--name' waits for multi.suffix\nhint: multi.suffix: --suffix TEXT\n")
    result = flowlang("run-args", "far")
    assert (result.exit_code, result.stderr.splitlines()[1]) == (1, "hint: give a folder of copies with --actions-dir DIR")


def test_run_args_of_a_wrong_job(flowlang: Run, project: Path) -> None:
    (project / ".neuro" / "live.yml").write_text("kind: live\njobs:\n  a: {image: x, cmd: '${{ env.B }}'}\n  b: {image: x}\n")
    result = flowlang("run-args", "a")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--> .neuro/live.yml:3:" in result.stderr
    assert flowlang("run-args", "b").exit_code == 0
    result = flowlang("run-args", "b", "--suffix", "1")
    assert (result.exit_code, result.stderr) == (2, "error: job 'b' is not 'multi': it takes no --suffix\n")
    assert flowlang("run-args", "c").exit_code == 2


# --- graph --------------------------------------------------------------------------------------


def test_graph(flowlang: Run, project: Path, tmp_path: Path) -> None:
    result = flowlang("graph", "train")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("train (.neuro/train.yml)\n1. one_a\n   one_b\n2. act  (action ws:act); needs one_a, one_b (running)\n")
    assert flowlang("graph", ".neuro/train.yml").stdout == result.stdout
    target = tmp_path / "graph.mmd"
    assert flowlang("graph", "train", "--format", "mermaid", "-o", str(target)).stdout == ""
    assert target.read_text().startswith("flowchart LR\n")
    assert json.loads(flowlang("graph", "train", "--format", "json").stdout)["flow"] == ".neuro/train.yml"


def test_graph_of_a_refused_flow(flowlang: Run, project: Path) -> None:
    result = flowlang("graph", "other")
    assert result.exit_code == 1
    assert "--> .neuro/other.yml:4:" in result.stderr
    assert "1. last" in result.stdout


@pytest.mark.parametrize(
    ("name", "message"),
    [("live", "'live' is a live flow: its jobs do not need one another"), ("trian", "there is no flow 'trian'")],
)
def test_graph_of_what_has_none(flowlang: Run, project: Path, name: str, message: str) -> None:
    result = flowlang("graph", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {message}\n")


def test_graph_without_graphviz(flowlang: Run, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = flowlang("graph", "train", "--format", "svg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: --format svg needs the program 'dot', which is not installed\nhint: install the package 'graphviz'")


# --- as processes -------------------------------------------------------------------------------


def test_processes() -> None:
    done = script("flowlang", "eval", "volumes.data.ref", "--job", "evaluate", "--project-name", "research", cwd=DEMO)
    assert (done.returncode, done.stdout.decode().splitlines(), done.stderr) == (
        0,
        ["value:     'storage:flowers/data:/project/data:rw'", "type:      str"],
        b"",
    )
    done = script("flowlang", "run-args", "tensorboard", cwd=DEMO)
    assert done.returncode == 0
    assert done.stdout.startswith(b"apolo run --description=live.tensorboard --name=flowers-tensorboard --project=research ")
    done = script("flowlang", "contexts", "--task", "train_slow", cwd=DEMO)
    assert done.returncode == 0
    assert b"  matrix.name " in done.stdout
    done = script("flowlang", "graph", "search", "--format", "dot", cwd=DEMO)
    assert done.returncode == 0
    assert b'"train_slow" -> "compare";' in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a program made of shell script")
def test_a_picture_as_a_process(tmp_path: Path) -> None:
    dot = tmp_path / "dot"
    dot.write_text('#!/bin/sh\nread -r line\ncat > /dev/null\nprintf \'%s:%s\\377\\000\' "$1" "$line"\n')
    dot.chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = script("flowlang", "graph", "search", "--format", "png", cwd=DEMO, env=environment)
    assert (done.returncode, done.stdout) == (0, b'-Tpng:digraph "search" {\xff\x00')
    target = tmp_path / "out.pdf"
    done = script("flowlang", "graph", "search", "--format", "pdf", "-o", str(target), cwd=DEMO, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert target.read_bytes() == (b'-Tpdf:digraph "search" {\xff\x00')
