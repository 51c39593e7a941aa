"""The fixed facts that both sides get, and our scopes made of them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from flowlang.expr import Record, Scope, Status, Uri, volume


class Facts(NamedTuple):
    """What is the same in all scopes."""

    cluster: str = "default"
    org: str | None = None
    project: str = "test-project"
    username: str = "user"
    sha: str = "0123456789abcdef0123456789abcdef01234567"
    env: tuple[tuple[str, str], ...] = (("A", "alpha"), ("NUM", "5"), ("EMPTY", ""), ("True1", "t"), ("or", "o"))
    tags: tuple[str, ...] = ("project:demo", "flow:live", "t1")
    params: tuple[tuple[str, str], ...] = (("p", "x"), ("n", "3"))
    matrix: tuple[tuple[str, str | int], ...] = (("x", "a"), ("y", 2), ("ORDINAL", 0))
    outputs: tuple[tuple[str, str], ...] = (("out", "o1"), ("num", "7"))


FACTS = Facts()


def our_scope(workspace: Path, task: bool) -> Scope:
    """The scope of a multi-job of a live flow, or of a task with two needs."""
    facts = FACTS
    flow: dict[str, object] = {"flow_id": "live", "project_id": "demo", "workspace": workspace, "title": "Demo", "username": facts.username}
    image: dict[str, object] = {
        "id": "train",
        "ref": "image:train:v1",
        "context": workspace,
        "dockerfile": workspace / "Dockerfile",
        "dockerfile_rel": Path("Dockerfile"),
        "build_args": ["--a=1"],
        "env": {"E": "1"},
        "volumes": ["storage:x:/x:rw"],
        "build_preset": "cpu",
        "force_rebuild": False,
        "extra_kaniko_args": None,
    }
    contexts: dict[str, object] = {
        "project": Record("project", {"id": "demo", "project_name": facts.project, "owner": None}),
        "git": Record("git", {"sha": facts.sha, "branch": "main", "tags": ["v1", "v2"]}),
        "env": dict(facts.env),
        "tags": frozenset(facts.tags),
        "volumes": {
            "data": volume("data", Uri("storage:data"), PurePosixPath("/mnt/data"), True, Path("data"), workspace / "data"),
            "code": volume("code", Uri("storage:code"), PurePosixPath("/mnt/code"), False),
        },
        "images": {"train": Record("image", image)},
        "params": dict(facts.params),
    }
    if task:
        contexts["flow"] = Record("batch-flow", {**flow, "life_span": None})
        contexts["strategy"] = Record("strategy", {"fail_fast": True, "max_parallel": 10})
        contexts["matrix"] = dict(facts.matrix)
        contexts["needs"] = {
            "dep": Record("need", {"result": Status("succeeded"), "outputs": dict(facts.outputs)}),
            "bad": Record("need", {"result": Status("failed"), "outputs": {}}),
        }
        contexts["state"] = {"s": "v"}
    else:
        contexts["flow"] = Record("flow", flow)
        contexts["multi"] = Record("multi", {"suffix": "sfx"})
    return Scope(contexts, workspace=workspace, project=facts.project, cluster=facts.cluster, org=facts.org, live_job=not task)
