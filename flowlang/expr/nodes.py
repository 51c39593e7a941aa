"""The tree of an expression: plain nodes with offsets into the template's text.

Equality is structural, offsets included. `Lookup` and `Call` carry their trailers, as the engine's
trees do: nothing else can have any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of an expression; ``[start, end)`` is where it stands, parentheses around it included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """``None``, a bool, a number or a string."""

    value: bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Attr:
    """The trailer ``.name``; ``[start, end)`` is the name alone (empty in an unfinished ``volumes.``)."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """The trailer ``[key]``; ``[start, end)`` holds the brackets too."""

    start: int
    end: int
    key: Node


Trailer = Attr | Item


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """A context or a comprehension's name, with its trailers: ``volumes.data.ref``; the name stands at `at`."""

    name: str
    trailers: tuple[Trailer, ...] = ()
    at: int = -1

    @property
    def name_end(self) -> int:
        """Where the name ends."""
        return self.at + len(self.name)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function's call with its trailers; the function's name stands at `at`, ``[at, close)`` is the call alone."""

    function: str
    args: tuple[Node, ...]
    trailers: tuple[Trailer, ...] = ()
    at: int = -1
    close: int = -1


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """``not``, ``+`` or ``-`` before an operand."""

    op: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Two operands and the operator between them, which starts at `at`."""

    op: str
    left: Node
    right: Node
    at: int = -1


@dataclass(frozen=True, slots=True)
class Ternary(Node):
    """``then if condition else otherwise``."""

    then: Node
    condition: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class ListDisplay(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ListComp(Node):
    """``[item for name in iterable if condition]``; the name stands at `name_start`."""

    item: Node
    name: str
    iterable: Node
    condition: Node | None = None
    name_start: int = -1


@dataclass(frozen=True, slots=True)
class DictDisplay(Node):
    """``{key: value}``."""

    items: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Error(Node):
    """What makes no sense, with the parts of it that do."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Concat(Node):
    """Text with expressions in it, as the value of a template: the residual of such a one."""

    parts: tuple[Node, ...]


def trailer_keys(trailers: tuple[Trailer, ...]) -> Iterator[Node]:
    """The expressions inside the brackets of trailers."""
    return (trailer.key for trailer in trailers if type(trailer) is Item)


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node, in the order of their places."""
    match node:
        case Lookup():
            return tuple(trailer_keys(node.trailers))
        case Call():
            return (*node.args, *trailer_keys(node.trailers))
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Ternary():
            return (node.then, node.condition, node.otherwise)
        case ListDisplay():
            return node.items
        case ListComp():
            parts = (node.item, node.iterable)
            return parts if node.condition is None else (*parts, node.condition)
        case DictDisplay():
            return tuple(part for entry in node.items for part in entry)
        case Error() | Concat():
            return node.parts
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first; needs no recursion."""
    todo = [node]
    while todo:
        here = todo.pop()
        yield here
        todo.extend(reversed(children(here)))


def lookups(node: Node, *, conditions: bool = True) -> Iterator[tuple[Lookup, frozenset[str]]]:
    """Every lookup below `node` with the names that comprehensions bind around it.

    A name hides a context everywhere in its comprehension but in what it iterates over. Without
    `conditions` the ``if`` of comprehensions is left out, and what is iterated over counts as
    inside: so the engine's own check before a bake goes about it (engine 26.7: expr_validation).
    """
    todo: list[tuple[Node, frozenset[str]]] = [(node, frozenset())]
    while todo:
        here, bound = todo.pop()
        if isinstance(here, Lookup):
            yield here, bound
        if not isinstance(here, ListComp):
            todo.extend((part, bound) for part in reversed(children(here)))
            continue
        inner = bound | {here.name}
        if conditions and here.condition is not None:
            todo.append((here.condition, inner))
        todo.append((here.iterable, bound if conditions else inner))
        todo.append((here.item, inner))


def depth_exceeds(node: Node, limit: int) -> bool:
    """Whether the tree nests deeper than `limit`.

    Left operands and the ``else`` branches do not count: all who walk trees take these in a loop.
    """
    todo = [(node, 0)]
    while todo:
        here, depth = todo.pop()
        if depth > limit:
            return True
        if isinstance(here, Binary):
            todo += (here.left, depth), (here.right, depth + 1)
        elif isinstance(here, Ternary):
            todo += (here.then, depth + 1), (here.condition, depth + 1), (here.otherwise, depth)
        else:
            todo.extend((part, depth + 1) for part in children(here))
    return False
