"""Values of expressions.

``None``, bools, numbers, texts, lists and dicts are Python's. The others: `Record` for the objects
of the contexts, `Status`, `ALWAYS`, `StrSet` (a frozenset that prints as a set), `pathlib` paths
(`Path` for local ones, `PurePosixPath` for remote ones), `Uri`; and `Unknown` for what cannot be
known yet. Lists, dicts and records may hold unknown values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, NamedTuple

from flowlang.expr import types
from flowlang.expr.nodes import Concat, Literal, Node, Ternary
from flowlang.expr.types import Type
from flowlang.text import quoted


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A value that is not known yet: its type, what is left of its expression, and what it waits for.

    `waits` holds the paths of the unknowns, as ``needs.train.outputs.path``. `residual` is None
    where semantics put the value into a context: reading it gives the lookup itself.
    """

    type: Type = types.ANY
    residual: Node | None = None
    waits: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        raise TypeError("nobody knows whether an unknown value is true")


POISON = Unknown(types.ANY)
"""What stands for a value after an error that was told: it silences whatever hangs on it."""


class Forbidden(NamedTuple):
    """A field or key that may be named but fails when it is read, as git facts do in a batch flow's defaults."""

    rule: str
    message: str
    help: str | None = None


class Keys(dict[str, Any]):
    """A mapping that knows what its keys are called, for the words about a key that it does not have."""

    def __init__(self, entries: Mapping[str, Any], rule: str, noun: str) -> None:
        super().__init__(entries)
        self.rule = rule
        self.noun = noun


class StrSet(frozenset[Any]):
    """A set that prints as the engine's sets do, in sorted order (the engine's order is undefined)."""

    def __repr__(self) -> str:
        return "{" + ", ".join(sorted(map(repr, self))) + "}" if self else "set()"

    __str__ = __repr__

    def ordered(self) -> list[Any]:
        """The items, sorted where they can be."""
        try:
            return sorted(self)
        except TypeError:
            return sorted(self, key=repr)


class Status(str):
    """The result of a need: compares as its text and prints as the engine's enumeration does (engine 26.7: types)."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"TaskStatus.{self[:].upper()}"

    def __repr__(self) -> str:
        return f"<TaskStatus.{self[:].upper()}: {self[:]!r}>"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __getitem__(self, key: Any) -> str:
        return str.__getitem__(self, key)

    # Not that of its text: as a mapping's key it is another one (engine 26.7).
    def __hash__(self) -> int:
        return hash(self[:].upper())


class Always:
    """What `always()` gives."""

    __slots__ = ()

    def __str__(self) -> str:
        return "always()"

    def __repr__(self) -> str:
        return "always()"


ALWAYS = Always()


class Shape(NamedTuple):
    """What the engine's class behind a record is called, and which of its fields show."""

    class_name: str
    fields: tuple[str, ...]


_FLOW = ("flow_id", "project_id", "workspace", "title", "username")
_IMAGE = ("id", "ref", "context", "dockerfile", "dockerfile_rel", "build_args", "env", "volumes", "build_preset", "force_rebuild", "extra_kaniko_args")
SHAPES: dict[str, Shape] = {
    "project": Shape("ProjectCtx", ("id", "project_name", "owner")),
    "flow": Shape("FlowCtx", _FLOW),
    "batch-flow": Shape("BatchFlowCtx", (*_FLOW, "life_span")),
    "action-flow": Shape("ActionFlowCtx", (*_FLOW, "action_path")),
    "git": Shape("GitCtx", ("_git_info",)),
    "volume": Shape("VolumeCtx", ("id", "remote", "mount", "read_only", "local", "full_local_path")),
    "image": Shape("ImageCtx", _IMAGE),
    "early-image": Shape("EarlyImageCtx", _IMAGE[:5]),
    "multi": Shape("MultiCtx", ("suffix",)),
    "strategy": Shape("StrategyCtx", ("fail_fast", "max_parallel")),
    "need": Shape("DepCtx", ("result", "outputs")),
}
"""The objects of the contexts (engine 26.7: context); fields that are computed (`ref`) do not show."""

_NOUNS = {"batch-flow": "flow", "action-flow": "flow", "early-image": "image"}


class Record:
    """An object with fixed fields; `fields` may be lazy and hold unknown values.

    `type_name` is one of `SHAPES`. Without fields of its own kind known at all (`open`), any
    attribute may be there.
    """

    __slots__ = ("fields", "open", "type_name")

    def __init__(self, type_name: str, fields: Mapping[str, object], *, open: bool = False) -> None:
        self.type_name = type_name
        self.fields = fields
        self.open = open

    @property
    def noun(self) -> str:
        """What it is called in messages."""
        return _NOUNS.get(self.type_name, self.type_name)

    def shown(self) -> Iterator[tuple[str, object]]:
        """The fields that show in its text and JSON."""
        if self.type_name == "git":
            names = ("sha", "branch", "tags")
            yield "_git_info", Record("git-info", {name: self.fields.get(name) for name in names})
            return
        shape = SHAPES.get(self.type_name)
        for name in shape.fields if shape else tuple(self.fields):
            if name in self.fields:
                yield name, self.fields[name]

    def __repr__(self) -> str:
        shape = SHAPES.get(self.type_name)
        name = shape.class_name if shape else "GitInfo" if self.type_name == "git-info" else self.type_name
        return f"{name}({', '.join(f'{key}={value!r}' for key, value in self.shown())})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and other.type_name == self.type_name and list(self.shown()) == list(other.shown())

    def __hash__(self) -> int:
        return hash((self.type_name, tuple(value for _, value in self.shown())))


