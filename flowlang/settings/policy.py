"""What settings, and options that come before them, say about linting: which rules are wanted, at which severity, for which files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flowlang.diagnostics import Diagnostic, Severity, Suppressed
from flowlang.light import NamedTuple
from flowlang.project.environment import Environment
from flowlang.reporting.by_path import ByPath, PathRule
from flowlang.reporting.selection import Selection
from flowlang.runs import Options
from flowlang.settings.finding import InForce
from flowlang.text import shown_path

if TYPE_CHECKING:
    from flowlang.shellcheck import Run

_LEVELS = {"severity": Severity.INFO, "fail_on": Severity.WARNING, "missing_actions": Severity.INFO}
"""Levels where neither an option nor the settings name one."""


class Policy(NamedTuple):
    """What holds for linting under the same settings."""

    settings: InForce
    selection: Selection
    severity: Severity
    fail_on: Severity
    missing_actions: Severity
    engine: str | None
    actions_dirs: tuple[str, ...]
    by_path: ByPath
    baseline: str | None = None
    """The path of the baseline."""
    shellcheck: Run | None = None
    """What runs shellcheck, where it is asked for."""

    @property
    def options(self) -> Options:
        """What the analysis is told."""
        return Options(
            engine=self.engine,
            actions_dirs=self.actions_dirs,
            environment=Environment(),
            missing_actions=self.missing_actions,
            shellcheck=self.shellcheck,
        )

    def adjusted(self, diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
        """The findings that are wanted, of `base`-relative paths, at their severity; those below `severity` too."""
        wanted = self.selection.of(diagnostics)
        if self.by_path == ByPath():
            return wanted
        found = list(wanted)
        return self.by_path.apply(found, {path: self._below(path) for path in {diagnostic.source.path for diagnostic in found}})

    def suppressed(self, suppressed: Iterable[Suppressed]) -> list[Suppressed]:
        """The accepted findings that would be wanted, at their severity."""
        return [each._replace(diagnostic=diagnostic) for each in suppressed for diagnostic in self.adjusted((each.diagnostic,))]

    def shows(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is severe enough to be shown."""
        return diagnostic.severity.rank <= self.severity.rank

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is severe enough to fail the run, shown or not."""
        return diagnostic.severity.rank <= self.fail_on.rank

    def reported(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of the paths that the settings do not exclude."""
        return tuple(path for path in paths if not self.by_path.excludes(self._below(path))) if self.by_path.exclude else tuple(paths)

    def _below(self, path: str) -> str:
        """A reported path relative to the folder that globs are relative to."""
        return self.relative(path, self.settings.linter_root())

    def relative(self, path: str, folder: str) -> str:
        """A reported path relative to a folder, with ``/``."""
        return shown_path(os.path.join(self.settings.base, path), folder)


def policy(settings: InForce, told: Mapping[str, Any] | None = None) -> Policy:
    """The policy that comes of settings and of options by the names of `LintSettings` (``engine``, ``actions_dirs`` and what runs ``shellcheck`` too).

    ``select`` stands in place of the settings' own, ``ignore`` and ``extend_select`` beside them; what
    options select, settings of the same exactness do not take away. `UnknownRule` for options that name none.
    """
    told = told or {}
    linter = settings.linter
    levels = {name: Severity(told.get(name) or getattr(linter, name) or default) for name, default in _LEVELS.items()}
    asked = Selection.parse(told.get("select", ()), told.get("ignore", ()), told.get("extend_select", ()))
    wanted = {*asked.select, *asked.extend}
    ignore = tuple(key for key in linter.ignore or () if key not in wanted)
    return Policy(
        settings,
        Selection(asked.select or linter.select or (), (*asked.ignore, *ignore), (*asked.extend, *(linter.extend_select or ()))),
        levels["severity"],
        levels["fail_on"],
        levels["missing_actions"],
        settings.common.engine if told.get("engine") is None else told["engine"],
        (*told.get("actions_dirs", ()), *settings.actions_dirs()),
        ByPath(linter.exclude or (), tuple(PathRule(*rule) for rule in linter.per_path or ()), linter.severities or {}),
        told.get("baseline") or settings.baseline(),
        told.get("shellcheck"),
    )
