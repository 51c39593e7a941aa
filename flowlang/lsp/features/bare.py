"""Scopes where nothing is known but names: in actions that nothing calls, in tasks whose rows cannot be told."""

from __future__ import annotations

from collections.abc import Iterable

from flowlang.expr import ANY, PATH, STR, STRS, Record, Scope, Type
from flowlang.expr.records import SHAPES
from flowlang.lsp.features.spot import Spot
from flowlang.model import Block, ConfigFile, Item, ListItem, MapItem
from flowlang.semantics.contexts import Thunks, contexts_of
from flowlang.semantics.inputs import input_type
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.tasks import need_record
from flowlang.semantics.unknowns import Open, unknown_at

_EXTRAS = frozenset({"include", "exclude"})
_TYPES = {"workspace": PATH, "action_path": PATH, "tags": STRS}
_TEXTS = frozenset({"flow_id", "project_id", "title", "username", "sha", "branch", "id", "ref"})


def scope_of_nobody(config: ConfigFile, spot: Spot, name: str) -> Scope:
    """The scope of that name inside an action that nothing calls: every value is unknown."""
    block = config.block
    inputs = block.map("inputs") if block is not None else None
    images = block.map("images") if block is not None else None
    tasks = block.fields.get("tasks") if block is not None else None
    number = spot.path[1] if spot.path[:1] == ("tasks",) and len(spot.path) > 1 else None
    given = {key: unknown_at(Type.of(input_type(item)), "inputs", key) for key, item in _named(inputs)}
    thunks: Thunks = {
        "inputs": lambda: given,
        "flow": lambda: _record("action-flow", "flow"),
        "git": lambda: Record("git", {field: unknown_at(_TYPES.get(field, STR), "git", field) for field in ("sha", "branch", "tags")}),
        "strategy": lambda: _record("strategy", "strategy"),
        "images": lambda: {key: _record("image", "images", key) for key, _ in _named(images)},
        "needs": lambda: {key: need_record(key, None) for key in _ids(tasks)},
        "matrix": lambda: _matrix(tasks, number),
        "state": lambda: Open("state"),
    }
    return Scope(contexts_of(name, thunks))


def bare_task(owner: TaskOwner, number: object) -> Thunks:
    """What can be said of the contexts of a task whose rows are not known."""
    tasks = owner.block.fields.get("tasks")
    return {
        "matrix": lambda: _matrix(tasks, number),
        "needs": lambda: {key: need_record(key, None) for key in _ids(tasks)},
        "strategy": lambda: _record("strategy", "strategy"),
        "state": dict,
    }


def _record(kind: str, *path: str) -> Record:
    return Record(kind, {field: unknown_at(_TYPES.get(field, STR if field in _TEXTS else ANY), *path, field) for field in SHAPES[kind].fields})


def _named(section: MapItem | None) -> Iterable[tuple[str, Item]]:
    return [(name, item) for name, item in section.entries.items() if isinstance(name, str)] if section is not None else []


def _ids(tasks: Item | None) -> list[str]:
    """The ids that are written out."""
    leaves = [entry.leaf("id") for entry in tasks.items if isinstance(entry, Block)] if isinstance(tasks, ListItem) else []
    return [leaf.value for leaf in leaves if leaf is not None and isinstance(leaf.value, str) and leaf.template.is_text]


def _matrix(tasks: Item | None, number: object) -> dict[str, object]:
    entry = tasks.items[number] if isinstance(tasks, ListItem) and isinstance(number, int) and number < len(tasks.items) else None
    strategy = entry.block("strategy") if isinstance(entry, Block) else None
    keys = [name for name, _ in _named(strategy.map("matrix") if strategy is not None else None) if name not in _EXTRAS]
    return {key: unknown_at(ANY, "matrix", key) for key in [*keys, *(["ORDINAL"] if keys else [])]}
