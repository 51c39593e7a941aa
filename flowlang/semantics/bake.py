"""What the engine checks before a bake, over a batch flow and everything it calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, Label, rule
from flowlang.expr import POISON, Record, Unknown
from flowlang.model import Block, Leaf
from flowlang.model.mending import added_after
from flowlang.semantics.convert import ConversionError
from flowlang.semantics.owners import ActionRun, TaskOwner
from flowlang.semantics.project import blocks
from flowlang.semantics.tasks import Task
from flowlang.semantics.validation import validate
from flowlang.text import quoted

if TYPE_CHECKING:
    from flowlang.semantics.batch import BatchFlow


def check_bake(flow: BatchFlow) -> None:
    """Make the findings; they go to the flow's own."""
    flow.diagnostics += _local_volumes(flow)
    owners = list(owners_below(flow.tasks))
    for owner in owners:
        flow.diagnostics += _local_dependencies(owner)
        flow.diagnostics += validate(owner)
    flow.diagnostics += _image_references(flow, owners)


def owners_below(owner: TaskOwner) -> Iterator[TaskOwner]:
    """An owner and the runs of all actions that its tasks call."""
    yield owner
    for task in owner.graph.calls:
        if task.run is not None:
            yield from owners_below(task.run)


def _local_volumes(flow: BatchFlow) -> Iterator[Diagnostic]:
    own = blocks(flow.block, "volumes")
    for name, record in flow.volumes.items():
        block = own.get(name) or flow.project.section("volumes").get(name)
        if not isinstance(record, Record) or block is None or record.fields.get("local") in (None, POISON):
            continue
        item = block.fields["local"]
        help = "batch flows do not copy from local folders: delete 'local', or move the volume to the live flow"
        yield Diagnostic(
            rule("batch-volume-local"),
            block.source,
            block.key_span("local"),
            f"volume {quoted(name)} has a local folder: no batch flow can run with it",
            help=help,
            related=_user(flow, item.source.path),
        )


def _user(flow: BatchFlow, path: str) -> tuple[Label, ...]:
    """For what stands in another file: the flow that it breaks."""
    if path == flow.file.source.path:
        return ()
    return (Label(flow.file.source, flow.block.head, "this batch flow cannot run with it"),)


def _local_dependencies(owner: TaskOwner) -> Iterator[Diagnostic]:
    """Local actions must come before everything on the platform (engine 26.7: checked for direct needs)."""
    tasks = owner.graph.tasks
    for task in tasks.values():
        if task.kind != "local":
            continue
        for need in task.needs:
            remote = _remote_task(tasks[need]) if need in tasks else None
            if remote is None:
                continue
            place = task.need_places.get(need)
            source, span = (place.source, place.span) if place is not None else (task.entry.block.source, task.entry.key)
            why = "" if place is not None else " (without 'needs' a task needs the one before it)"
            message = f"a local action cannot need {quoted(remote)}, which runs on the platform{why}"
            help = "local actions run first: give it 'needs: []', or need local actions alone"
            block = task.entry.block
            fixes = added_after(source, block.node, block.keys["action"], "needs", "[]") if place is None and "action" in block.keys else ()
            yield Diagnostic(rule("local-depends-on-remote"), source, span, message, help=help, fixes=fixes)


def _remote_task(task: Task) -> str | None:
    """The full id of a task on the platform that this task is or contains."""
    if task.unit is not None and task.kind in ("task", "stateful", "post"):
        return task.full_id
    if task.run is not None:
        for inner in task.run.graph.tasks.values():
            found = _remote_task(inner)
            if found is not None:
                return found
    return None


def _image_references(flow: BatchFlow, owners: list[TaskOwner]) -> Iterator[Diagnostic]:
    """Two images with one ``image:`` reference must be built from the same place, as evaluated or as written."""
    by_reference: dict[str, list[tuple[Record, Block]]] = {}
    own = {**flow.project.section("images"), **blocks(flow.block, "images")}
    for name, record in flow.images.items():
        _remember(by_reference, record, own.get(name))
    for owner in owners:
        if isinstance(owner, ActionRun):
            written = blocks(owner.block, "images")
            for name, record in owner.images.items():
                _remember(by_reference, record, written.get(name), flow)
    for reference, images in by_reference.items():
        first_record, first_block = images[0]
        for record, block in images[1:]:
            if block is first_block or not _differ(record, first_record) or not _written_differently(block, first_block):
                continue
            message = f"two images have the reference {quoted(reference)} and are built from different places"
            related = (Label(first_block.source, first_block.key_span("ref"), "the other one"),)
            yield Diagnostic(rule("duplicate-image-ref"), block.source, block.key_span("ref"), message, help="give each its own name or tag", related=related)


def _remember(table: dict[str, list[tuple[Record, Block]]], record: object, block: Block | None, flow: BatchFlow | None = None) -> None:
    if not isinstance(record, Record) or block is None:
        return
    reference = record.fields.get("ref")
    if not isinstance(reference, str) or not reference.startswith("image:"):
        return
    if flow is not None:
        # engine 26.7: this check reads the images of actions with the flow's own contexts
        try:
            reference = flow.uri_base.normalised(reference)
        except ConversionError:
            return
    table.setdefault(reference, []).append((record, block))


def _differ(one: Record, other: Record) -> bool:
    pairs = [(one.fields.get(name), other.fields.get(name)) for name in ("context", "dockerfile")]
    return any(not isinstance(a, Unknown) and not isinstance(b, Unknown) and a != b for a, b in pairs)


def _written_differently(one: Block, other: Block) -> bool:
    return any(_text(one.leaf(name)) != _text(other.leaf(name)) for name in ("context", "dockerfile"))


def _text(leaf: Leaf | None) -> object:
    return leaf.value if leaf is not None else None
