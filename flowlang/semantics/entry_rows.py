"""One entry of ``tasks`` while its rows become tasks: ids and needs, strategy and cache; what all rows have is found once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Record, Scope, Unknown, text_of
from flowlang.light import NamedTuple, cached_property
from flowlang.model import Broken, Item, Leaf, ListItem, MapItem
from flowlang.semantics.actions import Action
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.cache import NO_CACHE, Cache, lay_cache
from flowlang.semantics.contexts import Overlaid
from flowlang.semantics.matrix import Row, mixed_keys
from flowlang.semantics.merge import Merged, merged
from flowlang.semantics.sharing import NEW, Shared, attributes_of
from flowlang.semantics.tasks import COMPLETED, RUNNING, Entry
from flowlang.yamltree import Scalar

if TYPE_CHECKING:
    from flowlang.semantics.owners import TaskOwner

_KINDS = {"batch": "action", "local": "local", "stateful": "stateful"}
_LEVELS = (COMPLETED, RUNNING)
# Kinds of calls whose exec unit or command sees the inputs of the call, which are those of one row.
_INLINE = frozenset({"local", "stateful"})


class Needs(NamedTuple):
    """The needs of a row: the level of each, and where each is written; those that stand nowhere are in `levels` alone."""

    levels: dict[str, str]
    places: dict[str, Leaf]


class EntryRows:
    """One entry and the rows of its matrix; `last` are the ids that an entry without needs waits for.

    `shared` is what the tasks of the rows share, `shared_by_posts` the same for their post tasks; None for a single row.
    """

    def __init__(self, owner: TaskOwner, entry: Entry, action: Action | None, rows: list[Row], last: list[str], early: Attributes) -> None:
        self.owner = owner
        self.entry = entry
        self.action = action
        self.mixed = mixed_keys(rows)
        self.kind = _kind(entry, action)
        self._last = last
        self._early = early
        self._needs_vary = any("matrix" in leaf.template.reads for leaf, _ in _written_needs(entry.block.fields.get("needs")) if leaf.may_hold_expressions)
        # those of all rows, if they are the same, once they are found
        self._needs: Needs | None = None
        self._cache: Cache | None = None
        varying = {"matrix"} | ({"needs"} if self._needs_vary else set()) | ({"inputs"} if self.kind in _INLINE else set())
        budget = owner.flow.actions.budget
        self.shared = Shared(frozenset(varying), budget) if len(rows) > 1 else None
        self.shared_by_posts = Shared(frozenset({"matrix", "needs"}), budget) if len(rows) > 1 else None

    @cached_property
    def main(self) -> Merged | None:
        """The exec unit of a stateful action."""
        return self._of_stateful("main")

    @cached_property
    def post(self) -> Merged | None:
        """The exec unit that runs after it, if it has one."""
        return self._of_stateful("post")

    def _of_stateful(self, key: str) -> Merged | None:
        block = self.action.block.block(key) if self.kind == "stateful" and self.action is not None and self.action.block is not None else None
        return merged(block) if block is not None else None

    @cached_property
    def strategy(self) -> Record:
        """The strategy: what is written over that of the owner."""
        block = self.entry.block.block("strategy")
        if block is None:
            return self.owner.strategy
        fields = dict(self.owner.strategy.fields)
        for name in ("fail_fast", "max_parallel"):
            own = self._early.value(block.fields.get(name))
            if own is not None:
                fields[name] = own
        return Record("strategy", fields)

    def only_row(self, row: Row, sink: list[Diagnostic]) -> Attributes:
        """The evaluator of ids and needs, which see the row alone."""
        contexts = Overlaid(self._id_scope.contexts, {"matrix": lambda: row})
        return attributes_of(lambda leaf: self._id_scope.within(contexts), sink, self.shared, row)

    @cached_property
    def _id_scope(self) -> Scope:
        return self.owner.scope("task-id", {"matrix": dict})

    def ids(self, row: Row, attributes: Callable[[], Attributes]) -> tuple[str | None, str] | None:
        """The id that a row declares, and the real one; None where it cannot be told."""
        leaf = self.entry.block.leaf("id")
        declared = self.shared.known(leaf, row) if self.shared is not None and leaf is not None else NEW
        if declared is NEW:
            declared = attributes().value(self.entry.block.fields.get("id"))
        if isinstance(declared, Unknown):
            return None
        if isinstance(declared, str):
            return declared, declared
        # engine 26.7: keys with any upper-case letter are left out of the id, ORDINAL among them
        suffix = [text_of(row[key]) for key in sorted(row) if key == key.lower()]
        return None, "-".join(["task", str(self.entry.number), *suffix])

    def needs(self, attributes: Callable[[], Attributes]) -> Needs | None:
        """The needs of a row; None where they cannot be told."""
        if self._needs is not None:
            return self._needs
        needs = self._found_needs(attributes())
        if not self._needs_vary:
            self._needs = needs
        return needs

    def _found_needs(self, attributes: Attributes) -> Needs | None:
        item = self.entry.block.fields.get("needs")
        if item is None or (isinstance(item, Leaf) and item.value is None):
            return Needs(dict.fromkeys(self._last, COMPLETED), {})
        needs = Needs({}, {})
        for leaf, level in _written_needs(item):
            name = attributes.value(leaf, "id")
            if isinstance(name, Unknown) or not isinstance(name, str):
                return None
            needs.levels[name] = level
            needs.places[name] = leaf
        return needs

    def cache(self, row: Row) -> Cache:
        """The cache settings of a row; local and stateful actions have none."""
        if self._cache is not None:
            return self._cache
        item = self.entry.block.fields.get("cache")
        cache = self._laid_cache(item, row)
        if self.kind in _INLINE:
            cache = NO_CACHE
        if self.shared is not None and not self.shared.varies(item):
            self._cache = cache
        return cache

    def _laid_cache(self, item: Item | None, row: Row) -> Cache:
        owner = self.owner
        attributes = Attributes(
            lambda leaf: owner.scope(leaf.scope, {**owner.contexts(), "matrix": lambda: row, "strategy": lambda: self.strategy}), owner.sink
        )
        return lay_cache(owner.cache, item, attributes)


def _kind(entry: Entry, action: Action | None) -> str:
    if not entry.is_call:
        return "task"
    if entry.is_module:
        return "module"
    return _KINDS.get(action.kind or "batch", "action") if action is not None else "action"


def _written_needs(item: Item | None) -> Iterator[tuple[Leaf, str]]:
    """The needs as they are written, each with its level; one without brackets, which is told as that, as the only one."""
    if isinstance(item, Broken) and isinstance(item.node, Scalar):
        yield Leaf(item.source, item.node, item.notes._replace(type="id", item=None), item.scope, item.node.value), COMPLETED
    elif isinstance(item, ListItem):
        for child in item.items:
            if isinstance(child, Leaf):
                yield child, COMPLETED
    elif isinstance(item, MapItem):
        for key, leaf in item.key_leaves.items():
            level = item.entries.get(key)
            # a level that is none is told as such, the need is one
            yield leaf, level.value if isinstance(level, Leaf) and level.value in _LEVELS else COMPLETED
