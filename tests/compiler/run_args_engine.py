"""The command lines that the engine itself builds for live jobs, in its dry run and offline."""

from __future__ import annotations

import contextlib
import io
import shlex
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.conformance.workspace_engine import ENVIRONMENT, Engine


class _Paper:
    """Stands for the console: keeps what is printed on it."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def print(self, text: str, **_: Any) -> None:
        self.texts.append(text)


def engine_lines(engine: Engine, root: Path, config: str, actions: Path | None = None) -> dict[str, list[str] | None]:
    """The words of the command line of each live job; None for a job that the engine refuses. Empty where it refuses the flow.

    Params without a default get ``param-NAME``, multi jobs the suffix of the conformance tests.
    """
    with engine._offline(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return engine._loop.run_until_complete(_lines(engine, root, config))


async def _lines(engine: Engine, root: Path, config: str) -> dict[str, list[str] | None]:
    from apolo_flow.live_runner import LiveRunner
    from apolo_flow.parser import ConfigDir

    paper = _Paper()
    folder = ConfigDir(workspace=root, config_dir=root / config)
    options = SimpleNamespace(verbosity=0, show_traceback=False)
    runner = LiveRunner(folder, paper, engine._client, None, options, dry_run=True)  # type: ignore[arg-type]
    try:
        await runner.init_flow()
    except (Exception, SystemExit):
        return {}
    found: dict[str, list[str] | None] = {}
    try:
        for job in runner.flow.job_ids:
            try:
                suffix = ENVIRONMENT.suffix if await runner.flow.is_multi(job) else None
                await runner.run(job, suffix, _mandatory(runner.flow._ast_flow.jobs[job].params))
                found[job] = shlex.split(paper.texts.pop())
            except (Exception, SystemExit):
                found[job] = None
    finally:
        await runner.close()
    return found


def _mandatory(params: Mapping[str, Any] | None) -> dict[str, str]:
    return {name: f"param-{name}" for name, param in (params or {}).items() if param.default.pattern is None}


def with_sorted_tags(words: list[str]) -> list[str]:
    """The words with the tags, which the engine has no order for, sorted where they stand."""
    tags = iter(sorted(word for word in words[: words.index("--")] if word.startswith("--tag=")))
    end = words.index("--")
    return [next(tags) if place < end and word.startswith("--tag=") else word for place, word in enumerate(words)]
