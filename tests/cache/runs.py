"""Runs with and without a cache, and what people see of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang import analysis
from flowlang.cache import Cache
from flowlang.linting import lint
from flowlang.reporting import View, reporter
from flowlang.runs import Options, Report


def shown(report: Report) -> str:
    """All of a report, as text that tells it from every other."""
    view = View(report.diagnostics, report.files, report.suppressed, paths=report.paths)
    lines = [*reporter("json")(view), *reporter("sarif")(view), *reporter("text")(view)]
    beside = reporter("json")(View(report.beside))
    return "\n".join((*lines, *beside, *report.notes))


def fresh(paths: tuple[str, ...] | str, options: Options | None = None) -> str:
    """What a run without a cache shows."""
    return shown(lint((paths,) if isinstance(paths, str) else paths, options or Options()))


def cached(folder: Path, paths: tuple[str, ...] | str, options: Options | None = None, edition: str = "1") -> str:
    """What a run with the cache in that folder shows."""
    return shown(lint((paths,) if isinstance(paths, str) else paths, options or Options(), cache=Cache(str(folder), edition)))


class Counter:
    """Counts how often something was judged anew."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        judge = analysis.judge_target

        def counting(*arguments: object, **named: object) -> object:
            self.count += 1
            return judge(*arguments, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(analysis, "judge_target", counting)
