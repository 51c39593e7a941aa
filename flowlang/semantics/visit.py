"""Going through what an analysis elaborated: owners of tasks, tasks, and the units that run something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, cast

from flowlang.light import NamedTuple
from flowlang.model import Block, Item, Leaf
from flowlang.semantics.file import FileAnalysis
from flowlang.semantics.merge import Merged, Piece
from flowlang.text import Source, Span, quoted

if TYPE_CHECKING:
    from flowlang.semantics.flow import Flow
    from flowlang.semantics.jobs import LiveJob
    from flowlang.semantics.mixins import Mixins
    from flowlang.semantics.owners import TaskOwner
    from flowlang.semantics.tasks import Task


class Unit(NamedTuple):
    """Something that runs on the platform: a live job, a task, the ``main`` or ``post`` of a stateful action.

    `merged` holds what is written, mixins included, with the block that each piece comes from; `values` what
    the engine would run (a value may be `Unknown` or ``POISON``; a value that failed is there as ``POISON`` and
    has been reported). `of` is the job or task itself, `live` tells which.
    """

    merged: Merged
    values: Mapping[str, object]
    of: LiveJob | Task
    live: bool

    @property
    def what(self) -> str:
        """What it is in messages: ``job 'train'``."""
        return f"job {quoted(cast('LiveJob', self.of).name)}" if self.live else f"task {quoted(cast('Task', self.of).real_id)}"

    @property
    def place(self) -> tuple[Source, Span]:
        """Where it is declared."""
        if self.live:
            job = cast("LiveJob", self.of)
            return job.block.source, job.key
        entry = cast("Task", self.of).entry
        return entry.block.source, entry.key

    @property
    def flow(self) -> Flow:
        """The flow that runs it."""
        return cast("LiveJob", self.of).flow if self.live else cast("Task", self.of).owner.flow

    @property
    def inherits(self) -> bool:
        """Whether the flow's defaults reach it, and the project that URIs are taken in: not into actions."""
        if self.live:
            return cast("LiveJob", self.of).inherits
        task = cast("Task", self.of)
        return task.owner.inherits and task.kind != "stateful"

    def piece(self, name: str) -> Piece | None:
        """What is written for an attribute that is not merged, and where; None when nothing is."""
        pieces = self.merged.pieces.get(name)
        return pieces[0] if pieces else None

    def item(self, name: str) -> Item | None:
        """What is written for an attribute that is not merged."""
        return self.merged.first(name)

    def leaf(self, name: str) -> Leaf | None:
        """The scalar that is written for an attribute; None when there is none, or it is left empty."""
        item = self.merged.first(name)
        return item if isinstance(item, Leaf) and item.value is not None else None


def items(file: FileAnalysis) -> list[Item]:
    """Every item that is written in a file, those inside others after them, in the order of the file."""
    return file.items


def blocks(file: FileAnalysis, *having: str) -> list[Block]:
    """The blocks among them, in the order of the file; with keys those that have one of them, key by key."""
    return file.blocks if not having else [block for key in having for block in file.having(key)]


def owners(file: FileAnalysis) -> Iterator[TaskOwner]:
    """The batch flow's own tasks, then the run of every action and module that it calls, at every call."""
    if file.batch is not None:
        from flowlang.semantics.bake import owners_below

        yield from owners_below(file.batch.tasks)


def tasks(file: FileAnalysis) -> Iterator[Task]:
    """All tasks of a batch flow and of what it calls: one for each row of a matrix, post tasks included."""
    for owner in owners(file):
        yield from owner.graph.tasks.values()


def jobs(file: FileAnalysis) -> Iterator[LiveJob]:
    """The jobs of a live flow, calls among them."""
    if file.live is not None:
        yield from file.live.jobs.values()


class Included(NamedTuple):
    """A mixin that a block names: its name, where it stands there, and what it holds with all that it includes itself."""

    name: str
    leaf: Leaf
    merged: Merged


class MixinUser(NamedTuple):
    """A block that names mixins: a job, an entry of ``tasks`` or a mixin; with the mixins that it can name."""

    block: Block
    mixins: Mixins

    def included(self) -> list[Included]:
        """The mixins that the block names and that there are, in its order: the rightmost is the strongest."""
        from flowlang.semantics.mixins import mixin_names

        found = ((name, leaf, self.mixins.resolved(name)) for name, leaf in mixin_names(self.block))
        return [Included(name, leaf, merged) for name, leaf, merged in found if merged is not None]


def mixin_users(file: FileAnalysis) -> Iterator[MixinUser]:
    """Every block in a flow, and in the modules that it calls, that names mixins."""
    flow = file.live or file.batch
    if flow is None:
        return
    yield from (MixinUser(block, flow.mixins) for block in flow.mixins.blocks.values() if "mixins" in block.fields)
    yield from (MixinUser(job.block, flow.mixins) for job in jobs(file) if not job.is_call and "mixins" in job.block.fields)
    for owner in owners(file):
        if owner.mixins is not None:
            yield from (MixinUser(entry.block, owner.mixins) for entry in owner.entries if not entry.is_call and "mixins" in entry.block.fields)


def units(file: FileAnalysis) -> tuple[Unit, ...]:
    """Everything in a flow, and in what it calls, that runs on the platform; found once."""
    return file.units


def units_by(file: FileAnalysis, *names: str) -> Iterator[Unit]:
    """The units; of the rows of a matrix that have the same values for these attributes the first: equal findings are made one."""
    for rows in file.rows:
        yield from rows if len(rows) == 1 or not _of_each(rows[0]).isdisjoint(names) else rows[:1]


def _of_each(row: Unit) -> frozenset[str]:
    """The attributes that each of the rows like this one has its own values of."""
    shared = cast("Task", row.of).shared
    assert shared is not None
    assert shared.settled is not None
    return frozenset(shared.settled.left)


def find_rows(file: FileAnalysis) -> Iterator[tuple[Unit, ...]]:
    """The units, those together that are rows of one matrix with the same written for all of them."""
    for _, rows in groupby(file.units, lambda unit: id(unit.merged)):
        yield tuple(rows)


def find_units(file: FileAnalysis) -> Iterator[Unit]:
    """Everything in a flow, and in what it calls, that runs on the platform.

    Of a matrix each row is a unit: say of each place once what is the same in all of them (equal
    findings are made one), and keep what a row costs small.
    """
    for job in jobs(file):
        merged = job.unit
        if merged is not None:
            yield Unit(merged, job.values, job, True)
    for task in tasks(file):
        if task.unit is not None:
            yield Unit(task.unit, task.values, task, False)
