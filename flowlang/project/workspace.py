"""Finding workspaces and the files of their config folders."""

from __future__ import annotations

import os
from collections.abc import Iterator

from flowlang.filesystem import DISK, Disk
from flowlang.light import NamedTuple
from flowlang.text import shown_path

# The engine prefers .apolo where both exist (engine 26.7: workspace search).
CONFIG_FOLDERS = (".apolo", ".neuro")
ENDINGS = (".yml", ".yaml")

# Folders that hold other people's files; a search downwards never enters them.
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


class Workspace(NamedTuple):
    """A folder with a config folder. Both paths are absolute and as the user wrote them (links unresolved); `disk` is what it is looked at through."""

    root: str
    config: str
    disk: Disk = DISK

    @property
    def real_root(self) -> str:
        """The root with links resolved, as the engine shows it."""
        return self.disk.realpath(self.root)

    @property
    def fetched_folder(self) -> str:
        """Where copies of remote actions lie that were fetched for this workspace."""
        return os.path.join(self.root, ".flowlang", "actions")

    def flow_files(self) -> list[str]:
        """Paths of all YAML files of the config folder but the project file, sorted by name."""
        return [path for path in self._entries() if os.path.splitext(os.path.basename(path))[0] != "project"]

    def root_actions(self) -> list[str]:
        """Paths of the action file at the workspace's root, which others call as ``gh:OWNER/REPO@TAG``; ``.yml`` comes before ``.yaml``."""
        paths = [os.path.join(self.root, "action" + ending) for ending in ENDINGS]
        return [path for path in paths if self.disk.is_file(path)][:1]

    def project_file(self) -> str | None:
        """The project file: in the config folder, then (deprecated) in the workspace root; ``.yml`` before ``.yaml``."""
        for folder in (self.config, self.root):
            for ending in ENDINGS:
                path = os.path.join(folder, "project" + ending)
                if self.disk.lexists(path):
                    return path
        return None

    def has(self, path: str) -> bool:
        """Whether a file of this workspace lies in it, links resolved; a config folder may be a link that leads elsewhere."""
        real = self.disk.realpath(path)
        return any(real == folder or real.startswith(os.path.join(folder, "")) for folder in (self.real_root, self.disk.realpath(self.config)))

    def _entries(self) -> list[str]:
        try:
            names = self.disk.names(self.config)
        except OSError:
            return []
        return [os.path.join(self.config, name) for name in names if name.endswith(ENDINGS)]

    def relative(self, path: str) -> str:
        """`path` relative to the workspace root, with ``/``."""
        return shown_path(path, self.root)


def is_client_folder(folder: str, disk: Disk = DISK) -> bool:
    """Whether the platform's client keeps its own settings in a folder: ``~/.apolo`` (client 26.9: its file ``db``)."""
    return os.path.basename(folder) in CONFIG_FOLDERS and disk.lexists(os.path.join(folder, "db"))


def workspace_of(folder: str) -> Workspace | None:
    """The workspace that `folder` itself is (it holds a config folder) or whose config folder it is."""
    folder = os.path.abspath(folder)
    if os.path.basename(folder) in CONFIG_FOLDERS and os.path.isdir(folder):
        return Workspace(os.path.dirname(folder), folder)
    for name in CONFIG_FOLDERS:
        config = os.path.join(folder, name)
        if os.path.isdir(config):
            return Workspace(folder, config)
    return None


def find_workspace(start: str) -> Workspace | None:
    """The nearest workspace from the folder `start` upwards."""
    folder = os.path.abspath(start)
    while True:
        found = workspace_of(folder)
        if found is not None:
            return found
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def workspace_around(path: str) -> Workspace | None:
    """The workspace around a file: a config folder directly above it is the one used."""
    folder = os.path.dirname(path)
    return workspace_of(folder) if os.path.basename(folder) in CONFIG_FOLDERS else find_workspace(folder)


def find_below(folder: str) -> Iterator[Workspace]:
    """All workspaces below `folder`, in a stable order; dot folders and links are not entered."""
    for current, folders, _ in os.walk(os.path.abspath(folder)):
        found = workspace_of(current) if os.path.basename(current) not in CONFIG_FOLDERS else None
        if found is not None:
            yield found
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