def volume(id: object, remote: object, mount: object, read_only: object = False, local: object = None, full_local_path: object = None) -> Record:
    """A volume with its references, which are unknown where a part of them is."""
    fields: dict[str, object] = {"id": id, "remote": remote, "mount": mount, "read_only": read_only, "local": local, "full_local_path": full_local_path}
    for name, mode in (("ref", read_only), ("ref_ro", True), ("ref_rw", False)):
        tail = mode if isinstance(mode, Unknown) else "ro" if mode else "rw"
        fields[name] = join_texts([remote, ":", mount, ":", tail if tail is not mode else _mode(mode)])
    return Record("volume", fields)


def _mode(read_only: object) -> Unknown:
    """The last part of a reference to a volume of which nobody knows yet whether it is read-only."""
    assert isinstance(read_only, Unknown)
    if read_only is POISON or read_only.residual is None:
        return read_only if read_only is POISON else Unknown(types.STR, None, read_only.waits)
    node = read_only.residual
    place = (node.start, node.end)
    return Unknown(types.STR, Ternary(*place, Literal(*place, "ro"), node, Literal(*place, "rw")), read_only.waits)


def join_texts(parts: list[object]) -> str | Unknown:
    """The texts of values joined: known if all are, else unknown with a residual if every unknown has one."""
    if any(part is POISON for part in parts):
        return POISON
    found = [part for part in parts if isinstance(part, Unknown)]
    if not found:
        return "".join(map(str, parts))
    waits = frozenset[str]().union(*(part.waits for part in found))
    if any(part.residual is None for part in found):
        return Unknown(types.STR, None, waits)
    nodes: list[Node] = []
    for part in parts:
        if isinstance(part, Unknown):
            assert part.residual is not None
            nodes.append(part.residual)
        elif nodes and isinstance(last := nodes[-1], Literal) and isinstance(last.value, str):
            nodes[-1] = Literal(0, 0, f"{last.value}{part}")
        elif str(part):
            nodes.append(Literal(0, 0, str(part)))
    return Unknown(types.STR, Concat(0, 0, tuple(nodes)), waits)


def type_of(value: object) -> Type:
    """The type of a value."""
    if isinstance(value, Unknown):
        return value.type
    for kind, name in _CLASSES:
        if isinstance(value, kind):
            return Type.of(name)
    return types.URI if type(value).__name__ == "Uri" else types.ANY


_CLASSES: tuple[tuple[type, str], ...] = (
    (bool, "bool"),
    (int, "int"),
    (float, "float"),
    (Status, "status"),
    (str, "str"),
    (type(None), "none"),
    (Path, "path"),
    (PurePosixPath, "remote-path"),
    (PurePath, "path"),
    (list, "list"),
    (frozenset, "set"),
    (Record, "object"),
    (Mapping, "mapping"),
    (Always, "mark"),
)


def is_poison(value: object) -> bool:
    """Whether a value stands for an error that was told."""
    return value is POISON


def describe(value: object) -> str:
    """A value in words, for messages: itself where it is short, else its kind."""
    if isinstance(value, (bool, int, float)) or value is None:
        return repr(value)
    if isinstance(value, str) and not isinstance(value, Status):
        return quoted(value if len(value) <= 40 else value[:39] + "…")
    if isinstance(value, Record):
        return f"{'an' if value.noun[:1] in 'aeiou' else 'a'} {value.noun}"
    return type_of(value).words


def unknowns(value: object) -> list[Unknown]:
    """All unknown values in a value, itself included."""
    found: list[Unknown] = []
    todo = [value]
    seen: set[int] = set()
    while todo:
        here = todo.pop()
        if isinstance(here, Unknown):
            found.append(here)
        elif isinstance(here, (list, Mapping, Record)):
            # Lists share their items: each is looked into once.
            if id(here) in seen:
                continue
            seen.add(id(here))
            if isinstance(here, list):
                todo.extend(here)
            elif isinstance(here, Record):
                todo.extend(value for _, value in here.shown())
            else:
                todo.extend(here.values())
    return found


def size(value: object, limit: int) -> int:
    """About how long the text of a value is; counting ends beyond `limit`."""
    total, todo = 0, [value]
    while todo and total <= limit:
        here = todo.pop()
        if isinstance(here, str):
            total += len(here)
        elif isinstance(here, (list, frozenset)):
            total += 2 + 2 * len(here)
            todo.extend(here)
        elif isinstance(here, Record):
            total += 16
            todo.extend(value for _, value in here.shown())
        elif isinstance(here, Mapping):
            total += 2 + 4 * len(here)
            todo.extend(here)
            todo.extend(here.values())
        elif isinstance(here, int):
            total += here.bit_length() // 3 + 1
        else:
            total += 16
    return total
