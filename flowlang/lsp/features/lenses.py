"""What is shown in a line above each job and task: what it runs, what it waits for, how many rows its matrix has."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr import text_of, unknowns
from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.summaries import facts
from flowlang.semantics import LiveFlow
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.tasks import Task
from flowlang.text import Span, shortened

_WIDTH = 60


class Lens(NamedTuple):
    """A line about what begins at a span: the id of a job, the first key of a task."""

    span: Span
    text: str


def lenses(index: Index, path: str) -> list[Lens]:
    """The lenses of a file, in order; of what is too broken to be known there are none."""
    found: dict[Span, str] = {}
    flow = index.flows.get(path)
    jobs = flow.block.map("jobs") if isinstance(flow, LiveFlow) else None
    if isinstance(flow, LiveFlow) and jobs is not None:
        found.update((jobs.key_span(name), _of_job(job)) for name, job in flow.jobs.items())
    for owner in index.owners_in(path):
        for span, text in _of_tasks(list(owner.graph.tasks.values())):
            found.setdefault(span, text)
    return [Lens(span, text) for span, text in sorted(found.items()) if text]


def _of_job(job: LiveJob) -> str:
    """What a job runs, and where."""
    if job.is_call:
        return f"{'module' if job.is_module else 'action'} {job.reference}" if job.reference else ""
    image, preset = (_plain(job.values.get(name)) for name in ("image", "preset"))
    return f"{image} on {preset}" if image and preset else image


def _plain(value: object) -> str:
    """A value that is known, in short; empty where it is none."""
    if value is None or unknowns(value):
        return ""
    return shortened(" ".join(text_of(value).split()), _WIDTH)


def _of_tasks(tasks: list[Task]) -> Iterator[tuple[Span, str]]:
    rows: dict[int, list[Task]] = {}
    for task in tasks:
        if task.kind != "post":
            rows.setdefault(id(task.entry), []).append(task)
    for group in rows.values():
        said = facts(group, str)
        yield group[0].entry.key, "; ".join(shortened(text, 2 * _WIDTH) for text in said)
