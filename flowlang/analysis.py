"""The pipeline: from paths to findings and specs. What the commands, the editor and the library call."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from flowlang.diagnostics import Diagnostic, Effect, Rule, Severity, Suppressed, rule
from flowlang.model import ACTION, BATCH, LIVE, PROJECT, Block, ConfigFile, ListItem
from flowlang.project import FileStore, Workspace, find_below, find_workspace, workspace_around, workspace_of
from flowlang.project.naming import check_names, is_client_folder
from flowlang.project.reading import flow_files, read_config
from flowlang.semantics import Analysis, Environment, FileAnalysis, LiveFlow, read_project
from flowlang.semantics.actions import Actions
from flowlang.semantics.copies import told_of_copies
from flowlang.semantics.leaves import leaf_problems
from flowlang.semantics.project import folder_problem
from flowlang.suppression import Judged, suppress
from flowlang.text import Span

if TYPE_CHECKING:
    from flowlang.shellcheck import Run

ENGINE = "26.7"
"""The newest engine release whose behaviour is known."""


_RELEASE = re.compile(r"([0-9]{2})\.([0-9]{1,2})(?:\.[0-9]+)?")


class UsageError(Exception):
    """The command line asks for something that cannot be: `message`, and a `hint` how to put it right."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Options(NamedTuple):
    """What a run is told: the engine release, where actions lie, the environment, and what to compile.

    `shellcheck` runs that program on scripts; None: it is not asked.
    """

    engine: str | None = None
    actions_dirs: tuple[str, ...] = ()
    environment: Environment = Environment()
    missing_actions: Severity = Severity.INFO
    relocatable: bool = False
    only: str | None = None
    keep_going: bool = False
    shellcheck: Run | None = None


Progress = Callable[[int, int], None]
"""Told after each flow: how many are done, of how many."""


