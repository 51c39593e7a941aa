"""Values that are not known yet, as semantics makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flowlang.expr import POISON, ExprPart, Template, Type, Unknown, text_of
from flowlang.expr.nodes import Attr, Call, Concat, Item, Literal, Lookup, Node
from flowlang.expr.types import STR
from flowlang.patterns import pattern


def unknown(type: Type, path: str) -> Unknown:
    """The unknown at a path such as ``git.sha``: its residual is the lookup of that path."""
    name, *attributes = path.split(".")
    trailers = tuple(Attr(0, 0, attribute) for attribute in attributes)
    return Unknown(type, Lookup(0, 0, name, trailers), frozenset({path}))


def unknown_at(type: Type, context: str, *keys: str) -> Unknown:
    """The unknown below a context under keys of any text: ``needs['task-1'].result``."""
    trailers = tuple(Attr(0, 0, key) if _ADDRESSABLE.fullmatch(key) else Item(0, 0, Literal(0, 0, key)) for key in keys)
    return Unknown(type, Lookup(0, 0, context, trailers), frozenset({".".join((context, *keys))}))


# Names that a dot can stand before (engine 26.7: its tokens).
_ADDRESSABLE = pattern(r"(?!None|True|False|(?:or|and|not)\b)[A-Za-z][A-Za-z0-9_]*")


class Open(Mapping[str, object]):
    """A mapping that has every key, each unknown until the run: outputs of a task, the state of a stateful action."""

    def __init__(self, context: str, *keys: str) -> None:
        self._path = (context, *keys)

    def __getitem__(self, key: str) -> object:
        return unknown_at(STR, *self._path, key)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def as_text(value: Unknown) -> Unknown:
    """A value that becomes a text when it is known; it must have a residual."""
    assert value.residual is not None
    return Unknown(STR, Call(0, 0, "str", (value.residual,), (), 0, 0), value.waits)


def as_written(template: Template) -> Unknown:
    """The value of a template that will fail when it is computed: the template itself, waiting for nothing."""
    parts = tuple(part.tree if isinstance(part, ExprPart) else Literal(part.start, part.end, part.text) for part in template.parts)
    return Unknown(STR, parts[0] if template.whole is not None else Concat(0, len(template.text), parts))


def concatenate(parts: Sequence[object]) -> object:
    """The texts of the parts one after another; unknown when a part is, `POISON` when one is wrong."""
    if any(part is POISON for part in parts):
        return POISON
    if not any(isinstance(part, Unknown) for part in parts):
        return "".join(text_of(part) for part in parts)
    nodes: list[Node] = []
    for part in parts:
        if not isinstance(part, Unknown):
            nodes.append(Literal(0, 0, text_of(part)))
        elif isinstance(part.residual, Concat):
            nodes += part.residual.parts
        elif part.residual is not None:
            nodes.append(part.residual)
    waits = frozenset[str]().union(*(part.waits for part in parts if isinstance(part, Unknown)))
    return Unknown(STR, Concat(0, 0, tuple(_joined(nodes))), waits)


def _joined(nodes: Sequence[Node]) -> list[Node]:
    """The nodes with neighbouring texts made one."""
    result: list[Node] = []
    for node in nodes:
        last = result[-1] if result else None
        if isinstance(node, Literal) and isinstance(last, Literal):
            result[-1] = Literal(0, 0, f"{last.value}{node.value}")
        else:
            result.append(node)
    return result
