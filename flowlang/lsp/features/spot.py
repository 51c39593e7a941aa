"""Where a cursor is: the items around it, from the whole file inwards, and what of an expression is there."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr import Attr, Call, ExprPart, Lookup, Node, children
from flowlang.light import NamedTuple
from flowlang.model import Block, ConfigFile, Item, Leaf, ListItem, MapItem
from flowlang.text import Span
from flowlang.yamltree import Node as YamlNode
from flowlang.yamltree import Scalar

Step = str | int


class Spot(NamedTuple):
    """A place in a file.

    `path` are the keys and positions that lead to `item`, the innermost item at the place; `items` are
    all items on the way, the whole file first, `item` last. `key` is the node of the key that the place
    touches: then `item` is what stands under it.
    """

    config: ConfigFile
    offset: int
    path: tuple[Step, ...]
    items: tuple[Item, ...]
    key: YamlNode | None = None

    @property
    def item(self) -> Item:
        """The innermost item."""
        return self.items[-1]

    @property
    def owner(self) -> Item | None:
        """The item around the innermost one."""
        return self.items[-2] if len(self.items) > 1 else None

    @property
    def leaf(self) -> Leaf | None:
        """The scalar at the place, unless it touches a key that holds no expressions."""
        if self.key is None:
            return self.item if isinstance(self.item, Leaf) else None
        if isinstance(self.owner, MapItem):
            return self.owner.key_leaves.get(self.path[-1])
        return None


def spot_at(config: ConfigFile, offset: int) -> Spot | None:
    """The place of an offset; None where the file holds nothing that can be read."""
    if config.block is None:
        return None
    path: list[Step] = []
    items: list[Item] = [config.block]
    while True:
        for step, key, item in _held(items[-1]):
            if key is not None and key.start <= offset <= key.end:
                return Spot(config, offset, (*path, step), (*items, item), key)
            if _is_at(item, offset):
                path.append(step)
                items.append(item)
                break
        else:
            return Spot(config, offset, tuple(path), tuple(items))


def _held(item: Item) -> Iterator[tuple[Step, YamlNode | None, Item]]:
    """What an item holds: key or position, the node of the key, the item."""
    if isinstance(item, Block):
        yield from ((name, item.keys[name], child) for name, child in item.fields.items())
    elif isinstance(item, MapItem):
        yield from ((str(name), item.keys[name], child) for name, child in item.entries.items())
    elif isinstance(item, ListItem):
        yield from ((number, None, child) for number, child in enumerate(item.items))


def _is_at(item: Item, offset: int) -> bool:
    """Whether an offset is in an item or touches it; brackets must be passed."""
    node = item.node
    if getattr(node, "flow", False):
        return node.start < offset < node.end
    if isinstance(node, Scalar) and node.style in ("|", ">"):
        return node.start <= offset <= node.end + 1
    return node.start <= offset <= node.end


class Inside(NamedTuple):
    """A place inside an expression: the scalar, the expression, the innermost node there, and the nodes around that, the outermost first.

    `at` is the place in the scalar's decoded text. `trailer` is the number of the step of a lookup
    that the place is on (``b`` in ``a.b.c`` is 0); None on the name itself, and in other nodes.
    """

    leaf: Leaf
    part: ExprPart
    at: int
    around: tuple[Node, ...]
    trailer: int | None

    @property
    def node(self) -> Node:
        """The innermost node."""
        return self.around[-1]

    def span(self, start: int, end: int) -> Span:
        """A range of the decoded text as a span of the file."""
        return self.leaf.place(start, end)


def inside(spot: Spot) -> Inside | None:
    """What of an expression a spot is in; None where there is none."""
    leaf = spot.leaf
    if leaf is None or not leaf.may_hold_expressions:
        return None
    index = leaf.index(spot.offset)
    for part in leaf.template.expressions:
        if part.start <= index <= part.end and (part.start < index or index < part.end):
            around = _around(part.tree, index)
            return Inside(leaf, part, index, around, _trailer(around[-1], index))
    return None


def _around(tree: Node, index: int) -> tuple[Node, ...]:
    nodes = [tree]
    while True:
        inner = next((child for child in children(nodes[-1]) if child.start <= index <= child.end), None)
        if inner is None:
            return tuple(nodes)
        nodes.append(inner)


def _trailer(node: Node, index: int) -> int | None:
    if isinstance(node, Lookup | Call):
        for number, trailer in enumerate(node.trailers):
            start = trailer.start - 1 if isinstance(trailer, Attr) else trailer.start
            if start < index <= trailer.end:
                return number
    return None
