"""Objects: the values of contexts that have fixed fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowlang.light import NamedTuple


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
            facts = {name: self.fields.get(name) for name in ("sha", "branch", "tags")}
            # Facts that may not be read are facts that the engine does not have there.
            known = not any(type(fact).__name__ == "Forbidden" for fact in facts.values())
            yield "_git_info", Record("git-info", facts) if known else None
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
