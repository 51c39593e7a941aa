"""The engine as a judge of whole workspaces, in this process and offline.

The platform is a stand-in (cluster `default`, no organisation, project `test-project`, user `test-user`), git facts are
fixed, params without a default get ``param-NAME``; what only a run would tell is a mark such as ``<needs.a.outputs.x>``.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import io
import logging
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.workspace_answers import ENVIRONMENT, Answer, Inspected, Marks, Refusal, plain, refusal


async def _inspect_job(ctx: Any, job_name: Any, suffix: Any = None) -> Inspected:
    from apolo_flow.context import LiveContext

    if not isinstance(ctx.root, LiveContext):
        raise ValueError("inspect_job() is only available inside a job definition")
    return Inspected(job_name)


class _Client:
    """Stands for the platform's client: it only knows how to read URIs."""

    def __init__(self) -> None:
        from apolo_sdk._parser import Parser

        class Config:
            cluster_name = ENVIRONMENT.cluster
            org_name = ENVIRONMENT.org
            project_name = project_name_or_raise = ENVIRONMENT.project_name
            username = ENVIRONMENT.username
            clusters: dict[str, Any] = {}  # noqa: RUF012

        self.config = Config()
        self.parse = Parser._create(self.config)  # type: ignore[arg-type]


class Engine:
    """Answers for workspaces on disk; `actions` is a folder of copies ``OWNER/REPO@REF`` of remote actions."""

    def __init__(self, actions: Path | None = None) -> None:
        self._actions = actions
        self._client = _Client()
        self._loop = asyncio.new_event_loop()
        self._eager = False
        logging.getLogger("apolo_flow").setLevel(logging.ERROR)  # it says where a project file should rather be

    def close(self) -> None:
        """Give the event loop back."""
        self._loop.close()

    def judge(self, root: Path, config: str) -> dict[str, Answer]:
        """The engine's answer for each flow file of the config folder, by file name; files named ``act…`` are none."""
        folder = root / config
        answers: dict[str, Answer] = {}
        for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
            if path.stem != "project" and not path.stem.startswith("act"):
                with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), self._offline():
                    warnings.simplefilter("ignore")
                    answers[path.name] = self._loop.run_until_complete(self._flow(root, folder, path))
        return answers

    def evaluate(self, template: str, inputs: Mapping[str, Any], *, quoted: bool = False) -> Any:
        """A residual over marks: what our deferred value would come to in the engine's answer.

        `inputs` are those of the action that it stands in; `quoted`: it stands within a shell's quotes.
        """
        from apolo_flow.context import DepCtx
        from apolo_flow.expr import StrExpr
        from apolo_flow.tokenizer import Pos
        from apolo_flow.types import TaskStatus

        class Needs(dict[str, Any]):
            def __missing__(self, key: str) -> Any:
                return DepCtx(TaskStatus.SUCCEEDED, Marks(f"needs.{key}.outputs"))

        known = {"needs": Needs(), "state": Marks("state"), "inputs": inputs}
        here = Pos(0, 0, Path("residual"))
        with self._offline(anywhere=True):
            expression = StrExpr(here, Pos(0, len(template), Path("residual")), template)
            if expression._ret is not None:
                return expression._ret
            root: Any = _Root(known, self._client)
            parts = [self._loop.run_until_complete(part.eval(root)) for part in expression._parsed or ()]
            if quoted:
                return "".join(
                    part if type(item).__name__ == "Text" else str(part).replace("'", "'\"'\"'")
                    for part, item in zip(parts, expression._parsed or (), strict=True)
                )
            return parts[0] if len(parts) == 1 else "".join(map(str, parts))

    @contextlib.contextmanager
    def _offline(self, *, anywhere: bool = False) -> Iterator[None]:
        """Within: git facts and running jobs are stand-ins, remote actions come from the folder of copies."""
        from apolo_flow import expr
        from apolo_flow.config_loader import LocalCL
        from apolo_flow.context import GitCtx
        from apolo_flow.types import GitInfo, LocalPath

        facts = GitInfo(sha=ENVIRONMENT.git_sha or "", branch=ENVIRONMENT.git_branch or "", tags=list(ENVIRONMENT.git_tags or ()))

        def git(context: Any) -> GitInfo:
            if self._eager:
                raise ValueError("Git info is not available: is this project under git?")
            return facts

        async def copy(loader: Any, spec: str) -> Any:
            path = self._actions / spec if self._actions is not None else None
            if path is None or not path.is_dir():
                raise ValueError(f"no copy of {spec} at hand")
            return LocalPath(path.resolve())

        async def inspect_anywhere(ctx: Any, job_name: Any, suffix: Any = None) -> Inspected:
            return Inspected(job_name)

        inspect = expr.FUNCTIONS["inspect_job"]
        before = (GitCtx._get_info, LocalCL._clone_github_repo)
        GitCtx._get_info, LocalCL._clone_github_repo = git, copy  # type: ignore[method-assign, assignment]
        expr.FUNCTIONS["inspect_job"] = dataclasses.replace(inspect, call=inspect_anywhere if anywhere else _inspect_job)
        try:
            yield
        finally:
            GitCtx._get_info, LocalCL._clone_github_repo = before  # type: ignore[method-assign]
            expr.FUNCTIONS["inspect_job"] = inspect

    async def _flow(self, root: Path, folder: Path, path: Path) -> Answer:
        from apolo_flow.config_loader import BatchLocalCL, LiveLocalCL
        from apolo_flow.parser import ConfigDir

        for kind in _kinds(path):
            loader = (LiveLocalCL if kind == "live" else BatchLocalCL)(ConfigDir(workspace=root, config_dir=folder), self._client)  # type: ignore[arg-type]
            try:
                return await (self._live if kind == "live" else self._batch)(loader, path.stem)
            except AssertionError as error:
                answer = Answer(kind, refusal(error))
            except Exception as error:
                return Answer(kind, refusal(error))
            finally:
                await loader.close()
        return answer

    async def _live(self, loader: Any, name: str) -> Answer:
        from apolo_flow.context import RunningLiveFlow

        flow = await RunningLiveFlow.create(loader, name, dry_run=True)
        answer = Answer("live", values=_values(flow._ctx, flow))
        for job_id in flow.job_ids:
            try:
                given = _mandatory(flow._ast_flow.jobs[job_id].params)
                if await flow.is_multi(job_id):
                    job = await flow.get_multi_job(job_id, ENVIRONMENT.suffix or "", given)
                else:
                    job = await flow.get_job(job_id, given)
                answer.units[job_id] = plain(job)
            except Exception as error:
                answer.unit_refusals[job_id] = refusal(error)
        return answer

    async def _batch(self, loader: Any, name: str) -> Answer:
        from apolo_flow.context import RunningBatchFlow

        given = _mandatory((await loader.fetch_flow(name)).params)
        self._eager = True  # git facts are out of reach while a batch flow is loaded
        try:
            flow = await RunningBatchFlow.create(loader, name, ENVIRONMENT.bake_id or "", params=given, dry_run=True)
        finally:
            self._eager = False
        values = {**_values(flow._ctx, flow), "params": plain(flow.params), "strategy": plain(flow._ctx.strategy)}
        answer = Answer("batch", values=values, top=list(flow._tasks), bake=[item async for item in _bake_refusals(flow)])
        await self._tasks(flow, (), answer)
        return answer

    async def _tasks(self, flow: Any, prefix: tuple[str, ...], answer: Answer) -> None:
        from apolo_flow import ast
        from apolo_flow.context import DepCtx, PrepPostTask
        from apolo_flow.types import TaskStatus

        for real_id, prep in flow._tasks.items():
            dotted = ".".join((*prefix, real_id))
            unit = {name: plain(getattr(prep, name)) for name in ("needs", "matrix", "strategy", "cache", "id")}
            unit["kind"] = type(prep).__name__
            answer.units[dotted] = unit
            completed = [need for need, level in prep.needs.items() if level == ast.NeedsLevel.COMPLETED]
            state: Any = Marks("state") if isinstance(prep, PrepPostTask) else {}
            try:
                needs = {need: DepCtx(TaskStatus.SUCCEEDED, _outputs(flow._tasks[need], need)) for need in completed}
                if await flow.is_task(real_id):
                    unit["task"] = plain(dataclasses.replace(await flow.get_task(prefix, real_id, needs, state), caching_key=""))
                elif await flow.is_local(real_id):
                    unit["local"] = plain(await flow.get_local(real_id, needs))
                else:
                    inner = await flow.get_action(real_id, needs)
                    unit["inner"] = list(inner._tasks)
                    await self._tasks(inner, (*prefix, real_id), answer)
                unit["enable"] = plain((await flow.get_meta(real_id, needs, state)).enable)
            except Exception as error:
                answer.unit_refusals[dotted] = refusal(error)


