"""The attributes of a task's exec unit: what is written, with what the flow's defaults have for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from flowlang.expr import Unknown
from flowlang.light import NamedTuple
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.flow import tag_of
from flowlang.semantics.merge import Merged
from flowlang.semantics.sharing import Settled, Shared
from flowlang.semantics.units import PLAIN_ATTRIBUTES, WITH_DEFAULT, check_env_keys, elaborate_unit_image, has_odd_names, join_env
from flowlang.semantics.values import Values

if TYPE_CHECKING:
    from flowlang.semantics.tasks import Task


class _Unit(NamedTuple):
    """What the attributes are found from; `inherits`: the defaults of the flow reach it."""

    task: Task
    merged: Merged
    attributes: Attributes
    inherits: bool


def unit_values(task: Task, merged: Merged) -> Mapping[str, object]:
    """Every attribute of a task's exec unit by name, all known for the rows of a matrix.

    Of the rows of a matrix those that say the same are worked out once, and are one object in all of them.
    """
    unit = _Unit(task, merged, task.unit_attributes, task.owner.inherits and task.kind != "stateful")
    shared = task.shared
    if shared is None:
        return Values(_NAMES, lambda name: _VALUES[name](unit, name), ("image", "env") if has_odd_names(task.owner.env) else ("image",))
    settled = shared.settled
    if settled is None or settled.merged is not merged:
        settled = shared.settled = _settle(unit, shared, settled)
        return settled.values
    values = settled.values.copy()
    for name in settled.left:
        values[name] = _VALUES[name](unit, name)
    return values


def _settle(unit: _Unit, shared: Shared, before: Settled | None) -> Settled:
    """All values of a row, and which of them are those of its row alone.

    Before it are rows for which something else is written: from the second row on mixins bring lists and mappings in once more
    (engine 26.7). What is written as before keeps its value.
    """
    pieces = unit.merged.pieces
    kept = {name for name in _VALUES if before is not None and name not in before.left and pieces.get(name) is before.merged.pieces.get(name)}
    values: dict[str, object] = {}
    left: list[str] = []
    for name, find in _VALUES.items():
        if before is not None and name in kept:
            values[name] = before.values[name]
            continue
        uploads = len(unit.attributes.uploads)
        values[name] = find(unit, name)
        # what is uploaded is noted for each row
        if name in _OF_EACH or len(unit.attributes.uploads) > uploads or any(shared.varies(piece.item) for piece in pieces.get(name, ())):
            left.append(name)
    return Settled(unit.merged, values, tuple(left))


def _plain(unit: _Unit, name: str) -> object:
    """What is written, with nothing of the flow mixed in."""
    item = unit.merged.first(name)
    return unit.attributes.value(item) if item is not None else None


def _image(unit: _Unit, name: str) -> object:
    base = unit.task.owner.uri_base if unit.task.kind != "stateful" else None
    return elaborate_unit_image(unit.merged, unit.attributes, base, "task", *unit.task.head)


def _with_default(unit: _Unit, name: str) -> object:
    """An absent, zero or empty value means the flow's default."""
    own = unit.attributes.value(unit.merged.first(name))
    return own if isinstance(own, Unknown) or own else unit.task.owner.default(name) if unit.inherits else None


def _workdir(unit: _Unit, name: str) -> object:
    own = unit.attributes.value(unit.merged.first(name))
    return own if own is not None else unit.task.owner.default(name) if unit.inherits else None


def _env(unit: _Unit, name: str) -> object:
    owner, pieces = unit.task.owner, unit.merged.pieces.get(name, ())
    env = join_env(owner.env if unit.inherits else {}, unit.attributes.mapping(pieces))
    check_env_keys(env, chain(owner.env_pieces if unit.inherits else (), pieces), unit.attributes.sink)
    return env


def _volumes(unit: _Unit, name: str) -> object:
    own = unit.attributes.list_of(name, unit.merged.pieces.get(name, ()), drop_empty=True)
    return [*(unit.task.owner.default_volumes if unit.inherits else ()), *own]


def _tags(unit: _Unit, name: str) -> object:
    owner, pieces = unit.task.owner, unit.merged.pieces.get(name)
    own = unit.attributes.list_of(name, pieces) if pieces else []
    return [*owner.tags, f"task:{tag_of(unit.task.full_id)}", owner.flow.bake_tag, *own]


# In the order in which they are evaluated, and what is wrong with them is told.
_VALUES: dict[str, Callable[[_Unit, str], object]] = {
    "title": _plain,
    "image": _image,
    **dict.fromkeys(PLAIN_ATTRIBUTES, _plain),
    **dict.fromkeys(WITH_DEFAULT, _with_default),
    "workdir": _workdir,
    "env": _env,
    "volumes": _volumes,
    "tags": _tags,
}
_NAMES = tuple(_VALUES)
# Attributes that name the task itself.
_OF_EACH = frozenset({"tags"})
