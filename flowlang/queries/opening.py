"""Opening a project, and picking a flow or job of it by name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flowlang.analysis import analyze, findings
from flowlang.compiling import HASHED, check_params, errors_by_job, stops_all
from flowlang.diagnostics import Diagnostic, Effect
from flowlang.project import FileStore
from flowlang.runs import Options, UsageError, engine_notes, resolve_targets, unique
from flowlang.semantics import Analysis, LiveFlow
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.leaves import leaf_problems
from flowlang.text import closest, listing, quoted

Flow = LiveFlow | BatchFlow


class Refused(Exception):
    """The question has no answer, because the engine refuses what is in the files: `diagnostics` say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__()
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Opened:
    """A project that was read: its analysis, all findings, and the flows that the path names (all of them for a folder)."""

    analysis: Analysis
    diagnostics: tuple[Diagnostic, ...]
    flows: tuple[Flow, ...]
    unread: tuple[str, ...]
    """Names of the flow files that could not be read as flows."""
    notes: tuple[str, ...] = ()

    def refused(self, flow: Flow | None = None) -> tuple[Diagnostic, ...]:
        """What the engine refuses in the project, or in one flow with all that it reads."""
        found = tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.effect is Effect.REFUSED)
        if flow is None:
            return found
        others = {other.file.source.path for other in self.analysis.flows() if other is not flow}
        others |= {file.config.source.path for file in self.analysis.files if file.config.stem in self.unread}
        return tuple(diagnostic for diagnostic in found if diagnostic.source.path not in others)


def open_project(path: str | None, options: Options) -> Opened:
    """Read the project that `path` names, as ``compile`` does; without one, that around the working directory.

    Raises `UsageError` for a path or param that is not there.
    """
    notes = engine_notes(options.engine)
    targets = resolve_targets([path] if path is not None else [])
    if len(targets) != 1 or targets[0].workspace is None:
        what = f"{path} is no workspace" if path is not None else "there are several workspaces here"
        raise UsageError(what, "give a folder that holds .apolo or .neuro, or one flow file of it")
    options = options._replace(environment=options.environment._replace(relocatable=options.relocatable), hash_bytes=HASHED)
    store = FileStore(os.getcwd())
    analysis = analyze(targets[0].workspace, options, store)
    check_params(analysis, options)
    only = None if targets[0].files is None else {store.display(file) for file in targets[0].files}
    flows = tuple(flow for flow in analysis.flows() if only is None or flow.file.source.path in only)
    paths = {store.display(file) for file in analysis.workspace.flow_files()}
    readable = {flow.file.source.path for flow in analysis.flows()}
    unread = [file.config for file in analysis.files if file.config.source.path in paths - readable and (only is None or file.config.source.path in only)]
    return Opened(analysis, unique(findings(analysis)), flows, tuple(file.stem for file in unread), notes)


def pick_flow(opened: Opened, name: str | None, flows: Iterable[Flow] | None = None) -> Flow:
    """The flow of that name (its file's, with or without ending); without one, the only flow or else the live flow.

    Raises `UsageError` where there is none, or none can be told; `Refused` where its file cannot be read.
    """
    flows = list(opened.flows if flows is None else flows)
    names = [flow.file.stem for flow in flows]
    if name is None:
        if not flows and opened.unread:
            raise Refused(opened.refused())
        found = flows if len(flows) == 1 else [flow for flow in flows if isinstance(flow, LiveFlow)]
        if len(found) != 1:
            raise UsageError("there is more than one flow" if flows else "there is no flow to look at", f"name one of: {listing(names)}" if names else None)
        return found[0]
    for flow in flows:
        if name in (flow.file.stem, flow.path, flow.path.rpartition("/")[2]):
            return flow
    if name.removesuffix(".yml").removesuffix(".yaml") in opened.unread:
        raise Refused(opened.refused())
    raise UsageError(f"there is no flow {quoted(name)}", _hint(name, names, "flows"))


def batch_flow(opened: Opened, name: str | None) -> BatchFlow:
    """The batch flow of that name; without one, the only one. Raises as `pick_flow`."""
    batches = [flow for flow in opened.flows if isinstance(flow, BatchFlow)]
    if name is not None and any(name in (flow.file.stem, flow.path) for flow in opened.flows if isinstance(flow, LiveFlow)):
        names = [flow.file.stem for flow in batches]
        raise UsageError(f"{quoted(name)} is a live flow: its jobs do not need one another", _hint(name, names, "batch flows"))
    found = pick_flow(opened, name, batches)
    assert isinstance(found, BatchFlow)
    return found


def pick_job(opened: Opened, name: str, flow: str | None = None) -> LiveJob:
    """The job of that name in the live flow. Raises `UsageError` where there is none, `Refused` where the flow cannot be read."""
    flows = [pick_flow(opened, flow)] if flow is not None else list(opened.flows)
    lives = [each for each in flows if isinstance(each, LiveFlow)]
    if not lives:
        if "live" in opened.unread:
            raise Refused(opened.refused())
        what = f"{quoted(flow)} is a batch flow: it has tasks, no jobs" if flow is not None and flows else "there is no live flow: only live flows have jobs"
        raise UsageError(what, None)
    for live in lives:
        if name in live.jobs:
            return live.jobs[name]
    raise UsageError(f"there is no job {quoted(name)}", _hint(name, [job for live in lives for job in live.jobs], "jobs"))


def check_job(opened: Opened, job: LiveJob) -> None:
    """Raise `Refused` when the engine refuses the job, its flow or the project.

    Engine 26.7: what is wrong in a file by itself is met when the file is read, and then no job of it can be started;
    what an expression comes to is met in the job alone.
    """
    refused = opened.refused(job.flow)
    if read := tuple(found for found in _of_file(job.flow) if found.effect is Effect.REFUSED):
        raise Refused(unique(read))
    errors = None if stops_all(opened.analysis, refused) else errors_by_job(job.flow, refused)
    if errors is None:
        raise Refused(refused)
    if job.name in errors:
        own = {(found.source.path, found.span, found.rule.code) for found in (*job.diagnostics, errors[job.name])}
        raise Refused(tuple(found for found in refused if (found.source.path, found.span, found.rule.code) in own))


def _of_file(flow: Flow) -> Iterator[Diagnostic]:
    """The findings of a flow's file by itself."""
    yield from flow.file.diagnostics
    if flow.file.block is not None:
        for leaf in flow.file.block.leaves():
            yield from leaf_problems(leaf)


def _hint(name: str, names: list[str], what: str) -> str:
    guess = closest(name, names)
    if guess is not None:
        return f"did you mean {quoted(guess)}?"
    return f"{what}: {listing(names)}" if names else f"there are no {what} here"
