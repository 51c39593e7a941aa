"""The tree of an expression: plain nodes with offsets into the template's text.

Equality is structural, offsets included. `Lookup` and `Call` carry their trailers, as the engine's
trees do: nothing else can have any. Nodes are never changed once they are made; they are written
out, as dataclasses would take longer to define than most files take to check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

_N = TypeVar("_N", bound="Node")


class Node:
    """Any part of an expression; ``[start, end)`` is where it stands, parentheses around it included."""

    __slots__ = ("end", "start")
    fields: ClassVar[tuple[str, ...]] = ("start", "end")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def but(self: _N, **changes: Any) -> _N:
        """The same node with some of its fields changed."""
        made = object.__new__(type(self))
        for name in self.fields:
            setattr(made, name, changes[name] if name in changes else getattr(self, name))
        return made

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(getattr(self, name) == getattr(other, name) for name in self.fields)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(repr(getattr(self, name)) for name in self.fields)})"


class Literal(Node):
    """``None``, a bool, a number or a string."""

    __slots__ = ("value",)
    fields = ("start", "end", "value")

    def __init__(self, start: int, end: int, value: bool | int | float | str | None) -> None:
        self.start = start
        self.end = end
        self.value = value

    def __eq__(self, other: object) -> bool:
        # 1, 1.0 and True are not one another here.
        return super().__eq__(other) and isinstance(other, Literal) and type(other.value) is type(self.value)

    __hash__ = Node.__hash__


class Attr(Node):
    """The trailer ``.name``; ``[start, end)`` is the name alone (empty in an unfinished ``volumes.``)."""

    __slots__ = ("name",)
    fields = ("start", "end", "name")

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class Item(Node):
    """The trailer ``[key]``; ``[start, end)`` holds the brackets too."""

    __slots__ = ("key",)
    fields = ("start", "end", "key")

    def __init__(self, start: int, end: int, key: Node) -> None:
        self.start = start
        self.end = end
        self.key = key


Trailer = Attr | Item


class Lookup(Node):
    """A context or a comprehension's name, with its trailers: ``volumes.data.ref``; the name stands at `at`."""

    __slots__ = ("at", "name", "trailers")
    fields = ("start", "end", "name", "trailers", "at")

    def __init__(self, start: int, end: int, name: str, trailers: tuple[Trailer, ...] = (), at: int = -1) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.trailers = trailers
        self.at = start if at < 0 else at

    @property
    def name_end(self) -> int:
        """Where the name ends."""
        return self.at + len(self.name)


class Call(Node):
    """A function's call with its trailers; the function's name stands at `at`, ``[at, close)`` is the call alone."""

    __slots__ = ("args", "at", "close", "function", "trailers")
    fields = ("start", "end", "function", "args", "trailers", "at", "close")

    def __init__(self, start: int, end: int, function: str, args: tuple[Node, ...], trailers: tuple[Trailer, ...] = (), at: int = -1, close: int = -1) -> None:
        self.start = start
        self.end = end
        self.function = function
        self.args = args
        self.trailers = trailers
        self.at = start if at < 0 else at
        self.close = end if close < 0 else close


class Unary(Node):
    """``not``, ``+`` or ``-`` before an operand."""

    __slots__ = ("op", "operand")
    fields = ("start", "end", "op", "operand")

    def __init__(self, start: int, end: int, op: str, operand: Node) -> None:
        self.start = start
        self.end = end
        self.op = op
        self.operand = operand


class Binary(Node):
    """Two operands and the operator between them, which starts at `at`."""

    __slots__ = ("at", "left", "op", "right")
    fields = ("start", "end", "op", "left", "right", "at")

    def __init__(self, start: int, end: int, op: str, left: Node, right: Node, at: int = -1) -> None:
        self.start = start
        self.end = end
        self.op = op
        self.left = left
        self.right = right
        self.at = at


class Ternary(Node):
    """``then if condition else otherwise``."""

    __slots__ = ("condition", "otherwise", "then")
    fields = ("start", "end", "then", "condition", "otherwise")

    def __init__(self, start: int, end: int, then: Node, condition: Node, otherwise: Node) -> None:
        self.start = start
        self.end = end
        self.then = then
        self.condition = condition
        self.otherwise = otherwise


class ListDisplay(Node):
    """``[a, b]``."""

    __slots__ = ("items",)
    fields = ("start", "end", "items")

    def __init__(self, start: int, end: int, items: tuple[Node, ...]) -> None:
        self.start = start
        self.end = end
        self.items = items


class ListComp(Node):
    """``[item for name in iterable if condition]``; the name stands at `name_start`."""

    __slots__ = ("condition", "item", "iterable", "name", "name_start")
    fields = ("start", "end", "item", "name", "iterable", "condition", "name_start")

    def __init__(self, start: int, end: int, item: Node, name: str, iterable: Node, condition: Node | None = None, name_start: int = -1) -> None:
        self.start = start
        self.end = end
        self.item = item
        self.name = name
        self.iterable = iterable
        self.condition = condition
        self.name_start = name_start


class DictDisplay(Node):
    """``{key: value}``."""

    __slots__ = ("items",)
    fields = ("start", "end", "items")

    def __init__(self, start: int, end: int, items: tuple[tuple[Node, Node], ...]) -> None:
        self.start = start
        self.end = end
        self.items = items


class Error(Node):
    """What makes no sense, with the parts of it that do."""

    __slots__ = ("parts",)
    fields = ("start", "end", "parts")

    def __init__(self, start: int, end: int, parts: tuple[Node, ...] = ()) -> None:
        self.start = start
        self.end = end
        self.parts = parts


class Concat(Node):
    """Text with expressions in it, as the value of a template: the residual of such a one."""

    __slots__ = ("parts",)
    fields = ("start", "end", "parts")

    def __init__(self, start: int, end: int, parts: tuple[Node, ...]) -> None:
        self.start = start
        self.end = end
        self.parts = parts


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

    Left operands, ``else`` branches and the operands of signs do not count: who evaluates or writes a
    tree takes these in a loop.
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
        elif isinstance(here, Unary):
            todo.append((here.operand, depth))
        else:
            todo.extend((part, depth + 1) for part in children(here))
    return False
