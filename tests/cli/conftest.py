"""Commands run in this process, and commands run on findings made by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flowlang.diagnostics import Diagnostic, Suppressed

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]


@pytest.fixture
def flowlint() -> Run:
    """Run `flowlint` with these arguments, in this process."""
    from flowlang.cli.lint import command

    def run(*arguments: str, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(command, arguments, input=input)

    return run


@pytest.fixture
def flowlang() -> Run:
    """Run `flowlang` with these arguments, in this process."""
    from flowlang.cli.group import command

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(command, arguments)

    return run


class Analysis:
    """Stands in for the analysis: gives what it was told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.document: dict[str, object] | None = {"version": 1}
        self.complete = True
        self.notes: tuple[str, ...] = ()
        self.suppressed: tuple[Suppressed, ...] = ()
        self.paths: tuple[str, ...] = ()
        self.error: BaseException | None = None
        self.asked: tuple[Any, ...] = ()

    def lint(self, paths: Sequence[str], options: Any, *, stdin: Any = None, **_: Any) -> Any:
        from flowlang.runs import Report

        self.asked = (paths, options, stdin)
        if self.error is not None:
            raise self.error
        return Report(self.diagnostics, files=2, suppressed=self.suppressed, paths=self.paths)

    def compile_path(self, path: str | None, options: Any) -> Any:
        from flowlang.compiling import Compiled

        self.asked = (path, options)
        if self.error is not None:
            raise self.error
        return Compiled(self.document, self.diagnostics, self.complete, self.notes)


@pytest.fixture
def analysis(monkeypatch: pytest.MonkeyPatch) -> Analysis:
    """The stand-in, in place."""
    import flowlang.compiling
    import flowlang.linting

    stand_in = Analysis()
    monkeypatch.setattr(flowlang.linting, "lint", stand_in.lint)
    monkeypatch.setattr(flowlang.compiling, "compile_path", stand_in.compile_path)
    return stand_in


def script(name: str, *arguments: str, cwd: Path = ROOT, **attributes: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a console script in a process of its own, from the checkout."""
    start = f"import sys; from flowlang.cli.entry import {name}; sys.argv[0] = {name!r}; sys.exit({name}())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **attributes.pop("env", {})}
    return subprocess.run([sys.executable, "-c", start, *arguments], cwd=cwd, env=environment, capture_output=True, timeout=60, check=False, **attributes)