class Report(NamedTuple):
    """The findings of a run in the order of reports, how many files were read, the findings that are suppressed.

    `notes` are things to tell people that are no findings. `beside`: the findings in other files of
    the same workspaces, where only single files were asked for. `paths` are the files that were read.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    suppressed: tuple[Suppressed, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[Diagnostic, ...] = ()
    paths: tuple[str, ...] = ()


def analyze(workspace: Workspace, options: Options, store: FileStore, step: Callable[[], None] = lambda: None) -> Analysis:
    """Read and elaborate a whole workspace; `step` is called after each flow. Total: whatever is wrong becomes a finding."""
    actions = Actions(workspace, store, (*options.actions_dirs, workspace.fetched_folder), options.missing_actions)
    project_path = workspace.project_file()
    project_file = read_config(store, project_path, PROJECT) if project_path is not None else None
    project = read_project(workspace, project_file, options.environment)
    files = [FileAnalysis(project_file)] if project_file is not None else []
    for path in flow_files(workspace, store):
        file = read_config(store, path)
        analysed = FileAnalysis(file)
        if file.block is not None and file.complete:
            if file.kind == LIVE:
                analysed.live = LiveFlow(file, file.block, project, workspace, options.environment, actions)
                analysed.live.elaborate()
            elif file.kind == BATCH:
                from flowlang.semantics.batch import BatchFlow

                analysed.batch = BatchFlow(file, file.block, project, workspace, options.environment, actions)
                analysed.batch.elaborate()
        files.append(analysed)
        step()
    _read_called(actions)
    for path in workspace.root_actions():
        actions.find(f"ws:{workspace.relative(path)}")
    known = {file.config.source.path for file in files}
    files += (FileAnalysis(action.file, remote=action.remote) for action in actions.all() if action.file.source.path not in known)
    return Analysis(workspace, project, files, actions)


def _read_called(actions: Actions) -> None:
    """Read the actions that actions call as well, also where a wrong call keeps them from being elaborated."""
    done: set[str] = set()
    while todo := [action for action in actions.all() if action.reference not in done]:
        for action in todo:
            done.add(action.reference)
            section = action.file.block.fields.get("tasks") if action.file.block is not None else None
            for entry in section.items if isinstance(section, ListItem) else ():
                leaf = (entry.leaf("module") or entry.leaf("action")) if isinstance(entry, Block) else None
                if leaf is not None and isinstance(leaf.value, str):
                    actions.called(leaf.value, leaf)


def findings(analysis: Analysis) -> Iterator[Diagnostic]:
    """All findings of an analysis, in no order and possibly more than once."""
    from flowlang.rules import check_project

    if analysis.project.file is None:
        flow = next((file.config for file in analysis.files), None)
        problem = folder_problem(analysis.workspace, flow) if flow is not None else None
        if problem is not None:
            yield problem
    yield from analysis.project.diagnostics
    yield from check_names(analysis.workspace, (file.config for file in analysis.files), analysis.actions.store)
    for file in analysis.files:
        yield from file_findings(file)
    yield from check_project(analysis)


def file_findings(file: FileAnalysis) -> Iterator[Diagnostic]:
    """The findings in one file: of the file by itself, of the flow in it, and of the rules."""
    from flowlang.rules import check_file

    yield from file.config.diagnostics
    for leaf in file.leaves:
        yield from leaf_problems(leaf)
    for loser in file.config.losers:
        for leaf in loser.item.leaves():
            yield from leaf_problems(leaf)
    if file.live is not None:
        yield from file.live.diagnostics
        for job in file.live.jobs.values():
            yield from job.diagnostics
    if file.batch is not None:
        yield from file.batch.diagnostics
    if file.config.kind == ACTION:
        from flowlang.semantics.declarations import check_declarations

        yield from check_declarations(file.config)
    yield from check_file(file)


def lint(
    paths: Sequence[str],
    options: Options,
    *,
    stdin: tuple[str | None, bytes] | None = None,
    overlay: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Lint workspaces, config folders or single files; without a path, the workspace around the working directory.

    `stdin` is a file's content given in place of the disk, with the name it stands for; `overlay` the
    same for files that are not linted for that alone, by absolute path. `progress` is told after each
    flow. Raises `UsageError` alone: for a path that does not exist, or where there is no workspace.
    """
    notes = engine_notes(options.engine)
    base = os.getcwd()
    texts = dict(overlay or {})
    wanted: list[str] = list(paths)
    if stdin is not None:
        name = stdin_path(stdin[0])
        texts[name] = stdin[1]
        wanted.append(name)
    store = FileStore(base, texts)
    targets = resolve_targets(wanted, texts)
    step = _steps(targets, progress)
    found: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    beside: list[Diagnostic] = []
    shown: set[str] = set()
    for target in targets:
        if target.workspace is None:
            files = [read_config(store, path) for path in target.files or ()]
            shown.update(file.source.path for file in files)
            each = [judge_alone(file, options) for file in files]
            judged = Judged([found for one in each for found in one.diagnostics], [found for one in each for found in one.suppressed])
        else:
            analysis = analyze(target.workspace, options, store, step)
            for path in target.files or ():
                if store.display(path) not in {file.config.source.path for file in analysis.files}:
                    # a file that no flow reaches: judged by itself
                    analysis.files.append(FileAnalysis(read_config(store, path)))
            only = {store.display(path) for path in target.files} if target.files is not None else None
            judged = judge(analysis, options, only, beside)
            shown |= only if only is not None else {file.config.source.path for file in analysis.files}
        found += judged.diagnostics
        suppressed += judged.suppressed
    return Report(unique(found), len(shown), _each_once(suppressed), notes, unique(beside), tuple(sorted(shown)))


def _steps(targets: Sequence[Target], progress: Progress | None) -> Callable[[], None]:
    """What counts the flows that are done."""
    if progress is None:
        return lambda: None
    total = sum(len(target.workspace.flow_files()) for target in targets if target.workspace is not None)
    done = count(1)
    return lambda: progress(next(done), total)


def stdin_path(name: str | None) -> str:
    """The absolute path that the file on standard input stands for."""
    return os.path.abspath(name or "live.yml")


def judge(analysis: Analysis, options: Options, only: Collection[str] | None = None, beside: list[Diagnostic] | None = None) -> Judged:
    """The findings of an analysis that are to be told and those that comments accept, in no order and possibly more than once.

    `only`: the reported paths of the files that are asked for, None for all; `beside` takes what is found in the others.
    """
    found = _in_force(told_of_copies(findings(analysis), analysis.actions, only), options)
    if options.shellcheck is not None:
        found = chain(found, _of_shellcheck(analysis.files, options.shellcheck, only))
    if only is not None:
        everything = list(found)
        found = (diagnostic for diagnostic in everything if diagnostic.source.path in only)
        if beside is not None:
            beside += (diagnostic for diagnostic in everything if diagnostic.source.path not in only)
    return suppress(found, _own(analysis, only), may_be_unused=_wholly_judged(analysis), not_run=_not_run(options))


