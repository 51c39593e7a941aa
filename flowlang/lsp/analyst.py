"""Workspaces judged from what the editor has open and, for the rest, from the disk; each kept until something changes."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping

from flowlang.analysis import analyze, judge, judge_alone
from flowlang.diagnostics import Diagnostic
from flowlang.disk import read_file
from flowlang.light import NamedTuple, cached_property
from flowlang.lsp.documents import Document
from flowlang.lsp.features import Index
from flowlang.model import ConfigFile
from flowlang.project import CONFIG_FOLDERS, FileStore, Workspace, find_below, workspace_around
from flowlang.project.reading import read_config
from flowlang.runs import unique
from flowlang.semantics import Analysis, FileAnalysis, read_project
from flowlang.semantics.actions import Actions
from flowlang.settings import CommonSettings, Finder, InForce, LintSettings, WrongSettings
from flowlang.settings.policy import Policy, policy

log = logging.getLogger(__name__)

_KINDS = ("live", "batch", "stateful", "local")


class State(NamedTuple):
    """What the editor has open at one moment, by URI; `epoch` counts the times the disk may have changed."""

    documents: Mapping[str, Document]
    epoch: int = 0


class Checked:
    """A workspace analysed and judged under its settings, or one file `alone` outside any, as if it were a workspace.

    `owner` names the workspace or file. `store` is what its files were read from, `root` the folder that
    reported paths are relative to. `diagnostics` are all that are to be shown, by path and in the order of
    reports. `wrong` is what is wrong with the settings, of which none count then.
    """

    def __init__(
        self,
        owner: str,
        store: FileStore,
        analysis: Analysis,
        diagnostics: tuple[Diagnostic, ...],
        policy: Policy,
        wrong: WrongSettings | None,
        *,
        alone: bool = False,
    ) -> None:
        self.owner = owner
        self.store = store
        self.root = store.base
        self.analysis = analysis
        self.files = {self.path(file.config.source.path): file for file in analysis.files}
        self.diagnostics: dict[str, list[Diagnostic]] = {path: [] for path in self.files}
        for diagnostic in diagnostics:
            self.diagnostics.setdefault(self.path(diagnostic.source.path), []).append(diagnostic)
        self.policy = policy
        self.wrong = wrong
        self.alone = alone

    @cached_property
    def index(self) -> Index:
        """What features look things up in."""
        return Index(self.analysis)

    def path(self, reported: str) -> str:
        """The absolute path of a file that is reported."""
        return os.path.normpath(os.path.join(self.root, reported))


class _Kept(NamedTuple):
    epoch: int
    documents: tuple[Document, ...]
    checked: Checked


class Analyst:
    """Judges workspaces, each again only when its documents or the disk changed. To be used by one thread at a time."""

    def __init__(self) -> None:
        self._kept: dict[Workspace, _Kept] = {}
        self._below: tuple[int, tuple[str, ...], tuple[Workspace, ...]] = (-1, (), ())

    def around(self, state: State, path: str) -> Checked:
        """The workspace around the file at `path`, or the file alone where there is none."""
        workspace = workspace_around(path) or _to_be(path, state)
        return self.workspace(state, workspace) if workspace is not None else _alone(state, path)

    def workspace(self, state: State, workspace: Workspace) -> Checked:
        """A workspace as it is now."""
        kept = self._kept.get(workspace)
        documents = tuple(document for document in state.documents.values() if _concerns(document, workspace, kept))
        if kept is not None and kept.epoch == state.epoch and kept.documents == documents:
            return kept.checked
        overlay = {document.path: document.data for document in documents if document.path is not None}
        store = FileStore(workspace.root, overlay, kept.checked.store.configs if kept is not None else None)
        checked = _check(workspace, store)
        if not checked.files:  # nothing is there: not worth keeping
            self._kept.pop(workspace, None)
        else:
            self._kept[workspace] = _Kept(state.epoch, documents, checked)
        return checked

    def everywhere(self, state: State, folders: tuple[str, ...]) -> Iterator[Checked]:
        """Every workspace in these folders, and those around open documents."""
        epoch, known, below = self._below
        if (epoch, known) != (state.epoch, folders):
            below = tuple(dict.fromkeys(workspace for folder in folders for workspace in find_below(folder)))
            self._below = (state.epoch, folders, below)
        around = (workspace_around(document.path) for document in state.documents.values() if document.path is not None)
        for workspace in dict.fromkeys((*below, *around)):
            if workspace is not None:
                yield self.workspace(state, workspace)


def _concerns(document: Document, workspace: Workspace, kept: _Kept | None) -> bool:
    """Whether a document may stand for a file of the workspace: it lies below its root, or was read for it before."""
    path = document.path
    if path is None:
        return False
    return path.startswith(workspace.root.rstrip(os.sep) + os.sep) or (kept is not None and path in kept.checked.files)


def _to_be(path: str, state: State) -> Workspace | None:
    """The workspace that there will be when a document is saved in a config folder that is not there yet."""
    config = os.path.dirname(path)
    is_open = any(document.path == path for document in state.documents.values())
    return Workspace(os.path.dirname(config), config) if is_open and os.path.basename(config) in CONFIG_FOLDERS else None


def _policy(root: str) -> tuple[Policy, WrongSettings | None]:
    try:
        return policy(Finder(None, base=root, linter=True).around(root)), None
    except WrongSettings as error:
        return policy(InForce(CommonSettings(), LintSettings(), root)), error


def _check(workspace: Workspace, store: FileStore) -> Checked:
    rules, wrong = _policy(workspace.root)
    analysis = analysis_of(workspace, store, rules)
    found = judge(analysis, rules.options).diagnostics
    return Checked(workspace.config, store, analysis, to_show(found, rules), rules, wrong)


def analysis_of(workspace: Workspace, store: FileStore, rules: Policy) -> Analysis:
    """A workspace analysed, with the files that are open and that no flow reaches: those are judged by themselves."""
    analysis = analyze(workspace, rules.options, store)
    known = {file.config.source.path for file in analysis.files}
    for path in store.overlay:
        if store.display(path) not in known and workspace_around(path) in (workspace, None):
            file = read_config(store, path, within=analysis.workspace)
            if _is_ours(path, file):
                analysis.files.append(FileAnalysis(file))
    return analysis


def _alone(state: State, path: str) -> Checked:
    """A file outside any workspace."""
    root = os.path.dirname(path)
    rules, wrong = _policy(root)
    overlay = {document.path: document.data for document in state.documents.values() if document.path is not None and document.path == path}
    store = FileStore(root, overlay)
    file = read_config(store, path)
    ours = file.block is not None and _is_ours(path, file)
    found = judge_alone(file, rules.options).diagnostics if ours else ()
    workspace = Workspace(root, os.path.join(root, CONFIG_FOLDERS[0]))
    project = read_project(workspace, None, rules.options.environment)
    analysis = Analysis(workspace, project, [FileAnalysis(file)] if ours else [], Actions(workspace, store))
    return Checked(path, store, analysis, to_show(found, rules), rules, wrong, alone=True)


def to_show(found: Iterable[Diagnostic], rules: Policy) -> tuple[Diagnostic, ...]:
    """The findings that are wanted, severe enough, and that no baseline accepts, each once and in the order of reports."""
    wanted = list(rules.adjusted(unique(found)))
    if rules.baseline is not None:
        wanted = _new(wanted, rules, rules.baseline)
    return tuple(filter(rules.shows, wanted))


def _new(found: list[Diagnostic], rules: Policy, baseline: str) -> list[Diagnostic]:
    from flowlang.suppression.baseline import WrongBaseline, read_baseline, sift

    folder = os.path.dirname(baseline)
    try:
        known = read_baseline(read_file(baseline).decode("utf-8"))
    except (OSError, UnicodeDecodeError, WrongBaseline) as error:
        log.warning("the baseline %s cannot be read: %s", baseline, error)
        return found
    return sift(found, known, lambda diagnostic: rules.relative(diagnostic.source.path, folder)).new


def _is_ours(path: str, file: ConfigFile) -> bool:
    """Whether a file that nothing refers to is meant for flows: it lies in a config folder, or says of which kind it is.

    Editors open all sorts of YAML, and most of it is somebody else's.
    """
    if not set(CONFIG_FOLDERS).isdisjoint(path.split(os.sep)):
        return True
    leaf = file.block.leaf("kind") if file.block is not None else None
    return leaf is not None and leaf.value in _KINDS
