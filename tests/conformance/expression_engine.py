"""The engine as a judge of templates, in this process, with fixed contexts."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import enum
import io
import warnings
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from flowlang.expr import Always, Record, Status, Uri
from flowlang.expr.records import SHAPES
from tests.conformance.expression_scopes import FACTS


class Verdict(NamedTuple):
    """What became of a template: whether it was accepted, the value in a comparable form, its text, and why not."""

    ok: bool
    type: str
    value: object
    text: str
    why: str


def shape_of(value: object) -> Any:
    """A value of ours or the engine's in a form in which the two compare equal if they mean the same."""
    if isinstance(value, (Status, enum.Enum)):
        return ("status", value.value if isinstance(value, enum.Enum) else value[:])
    if value is None or isinstance(value, (bool, int, str)):
        return (type(value).__name__, value)
    if isinstance(value, float):
        return ("float", repr(value))
    if isinstance(value, PurePath):
        return (type(value).__name__, str(value))
    if isinstance(value, list):
        return ("list", [shape_of(item) for item in value])
    if isinstance(value, (set, frozenset)):
        return ("set", sorted(map(repr, map(shape_of, value))))
    if isinstance(value, Mapping):
        return ("mapping", [(shape_of(key), shape_of(item)) for key, item in value.items()])
    if isinstance(value, Record):
        name = SHAPES[value.type_name].class_name if value.type_name in SHAPES else "GitInfo"
        return (name, [(key, shape_of(item)) for key, item in value.shown()])
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, [(field.name, shape_of(getattr(value, field.name))) for field in dataclasses.fields(value)])
    if isinstance(value, Uri) or type(value).__name__ == "URL":
        return ("uri", str(value))
    if isinstance(value, Always) or type(value).__name__ == "AlwaysT":
        return ("always", "")
    return (type(value).__name__, "")


class Engine:
    """Evaluates templates with the engine's own parser and evaluator."""

    def __init__(self, workspace: Path) -> None:
        import apolo_flow.expr as module

        self._module = module
        self._live, self._task = _contexts(workspace)
        self._loop = asyncio.new_event_loop()
        self.last_ok = False
        known = module.FUNCTIONS["inspect_job"]
        if known.call.__name__ != "_no_job":
            module.FUNCTIONS["inspect_job"] = dataclasses.replace(known, call=_no_job)

    def close(self) -> None:
        """End the event loop."""
        self._loop.close()

    def judge(self, template: str, task: bool) -> Verdict:
        """What the engine makes of a template as the value of an attribute of a job or task."""
        verdict = self._judge(template, self._task if task else self._live)
        self.last_ok = verdict.ok
        return verdict

    def _judge(self, template: str, context: Any) -> Verdict:
        from apolo_flow.tokenizer import Pos

        here = Pos(0, 0, Path("template"))
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                expression = self._module.StrExpr(here, Pos(0, len(template), Path("template")), template)
                if expression._ret is not None:
                    return Verdict(True, "str", ("str", expression._ret), expression._ret, "")
                parts = [self._loop.run_until_complete(part.eval(context)) for part in expression._parsed]
                value = parts[0] if len(parts) == 1 else "".join(str(part) for part in parts)
                shape = shape_of(value)
                return Verdict(True, shape[0], shape, str(value), "")
            except Exception as error:
                return Verdict(False, "", None, "", f"{type(error).__name__}: {error}".splitlines()[0])


async def _no_job(ctx: Any, job_name: Any, suffix: Any = None) -> Any:
    """`inspect_job` without a platform, with the engine's own checks."""
    from apolo_flow.context import LiveContext

    if not isinstance(ctx.root, LiveContext):
        raise ValueError("only in a job")
    if not isinstance(job_name, str) or not isinstance(suffix, (str, type(None))):
        raise TypeError("not a text")
    return _AnyJob()


@dataclasses.dataclass
class _AnyJob:
    """Any attribute is there; nothing else works."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return "job"


def _contexts(workspace: Path) -> tuple[Any, Any]:
    """The engine's contexts for a multi-job of a live flow, and for a task with one need."""
    from apolo_flow import context as engine
    from apolo_flow.types import GitInfo, LocalPath, RemotePath, TaskStatus
    from apolo_sdk._parser import Parser
    from yarl import URL

    facts = FACTS

    class Config:
        cluster_name = facts.cluster
        org_name = facts.org
        project_name = project_name_or_raise = facts.project
        username = facts.username
        clusters: dict[str, Any] = {}  # noqa: RUF012

    class Platform:
        parse = Parser._create(Config())

    volumes = {
        "data": engine.VolumeCtx("data", URL("storage:data"), RemotePath("/mnt/data"), True, LocalPath("data"), workspace / "data"),
        "code": engine.VolumeCtx("code", URL("storage:code"), RemotePath("/mnt/code"), False, None, None),
    }
    place = {"context": workspace, "dockerfile": workspace / "Dockerfile", "dockerfile_rel": LocalPath("Dockerfile")}
    image = engine.ImageCtx(
        "train",
        "image:train:v1",
        **place,
        build_args=["--a=1"],
        env={"E": "1"},
        volumes=["storage:x:/x:rw"],
        build_preset="cpu",
        force_rebuild=False,
        extra_kaniko_args=None,
    )
    common: dict[str, Any] = {
        "project": engine.ProjectCtx(id="demo", project_name=facts.project, owner=None),
        "git": engine.GitCtx(GitInfo(sha=facts.sha, branch="main", tags=["v1", "v2"])),
        "env": dict(facts.env),
        "tags": set(facts.tags),
        "volumes": volumes,
        "images": {"train": image},
        "params": dict(facts.params),
        "_client": Platform(),
        "_dry_run": True,
    }
    flow = {"flow_id": "live", "project_id": "demo", "workspace": workspace, "title": "Demo", "username": facts.username}
    live = engine.LiveMultiJobContext(flow=engine.FlowCtx(**flow), multi=engine.MultiCtx(suffix="sfx"), **common)
    task = engine.BatchTaskContext(
        flow=engine.BatchFlowCtx(**flow, life_span=None),
        strategy=engine.StrategyCtx(),
        matrix=dict(facts.matrix),
        needs={"dep": engine.DepCtx(TaskStatus.SUCCEEDED, dict(facts.outputs)), "bad": engine.DepCtx(TaskStatus.FAILED, {})},
        state={"s": "v"},
        **common,
    )
    return live, task
