"""Places: where in a project a template is asked about, and what it sees there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flowlang.expr import Scope
from flowlang.queries.opening import Flow, Opened, Refused, pick_flow, pick_job
from flowlang.runs import UsageError
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.tasks import Task
from flowlang.text import closest, listing, quoted


@dataclass(frozen=True, slots=True)
class Place:
    """A flow, or a job or task in it, and the scope that expressions have there; `words` say which expressions."""

    flow: Flow
    job: str | None
    task: str | None
    scope: Scope
    words: str

    @property
    def title(self) -> str:
        """The place in words: ``job 'train' of .neuro/live.yml``."""
        inside = f"job {quoted(self.job)} of " if self.job is not None else f"task {quoted(self.task)} of " if self.task is not None else ""
        return f"{inside}{self.flow.path}"

    def document(self) -> dict[str, object]:
        """The place as JSON shows it."""
        return {"flow": self.flow.path, "job": self.job, "task": self.task}


def find_place(opened: Opened, flow: str | None, job: str | None, task: str | None) -> Place:
    """The place that ``--flow``, ``--job`` and ``--task`` name; the flow's own sections without a job or task.

    Raises `UsageError` for a name that is not there, `Refused` for a flow that cannot be read.
    """
    if job is not None and task is not None:
        raise UsageError("--job and --task exclude each other", "jobs are in live flows, tasks in batch flows")
    if job is not None:
        found = pick_job(opened, job, flow)
        return Place(found.flow, job, None, found.scope_named("live-job"), "attributes of the job, or args of its call")
    if task is not None:
        return _task_place(opened, flow, task)
    picked = pick_flow(opened, flow)
    return Place(picked, None, None, picked.scope(picked.eager_scope, {}), "defaults, images and volumes of the flow")


def _task_place(opened: Opened, flow: str | None, name: str) -> Place:
    picked = [pick_flow(opened, flow)] if flow is not None else list(opened.flows)
    batches = [each for each in picked if isinstance(each, BatchFlow)]
    if not batches:
        if opened.unread and not picked:
            raise Refused(opened.refused())
        what = f"{quoted(flow)} is a live flow: it has jobs, no tasks" if flow is not None else "there is no batch flow: only batch flows have tasks"
        raise UsageError(what, "name a job with --job")
    tasks = [(batch, task) for batch in batches for task in tasks_below(batch.tasks)]
    found = [(batch, task) for batch, task in tasks if task.full_id == name]
    if len(found) > 1:
        raise UsageError(f"several flows have a task {quoted(name)}", f"name the flow with --flow: {listing(batch.file.stem for batch, _ in found)}")
    if not found:
        raise UsageError(f"there is no task {quoted(name)}", _hint(name, batches, [task for _, task in tasks]))
    batch, task = found[0]
    return Place(batch, None, name, task.owner.scope("batch-task", task.contexts()), "attributes of the task, 'enable', or args of its call")


def _hint(name: str, batches: list[BatchFlow], tasks: list[Task]) -> str:
    names = [task.full_id for task in tasks]
    guess = closest(name, names)
    rows = list(dict.fromkeys(each for each in names if each.startswith((f"{name}-", f"{name}_"))))
    if rows:
        return f"its rows are named {listing(rows, 4)}"
    if guess is not None:
        return f"did you mean {quoted(guess)}?"
    incomplete = "" if all(batch.tasks.graph.complete for batch in batches) else " (some cannot be told before the run)"
    return f"tasks: {listing(names)}{incomplete}" if names else f"there are no tasks here{incomplete}"


def tasks_below(owner: TaskOwner) -> Iterator[Task]:
    """All tasks of an owner and of the actions and modules that they call."""
    for task in owner.graph.tasks.values():
        yield task
        if task.run is not None:
            yield from tasks_below(task.run)
