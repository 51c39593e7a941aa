"""What a config file says, read along the tables of the schemas: leaves, lists, maps and blocks.

Every item keeps its node, so that whatever is found out about it can be shown where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flowlang.expr import Template, parse_template
from flowlang.light import cached_property
from flowlang.schema import Notes
from flowlang.text import Source, Span
from flowlang.yamltree import Node, OffsetMap, Scalar, offsets


class Item:
    """One value of a config file: its node, the annotations of its attribute, its scope."""

    __slots__ = ("_use", "node", "notes", "scope", "source")

    def __init__(self, source: Source, node: Node, notes: Notes, scope: str) -> None:
        self.source = source
        self.node = node
        self.notes = notes
        self.scope = scope

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.node.start, self.node.end)

    @property
    def use(self) -> Span | None:
        """Where an alias puts it: the key that has the alias as its value, or the alias in a list. None where it is written itself."""
        return getattr(self, "_use", None)  # most are written, and nothing is noted for them

    @use.setter
    def use(self, span: Span) -> None:
        self._use = span

    def parts(self) -> tuple[Item, ...]:
        """The items directly in it."""
        return ()

    def leaves(self) -> Iterator[Leaf]:
        """All scalars in it, in the order of the file."""
        return iter(())


class Leaf(Item):
    """A scalar. `value` is what YAML 1.1 makes of it: a str, a number, a bool, None, a date.

    `key` is its key in a block; None for an item of a list or of a mapping with free keys. `problems` is what
    those above know to be wrong with it by itself; None until they have looked. `constant`: its text is what the
    attribute gets, with nothing to evaluate or convert.
    """

    __slots__ = ("__dict__", "constant", "key", "problems", "value")

    def __init__(self, source: Source, node: Node, notes: Notes, scope: str, value: object) -> None:
        # not by way of the base class: most of what a file holds is made here
        self.source = source
        self.node = node
        self.notes = notes
        self.scope = scope
        self.value = value
        self.key: Node | None = None
        self.problems: tuple[Any, ...] | None = None
        self.constant = False

    @property
    def in_brackets(self) -> bool:
        """Whether it stands in a list or mapping that is written with brackets."""
        return "in_brackets" in self.__dict__

    def put_in_brackets(self) -> None:
        """Note that it does."""
        self.__dict__["in_brackets"] = True

    @property
    def may_hold_expressions(self) -> bool:
        """Whether its text could hold an opener; a cheap test before anything is parsed."""
        return isinstance(self.value, str) and "$" in self.value

    @cached_property
    def template(self) -> Template:
        """The text split into plain text and expressions (a value that is no text: its ``str``)."""
        return parse_template(self.value if isinstance(self.value, str) else str(self.value))

    @cached_property
    def _offsets(self) -> OffsetMap:
        assert isinstance(self.node, Scalar)
        return offsets(self.source, self.node)

    def place(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of its decoded text stand in the file; all of a collection that stands for a text."""
        return self._offsets.span(start, end) if isinstance(self.node, Scalar) else self.span

    def index(self, offset: int) -> int:
        """The character of its decoded text that an offset into the file is in or right before."""
        return self._offsets.index(offset)

    def leaves(self) -> Iterator[Leaf]:
        """Itself."""
        yield self


class ListItem(Item):
    """A list as written, item by item."""

    __slots__ = ("items",)

    def __init__(self, source: Source, node: Node, notes: Notes, scope: str, items: list[Item]) -> None:
        super().__init__(source, node, notes, scope)
        self.items = items

    def parts(self) -> tuple[Item, ...]:
        """The items of the list."""
        return tuple(self.items)

    def leaves(self) -> Iterator[Leaf]:
        """The leaves of all items."""
        for item in self.items:
            yield from item.leaves()


class MapItem(Item):
    """A mapping with free keys. `keys` holds the node of each key; a repeated key: the last one.

    Where keys may hold expressions (ids under ``needs``) `key_leaves` holds them as leaves.
    """

    __slots__ = ("entries", "key_leaves", "keys")

    def __init__(self, source: Source, node: Node, notes: Notes, scope: str, entries: dict[object, Item], keys: dict[object, Node]) -> None:
        super().__init__(source, node, notes, scope)
        self.entries = entries
        self.keys = keys
        self.key_leaves: dict[object, Leaf] = {}

    def parts(self) -> tuple[Item, ...]:
        """The values."""
        return tuple(self.entries.values())

    def leaves(self) -> Iterator[Leaf]:
        """The leaves of all keys and values."""
        yield from self.key_leaves.values()
        for item in self.entries.values():
            yield from item.leaves()

    def key_span(self, key: object) -> Span:
        """Where a key stands."""
        node = self.keys[key]
        return Span(node.start, node.end)


class Block(Item):
    """A mapping with named keys: a flow, a job, an image. `name` is the kind of block."""

    __slots__ = ("fields", "keys")

    def __init__(self, source: Source, node: Node, notes: Notes, scope: str, fields: dict[str, Item], keys: dict[str, Node]) -> None:
        super().__init__(source, node, notes, scope)
        self.fields = fields
        self.keys = keys

    @property
    def name(self) -> str:
        """What kind of block it is, as messages call it."""
        return self.notes.name or "block"

    def parts(self) -> tuple[Item, ...]:
        """The values of its attributes."""
        return tuple(self.fields.values())

    def leaves(self) -> Iterator[Leaf]:
        """The leaves of all its attributes."""
        for item in self.fields.values():
            yield from item.leaves()

    def leaf(self, key: str) -> Leaf | None:
        """The scalar under `key`, if it is there and a scalar."""
        item = self.fields.get(key)
        return item if isinstance(item, Leaf) else None

    def block(self, key: str) -> Block | None:
        """The block under `key`, if it is there and one."""
        item = self.fields.get(key)
        return item if isinstance(item, Block) else None

    def map(self, key: str) -> MapItem | None:
        """The mapping under `key`, if it is there and one."""
        item = self.fields.get(key)
        return item if isinstance(item, MapItem) else None

    def key_span(self, key: str) -> Span:
        """Where a key stands."""
        node = self.keys[key]
        return Span(node.start, node.end)

    @property
    def head(self) -> Span:
        """The first key, where what is missing in the block is reported."""
        for node in self.keys.values():
            return Span(node.start, node.end)
        return Span(self.node.start, self.node.start)


class Broken(Item):
    """A node of a kind that the attribute does not take: reported already, silent from here on."""

    __slots__ = ()
