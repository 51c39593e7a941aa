"""`apolo run` command lines: by hand, and against those that the engine builds."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flowlang.compiler.run_args import CommandLine, run_args
from flowlang.queries import Refused, open_project
from flowlang.queries.opening import check_job
from flowlang.runs import Options
from flowlang.semantics import Environment, LiveFlow
from flowlang.semantics.job_names import job_name
from tests.corpus.places import CORPUS, ROOT, workspaces
from tests.workspaces import live, write

ENVIRONMENT = Environment(
    project_name="test-project",
    cluster="default",
    username="test-user",
    git_sha="0123456789abcdef0123456789abcdef01234567",
    git_branch="main",
    git_tags=("v1", "v2"),
    bake_id="bake-id",
    suffix="suffix",
)
ACTIONS = CORPUS / "_actions"

EVERYTHING = """\
    kind: live
    defaults:
      tags: [from-defaults]
      env: {A: a b, B: "${{ flow.flow_id }}"}
      volumes: ["storage:d:/d:ro"]
      workdir: /w
    volumes:
      data: {remote: "storage:data", mount: /data, local: data}
    jobs:
      plain:
        image: ubuntu
      none:
        image: ubuntu
        title: ''
        entrypoint: ''
        workdir: ''
        preset: ''
        cmd: ''
        http_auth: false
        pass_config: false
        http_port: 0
        life_span: 0
        schedule_timeout: 0
      all:
        image: image:x:v1
        name: my-job
        title: A "title" $x
        preset: big
        schedule_timeout: 1h30.5
        http_port: 8080
        http_auth: true
        entrypoint: sh -c
        workdir: /x//y/
        env: {B: "", C: "it's"}
        volumes: ["${{ upload(volumes.data).ref_rw }}", "secret:k:/k"]
        tags: [z, a, z]
        life_span: 1d2h3m4s
        browse: true
        detach: true
        port_forward: ["2222:22", "80:8080"]
        pass_config: true
        restart: on-failure
        cmd: "python -c 'print(1)' \\"a b\\" # no comment"
      bash_:
        image: ubuntu
        bash: |
          echo 'quoted' "$HOME"
          for i in 1 2; do echo $i; done
      python__x:
        image: ubuntu
        python: print("it's")
      multi__job:
        multi: true
        image: ubuntu
        params: {lr: ~, n: "3"}
        cmd: "train ${{ params.lr }} ${{ params.n }} ${{ multi.suffix }}"
      a_very_long_name_of_a_job_that_leaves_no_room_at_all:
        image: ubuntu
        cmd: echo
      a_name_of_a_job_that_leaves_a_little:
        image: ubuntu
        cmd: echo
      called:
        action: ws:act
        args: {n: "5"}
      made:
        module: ws:mod
        args: {}
      waits:
        image: ubuntu
        cmd: "echo ${{ inspect_job('all').id }}"
      unbalanced:
        image: ubuntu
        cmd: "echo 'open"
