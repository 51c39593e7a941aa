"""Names of config files: what is read under which name, and what never is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from flowlang.diagnostics import Diagnostic, Effect, rule
from flowlang.model import BATCH, LIVE, ConfigFile
from flowlang.project.files import FileStore
from flowlang.project.reading import flow_files
from flowlang.project.workspace import CONFIG_FOLDERS, ENDINGS, Workspace, is_client_folder
from flowlang.text import Span, quoted

_ONE_LIVE = "rename it live.yml, or move its jobs there"


def check_names(workspace: Workspace, files: Iterable[ConfigFile], store: FileStore) -> Iterator[Diagnostic]:
    """Findings about the names of a workspace's flow files, and about files that others hide."""
    by_path = {file.source.path: file for file in files}
    for path in flow_files(workspace, store):
        file = by_path.get(store.display(path))
        if file is None:
            continue
        hiding = _hiding(path, store)
        if hiding is not None:
            yield _hidden(file, hiding)
        elif file.stem == LIVE:
            yield from _batch_as_live(file)
        elif "." in file.stem and file.kind in (LIVE, BATCH):
            yield _dotted(path, file, store)
        elif file.kind == LIVE and file.block is not None:
            message = "jobs of this live flow cannot be started: the engine reads live.yml alone"
            yield Diagnostic(rule("flow-name"), file.source, _kind_span(file), message, help=_ONE_LIVE)
    yield from _client_folder(workspace, store)
    yield from _hidden_projects(workspace, store)
    yield from _hidden_folder(workspace, store)


def _hiding(path: str, store: FileStore) -> str | None:
    """The file that is read in place of this one: ``.yml`` comes before ``.yaml`` (engine 26.7)."""
    stem, ending = os.path.splitext(path)
    other = stem + ENDINGS[0]
    return other if ending == ENDINGS[1] and store.disk.lexists(other) else None


def _hidden(file: ConfigFile, hiding: str) -> Diagnostic:
    message = f"this file is never read: {quoted(os.path.basename(hiding))} stands beside it"
    return Diagnostic(rule("shadowed-config"), file.source, _kind_span(file), message, help="keep one of the two")


def _kind_span(file: ConfigFile) -> Span:
    leaf = file.block.leaf("kind") if file.block is not None else None
    return leaf.span if leaf is not None else file.block.head if file.block is not None else Span(0, 0)


def _batch_as_live(file: ConfigFile) -> Iterator[Diagnostic]:
    kind = file.block.leaf("kind") if file.block is not None else None
    if kind is not None and kind.value == BATCH:
        help = "name the file after the flow: train.yml is baked as 'train'"
        message = f"{quoted(os.path.basename(file.source.path))} is read as a live flow, this is a batch flow"
        yield Diagnostic(rule("wrong-kind"), file.source, kind.span, message, help=help)


def _dotted(path: str, file: ConfigFile, store: FileStore) -> Diagnostic:
    """Engine 26.7 takes what follows the last dot of a flow's name for an ending and puts ``.yml`` in its place."""
    read = os.path.splitext(os.path.splitext(path)[0])[0]
    found = next((read + ending for ending in ENDINGS if store.disk.lexists(read + ending)), None)
    message = f"a flow's name takes no dot: {quoted(file.stem)} is looked for in {quoted(os.path.basename(read) + ENDINGS[0])}"
    message += ", which is taken in its place" if found is not None else ", which is not there"
    effect = None if found is not None else Effect.REFUSED
    help = f"rename it {file.stem.replace('.', '_')}.yml" if file.kind == BATCH else _ONE_LIVE
    return Diagnostic(rule("dotted-flow-name"), file.source, _kind_span(file), message, help=help, override_effect=effect)


def _client_folder(workspace: Workspace, store: FileStore) -> Iterator[Diagnostic]:
    files = workspace.flow_files()
    if files and is_client_folder(workspace.config, store.disk):
        source, _ = store.read(files[0])
        name = quoted(os.path.basename(workspace.config))
        message = f"the platform's client keeps its own settings in this folder {name}: it seems to be the one of the home folder"
        yield Diagnostic(rule("workspace-is-home"), source, Span(0, 0), message, help="keep flows in a folder of their own below it")


def _hidden_projects(workspace: Workspace, store: FileStore) -> Iterator[Diagnostic]:
    found = [
        path for folder in (workspace.config, workspace.root) for ending in ENDINGS if store.disk.lexists(path := os.path.join(folder, "project" + ending))
    ]
    for path in found[1:]:
        source, _ = store.read(path)
        message = f"this file is never read: {quoted(workspace.relative(found[0]))} comes before it"
        yield Diagnostic(rule("shadowed-config"), source, Span(0, 0), message, help="keep one of the two")


def _hidden_folder(workspace: Workspace, store: FileStore) -> Iterator[Diagnostic]:
    used = os.path.basename(workspace.config)
    for name in CONFIG_FOLDERS[CONFIG_FOLDERS.index(used) + 1 :] if used in CONFIG_FOLDERS else ():
        folder = os.path.join(workspace.root, name)
        try:
            files = sorted(entry for entry in store.disk.names(folder) if entry.endswith(ENDINGS))
        except OSError:
            continue
        if files:
            source, _ = store.read(os.path.join(folder, files[0]))
            message = f"nothing in the folder {quoted(name)} is ever read: {quoted(used)} stands beside it"
            yield Diagnostic(rule("shadowed-config"), source, Span(0, 0), message, help="keep one of the two folders")
