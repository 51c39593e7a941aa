"""Batch flows run by the engine's own executor, offline: jobs are stand-ins that end at once as they are told."""

from __future__ import annotations

import asyncio
import datetime
import io
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from tests.conformance.workspace_engine import _Client as Client

_LIMIT = 10
"""Seconds after which a run counts as one that never ends."""


class Run(NamedTuple):
    """How a run ended, the status of each task by its full id, and whether an error of an expression ended it."""

    result: str
    tasks: dict[str, str]
    crashed: bool


class _Jobs:
    """Stands for the platform: a job ends as soon as it is asked for; it fails if its task is among `failing`."""

    def __init__(self, client: Client, failing: frozenset[str], outputs: Mapping[str, Mapping[str, str]]) -> None:
        self.config_presets = {"cpu": None}
        self.parse_envs = client.parse.envs
        self.parse_volumes = client.parse.volumes
        self.parse_remote_image = client.parse.remote_image
        self._failing = failing
        self._outputs = outputs
        self._tasks: dict[str, str] = {}

    async def job_start(self, *, tags: list[str], **_: Any) -> SimpleNamespace:
        task = next(tag.removeprefix("task:") for tag in tags if tag.startswith("task:"))
        self._tasks[f"job-{len(self._tasks)}"] = task
        return SimpleNamespace(id=f"job-{len(self._tasks) - 1}", history=SimpleNamespace(created_at=_now()))

    async def job_status(self, job: str) -> SimpleNamespace:
        from apolo_sdk import JobStatus

        status = JobStatus.FAILED if self._tasks[job] in self._failing else JobStatus.SUCCEEDED
        return SimpleNamespace(status=status, history=SimpleNamespace(started_at=_now(), finished_at=_now(), created_at=_now()))

    async def job_logs(self, job: str) -> AsyncIterator[bytes]:
        for name, value in self._outputs.get(self._tasks[job], {}).items():
            yield f"::set-output name={name}::{value}\n".encode()

    async def job_kill(self, job: str) -> None:
        """Nothing to kill: every job has ended."""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def run(root: Path, flow: str, failing: frozenset[str] = frozenset(), outputs: Mapping[str, Mapping[str, str]] | None = None) -> Run:
    """Run a batch flow of the workspace at `root`; `failing` names tasks whose jobs fail, `outputs` what jobs print."""
    return asyncio.run(_run(root, flow, failing, outputs or {}))


async def _run(root: Path, flow: str, failing: frozenset[str], outputs: Mapping[str, Mapping[str, str]]) -> Run:
    import apolo_flow.batch_runner as runner
    from apolo_flow.batch_executor import BatchExecutor
    from apolo_flow.parser import ConfigDir
    from apolo_flow.storage.in_memory import InMemoryStorage
    from apolo_flow.types import LocalPath
    from rich.console import Console

    async def no_git() -> None:
        return None

    client: Any = Client()
    storage, console = InMemoryStorage(), Console(file=io.StringIO(), width=200)
    runner.collect_git_info, kept = no_git, runner.collect_git_info  # type: ignore[assignment]
    try:
        folder = ConfigDir(workspace=LocalPath(root), config_dir=LocalPath(root / ".neuro"))
        async with runner.BatchRunner(folder, console, client, storage, None, run_apolo_cli=lambda *_: None) as bakes:  # type: ignore[arg-type]
            bake, _ = await bakes._setup_bake(flow)
            async with BatchExecutor.create(console, bake.id, client, storage, polling_timeout=0) as executor:
                executor._client = _Jobs(client, failing, outputs)  # type: ignore[assignment]
                result = await asyncio.wait_for(executor.run(), _LIMIT)
                tasks = {".".join(task.yaml_id): task.status.value for task in executor._tasks_mgr.tasks.values()}
    finally:
        runner.collect_git_info = kept
    return Run(result.value, tasks, "ERROR" in console.file.getvalue())  # type: ignore[attr-defined]
