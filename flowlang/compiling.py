"""From an analysed workspace to its compiled document: what is refused, what is left out, what is printed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace

from flowlang.analysis import ENGINE, Analysis, Compiled, Options, UsageError, analyze, findings
from flowlang.compiler import header, live_document
from flowlang.diagnostics import Diagnostic, Effect
from flowlang.model import BATCH
from flowlang.project import FileStore, Workspace
from flowlang.semantics import LiveFlow
from flowlang.text import Span, closest


def compile_workspace(workspace: Workspace, files: tuple[str, ...] | None, options: Options) -> Compiled:
    """Compile the flows of a workspace, or those among `files` alone."""
    store = FileStore(os.getcwd())
    options = replace(options, environment=replace(options.environment, relocatable=options.relocatable))
    analysis = analyze(workspace, options, store)
    only = {store.display(path) for path in files} if files is not None else None
    _check_params(analysis, options)
    unique = {(d.source.path, d.span, d.rule.code, d.message): d for d in findings(analysis)}
    diagnostics = tuple(sorted(unique.values(), key=lambda diagnostic: diagnostic.order))
    project_path = analysis.project.file.source.path if analysis.project.file else None
    chosen = [flow for flow in analysis.flows() if only is None or flow.file.source.path in only]
    if options.only is not None:
        _check_only(chosen, options.only)
    if only is not None:
        diagnostics = tuple(d for d in diagnostics if d.source.path in only or d.source.path == project_path)
    refused = [d for d in diagnostics if d.effect is Effect.REFUSED]
    notes = tuple(
        f"{file.config.source.path}: batch flows are not compiled yet; it is left out"
        for file in analysis.files
        if file.config.kind == BATCH and (only is None or file.config.source.path in only)
    )
    if refused and not options.keep_going:
        return Compiled(None, diagnostics, False, notes)
    document = header(analysis.project, options.environment, options.engine or ENGINE, relocatable=options.relocatable)
    flows: dict[str, object] = {}
    complete = not refused and not notes
    if not any(d.source.path == project_path for d in refused) and not analysis.project.broken:
        for flow in chosen:
            path = workspace.relative(os.path.join(workspace.config, os.path.basename(flow.file.source.path)))
            errors = _errors_by_job(flow, refused)
            if errors is not None:
                part = live_document(flow, path, errors)
                if options.only is not None and isinstance(jobs := part["jobs"], dict):
                    part["jobs"] = {name: job for name, job in jobs.items() if name == options.only}
                flows[path] = part
    document["flows"] = dict(sorted(flows.items()))
    return Compiled(document, diagnostics, complete, notes)


def _errors_by_job(flow: LiveFlow, refused: Iterable[Diagnostic]) -> dict[str, Diagnostic] | None:
    """The first refused finding of each job that cannot be built; None when the flow cannot be."""
    errors: dict[str, Diagnostic] = {}
    of_jobs: dict[tuple[object, ...], list[str]] = {}
    for name, job in flow.jobs.items():
        for diagnostic in job.diagnostics:
            of_jobs.setdefault((diagnostic.source.path, diagnostic.span, diagnostic.rule.code), []).append(name)
    unused = _unused_mixins(flow)
    for diagnostic in refused:
        names = of_jobs.get((diagnostic.source.path, diagnostic.span, diagnostic.rule.code))
        if names is None and diagnostic.source is flow.file.source:
            names = [name for name, job in flow.jobs.items() if Span(job.key.start, job.block.node.end).covers(diagnostic.span)] or None
            if names is None:
                if any(span.covers(diagnostic.span) for span in unused):
                    continue
                return None
        for name in names or ():
            errors.setdefault(name, diagnostic)
    return errors


def _unused_mixins(flow: LiveFlow) -> list[Span]:
    """Where the mixins stand that no job uses: what is wrong in them concerns nobody."""
    used = {name for job in flow.jobs.values() for name in flow.mixins.used_by(job.block)}
    return [block.span for name, block in flow.mixins.blocks.items() if name not in used and block.source is flow.file.source]


def _check_params(analysis: Analysis, options: Options) -> None:
    declared = {str(name) for flow in analysis.flows() for job in flow.jobs.values() if (section := job.block.map("params")) for name in section.entries}
    for text in options.environment.params:
        name, equals, _ = text.partition("=")
        bare = name.rpartition(":")[2].rpartition(".")[2]
        if not equals:
            raise UsageError(f"--param {text} has no value", "write --param NAME=VALUE")
        if bare not in declared:
            guess = closest(bare, declared)
            raise UsageError(f"--param: no file declares a param {bare!r}", f"did you mean {guess!r}?" if guess else None)


def _check_only(flows: Iterable[LiveFlow], name: str) -> None:
    known = [job for flow in flows for job in flow.jobs]
    if name not in known:
        guess = closest(name, known)
        raise UsageError(f"--only: there is no job {name!r}", f"did you mean {guess!r}?" if guess else f"there are: {', '.join(known)}")
