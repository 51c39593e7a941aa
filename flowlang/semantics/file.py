"""One file with what the analysis made of it: what rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowlang.light import cached_property
from flowlang.model import Block, ConfigFile, Item, Leaf, MapItem

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
    def _found(self) -> _Found:
        """What one walk over the model finds."""
        found = _Found()
        if self.config.block is not None:
            found.walk(self.config.block)
        return found

    @property
    def leaves(self) -> list[Leaf]:
        """All scalars of the file that the model holds, those among keys too, in the order of the file."""
        return self._found.leaves

    @property
    def items(self) -> list[Item]:
        """Every item that is written in the file, those inside others after them, in the order of the file."""
        return self._found.items

    @property
    def blocks(self) -> list[Block]:
        """The blocks among the items."""
        return self._found.blocks

    def having(self, key: str) -> list[Block]:
        """The blocks among the items that have a key."""
        return self._found.having.get(key, [])

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
    def rows(self) -> tuple[tuple[Unit, ...], ...]:
        """The same, rows of one matrix together."""
        from flowlang.semantics.visit import find_rows

        return tuple(find_rows(self))

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


class _Found:
    """What a walk over a model has come by: all items, the scalars, the blocks, and the blocks by their keys."""

    __slots__ = ("blocks", "having", "items", "leaves")

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.leaves: list[Leaf] = []
        self.blocks: list[Block] = []
        self.having: dict[str, list[Block]] = {}

    def walk(self, item: Item) -> None:
        """Take in an item and all that is in it. The reader has bounded the depth."""
        items, leaves = self.items, self.leaves
        items.append(item)
        if isinstance(item, Block):
            self.blocks.append(item)
            having = self.having
            for key in item.fields:
                if key in having:
                    having[key].append(item)
                else:
                    having[key] = [item]
        elif isinstance(item, MapItem):
            leaves.extend(item.key_leaves.values())
        for part in item.parts():
            if part.__class__ is Leaf:
                items.append(part)
                leaves.append(part)
            else:
                self.walk(part)


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
