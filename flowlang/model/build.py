"""One walk that builds the model along the tables and says whether it met only what they allow.

The walk is a conservative acceptor: what it accepts is valid for the published schemas, so that
jsonschema need not be asked (and need not be imported) for files without structural mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from flowlang.light import NamedTuple
from flowlang.model.identifiers import identifier_problem, near_identifier
from flowlang.model.items import Block, Broken, Item, Leaf, ListItem, MapItem
from flowlang.model.uses import Uses, mark
from flowlang.schema import (
    AnyShape,
    BlockShape,
    BranchShape,
    ChoiceShape,
    Condition,
    ListShape,
    MapShape,
    NeverShape,
    Notes,
    ScalarShape,
    Shape,
)
from flowlang.text import Source, quoted
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, Unresolvable, plain_text, resolve

SWALLOWS = frozenset({"str", "image", "bash", "python", "bool", "enable", "context-path", "primitive"})
"""Types of attributes that take any collection, as the text '[]' or '{}' (engine 26.7: a collection is constructed lazily, and
still empty when it becomes text or a truth value)."""


MISREAD = frozenset({"port-pair", "restart"})
"""Types of texts that YAML often reads as something else: their converters say what, so the walk lets such constants pass."""


_WORD = 64
"""Characters that a key has at most whose kind is remembered."""


def json_kind(node: Node) -> str:
    """The JSON type that a node is to the schemas: ``object``, ``array``, ``string``, …"""
    if isinstance(node, Scalar):
        return _value_kind(resolve(node))
    return "object" if isinstance(node, Mapping) else "array"


def _value_kind(value: object) -> str:
    if isinstance(value, str):
        return "string"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "string"


def key_of(node: Node) -> object:
    """A mapping's key as the engine sees it: constructed by YAML 1.1, so that ``on`` is True."""
    if not isinstance(node, Scalar):
        return None
    text = node.value
    if node.tag is None and (node.style or (len(text) <= _WORD and plain_text(text))):
        return text
    value = resolve(node)
    return node.value if value.__class__ is Unresolvable else value


class Loser(NamedTuple):
    """A value whose key is written again in its mapping, so that the later one counts.

    Engine 26.7 reads it all the same: it must be well formed, but is never evaluated.
    """

    mapping: Mapping
    key: Node
    item: Item


