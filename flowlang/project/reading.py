"""Reading config files: from a path to the model, whatever is wrong kept as findings."""

from __future__ import annotations

import os

from flowlang.diagnostics import Diagnostic, rule
from flowlang.model import LIVE, ConfigFile, load
from flowlang.project.files import FileStore
from flowlang.project.workspace import ENDINGS, Workspace
from flowlang.text import Source, Span


def read_config(store: FileStore, path: str, kind: str | None = None, within: Workspace | None = None) -> ConfigFile:
    """The config file at an absolute path; `kind` says what it is for who refers to it.

    `within` is the workspace that the file must lie in: a link that leads out of it is not followed, so
    that nobody's own files are shown by linting what somebody else wrote.
    """
    if within is not None and store.disk.is_link(path) and not store.has_text(path) and not within.has(path):
        source, problems = _leads_out(Source(store.display(path), ""))
    else:
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


def _leads_out(source: Source) -> tuple[Source, tuple[Diagnostic, ...]]:
    """A link in place of its text."""
    message = "this file is a link that leads out of the workspace and is not read"
    return source, (Diagnostic(rule("outside-workspace"), source, Span(0, 0), message, help="keep the file itself inside the workspace"),)


def flow_files(workspace: Workspace, store: FileStore) -> list[str]:
    """The paths of a workspace's flow files, those included that are open in an editor and were never saved."""
    paths = workspace.flow_files()
    if not store.overlay:
        return paths
    unsaved = (path for path in store.overlay if path.endswith(ENDINGS) and os.path.dirname(path) == workspace.config)
    return sorted({*paths, *(path for path in unsaved if os.path.splitext(os.path.basename(path))[0] != "project")})
