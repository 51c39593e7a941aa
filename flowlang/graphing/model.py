"""What a picture of a batch flow shows: tasks, the calls that hold tasks of their own, and needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flowlang.expr import POISON, Unknown, text_of, unparse_template
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.tasks import Task


@dataclass(frozen=True, slots=True)
class Call:
    """What a task calls: the reference, and the tasks inside; None where the action is not at hand."""

    reference: str
    inside: Group | None


@dataclass(frozen=True, slots=True)
class TaskNode:
    """A task. `id` is the id inside its group, `full_id` has those of the calls around it before it.

    `enable` is the condition that it runs under: None for the default, else the expression that is left of it,
    ``always()``, ``never`` or, for what is wrong, ``?``.
    """

    id: str
    full_id: str
    kind: str
    enable: str | None
    waits: tuple[str, ...]
    matrix: tuple[tuple[str, str], ...]
    call: Call | None

    @property
    def group(self) -> Group | None:
        """The tasks inside, if there are any to show."""
        return self.call.inside if self.call is not None and self.call.inside is not None and self.call.inside.nodes else None

    @property
    def label(self) -> tuple[str, ...]:
        """What the picture says in it, line by line."""
        kind = f"{self.kind} {self.call.reference}" if self.call is not None else self.kind
        lines = [self.id]
        if self.kind != "task":
            lines.append(f"({kind})")
        if self.call is not None and self.call.inside is None:
            lines.append("not at hand")
        if self.enable is not None:
            lines.append(self.enable if self.enable == "never" else f"if {self.enable}")
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Edge:
    """A need: `task` waits until `need` is ``completed`` or ``running``; both are full ids."""

    need: str
    task: str
    level: str


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks side by side, with the needs between them; `waves` are full ids that may run together, in order.

    `missing` holds what the tasks wait for that cannot be told before the run; `complete` is False where some are missing.
    """

    nodes: tuple[TaskNode, ...]
    edges: tuple[Edge, ...]
    waves: tuple[tuple[str, ...], ...]
    complete: bool
    missing: tuple[str, ...]

    def walk(self) -> Iterator[TaskNode]:
        """All tasks, those inside calls after the call."""
        for node in self.nodes:
            yield node
            if node.group is not None:
                yield from node.group.walk()


@dataclass(frozen=True, slots=True)
class TaskGraph:
    """The graph of a flow: its name, its file, its title, its tasks."""

    name: str
    path: str
    title: str
    tasks: Group


def task_graph(flow: BatchFlow) -> TaskGraph:
    """The graph of an elaborated flow."""
    title = flow.title if isinstance(flow.title, str) else flow.file.stem
    return TaskGraph(flow.file.stem, flow.path, title, _group(flow.tasks))


def _group(owner: TaskOwner) -> Group:
    graph = owner.graph
    full = {name: task.full_id for name, task in graph.tasks.items()}
    edges = [Edge(full[need], full[name], level) for name, task in graph.tasks.items() for need, level in task.needs.items() if need in full]
    waves = tuple(tuple(full[name] for name in wave) for wave in graph.waves())
    return Group(tuple(map(_node, graph.tasks.values())), tuple(edges), waves, graph.complete, tuple(sorted(graph.waits)))


def _node(task: Task) -> TaskNode:
    reference = task.entry.reference
    call = None
    if task.kind not in ("task", "post") and reference is not None:
        inside = _group(task.run) if task.run is not None else Group((), (), (), True, ()) if task.action is not None else None
        call = Call(text_of(reference.value), inside)
    matrix = tuple((name, text_of(value)) for name, value in task.matrix.items() if name != "ORDINAL")
    enable = task.enabled if task.enable is not None else None
    waits = tuple(sorted(enable.waits)) if isinstance(enable, Unknown) else ()
    return TaskNode(task.real_id, task.full_id, task.kind, _condition(enable), waits, matrix, call)


def _condition(enable: object) -> str | None:
    """The condition in words; None where the task simply runs."""
    if enable is POISON:
        return "?"
    if isinstance(enable, Unknown):
        if enable.residual is None:
            return "?"
        text = unparse_template(enable.residual)
        return text.removeprefix("${{ ").removesuffix(" }}") if text.count("${{") == 1 else text
    if isinstance(enable, bool):
        return None if enable else "never"
    return None if enable is None else text_of(enable)