class Builder:
    """Builds items for one source; `accepted` turns False at the first deviation.

    `truthy` are the identities of collections that are true to the engine, whatever it is that reads them;
    `uses` are the aliases of the file, None where it has none.
    """

    def __init__(self, source: Source, truthy: frozenset[int] = frozenset(), uses: Uses | None = None) -> None:
        self.source = source
        self._truthy = truthy
        self._uses = uses
        self.accepted = True
        self.bad_keys: list[tuple[str, Node, str, str | None]] = []
        self.unresolvable: list[tuple[Node, str]] = []
        self.losers: list[Loser] = []
        self.unread = False
        """Whether there are collections that the tables say nothing of."""

    def build(self, node: Node, shape: Shape, scope: str = "none") -> Item:
        """The item that `node` is when read as `shape` in `scope`."""
        if isinstance(shape, ScalarShape):
            return self._scalar(node, shape, shape.notes.scope or scope)  # most are
        if isinstance(shape, BranchShape):
            shape, scope = decide(shape, node, scope)
        return _BUILD[type(shape)](self, node, shape, shape.notes.scope or scope)

    def _broken(self, node: Node, shape: Shape, scope: str) -> Item:
        self.accepted = False
        return Broken(self.source, node, shape.notes, scope)

    def _scalar(self, node: Node, shape: ScalarShape, scope: str) -> Item:
        if not isinstance(node, Scalar):
            return self._broken(node, shape, scope)
        value = resolve(node)
        if value.__class__ is str and shape.pattern is None and "string" in shape.kinds:
            leaf = Leaf(self.source, node, shape.notes, scope, value)
            if shape.fits and "$" not in value:
                leaf.problems = ()
                leaf.constant = shape.stays and scope != "unevaluated"
            return leaf
        if isinstance(value, Unresolvable):
            self.unresolvable.append((node, value.message))
            return Broken(self.source, node, shape.notes, scope)
        kind = _value_kind(value)
        if kind not in shape.kinds and not (kind == "number" and "integer" in shape.kinds and value == int(value)):  # type: ignore[call-overload]
            if shape.notes.type not in MISREAD or value is None:
                return self._broken(node, shape, scope)
            self.accepted = False
        if shape.pattern is not None and isinstance(value, str) and not re.search(shape.pattern, value):
            # a value the schemas refuse: judged in words by the attribute's converter
            self.accepted = False
        return Leaf(self.source, node, shape.notes, scope, value)

    def _choice(self, node: Node, shape: ChoiceShape, scope: str) -> Item:
        if isinstance(node, Sequence):
            return ListItem(self.source, node, shape.notes, scope, []) if shape.empty_list and not node.items else self._broken(node, shape, scope)
        if not isinstance(node, Scalar):
            return self._broken(node, shape, scope)
        value = resolve(node)
        if not any(type(value) is type(choice) and value == choice for choice in shape.choices):
            return self._broken(node, shape, scope)
        return Leaf(self.source, node, shape.notes, scope, value)

    def _list(self, node: Node, shape: ListShape, scope: str) -> Item:
        if not isinstance(node, Sequence):
            return self._broken(node, shape, scope)
        if shape.most is not None and len(node.items) > shape.most:
            self.accepted = False
        items = [self.build(item, shape.item, scope) for item in node.items]
        if self._uses is not None:
            for item, use in zip(items, self._uses.of_items(node), strict=True):
                mark(item, use)
        if node.flow:
            _put_in_brackets(items)
        return ListItem(self.source, node, shape.notes, scope, items)

    def _map(self, node: Node, shape: MapShape, scope: str) -> Item:
        if not isinstance(node, Mapping):
            return self._broken(node, shape, scope)
        entries: dict[object, Item] = {}
        keys: dict[object, Node] = {}
        for pair in node.pairs:
            key = key_of(pair.key)
            problem = key_problem(self.source, pair.key, key, shape.ids) if shape.ids or not isinstance(pair.key, Scalar) else None
            if problem is not None:
                self.accepted = False
                self.bad_keys.append((problem[0], pair.key, problem[1], problem[2]))
                if not isinstance(pair.key, Scalar):
                    continue
            if key in entries:
                self.losers.append(Loser(node, keys[key], entries[key]))
            field = shape.fields.get(key) if isinstance(key, str) else None
            entries[key] = self.build(pair.value, field or shape.value, scope)
            if self._uses is not None:
                mark(entries[key], self._uses.of_value(pair))
            keys[key] = pair.key
        if node.flow:
            _put_in_brackets(entries.values())
        item = MapItem(self.source, node, shape.notes, scope, entries, keys)
        if shape.templates:
            notes = Notes(type="id", scope=scope)
            item.key_leaves = {key: Leaf(self.source, name, notes, scope, name.value) for key, name in keys.items() if isinstance(name, Scalar)}
        return item

    def _block(self, node: Node, shape: BlockShape, scope: str) -> Item:
        if not isinstance(node, Mapping):
            return self._broken(node, shape, scope)
        fields: dict[str, Item] = {}
        keys: dict[str, Node] = {}
        known = shape.fields
        for pair in node.pairs:
            # no name of an attribute is anything but text to YAML
            key, name = pair.key, pair.key.value if isinstance(pair.key, Scalar) else None
            field = known.get(name) if name is not None and (key.tag is None or key_of(key) == name) else None
            if field is None or name is None:
                self.accepted = False
                continue
            if name in fields:
                self.losers.append(Loser(node, keys[name], fields[name]))
            item = self.build(pair.value, field, scope)
            if item.__class__ is Broken:
                item = self._swallowed(item)
            if self._uses is not None:
                mark(item, self._uses.of_value(pair))
            if isinstance(item, Leaf):
                item.key = key
            fields[name] = item
            keys[name] = key
        if node.flow:
            _put_in_brackets(fields.values())
        for name in shape.required:
            if name not in fields:
                self.accepted = False
        for group in shape.exclusive:
            if sum(map(fields.__contains__, group)) > 1:
                self.accepted = False
        for group in shape.one_of:
            if not any(map(fields.__contains__, group)):
                self.accepted = False
        return Block(self.source, node, shape.notes, scope, fields, keys)

    def _swallowed(self, item: Item) -> Item:
        """A list or mapping in place of one value, as the engine takes it: still empty when it becomes text or a truth value."""
        notes = item.notes
        if not isinstance(item, Broken) or notes.type not in SWALLOWS or isinstance(item.node, Scalar):
            return item
        text = "{}" if isinstance(item.node, Mapping) else "[]"
        return Leaf(item.source, item.node, notes, item.scope, id(item.node) in self._truthy if notes.type in ("bool", "enable") else text)

    def _any(self, node: Node, shape: Shape, scope: str) -> Item:
        self.unread = self.unread or not isinstance(node, Scalar)
        if isinstance(node, Scalar) and not isinstance(value := resolve(node), Unresolvable):
            return Leaf(self.source, node, shape.notes, scope, value)
        return Broken(self.source, node, shape.notes, scope)


