"""Images and volumes as a flow, and what it calls, define them: what is written beside what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowlang.expr import Record
from flowlang.light import NamedTuple
from flowlang.model import Block
from flowlang.semantics.file import FileAnalysis
from flowlang.semantics.project import blocks
from flowlang.semantics.visit import owners

if TYPE_CHECKING:
    from flowlang.semantics.flow import Flow


class Definition(NamedTuple):
    """One image or volume: its id, its block, its record (a value may be `Unknown` or ``POISON``).

    `as_written`: it is defined in an action, where URIs are not taken in the flow's project.
    """

    name: str
    block: Block
    record: Record
    flow: Flow
    as_written: bool = False


def images(file: FileAnalysis) -> Iterator[Definition]:
    """The images of a flow, those of the project that it does not override, and those of the actions that it calls."""
    yield from _defined(file, "images")
    if file.batch is None:
        return
    from flowlang.semantics.owners import ActionRun

    for owner in owners(file):
        if isinstance(owner, ActionRun):
            written = blocks(owner.block, "images")
            yield from (
                Definition(name, written[name], record, owner.flow, owner.uri_base is None)
                for name, record in owner.images.items()
                if isinstance(record, Record)
            )


def volumes(file: FileAnalysis) -> Iterator[Definition]:
    """The volumes of a flow, and those of the project that it does not override."""
    yield from _defined(file, "volumes")


def _defined(file: FileAnalysis, section: str) -> Iterator[Definition]:
    flow = file.live or file.batch
    if flow is None:
        return
    written = {**flow.project.section(section), **blocks(flow.block, section)}
    records = flow.images if section == "images" else flow.volumes
    yield from (Definition(name, written[name], record, flow) for name, record in records.items() if isinstance(record, Record))
