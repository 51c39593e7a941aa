"""Reading config files: from a path to the model, whatever is wrong kept as findings."""

from __future__ import annotations

import os

from flowlang.model import LIVE, ConfigFile, load
from flowlang.project.files import FileStore
from flowlang.project.workspace import ENDINGS, Workspace
from flowlang.text import Source


def read_config(store: FileStore, path: str, kind: str | None = None) -> ConfigFile:
    """The config file at an absolute path; `kind` says what it is for who refers to it."""
    source, problems = store.read(path)
    if problems:
        from flowlang.yamltree import parse

        return ConfigFile(source, parse(Source(source.path, "")), kind or LIVE, None, problems, False)
    key = source.path, kind
    known = store.configs.get(key) or store.before.get(key)
    if known is None or known.source.text != source.text:
        known = load(source, kind)
    store.configs[key] = known
    return known


def flow_files(workspace: Workspace, store: FileStore) -> list[str]:
    """The paths of a workspace's flow files, those included that are open in an editor and were never saved."""
    paths = workspace.flow_files()
    if not store.overlay:
        return paths
    unsaved = (path for path in store.overlay if path.endswith(ENDINGS) and os.path.dirname(path) == workspace.config)
    return sorted({*paths, *(path for path in unsaved if os.path.splitext(os.path.basename(path))[0] != "project")})
