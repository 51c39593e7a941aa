"""Tasks of batch flows and actions: one object for each row of each entry of ``tasks``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowlang.expr import POISON, STATUS, Forbidden, Keys, Record, Scope
from flowlang.light import cached_property
from flowlang.model import Block, Item, Leaf
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.cache import Cache
from flowlang.semantics.contexts import Elsewhere
from flowlang.semantics.matrix import Row
from flowlang.semantics.merge import Merged
from flowlang.semantics.sharing import NEW, Shared, attributes_of
from flowlang.semantics.task_values import unit_values
from flowlang.semantics.units import own_variables
from flowlang.semantics.unknowns import Open, unknown_at
from flowlang.semantics.values import Values
from flowlang.text import Source, Span

if TYPE_CHECKING:
    from flowlang.semantics.actions import Action
    from flowlang.semantics.inputs import Inputs
    from flowlang.semantics.owners import ActionRun, TaskOwner

COMPLETED, RUNNING = "completed", "running"
_RUNNING_NEED = Forbidden(
    "running-need-in-context",
    "this need is only waited for to start: when the task runs there is nothing known of it",
    "need it as 'completed' to use its result and outputs",
)


class Needs(Mapping[str, object]):
    """The context ``needs``: completed needs, and the running ones as names that fail when they are read."""

    def __init__(self, completed: Mapping[str, object], running: frozenset[str]) -> None:
        self._completed = completed
        self._running = running

    def __getitem__(self, key: str) -> object:
        return _RUNNING_NEED if key in self._running else self._completed[key]

    def __contains__(self, key: object) -> bool:
        return key in self._completed or key in self._running

    def __iter__(self) -> Iterator[str]:
        return iter(self._completed)

    def __len__(self) -> int:
        return len(self._completed)


@dataclass(slots=True, eq=False)
class Entry:
    """One entry of ``tasks`` as written: its block, its number from 1, where it begins."""

    block: Block
    number: int

    @property
    def key(self) -> Span:
        """The first key of the entry."""
        return self.block.head

    @property
    def reference(self) -> Leaf | None:
        """The reference of the action or module it calls."""
        return self.block.leaf("module") or self.block.leaf("action")

    @property
    def is_module(self) -> bool:
        """Whether it calls a module."""
        return "module" in self.block.fields

    @property
    def is_call(self) -> bool:
        """Whether it calls an action or module."""
        return self.is_module or "action" in self.block.fields


@dataclass(eq=False)
class Task:
    """One task: a row of an entry, or the post task of a stateful call.

    `kind` is ``task``, ``action``, ``module``, ``local``, ``stateful`` or ``post``. `unit` holds the
    exec unit (of a task, a stateful action's main or post). `enable` is None where the default holds. `mixed` are
    the keys of the matrix whose values are of other types in other rows. `shared` is what it has in common with
    the other rows of its entry; None where there are none.
    """

    owner: TaskOwner
    entry: Entry
    real_id: str
    declared_id: str | None
    kind: str
    needs: dict[str, str]
    matrix: Row
    strategy: Record
    cache: Cache
    enable: Item | None
    default_enable: str
    unit: Merged | None = None
    action: Action | None = None
    state_from: str | None = None
    need_places: dict[str, Leaf] = field(default_factory=dict)
    mixed: frozenset[str] = frozenset()
    shared: Shared | None = None

    @cached_property
    def attributes(self) -> Attributes:
        """The evaluator of what stands in the entry itself."""
        return attributes_of(self.scope_of, self.owner.sink, self.shared, self.matrix)

    @property
    def full_id(self) -> str:
        """The id with those of the calls around it, joined with dots."""
        return ".".join((*self.owner.prefix, self.real_id))

    # --- scopes -----------------------------------------------------------------------------

    def contexts(self) -> dict[str, Callable[[], object]]:
        """Every context that the task could offer."""
        return {
            **self.owner.contexts(),
            "matrix": lambda: self.matrix_context,
            "strategy": lambda: self.strategy,
            "needs": lambda: self.needs_context,
            "state": lambda: Open("state") if self.kind == "post" else {},
        }

    def scope_of(self, leaf: Leaf) -> Scope:
        """What the expressions of a leaf of the entry see."""
        return self._post_scope if leaf.scope == "post" else self.scope_named(leaf.scope)

    def scope_named(self, name: str) -> Scope:
        """The scope of that name in this task, made once."""
        known = self._scopes.get(name)
        if known is None:
            shared = self.shared
            known = self._made_scope(name) if shared is None else shared.scope(name, lambda: self._made_scope(name), self._varying_contexts)
            self._scopes[name] = known
        return known

    def _made_scope(self, name: str) -> Scope:
        scope = self.owner.scope(name, self.contexts())
        return scope._replace(own_env=own_variables(self.unit)) if self.kind != "stateful" else scope

    @cached_property
    def _scopes(self) -> dict[str, Scope]:
        return {}

    @cached_property
    def _varying_contexts(self) -> dict[str, Callable[[], object]]:
        """Those of its contexts that other rows do not have as they are here."""
        contexts: dict[str, Callable[[], object]] = {"matrix": lambda: self.matrix_context, "needs": lambda: self.needs_context}
        return {name: find for name, find in contexts.items() if self.shared is not None and name in self.shared.varying}

    @cached_property
    def matrix_context(self) -> Keys:
        """The context ``matrix``."""
        return Keys(self.matrix, "unknown-matrix-key", "matrix key", self.mixed)

    @cached_property
    def needs_context(self) -> Needs:
        """The context ``needs``."""
        completed = {name: self.owner.need_record(name) for name, level in self.needs.items() if level == COMPLETED}
        return Needs(completed, frozenset(name for name, level in self.needs.items() if level == RUNNING))

    # --- calls ------------------------------------------------------------------------------

    @cached_property
    def inputs(self) -> Inputs | None:
        """The inputs of a call; None where there is no action, or the call does not fit it."""
        from flowlang.semantics.inputs import elaborate_inputs

        if self.action is None or self.action.block is None:
            return None
        return elaborate_inputs(self.entry.block, self.action, self.attributes, inline=self.kind in ("stateful", "local"))

    @cached_property
    def args(self) -> dict[object, object]:
        """The args as they are, for a call whose action is not at hand."""
        section = self.entry.block.map("args")
        return {key: self.attributes.value(item) for key, item in section.entries.items()} if section is not None else {}

    @cached_property
    def run(self) -> ActionRun | None:
        """The tasks inside the call of a batch action or module, also where the call does not fit it; None where it cannot be had."""
        from flowlang.semantics.owners import ActionRun

        if self.kind not in ("action", "module") or self.action is None or self.action.block is None:
            return None
        return ActionRun(self, self.action, self.action.block, self._inner_inputs())

    # --- values -----------------------------------------------------------------------------

    @cached_property
    def enabled(self) -> object:
        """Whether the task runs: a bool, ``always()``, or unknown."""
        if self.enable is not None:
            return self.attributes.value(self.enable)
        shared = self.shared
        if shared is None or "needs" in shared.varying:  # the default reads nothing else
            return self._default_enabled()
        if shared.enabled is NEW:
            shared.enabled = self._default_enabled()
        return shared.enabled

    def _default_enabled(self) -> object:
        return self.attributes.template(self.default_enable, "enable", self.scope_named("batch-task"))

    @cached_property
    def unit_attributes(self) -> Attributes:
        """The evaluator of the exec unit: for a stateful action's main, in the scope of its inputs."""
        return attributes_of(self.unit_scope, self.owner.sink, self.shared, self.matrix)

    def unit_scope(self, leaf: Leaf) -> Scope:
        """What the expressions of a leaf of the exec unit see."""
        if self.kind in ("stateful", "local"):
            return self._stateful_scope(leaf)
        return self._post_scope if self.kind == "post" else self.scope_named(leaf.scope)

    @cached_property
    def _post_scope(self) -> Scope:
        return self.scope_named("batch-task")._replace(elsewhere=Elsewhere("post"))

    def _stateful_scope(self, leaf: Leaf) -> Scope:
        return self.owner.scope(leaf.scope, {"inputs": self._inner_inputs})

    def _inner_inputs(self) -> object:
        """The inputs as the expressions of the action see them, also where the call does not fit it."""
        from flowlang.semantics.inputs import declared_unknown

        if self.inputs is not None:
            return self.inputs.seen
        return declared_unknown(self.action) if self.action is not None and self.action.block is not None else POISON

    @property
    def command_item(self) -> Item | None:
        """What a local action runs, as it is written."""
        block = self.action.block if self.kind == "local" and self.action is not None else None
        return next((block.fields[name] for name in ("cmd", "bash", "python") if name in block.fields), None) if block is not None else None

    @cached_property
    def command(self) -> object:
        """The command line of a local action."""
        return Attributes(self.unit_scope, self.owner.sink).value(self.command_item)

    @cached_property
    def values(self) -> Mapping[str, object]:
        """Every attribute of the exec unit by name; empty where there is none, or it is not known."""
        return unit_values(self, self.unit) if self.unit is not None else {}

    @property
    def head(self) -> tuple[Source, Span]:
        """Where what is missing in the task is reported: its entry, or the ``main`` or ``post`` of its action."""
        key = {"stateful": "main", "post": "post"}.get(self.kind)
        if key is not None and self.action is not None and self.action.block is not None and key in self.action.block.keys:
            return self.action.file.source, self.action.block.key_span(key)
        return self.entry.block.source, self.entry.key

    def elaborate(self) -> None:
        """Compute all that something may be found out about, so that every finding is made."""
        if self.enable is not None:
            _ = self.enabled
        if self.unit is not None and isinstance(self.values, Values):
            self.values.elaborate(self.unit)
        if self.kind == "task":
            return
        if self.kind != "post":
            # a post task stands in the same entry, but the call was its main's
            _ = self.inputs
        if self.kind == "local":
            _ = self.command
        if self.action is None and self.entry.is_call and self.kind != "post":
            _ = self.args
        if self.run is not None:
            self.run.elaborate()


def need_record(name: str, outputs: Mapping[str, object] | None) -> Record:
    """What is known of a finished need before the run: that it has a result, and which outputs it may have (None: any)."""
    result = unknown_at(STATUS, "needs", name, "result")
    return Record("need", {"result": result, "outputs": outputs if outputs is not None else Open("needs", name, "outputs")})