class _Root:
    """The least that an expression needs around it."""

    dry_run = True

    def __init__(self, known: dict[str, Any], client: Any) -> None:
        self._known, self._client = known, client

    def lookup(self, name: str) -> Any:
        return self._known[name]

    @contextlib.asynccontextmanager
    async def client(self) -> AsyncIterator[Any]:
        yield self._client


def _kinds(path: Path) -> tuple[str, ...]:
    """As what the engine would read a flow file: its `kind`, or what its name suggests first."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8", errors="replace"))
        kind = content.get("kind") if isinstance(content, dict) else None
    except Exception:
        kind = None
    if kind in ("live", "batch"):
        return (kind,)
    return ("live", "batch") if path.stem == "live" else ("batch", "live")


def _values(context: Any, flow: Any) -> dict[str, Any]:
    # a batch flow's `flow` and `project` live in its context alone
    return {
        **{name: plain(getattr(context, name)) for name in ("flow", "project", "tags", "env")},
        **{name: plain(getattr(flow, name)) for name in ("images", "volumes")},
    }


def _mandatory(params: Any) -> dict[str, str]:
    return {name: f"param-{name}" for name, param in (params or {}).items() if param.default.pattern is None}


def _outputs(prep: Any, need: str) -> Mapping[str, str]:
    """What a finished need offers: the declared outputs of a batch action or module, anything of a task."""
    from apolo_flow.context import PrepBatchCall, PrepModuleCall

    owner = f"needs.{need}.outputs"
    if not isinstance(prep, PrepBatchCall | PrepModuleCall):
        return Marks(owner)
    return {name: f"<{owner}.{name}>" for name in (prep.action.outputs.values if prep.action.outputs else None) or {}}


async def _bake_refusals(flow: Any) -> AsyncIterator[Refusal]:
    """What `bake` refuses before anything runs, each check by itself."""
    from apolo_flow import batch_runner
    from apolo_flow.expr import MultiError

    for volume in flow.volumes.values():
        if volume.local is not None:
            yield Refusal("NotImplementedError", f"volume {volume.id} has 'local'")
    seen: set[Refusal] = set()
    checks: tuple[Callable[[Any], Awaitable[None]], ...] = (
        batch_runner.check_no_cycles,
        batch_runner.check_local_deps,
        batch_runner.check_expressions,
        batch_runner.check_image_refs_unique,
    )
    for check in checks:
        try:
            await check(flow)
        except MultiError as errors:
            found = [refusal(error) for error in errors.errors]
        except Exception as error:
            found = [refusal(error)]
        else:
            continue
        for item in found:
            if item not in seen:
                seen.add(item)
                yield item
