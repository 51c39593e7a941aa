"""Outputs of tasks: the scripts that set them, and where they are read, by whom."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr.guards import OutputRead, output_reads
from flowlang.light import NamedTuple
from flowlang.model import Block, Leaf
from flowlang.semantics.leaves import is_poisoned
from flowlang.semantics.owners import ActionRun, TaskOwner
from flowlang.semantics.tasks import Task


class Read(NamedTuple):
    """One output of a need that something in the file reads.

    `task` is the reader; None for the value of an action's own output. `decides`: it stands in the
    condition of the task, which is evaluated whatever happened before.
    """

    owner: TaskOwner
    task: Task | None
    leaf: Leaf
    decides: bool
    read: OutputRead

    @property
    def source(self) -> Task | None:
        """The task whose output it is; None where there is no such need."""
        known = self.owner.graph.tasks.get(self.read.need)
        if self.task is not None and self.task.needs.get(self.read.need) != "completed":
            return None
        return known


def reads(owner: TaskOwner) -> Iterator[Read]:
    """Every output of a need that the tasks of an owner, or its own outputs, read by name."""
    for task in owner.graph.tasks.values():
        for leaf in _leaves(task):
            decides = leaf is task.enable
            yield from (Read(owner, task, leaf, decides, read) for read in _of(leaf))
    section = owner.block.map("outputs") if isinstance(owner, ActionRun) else None
    for item in section.entries.values() if section is not None else ():
        value = item.leaf("value") if isinstance(item, Block) else None
        if value is not None:
            yield from (Read(owner, None, value, False, read) for read in _of(value))


def _leaves(task: Task) -> Iterator[Leaf]:
    """The scalars that the engine evaluates for a task when its turn comes, in its entry, in mixins, in the action's file."""
    if isinstance(task.enable, Leaf):
        yield task.enable
    for name, pieces in task.unit.pieces.items() if task.unit is not None else ():
        if name != "enable":
            for piece in pieces:
                yield from piece.item.leaves()
    args = task.entry.block.map("args") if task.entry.is_call and task.kind != "post" else None
    if args is not None:
        yield from args.leaves()


def _of(leaf: Leaf) -> Iterator[OutputRead]:
    if leaf.may_hold_expressions and "outputs" in str(leaf.value) and not is_poisoned(leaf):
        for part in leaf.template.expressions:
            yield from output_reads(part.tree)


def script_of(task: Task) -> Leaf | None:
    """The script or command line of a task; None where there is none, or the image's entrypoint is another."""
    if task.kind == "local" and task.action is not None and task.action.block is not None:
        return next((leaf for name in ("cmd", "bash", "python") if (leaf := task.action.block.leaf(name)) is not None), None)
    if task.unit is None or task.unit.first("entrypoint") is not None:
        return None
    item = task.unit.first("cmd")
    return item if isinstance(item, Leaf) and isinstance(item.value, str) else None