def _put_in_brackets(items: Iterable[Item]) -> None:
    for item in items:
        if isinstance(item, Leaf):
            item.put_in_brackets()


def key_problem(source: Source, node: Node, key: object, is_id: bool) -> tuple[str, str, str | None] | None:
    """The rule that a key of a free mapping breaks, why, and what helps; None when it is fine."""
    if not isinstance(node, Scalar):
        if source.text.startswith("{{", node.start):
            message = "a key must be one plain value: this looks like a placeholder of a template tool"
            return "bad-key", message, "let that tool write the file first, and check its output"
        return "bad-key", "a key must be one plain value", "put it in quotes if it is a text"
    if not is_id:
        return None
    if not isinstance(key, str):
        read = _READ_AS.get(key.__class__.__name__, "something else").format(key)
        return "bad-id", f"{quoted(node.value)} is read as {read}, not as a name", "put it in quotes or choose another"
    problem = identifier_problem(key)
    return ("bad-id", f"{quoted(key)} {problem}", _id_help(key)) if problem else None


def _id_help(name: str) -> str:
    near = near_identifier(name)
    return f"for instance {quoted(near)}" if near is not None else "letters, digits and '_', a letter first"


_READ_AS = {"bool": "the truth value {}", "int": "the number {}", "float": "the number {}", "NoneType": "nothing", "date": "a date", "datetime": "a date"}
"""What YAML makes of a key that is no text."""


_BUILD: dict[type[Shape], Callable[..., Item]] = {
    ScalarShape: Builder._scalar,
    ChoiceShape: Builder._choice,
    ListShape: Builder._list,
    MapShape: Builder._map,
    BlockShape: Builder._block,
    AnyShape: Builder._any,
    NeverShape: Builder._broken,
}


def decide(shape: Shape, node: Node, scope: str = "none") -> tuple[Shape, str]:
    """The shape that counts for the node, whatever branches lead to it, and the scope there."""
    looked_at = Looked(node)
    while isinstance(shape, BranchShape):
        scope = shape.notes.scope or scope
        shape = shape.then if looked_at.holds(shape.condition) else shape.otherwise
    return shape, shape.notes.scope or scope


def is_plain(shape: Shape, node: Node) -> bool:
    """Whether the node should be one value, so that nothing in a collection that stands there is read."""
    return isinstance(decide(shape, node)[0], ScalarShape | ChoiceShape)


def step_shape(shape: Shape, node: Node, step: str | int) -> Shape | None:
    """The shape of what stands in `node` (of this shape) at a key or index; None where it has none."""
    shape, _ = decide(shape, node)
    if isinstance(shape, ListShape):
        return shape.item
    if isinstance(shape, MapShape):
        return shape.fields.get(str(step), shape.value)
    return shape.fields.get(str(step)) if isinstance(shape, BlockShape) else None


class Looked:
    """A node that is looked at to see which of several shapes counts for it."""

    __slots__ = ("_found", "_node")

    def __init__(self, node: Node) -> None:
        self._node = node
        self._found: dict[object, Node] | None = None

    def holds(self, condition: Condition) -> bool:
        """What jsonschema's ``if`` says of the node: ``required`` and ``properties`` hold for anything but an object."""
        node = self._node
        if condition.kinds is not None and json_kind(node) not in condition.kinds:
            return False
        if not isinstance(node, Mapping) or not (condition.keys or condition.values):
            return True
        found = self._found
        if found is None:
            found = self._found = {key_of(pair.key): pair.value for pair in node.pairs}
        for key in condition.keys:
            if key not in found:
                return False
        for key, choices in condition.values:
            value = found.get(key)
            if value is not None and not (isinstance(value, Scalar) and resolve(value) in choices):
                return False
        return True
