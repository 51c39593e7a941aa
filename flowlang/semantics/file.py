"""One file with what the analysis made of it: what rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowlang.light import cached_property
from flowlang.model import Block, ConfigFile, Item, Leaf

if TYPE_CHECKING:
    from flowlang.project import Workspace
    from flowlang.semantics.actions import Action, Actions
    from flowlang.semantics.batch import BatchFlow
    from flowlang.semantics.live import LiveFlow
    from flowlang.semantics.project import Project
    from flowlang.semantics.symbols import Symbols
    from flowlang.semantics.visit import Unit


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

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item that is written in the file, those inside others after them, in the order of the file."""
        found: list[Item] = []
        todo: list[Item] = [self.config.block] if self.config.block is not None else []
        while todo:
            here = todo.pop()
            found.append(here)
            todo.extend(reversed(here.parts()))
        return tuple(found)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks among the items."""
        return tuple(item for item in self.items if isinstance(item, Block))

    @cached_property
    def expressive(self) -> tuple[Leaf, ...]:
        """The scalars with a dollar or a brace in their text: all that hold expressions or look so, and few others."""
        return tuple(leaf for leaf in self.leaves if isinstance(leaf.value, str) and ("$" in leaf.value or "{" in leaf.value))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Everything in the flow, and in what it calls, that runs on the platform, as `flowlang.semantics.visit` finds it."""
        from flowlang.semantics.visit import find_units

        return tuple(find_units(self))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts that hold what the file runs: its own, that of project.yml, those of the actions that it calls."""
        flow = self.live or self.batch
        if flow is None:
            return (self.config.source.text,)
        files = [self.config, *([flow.project.file] if flow.project.file is not None else ()), *(action.file for action in self._called())]
        return tuple({id(file): file.source.text for file in files}.values())

    def _called(self) -> Iterator[Action]:
        """The actions that the flow calls, and those that they call."""
        from flowlang.semantics.visit import jobs, tasks

        for runs in (jobs(self), tasks(self)):
            yield from (run.action for run in runs if run.action is not None)


class Analysis:
    """One workspace analysed: its project and its files."""

    def __init__(self, workspace: Workspace, project: Project, files: list[FileAnalysis], actions: Actions) -> None:
        self.workspace = workspace
        self.project = project
        self.files = files
        self.actions = actions

    @cached_property
    def symbols(self) -> Symbols:
        """What the names of the project stand for, and where they are used."""
        from flowlang.semantics.symbols import symbols_of

        return symbols_of(self)

    def release(self) -> None:
        """Take apart what has been judged and is not asked again.

        Jobs, their scopes and their flow hold one another: cut loose, all that a workspace took is free at once, where Python would have to
        look through everything there is to find that it can be.
        """
        for flow in self.flows():
            flow.release()

    def flows(self) -> Iterator[LiveFlow | BatchFlow]:
        """The flows that could be read, in the order of their files."""
        for file in self.files:
            flow = file.live or file.batch
            if flow is not None:
                yield flow