"""
# an hour and a half is written in seconds: the language has no fractions in time spans
EVERYTHING = EVERYTHING.replace("1h30.5", "5430.5")
FILES = {
    **live(EVERYTHING),
    "act.yml": """\
        kind: live
        inputs: {n: {descr: a number}}
        job: {image: "image:act", http_port: 80, env: {N: "${{ inputs.n }}"}, cmd: "run ${{ inputs.n }}"}
        """,
    "mod.yml": "kind: live\njob:\n  image: image:mod\n  multi: true\n  cmd: run ${{ env.A }} ${{ multi.suffix }}\n",
}
LONG_ID = {".neuro/project.yml": "id: a_project__with_a_rather_long_name\nproject_name: other\n"}


def lines(root: Path, environment: Environment = ENVIRONMENT) -> Iterator[tuple[str, CommandLine | None]]:
    """The command line of each live job that is not refused; None for one that is, or whose action is not at hand."""
    declared = open_project(str(root), Options(actions_dirs=(str(ACTIONS),), environment=environment))
    params = [
        f"{name}.{param}=param-{param}"
        for flow in declared.flows
        if isinstance(flow, LiveFlow)
        for name, job in flow.jobs.items()
        for param, value in job.params.items()
        if getattr(value, "waits", None) == {f"params.{param}"}
    ]
    given = Environment(**{**{name: getattr(environment, name) for name in environment._fields}, "params": tuple(params)})
    opened = open_project(str(root), Options(actions_dirs=(str(ACTIONS),), environment=given))
    for flow in opened.flows:
        if not isinstance(flow, LiveFlow) or flow.file.stem != "live":
            continue
        for name, job in flow.jobs.items():
            try:
                check_job(opened, job)
            except Refused:
                yield name, None
            else:
                yield name, run_args(job)


def made(folder: Path, files: dict[str, str], **facts: Any) -> dict[str, CommandLine | None]:
    return dict(lines(write(folder, files), Environment(**{"project_name": "mine", "suffix": "x", **facts})))


def test_everything(tmp_path: Path) -> None:
    found = made(tmp_path, FILES, cluster="default")
    words = found["all"]
    assert words is not None
    assert words.words == [
        "apolo",
        "run",
        '--description=A "title" $x',
        "--name=my-job",
        "--project=mine",
        "--preset=big",
        "--schedule-timeout=5430s",
        "--http-port=8080",
        "--http-auth",
        "--entrypoint=sh -c",
        "--workdir=/x/y",
        "--env=A=a b",
        "--env=B=",
        "--env=C=it's",
        "--volume=storage:d:/d:ro",
        "--volume=storage:data:/data:rw",
        "--volume=secret:k:/k",
        "--tag=a",
        "--tag=flow:live",
        "--tag=from-defaults",
        "--tag=job:all",
        "--tag=project:demo",
        "--tag=z",
        "--life-span=93784s",
        "--browse",
        "--detach",
        "--port-forward=2222:22",
        "--port-forward=80:8080",
        "--pass-config",
        "--restart=on-failure",
        "image:x:v1",
        "--",
        "python",
        "-c",
        "print(1)",
        "a b",
        "#",
        "no",
        "comment",
    ]
    assert shlex.split(words.text()) == words.words
    assert "\n" not in words.text()


def test_gaps_and_mistakes(tmp_path: Path) -> None:
    found = made(tmp_path, FILES, project_name=None, suffix=None)
    multi, unbalanced, waits = found["multi__job"], found["unbalanced"], found["waits"]
    assert multi is not None
    assert unbalanced is not None
    assert waits is not None
    assert [tuple(gap) for gap in multi.gaps] == [
        ("--name", ("multi.suffix",)),
        ("--project", ("project.project_name",)),
        ("--tag", ("multi.suffix",)),
        ("cmd", ("multi.suffix",)),
    ]
    assert unbalanced.mistake == "the engine cannot take 'cmd' apart: no closing quotation"
    assert [tuple(gap) for gap in waits.gaps][-1] == ("cmd", ("inspect_job(all)",))
    assert not any(line.complete for line in (multi, unbalanced, waits))


@pytest.mark.parametrize(
    ("project", "job", "suffix", "name"),
    [
        ("demo", "train", None, "demo-train"),
        ("my_demo", "train_it", "a_b", "my-demo-train-it-a-b"),
        ("a__b", "c__d", None, "a-b-c-d"),
        ("p" * 50, "train", None, "p" * 34 + "-train"),
        ("demo", "j" * 39, None, "-" + "j" * 39),
        ("demo", "j" * 41, None, "de-" + "j" * 41),
        ("aaa_b", "j" * 35, None, "aaa-" + "j" * 35),
        ("demo", "train_", "_", "demo-train"),
    ],
)
def test_names(project: str, job: str, suffix: str | None, name: str) -> None:
    assert job_name(project, job, suffix) == name


# --- against the engine -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    pytest.importorskip("apolo_flow", reason="the engine is not installed")
    from tests.conformance.workspace_engine import Engine

    with contextlib.closing(Engine(ACTIONS if ACTIONS.is_dir() else None)) as made:
        yield made


def compare(engine: Any, root: Path, config: str) -> int:
    """Hold all our command lines of a workspace against the engine's; gives how many were equal."""
    from tests.compiler.run_args_engine import engine_lines, with_sorted_tags

    theirs = engine_lines(engine, root, config)
    equal = 0
    for name, line in lines(root):
        words = theirs.get(name)
        if line is None or line.mistake is not None:
            assert words is None, f"{name}: we have no line, the engine has {words}"
        elif line.gaps:
            assert all(re.match(r"inspect_job\(", wait) for gap in line.gaps for wait in gap.waits), name
        else:
            assert words is not None, f"{name}: the engine refuses it, we say {line.words}"
            assert line.words == with_sorted_tags(words), name
            equal += 1
    return equal


@pytest.mark.parametrize("more", [{}, LONG_ID], ids=["folder", "project file"])
def test_the_engine_builds_the_same_of_everything(engine: Any, tmp_path: Path, more: dict[str, str]) -> None:
    assert compare(engine, write(tmp_path, {**FILES, **more}).resolve(), ".neuro") == 10


@pytest.mark.parametrize(("name", "config"), workspaces())
def test_the_engine_builds_the_same_of_real_projects(engine: Any, name: str, config: str) -> None:
    compare(engine, (CORPUS / name).resolve(), config)


def test_the_engine_builds_the_same_of_our_fixtures(engine: Any) -> None:
    found = [folder for kind in (".neuro", ".apolo") for folder in (ROOT / "fixtures" / "projects").rglob(kind) if folder.is_dir()]
    assert sum(compare(engine, folder.parent, folder.name) for folder in found) >= 2
