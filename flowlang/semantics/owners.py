"""Owners of tasks: a batch flow, or the run of a batch action at one call."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, Effect
from flowlang.expr import POISON, Keys, Record, Scope, Unknown
from flowlang.expr.types import STR
from flowlang.light import cached_property
from flowlang.model import Block, Item, ListItem
from flowlang.schema import scope_variants
from flowlang.semantics.actions import Action
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.cache import Cache, lay_cache
from flowlang.semantics.images import elaborate_image
from flowlang.semantics.merge import Piece
from flowlang.semantics.mixins import Mixins
from flowlang.semantics.project import blocks
from flowlang.semantics.tasks import Entry, Task, need_record
from flowlang.semantics.unknowns import as_written, unknown_at
from flowlang.semantics.uris import UriBase
from flowlang.text import listing

if TYPE_CHECKING:
    from flowlang.semantics.batch import BatchFlow
    from flowlang.semantics.prospects import Prospects
    from flowlang.semantics.task_graph import Graph

Contexts = dict[str, Callable[[], object]]


class TaskOwner(ABC):
    """What owns a list of tasks: it gives them scopes, defaults and the cache they start from."""

    flow: BatchFlow
    """The batch flow at the top."""
    block: Block
    prefix: tuple[str, ...]
    """The ids of the calls around the tasks."""
    sink: list[Diagnostic]
    """Where findings about the tasks go."""

    @property
    @abstractmethod
    def mixins(self) -> Mixins | None:
        """The mixins that tasks may name; None inside actions, which see none."""

    @property
    @abstractmethod
    def inherits(self) -> bool:
        """Whether the defaults of the flow reach the tasks."""

    @property
    @abstractmethod
    def uri_base(self) -> UriBase | None:
        """What images are normalised against; None where ``project`` is out of reach."""

    @property
    @abstractmethod
    def strategy(self) -> Record:
        """The context ``strategy`` outside tasks."""

    @property
    @abstractmethod
    def cache(self) -> Cache:
        """The cache settings that tasks start from."""

    @abstractmethod
    def contexts(self) -> Contexts:
        """The contexts offered outside tasks."""

    @abstractmethod
    def scope(self, name: str, contexts: Mapping[str, Callable[[], object]]) -> Scope:
        """The scope of that name out of these contexts."""

    @abstractmethod
    def ancestors(self) -> tuple[Action, ...]:
        """The actions that are being run around the tasks, the outermost first."""

    def default(self, name: str) -> object:
        """A scalar of the flow's defaults."""
        return self.flow.default(name) if self.inherits else None

    @property
    def default_volumes(self) -> list[object]:
        """The volumes that every task mounts first."""
        return self.flow.default_volumes if self.inherits else []

    @property
    def env(self) -> dict[object, object] | Unknown:
        """The variables that every task gets."""
        return self.flow.env if self.inherits else {}

    @property
    def env_pieces(self) -> tuple[Piece, ...]:
        """The mappings that these variables are written in."""
        return self.flow.env_pieces if self.inherits else ()

    @property
    def tags(self) -> list[object]:
        """The tags that every task gets: those of the flow."""
        return self.flow.tags

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries of ``tasks`` as written; those that are no blocks are left out."""
        section = self.block.fields.get("tasks")
        items: list[Item] = section.items if isinstance(section, ListItem) else []
        return [Entry(item, number) for number, item in enumerate(items, 1) if isinstance(item, Block)]

    @cached_property
    def graph(self) -> Graph:
        """The tasks by real id."""
        from flowlang.semantics.graph import build_graph

        return build_graph(self)

    @cached_property
    def prospects(self) -> Prospects:
        """How the tasks may end, and what their conditions come to."""
        from flowlang.semantics.prospects import Prospects

        return Prospects(self)

    @cached_property
    def _need_records(self) -> dict[str, object]:
        return {}

    def need_record(self, name: str) -> object:
        """What a task sees of one of its completed needs."""
        known = self._need_records.get(name)
        if known is None:
            task = self.graph.tasks.get(name)
            known = self._need_records[name] = need_record(name, declared_outputs(task)) if task is not None else POISON
        return known

    def release(self) -> None:
        """Take it and its tasks apart: see `flowlang.semantics.file.Analysis.release`."""
        graph: Graph | None = vars(self).get("graph")
        for task in graph.tasks.values() if graph is not None else ():
            run: ActionRun | None = vars(task).get("run")
            if run is not None:
                run.release()
            vars(task).clear()
        vars(self).clear()

    def elaborate(self) -> None:
        """Compute every task."""
        for task in self.graph.tasks.values():
            task.elaborate()


def declared_outputs(task: Task) -> Mapping[str, object] | None:
    """The outputs that the call of a batch action can have: those it declares; None where any may come."""
    if task.kind not in ("action", "module") or task.action is None or task.action.block is None:
        return None
    section = task.action.block.map("outputs")
    names = [str(name) for name in section.entries] if section is not None else []
    return Keys({name: unknown_at(STR, "needs", task.real_id, "outputs", name) for name in names}, "unknown-action-output", "output")


class ActionRun(TaskOwner):
    """A batch action at one call: its images and tasks elaborated with `inputs` as its expressions see them."""

    def __init__(self, call: Task, action: Action, block: Block, inputs: object) -> None:
        self.call = call
        self.action = action
        self.block = block
        self.inputs = inputs
        self.flow = call.owner.flow
        self.prefix = (*call.owner.prefix, call.real_id)
        self.sink = call.owner.sink
        self.is_module = call.kind == "module"
        self.attributes = Attributes(lambda leaf: self.scope(leaf.scope, self.contexts()), self.sink)

    @property
    def mixins(self) -> Mixins | None:
        """Modules see the mixins of their caller, actions none."""
        return self.call.owner.mixins if self.is_module else None

    @property
    def inherits(self) -> bool:
        """Modules take over the defaults of their caller, actions nothing."""
        return self.is_module and self.call.owner.inherits

    @property
    def uri_base(self) -> UriBase | None:
        """Modules see ``project`` where their caller does."""
        return self.call.owner.uri_base if self.is_module else None

    @property
    def strategy(self) -> Record:
        """The strategy of the call."""
        return self.call.strategy

    @cached_property
    def cache(self) -> Cache:
        """The action's own cache settings over those of the call."""
        return lay_cache(self.call.cache, self.block.fields.get("cache"), self.attributes)

    @cached_property
    def images(self) -> dict[str, object]:
        """The action's images by id."""
        return {name: elaborate_image(name, block, self.attributes, self.flow, self.uri_base) for name, block in blocks(self.block, "images").items()}

    @property
    def _images_context(self) -> Mapping[str, object]:
        """The images as expressions see them: in a module those of its caller are hidden by its own, even if it has none (engine 26.7)."""
        around = self.call.owner.contexts().get("images") if self.is_module else None
        outer = around() if around is not None else None
        if not isinstance(outer, Mapping):
            return self.images
        own = f"its own are: {listing(self.images)}" if self.images else "it has none"
        help = f"a module sees the images of its own file alone ({own}): define it there, or give its 'ref' in 'args'"
        return Keys(self.images, "unknown-image", "image", hidden=dict.fromkeys((str(name) for name in outer), help))

    def ancestors(self) -> tuple[Action, ...]:
        """The actions around this one, and itself."""
        return (*self.call.owner.ancestors(), self.action)

    def contexts(self) -> Contexts:
        """What the action has itself, over everything of the calling task for a module."""
        own: Contexts = {
            "inputs": lambda: self.inputs,
            "images": lambda: self._images_context,
            "strategy": lambda: self.strategy,
            "git": lambda: self.flow.git,
            "flow": lambda: self.flow.with_action(self.action),
        }
        return {**self.call.contexts(), **own} if self.is_module else own

    def scope(self, name: str, contexts: Mapping[str, Callable[[], object]]) -> Scope:
        """The scope of that name, or what it is called inside a module."""
        if self.is_module:
            name = scope_variants().get(name, {}).get("module", name)
        elif name == "batch-task":
            name = "batch-action-task"
        if self.is_module and name == "batch-task":
            name = "batch-module-task"
        return self.flow.scope_over(name, contexts)

    @property
    def outputs_scope(self) -> Scope:
        """What the values of outputs see: every task of the action as a need."""
        needs = {name: self.need_record(name) for name in self.graph.tasks}
        return self.scope("batch-action-outputs", {**self.contexts(), "needs": lambda: needs})

    @cached_property
    def outputs(self) -> dict[str, object]:
        """The values of the declared outputs, which wait for the tasks inside."""
        section = self.block.map("outputs")
        if section is None:
            return {}
        found: list[Diagnostic] = []
        attributes = Attributes(lambda leaf: self.outputs_scope, found)
        values: dict[str, object] = {}
        for name, item in section.entries.items():
            leaf = item.leaf("value") if isinstance(item, Block) else None
            value = attributes.value(leaf)
            values[str(name)] = as_written(leaf.template) if value is POISON and leaf is not None else value
        # engine 26.7: evaluated when the tasks inside are done, so that what is wrong fails the run, not the check before it
        self.sink += (d._replace(override_effect=Effect.BETRAYED) if d.effect is Effect.REFUSED else d for d in found)
        return values

    def elaborate(self) -> None:
        """Compute everything, so that every finding is made."""
        _ = self.images, self.cache
        super().elaborate()
        _ = self.outputs
