"""The pipeline: from workspaces to findings. What linting, compiling and the editor call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, rule
from flowlang.expr import Budget
from flowlang.model import ACTION, BATCH, LIVE, PROJECT, Block, ConfigFile, ListItem
from flowlang.project import FileStore, Workspace
from flowlang.project.naming import check_names
from flowlang.project.reading import flow_files, read_config
from flowlang.runs import Options, Part, Target, in_force, release_of, where_written
from flowlang.semantics import Analysis, FileAnalysis, LiveFlow, read_project
from flowlang.semantics.actions import Actions, Missing
from flowlang.semantics.copies import told_of_copies
from flowlang.semantics.leaves import leaf_problems
from flowlang.semantics.project import folder_problem
from flowlang.suppression import Judged, suppress
from flowlang.text import Span

if TYPE_CHECKING:
    from flowlang.shellcheck import Run


def analyze(workspace: Workspace, options: Options, store: FileStore, step: Callable[[], None] = lambda: None) -> Analysis:
    """Read and elaborate a whole workspace; `step` is called after each flow. Total: whatever is wrong becomes a finding."""
    workspace = workspace._replace(disk=store.disk)
    actions = Actions(workspace, store, (*options.actions_dirs, workspace.fetched_folder), options.missing_actions, Budget(options.hash_bytes))
    project_path = workspace.project_file()
    project_file = read_config(store, project_path, PROJECT, workspace) if project_path is not None else None
    project = read_project(workspace, project_file, options.environment)
    files = [FileAnalysis(project_file)] if project_file is not None else []
    for path in flow_files(workspace, store):
        file = read_config(store, path, within=workspace)
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
        if isinstance(actions.find(f"ws:{workspace.relative(path)}"), Missing):
            files.append(FileAnalysis(read_config(store, path, ACTION, workspace)))
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
        # of most it is known from the start that there are none
        if leaf.problems != () and (problems := leaf_problems(leaf)):
            yield from problems
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


def judge_target(target: Target, options: Options, store: FileStore, step: Callable[[], None] = lambda: None) -> Part:
    """What comes of one target of a run, read through `store`; `step` is called after each flow."""
    if target.workspace is None:
        files = [read_config(store, path) for path in target.files or ()]
        each = [judge_alone(file, options) for file in files]
        suppressed = [found for one in each for found in one.suppressed]
        return Part([found for one in each for found in one.diagnostics], suppressed, (), [file.source.path for file in files])
    analysis = analyze(target.workspace, options, store, step)
    for path in target.files or ():
        if store.display(path) not in {file.config.source.path for file in analysis.files}:
            # a file that no flow reaches: judged by itself
            analysis.files.append(FileAnalysis(read_config(store, path, within=analysis.workspace)))
    only = {store.display(path) for path in target.files} if target.files is not None else None
    beside: list[Diagnostic] = []
    judged = judge(analysis, options, only, beside)
    analysis.release()
    return Part(*judged, beside, sorted(only if only is not None else {file.config.source.path for file in analysis.files}))


def judge(analysis: Analysis, options: Options, only: Collection[str] | None = None, beside: list[Diagnostic] | None = None) -> Judged:
    """The findings of an analysis that are to be told and those that comments accept, in no order and possibly more than once.

    `only`: the reported paths of the files that are asked for, None for all; `beside` takes what is found in the others.
    """
    found = _in_force(told_of_copies(where_written(findings(analysis)), analysis.actions, only), options)
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
    return suppress(_in_force(where_written(found), options), [file], may_be_unused=())


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
