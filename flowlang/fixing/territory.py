"""Which files fixes may change."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from flowlang.runs import Target


class Territory:
    """The files that a run may change: those given, and those of the workspaces given whole; never what lies outside or is read-only."""

    __slots__ = ("_dry", "_files", "_known", "_roots", "_unwritten", "left")

    def __init__(self, targets: Sequence[Target], *, unwritten: str | None = None, dry: bool = False) -> None:
        """`unwritten` is the real path of a file whose text is not written to the disk; `dry`: none is."""
        whole = [target.workspace for target in targets if target.workspace is not None and target.files is None]
        # a config folder may be a link that leads elsewhere
        self._roots = tuple({os.path.realpath(folder): None for workspace in whole for folder in (workspace.root, workspace.config)})
        self._files = frozenset(os.path.realpath(path) for target in targets for path in target.files or ())
        self._unwritten = unwritten
        self._dry = dry
        self._known: dict[str, bool] = {}
        self.left: dict[str, str] = {}
        """The real paths of files of the workspaces that were asked for and must not be changed, with the reasons."""

    def allows(self, path: str) -> bool:
        """Whether the file at this real path may be changed."""
        known = self._known.get(path)
        if known is None:
            why = self._why_not(path)
            known = self._known[path] = why is None
            if why:
                self.left[path] = why
        return known

    def _why_not(self, path: str) -> str | None:
        """Why a file must not be changed; empty where that goes without saying."""
        if path not in self._files and not any(path.startswith(root.rstrip(os.sep) + os.sep) for root in self._roots):
            # with single files given, the others of their workspace are none of its business
            return "it lies outside the workspace" if self._roots else ""
        if not self._dry and path != self._unwritten and not is_writable(path):
            return "it is read-only"
        return None


def is_writable(path: str) -> bool:
    """Whether a file may be written: by its mode also for those whom the system lets write everything."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return bool(mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)) and os.access(path, os.W_OK)
