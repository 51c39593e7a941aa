"""What `flowlint` does with its paths: for each set of settings that is in force, the options that come of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from flowlang.cli.program import Wrong
from flowlang.cli.settings import Finder, InForce, first, start_folder
from flowlang.diagnostics import Diagnostic, Severity
from flowlang.reporting.by_path import ByPath, PathRule
from flowlang.reporting.selection import Selection, UnknownRule

DEFAULTS = {"severity": "info", "fail_on": "warning", "missing_actions": "info"}
"""Levels where neither the command line nor the settings name one."""


class Plan(NamedTuple):
    """Paths under the same settings, and what holds for them; `stdin`: the file on standard input is among them."""

    paths: tuple[str, ...]
    stdin: bool
    settings: InForce
    selection: Selection
    severity: Severity
    fail_on: Severity
    missing_actions: Severity
    engine: str | None
    actions_dirs: tuple[str, ...]
    by_path: ByPath

    def adjusted(self, diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
        """The findings as the settings want them by their paths."""
        if self.by_path == ByPath():
            return diagnostics
        diagnostics = list(diagnostics)
        root = self.settings.linter_root()
        return self.by_path.apply(diagnostics, {path: _below(root, path) for path in {found.source.path for found in diagnostics}})


def plan(given: dict[str, Any]) -> list[Plan]:
    """The plans for a command line, in the order of its paths; raises `Wrong` for settings or rules that are."""
    finder = Finder(given["config"], linter=True)
    groups: dict[tuple[str | None, str | None], tuple[InForce, list[str | None]]] = {}
    for path, folder in _places(given):
        settings = finder.around(folder)
        groups.setdefault((settings.common_file, settings.linter_file), (settings, []))[1].append(path)
    if len(groups) == 1:
        ((settings, _),) = groups.values()
        return [_plan(given, settings, tuple(path for path in given["paths"] if path != "-"), "-" in given["paths"])]
    return [_plan(given, settings, tuple(path for path in paths if path is not None), None in paths) for settings, paths in groups.values()]


def _places(given: dict[str, Any]) -> Iterator[tuple[str | None, str]]:
    """Each path (None: standard input) with the folder that its settings are searched from; workspaces below a folder one by one."""
    from flowlang.project import find_below, find_workspace, workspace_of

    for path in given["paths"] or (".",):
        if path == "-":
            yield None, start_folder(given["stdin_filename"])
            continue
        is_root = os.path.isdir(path) and workspace_of(path) is None and (given["paths"] or find_workspace(path) is None)
        below = list(find_below(path)) if is_root else []
        if below:
            yield from ((found.config, found.root) for found in below)
        else:
            yield path, start_folder(path)


def _plan(given: dict[str, Any], settings: InForce, paths: tuple[str, ...], stdin: bool) -> Plan:
    linter = settings.linter
    level = {name: Severity(first(given[name], getattr(linter, name), default)) for name, default in DEFAULTS.items()}
    return Plan(
        paths,
        stdin,
        settings,
        _selection(given, settings),
        level["severity"],
        level["fail_on"],
        level["missing_actions"],
        first(given["engine"], settings.common.engine),
        (*given["actions_dirs"], *settings.actions_dirs()),
        ByPath(linter.exclude or (), tuple(PathRule(*rule) for rule in linter.per_path or ()), linter.severities or {}),
    )


def _selection(given: dict[str, Any], settings: InForce) -> Selection:
    """The rules that are wanted: ``--select`` in place of `select`, ``--ignore`` and ``--extend-select`` beside the settings' own.

    What the command line selects, settings of the same exactness do not take away.
    """
    linter = settings.linter
    try:
        told = Selection.parse(given["select"], given["ignore"], given["extend_select"])
    except UnknownRule as error:
        raise Wrong(error.message, error.hint) from error
    wanted = {*told.select, *told.extend}
    ignore = tuple(key for key in linter.ignore or () if key not in wanted)
    return Selection(told.select or linter.select or (), (*told.ignore, *ignore), (*told.extend, *(linter.extend_select or ())))


def _below(root: str, path: str) -> str:
    """A reported path relative to the folder that globs are relative to."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive
        return path
