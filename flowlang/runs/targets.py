"""What the paths of a command line mean: workspaces, and files alone."""

from __future__ import annotations

import os
from collections.abc import Sequence

from flowlang.light import NamedTuple
from flowlang.project import Workspace, find_below, find_workspace, is_client_folder, workspace_around, workspace_of
from flowlang.runs.options import UsageError


def stdin_path(name: str | None) -> str:
    """The absolute path that the file on standard input stands for."""
    return os.path.abspath(name or "live.yml")


class Target(NamedTuple):
    """A workspace to lint, whole (`files` is None) or for some files alone; or files outside any workspace."""

    workspace: Workspace | None
    files: tuple[str, ...] | None


def resolve_targets(paths: Sequence[str], overlay: dict[str, bytes] | None = None) -> list[Target]:
    """What the paths of a command line mean. Raises `UsageError` for a path that is not there."""
    if not paths:
        found = find_workspace(os.getcwd())
        if found is None:
            raise UsageError("there is no workspace here", "a workspace holds a folder .apolo or .neuro; give its path, or change into it")
        return _folder(os.getcwd(), found.root)
    targets: list[Target] = []
    single: dict[Workspace | None, list[str]] = {}
    for given in paths:
        if not given:
            raise UsageError("an empty path names nothing", "give a workspace, a config folder (.neuro or .apolo) or a YAML file")
        path = os.path.abspath(given)
        if overlay and path in overlay:
            single.setdefault(workspace_around(path), []).append(path)
        elif os.path.isdir(path) and not _is_config_entry(path):
            targets += _folder(given, path)
        elif os.path.lexists(path):
            single.setdefault(workspace_around(path), []).append(path)
        else:
            raise UsageError(f"{given} does not exist", "give a workspace, a config folder (.neuro or .apolo) or a YAML file")
    targets += [Target(workspace, tuple(files)) for workspace, files in single.items()]
    return targets


def _folder(given: str, path: str) -> list[Target]:
    found = workspace_of(path)
    if found is None:
        below = [Target(workspace, None) for workspace in find_below(path)]
        if not below:
            raise UsageError(f"there is no workspace in {given}", "a workspace holds a folder .apolo or .neuro")
        return below
    if not found.flow_files() and found.project_file() is None:
        if is_client_folder(found.config):
            hint = f"{found.config} holds the settings of the platform's client, no flows: change into a project, or give its path"
            raise UsageError(f"there is no workspace in {given}", hint)
        raise UsageError(f"there is no YAML file in {given}", "a config folder holds live.yml, batch flows and project.yml")
    return [Target(found, None)]


def _is_config_entry(path: str) -> bool:
    """A folder named like a config file is something wrong with a file, not a folder to search."""
    return path.endswith((".yml", ".yaml"))
