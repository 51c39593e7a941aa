"""The project id, and the one that a folder's name gives."""

from __future__ import annotations

from pathlib import PureWindowsPath

from flowlang.light import NamedTuple


class ProjectId(NamedTuple):
    """A project id and where it came from: ``folder`` or ``project.yml``. None: there is no valid one."""

    value: str | None
    source: str


def folder_id(root: str) -> str:
    """The id that a workspace's folder gives: its name without the last suffix, ``-`` turned into ``_``.

    Engine 26.7 takes the *stem* of the path, so that ``my.project`` gives ``my``; it reads the
    path as a Windows one, which keeps the meaning on every system.
    """
    return PureWindowsPath(root).stem.replace("-", "_")
