"""From an analysed workspace to its compiled document: what is refused, what is left out, what is printed."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from flowlang.analysis import analyze, file_findings, findings
from flowlang.compiler import PoisonedValue, batch_document, header, live_document
from flowlang.diagnostics import Diagnostic, Effect, rule
from flowlang.light import NamedTuple
from flowlang.model import BATCH, LIVE, Block
from flowlang.project import FileStore, Workspace
from flowlang.runs import ENGINE, Options, UsageError, at_most, engine_notes, identity, resolve_targets, unique, where_written
from flowlang.semantics import Analysis, FileAnalysis, LiveFlow
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.owners import TaskOwner
from flowlang.text import Span, closest
from flowlang.yamltree import Mapping

HASHED = 4 << 30
"""Bytes of files that are read for the values of `hash_files`, which are the point here; some seconds."""
_NOT_JUDGED = frozenset({"too-large", "analysis-limit", "evaluation-limit"})
# What is told of each alias that it concerns, also of one that repeats it.
_TOLD_OF_EACH = frozenset({"misread-alias"})


class Compiled(NamedTuple):
    """What `compile` gives: the document (None where nothing may be written), the findings, notes for people.

    `complete` is False when something was left out of the document, or everything.
    """

    document: dict[str, object] | None
    diagnostics: tuple[Diagnostic, ...]
    complete: bool
    notes: tuple[str, ...] = ()


def compile_path(path: str | None, options: Options) -> Compiled:
    """Compile a workspace, the flows of a config folder, or one flow file. Raises `UsageError` alone."""
    notes = engine_notes(options.engine)
    targets = resolve_targets([path] if path is not None else [])
    if len(targets) != 1 or targets[0].workspace is None:
        raise UsageError(f"{path} is no workspace", "give a folder that holds .apolo or .neuro, or one flow file of it")
    compiled = compile_workspace(targets[0].workspace, targets[0].files, options)
    return compiled._replace(notes=(*notes, *compiled.notes))


def compile_workspace(workspace: Workspace, files: tuple[str, ...] | None, options: Options) -> Compiled:
    """Compile the flows of a workspace, or those among `files` alone."""
    store = FileStore(os.getcwd())
    options = options._replace(environment=options.environment._replace(relocatable=options.relocatable), hash_bytes=HASHED)
    analysis = analyze(workspace, options, store)
    only = {store.display(path) for path in files} if files is not None else None
    check_params(analysis, options)
    diagnostics = unique(findings(analysis))
    project_path = analysis.project.file.source.path if analysis.project.file else None
    chosen = [flow for flow in analysis.flows() if only is None or flow.file.source.path in only]
    if options.only is not None:
        _check_only(chosen, options.only)
    if only is not None:
        diagnostics = tuple(d for d in diagnostics if d.source.path in only or d.source.path == project_path)
    refused = [d for d in diagnostics if _stops(d)]
    if refused and not options.keep_going:
        return Compiled(None, *_told(diagnostics, False))
    document = header(analysis.project, options.environment, options.engine or ENGINE, relocatable=options.relocatable, only=options.only)
    flows: dict[str, object] = {}
    complete = not refused
    if not stops_all(analysis, refused):
        for flow in chosen:
            try:
                part = _batch_part(flow, refused, options.only) if isinstance(flow, BatchFlow) else _live_part(flow, refused, options.only)
            except PoisonedValue:
                diagnostics = (*diagnostics, _untold(flow))
                complete = False
                continue
            if part is not None:
                flows[flow.path] = part
    document["flows"] = dict(sorted(flows.items()))
    return _with_notes(Compiled(document, *_told(diagnostics, complete)), analysis)


def _with_notes(compiled: Compiled, analysis: Analysis) -> Compiled:
    """What came out, with notes about what was left to the run although it could be known before."""
    calls = sorted(f"hash_files({', '.join(map(repr, patterns))})" for patterns in analysis.actions.budget.unread)
    more = (f"{call}: these files have more than {HASHED >> 30} GB in all and are not read: the hash is left to the run" for call in calls)
    return compiled._replace(notes=(*compiled.notes, *more))


def _told(diagnostics: Sequence[Diagnostic], complete: bool) -> tuple[tuple[Diagnostic, ...], bool, tuple[str, ...]]:
    """The findings that are told, whether the document is complete, and notes about what is not told."""
    told, notes = at_most(where_written(diagnostics))
    return told, complete, notes


def _stops(diagnostic: Diagnostic) -> bool:
    """Whether a finding keeps what it is about from being compiled: what the engine refuses, and what was not read or worked out."""
    return diagnostic.effect is Effect.REFUSED or diagnostic.rule.name in _NOT_JUDGED


def stops_all(analysis: Analysis, refused: Iterable[Diagnostic]) -> bool:
    """Whether something in the project file keeps every flow from being built.

    What only comes up when a flow is built, such as a context that live flows do not have, concerns
    that flow.
    """
    project = analysis.project
    if project.file is None or project.broken:
        return project.broken
    path = project.file.source.path
    wrong = {identity(d) for d in refused if d.source.path == path}
    if not wrong:
        return False
    by_itself = {identity(d) for d in (*project.diagnostics, *file_findings(FileAnalysis(project.file)))}
    return bool(wrong & by_itself or wrong - {identity(d) for flow in analysis.flows() for d in _made_by(flow)})


def _made_by(flow: BatchFlow | LiveFlow) -> Iterator[Diagnostic]:
    """What came up when the flow was built."""
    yield from flow.diagnostics
    for job in flow.jobs.values() if isinstance(flow, LiveFlow) else ():
        yield from job.diagnostics


def _untold(flow: BatchFlow | LiveFlow) -> Diagnostic:
    """The finding that a flow cannot be compiled although nothing was found wrong with it."""
    message = "internal error: a value of this flow is wrong, but nothing was reported for it"
    return Diagnostic(rule("internal-error"), flow.file.source, flow.block.head, message, help="please report this with the file; the flow is left out")


def _live_part(flow: LiveFlow, refused: Iterable[Diagnostic], only: str | None) -> dict[str, object] | None:
    """The part of a live flow; None when the flow itself is refused."""
    errors = errors_by_job(flow, refused)
    if errors is None:
        return None
    part = live_document(flow, flow.path, errors)
    jobs = part["jobs"]
    if only is not None and isinstance(jobs, dict):
        part["jobs"] = {name: job for name, job in jobs.items() if name == only}
    return part


def _batch_part(flow: BatchFlow, refused: Iterable[Diagnostic], only: str | None) -> dict[str, object] | None:
    """The part of a batch flow; None when anything in it, or in what it calls, is refused."""
    own = {identity(d) for d in flow.diagnostics if _stops(d)}
    reached = {flow.file.source.path, *_called_files(flow.tasks)}
    if any(d.source.path in reached or identity(d) in own for d in refused):
        return None
    part = batch_document(flow, flow.path)
    tasks = part["tasks"]
    if only is not None and isinstance(tasks, dict):
        part["tasks"] = {name: task for name, task in tasks.items() if name == only}
        part["order"] = [[only]] if only in tasks else []
    return part


def _called_files(owner: TaskOwner) -> set[str]:
    """Paths of all action files that the tasks of an owner call, directly or not."""
    found: set[str] = set()
    for task in owner.graph.tasks.values():
        if task.action is not None:
            found.add(task.action.file.source.path)
    for call in owner.graph.calls:
        if call.run is not None:
            found |= _called_files(call.run)
    return found


def errors_by_job(flow: LiveFlow, refused: Iterable[Diagnostic]) -> dict[str, Diagnostic] | None:
    """The first refused finding of each job that cannot be built; None when the flow cannot be."""
    if flow.mixins.broken:
        return None
    errors: dict[str, Diagnostic] = {}
    of_jobs: dict[tuple[object, ...], list[str]] = {}
    for name, job in flow.jobs.items():
        for diagnostic in job.diagnostics:
            if _stops(diagnostic):
                of_jobs.setdefault(identity(diagnostic), []).append(name)
    callers: dict[int, list[str]] = {}
    for name, job in flow.jobs.items():
        if job.action is not None:
            callers.setdefault(id(job.action.file.source), []).append(name)
    jobs, mixins = _Entries(flow, "jobs"), _Entries(flow, "mixins")
    repeated = _Repeated(flow, jobs)
    used = {name for job in flow.jobs.values() for name in flow.mixins.used_by(job.block)}

    def is_alone(span: Span) -> bool:
        """Whether what stands there concerns jobs alone, or nobody: a mixin that no job uses."""
        mixin = mixins.at(span)
        return jobs.at(span) in flow.jobs or (mixin is not None and mixin not in used)

    elsewhere = {span for alias in flow.file.tree.aliases if not is_alone(alias.span) for span in (alias.target.span, *repeated.within(alias.target.span))}
    of_flow = {identity(diagnostic) for diagnostic in flow.diagnostics}
    for diagnostic in refused:
        place = diagnostic.use or diagnostic.span
        # what is wrong with an action's file by itself is wrong for every job that calls it
        names = of_jobs.get(identity(diagnostic)) or callers.get(id(diagnostic.source))
        if names is None and diagnostic.source is flow.file.source:
            # aliases elsewhere may repeat what stands in a job, or in a mixin that no job uses
            concerned = repeated.concerned(place) if diagnostic.rule.name not in _TOLD_OF_EACH else filter(None, [jobs.at(place)])
            names = [name for name in concerned if name in flow.jobs]
            if not is_alone(place) or any(span.covers(place) for span in elsewhere):
                return None
        elif names is None and identity(diagnostic) in of_flow:
            return None
        for name in names or ():
            errors.setdefault(name, diagnostic)
    return errors


class _Entries:
    """The entries of a section, and where each stands: from its id to the next one, for what is written there may be an alias."""

    def __init__(self, flow: LiveFlow, section: str) -> None:
        item = flow.block.map(section)
        pairs = item.node.pairs if item is not None and isinstance(item.node, Mapping) else ()
        keys = sorted((node.start, node.end, name) for name, node in item.keys.items() if isinstance(name, str)) if item is not None and pairs else []
        ends = [*sorted(pair.key.start for pair in pairs), item.span.end if item is not None else 0]
        self._starts = [start for start, _, _ in keys]
        self._names = [name for _, _, name in keys]
        self._extents = [Span(start, max(ends[bisect_right(ends, start)], end)) for start, end, _ in keys]

    def at(self, span: Span) -> str | None:
        """The entry in which a span stands."""
        number = bisect_right(self._starts, span.start) - 1
        return self._names[number] if number >= 0 and self._extents[number].covers(span) else None

    def extents(self) -> Iterator[tuple[str, Span]]:
        """Each entry with where it stands, in the order of the file."""
        return zip(self._names, self._extents, strict=True)


class _Repeated:
    """What aliases in a file repeat, and which entries of a section they do it in."""

    def __init__(self, flow: LiveFlow, entries: _Entries) -> None:
        self._aliases = sorted((alias.span, alias.target.span) for alias in flow.file.tree.aliases)
        self._entries = entries
        holders = {name for span, _ in self._aliases if (name := entries.at(span)) is not None}
        self._of_entries = {name: self.within(extent) for name, extent in entries.extents() if name in holders}

    def concerned(self, span: Span) -> list[str]:
        """The entry in which a span stands, and those in which an alias repeats it."""
        here = self._entries.at(span)
        others = [name for name, spans in self._of_entries.items() if name != here and any(each.covers(span) for each in spans)]
        return others if here is None else [here, *others]

    def within(self, extent: Span) -> list[Span]:
        """All that aliases in an extent repeat, and those in what they repeat."""
        todo, found = [extent], dict[Span, None]()
        while todo:
            here = todo.pop()
            for span, target in self._aliases[bisect_left(self._aliases, ((here.start, 0),)) : bisect_right(self._aliases, ((here.end + 1, 0),))]:
                if here.covers(span) and target not in found:
                    found[target] = None
                    todo.append(target)
        return list(found)


def check_params(analysis: Analysis, options: Options) -> None:
    """Raise `UsageError` for a value given for a param that no file declares."""
    flows = [file.config for file in analysis.files if file.config.kind in (LIVE, BATCH)]
    declared = {str(name) for file in flows if file.block is not None for name in _declared_params(file.block)}
    all_read = all(file.complete for file in flows)  # of a file that is cut short nobody knows what it declares
    for text in options.environment.params:
        name, equals, _ = text.partition("=")
        bare = name.rpartition(":")[2].rpartition(".")[2]
        if not equals:
            raise UsageError(f"--param {text} has no value", "write --param NAME=VALUE")
        if bare not in declared and all_read:
            guess = closest(bare, declared)
            raise UsageError(f"--param: no file declares a param {bare!r}", f"did you mean {guess!r}?" if guess else None)


def _declared_params(flow: Block) -> Iterator[object]:
    """The params of a flow and of its jobs."""
    jobs = flow.map("jobs")
    for owner in (flow, *(jobs.entries.values() if jobs is not None else ())):
        section = owner.map("params") if isinstance(owner, Block) else None
        yield from section.entries if section is not None else ()


def _check_only(flows: Iterable[LiveFlow | BatchFlow], name: str) -> None:
    known = [name for flow in flows for name in (flow.jobs if isinstance(flow, LiveFlow) else flow.tasks.graph.tasks)]
    if name not in known:
        guess = closest(name, known)
        raise UsageError(f"--only: there is no job or task {name!r}", f"did you mean {guess!r}?" if guess else f"there are: {', '.join(known)}")
