"""The scopes in which a place is read: one for each job, row or call that meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from flowlang.expr import Scope
from flowlang.light import NamedTuple
from flowlang.lsp.features.bare import bare_task, scope_of_nobody
from flowlang.lsp.features.index import Flow, Index
from flowlang.lsp.features.spot import Spot
from flowlang.model import ACTION, PROJECT, ConfigFile, Leaf
from flowlang.semantics import LiveFlow
from flowlang.semantics.actions import Action
from flowlang.semantics.bake import owners_below
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.owners import ActionRun, TaskOwner
from flowlang.semantics.tasks import Task
from flowlang.text import quoted

_MOST = 8
"""The most readings that are looked at: a mixin may be used by many jobs, a matrix have 256 rows."""
_EARLY = frozenset({"batch-strategy", "batch-action-strategy", "batch-action-early"})
"""Scopes of what is read before there is a task."""


class Reading(NamedTuple):
    """One way in which a place is read: the scope, and who reads it in words (empty: there is but one way)."""

    scope: Scope
    who: str = ""


def readings(index: Index, spot: Spot, leaf: Leaf) -> list[Reading]:
    """The scopes that expressions of a scalar see, at most a few; none where nothing is known of them."""
    return list(islice(_readings(index, spot, leaf), _MOST))


def _readings(index: Index, spot: Spot, leaf: Leaf) -> Iterator[Reading]:
    config = spot.config
    if config.kind == ACTION:
        found = list(islice(_of_calls(index, spot, leaf), _MOST))
        yield from found or [Reading(scope_of_nobody(config, spot, leaf.scope))]
    elif config.kind == PROJECT:
        for flow in index.flows.values():
            yield from _of_flow(index, flow, spot, leaf, flow.file.stem)
    else:
        flow_here = index.flows.get(config.source.path)
        if flow_here is not None:
            yield from _of_flow(index, flow_here, spot, leaf, "")


def _of_flow(index: Index, flow: Flow, spot: Spot, leaf: Leaf, who: str) -> Iterator[Reading]:
    section = spot.path[0] if spot.path else None
    mine = who == ""
    name = spot.path[1] if len(spot.path) > 1 else None
    if section == "mixins" and isinstance(name, str):
        users = list(_users(flow, name, spot.items[2]))
        if users:
            yield from (Reading(scope(leaf), f"{user} of {flow.file.stem}" if not mine else user) for user, scope in users)
        elif mine:
            yield Reading(flow.scope_of(leaf))
        return
    if isinstance(flow, LiveFlow) and section == "jobs" and name in flow.jobs and mine:
        yield Reading(flow.jobs[str(name)].scope_of(leaf))
    elif isinstance(flow, BatchFlow) and section == "tasks" and mine:
        yield from _of_tasks(flow.tasks, name, leaf)
    else:
        yield Reading(flow.scope_of(leaf), who)


def _users(flow: Flow, name: str, block: object) -> Iterator[tuple[str, Callable[[Leaf], Scope]]]:
    """The jobs or tasks of a flow that use a mixin, each with what gives their scopes."""
    if flow.mixins.blocks.get(name) is not block:
        return
    if isinstance(flow, LiveFlow):
        for job in flow.jobs.values():
            if not job.is_call and name in flow.mixins.used_by(job.block):
                yield f"job {quoted(job.name)}", job.scope_of
    else:
        for task in flow.tasks.graph.tasks.values():
            if not task.entry.is_call and name in flow.mixins.used_by(task.entry.block):
                yield f"task {quoted(task.real_id)}", task.unit_scope


def _of_tasks(owner: TaskOwner, number: object, leaf: Leaf, who: str = "") -> Iterator[Reading]:
    """The rows of one entry of ``tasks``."""
    if leaf.scope in _EARLY:
        yield Reading(owner.scope(leaf.scope, owner.contexts()), who)
        return
    rows = [task for task in owner.graph.tasks.values() if isinstance(number, int) and task.entry.number == number + 1 and task.kind != "post"]
    for task in rows:
        words = f"task {quoted(task.real_id)}" if len(rows) > 1 else ""
        yield Reading(task.scope_of(leaf), " of ".join(part for part in (words, who) if part))
    if not rows:
        # its rows are not known: its matrix is wrong, or waits for the run
        yield Reading(owner.scope(leaf.scope, {**bare_task(owner, number), **owner.contexts()}), who)


# --- actions ---------------------------------------------------------------------------------


def _of_calls(index: Index, spot: Spot, leaf: Leaf) -> Iterator[Reading]:
    """The calls of the action that the file is."""
    config = spot.config
    calls: list[tuple[LiveJob | Task, str]] = []
    for flow in index.flows.values():
        if isinstance(flow, LiveFlow):
            calls += ((job, f"job {quoted(job.name)} of {flow.file.stem}") for job in flow.jobs.values() if job.is_call and _is_of(job.action, config))
        else:
            tasks = (task for owner in owners_below(flow.tasks) for task in owner.graph.tasks.values())
            calls += ((task, f"task {quoted(task.full_id)} of {flow.file.stem}") for task in tasks if task.entry.is_call and _is_of(task.action, config))
    several = len({id(_entry(call)) for call, _ in calls}) > 1
    for call, words in calls:
        who = words if several else ""
        if isinstance(call, LiveJob):
            if call.inputs is not None:
                yield Reading(call.unit_scope(leaf), who)
        elif call.run is not None:
            yield from _of_run(call.run, spot, leaf, who)
        elif call.inputs is not None and (call.kind == "post") == (spot.path[:1] in (("post",), ("post_if",))):
            yield Reading(call.unit_scope(leaf) if call.kind != "local" else _commanding(call, leaf), who)


def _entry(call: LiveJob | Task) -> object:
    return call if isinstance(call, LiveJob) else call.entry


def _is_of(action: Action | None, config: ConfigFile) -> bool:
    return action is not None and action.file.source.path == config.source.path


def _commanding(task: Task, leaf: Leaf) -> Scope:
    """What the command of a local action sees."""
    inputs = task.inputs
    return task.owner.scope(leaf.scope, {"inputs": lambda: inputs.seen if inputs is not None else {}})


def _of_run(run: ActionRun, spot: Spot, leaf: Leaf, who: str) -> Iterator[Reading]:
    section = spot.path[0] if spot.path else None
    if section == "tasks" and len(spot.path) > 1:
        yield from _of_tasks(run, spot.path[1], leaf, who)
    elif section == "outputs":
        yield Reading(run.outputs_scope, who)
    else:
        yield Reading(run.scope(leaf.scope, run.contexts()), who)
