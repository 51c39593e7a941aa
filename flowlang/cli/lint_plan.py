"""What `flowlint` does with its paths: for each set of settings that is in force, the options that come of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from flowlang.cli.program import Wrong
from flowlang.cli.settings import Finder
from flowlang.light import NamedTuple
from flowlang.reporting.selection import UnknownRule
from flowlang.settings import InForce, start_folder
from flowlang.settings.policy import Policy, policy


class Plan(NamedTuple):
    """Paths under the same settings, and what holds for them; `stdin`: the file on standard input is among them."""

    paths: tuple[str, ...]
    stdin: bool
    policy: Policy


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
            yield None, start_folder(given["stdin_filename"] or ".")
            continue
        is_root = os.path.isdir(path) and workspace_of(path) is None and (given["paths"] or find_workspace(path) is None)
        below = list(find_below(path)) if is_root else []
        if below:
            yield from ((found.config, found.root) for found in below)
        else:
            yield path, start_folder(path)


def _plan(given: dict[str, Any], settings: InForce, paths: tuple[str, ...], stdin: bool) -> Plan:
    try:
        return Plan(paths, stdin, policy(settings, given))
    except UnknownRule as error:
        raise Wrong(error.message, error.hint) from error