def judge_alone(file: ConfigFile, options: Options) -> Judged:
    """The same of one file outside any workspace: an action by itself; of a flow nothing can be resolved, and just that is told."""
    analysed = FileAnalysis(file)
    found = file_findings(analysed) if file.kind == ACTION or file.block is None else iter((_outside(file),))
    if options.shellcheck is not None and file.kind == ACTION:
        found = chain(found, _of_shellcheck([analysed], options.shellcheck, None))
    return suppress(_in_force(found, options), [file], may_be_unused=())


def _of_shellcheck(files: Iterable[FileAnalysis], run: Run, only: Collection[str] | None) -> Iterator[Diagnostic]:
    """What shellcheck finds in the scripts of some files."""
    from flowlang.shellcheck import check_scripts

    return check_scripts(files, run, only)


def _not_run(options: Options) -> tuple[str, ...]:
    """The rules that find nothing because they are not asked."""
    return ("shellcheck",) if options.shellcheck is None else ()


def _own(analysis: Analysis, only: Collection[str] | None) -> list[ConfigFile]:
    """The files whose comments count: not those of copies."""
    return [file.config for file in analysis.files if not file.remote and (only is None or file.config.source.path in only)]


def _wholly_judged(analysis: Analysis) -> frozenset[str]:
    """The files that everything is known of: of an action that nothing calls most is not."""
    called = {action.file.source.path for action in analysis.actions.all() if action.reference in analysis.actions.calls}
    return frozenset(path for file in analysis.files if file.config.kind != ACTION or file.config.source.path in called for path in [file.config.source.path])


def _in_force(diagnostics: Iterable[Diagnostic], options: Options) -> Iterator[Diagnostic]:
    """The findings of rules that hold for the engine release that is asked for."""
    release = release_of(options.engine)
    return (diagnostic for diagnostic in diagnostics if in_force(diagnostic.rule, release))


def _outside(file: ConfigFile) -> Diagnostic:
    """The finding that a flow or project file lies outside any workspace, where nothing in it can be resolved."""
    place = file.block.head if file.block is not None else Span(0, 0)
    return Diagnostic(
        rule("not-a-flow"),
        file.source,
        place,
        "this file lies outside any workspace and is not checked",
        help="a workspace holds its flows in a folder .apolo or .neuro",
    )


def _keep(found: dict[tuple[object, ...], Diagnostic], diagnostic: Diagnostic) -> None:
    """Keep one of equal findings: the one that the engine refuses, if it is refused anywhere."""
    known = found.setdefault(identity(diagnostic), diagnostic)
    if diagnostic.effect is Effect.REFUSED and known.effect is not Effect.REFUSED:
        found[identity(diagnostic)] = diagnostic


def unique(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings each once, in the order of reports."""
    found: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in diagnostics:
        _keep(found, diagnostic)
    return tuple(sorted(found.values(), key=lambda diagnostic: diagnostic.order))


def _each_once(suppressed: Iterable[Suppressed]) -> tuple[Suppressed, ...]:
    """The suppressed findings each once, in the order of reports."""
    found = {identity(each.diagnostic): each for each in suppressed}
    return tuple(sorted(found.values(), key=lambda each: each.diagnostic.order))


def identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    """What makes two findings one: a mixin's mistake, say, is met once for each job that uses it."""
    return (diagnostic.source.path, diagnostic.span, diagnostic.rule.code, diagnostic.message)


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


def release_of(engine: str | None) -> tuple[int, int]:
    """The year and month of an engine release ``YY.M`` or ``YY.M.P``, None the newest known; `UsageError` when it is none."""
    release = _RELEASE.fullmatch(ENGINE if engine is None else engine)
    if release is None or not 1 <= int(release[2]) <= 12:
        raise UsageError(f"--engine {engine!r} is no release", f"write it as YY.M or YY.M.P, for instance {ENGINE}")
    return int(release[1]), int(release[2])


def engine_notes(engine: str | None) -> tuple[str, ...]:
    """What there is to say about the engine release that is asked for; `UsageError` when it is none."""
    if release_of(engine) > release_of(None):
        return (f"engine {engine} is newer than {ENGINE}, the newest that this version knows; it is judged like that one",)
    return ()


def in_force(row: Rule, release: tuple[int, int]) -> bool:
    """Whether a rule holds for an engine release."""
    return (row.since is None or release_of(row.since) <= release) and (row.until is None or release < release_of(row.until))
