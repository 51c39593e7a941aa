"""One file with what the analysis made of it: what rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flowlang.model import ConfigFile, Leaf

if TYPE_CHECKING:
    from flowlang.project import Workspace
    from flowlang.semantics.actions import Actions
    from flowlang.semantics.batch import BatchFlow
    from flowlang.semantics.live import LiveFlow
    from flowlang.semantics.project import Project


class FileAnalysis:
    """A config file and, for a flow that could be read, its elaboration.

    `remote`: it is a local copy of another repository's action.
    """

    def __init__(self, config: ConfigFile, live: LiveFlow | None = None, batch: BatchFlow | None = None, *, remote: bool = False) -> None:
        self.config = config
        self.live = live
        self.batch = batch
        self.remote = remote

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All scalars of the file that the model holds, in the order of the file."""
        return tuple(self.config.block.leaves()) if self.config.block is not None else ()


class Analysis(NamedTuple):
    """One workspace analysed: its project and its files."""

    workspace: Workspace
    project: Project
    files: list[FileAnalysis]
    actions: Actions

    def flows(self) -> Iterator[LiveFlow | BatchFlow]:
        """The flows that could be read, in the order of their files."""
        for file in self.files:
            flow = file.live or file.batch
            if flow is not None:
                yield flow
