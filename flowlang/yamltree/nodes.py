"""The tree of a YAML file: nodes with exact places, aliases made transparent."""

from __future__ import annotations

from flowlang.light import NamedTuple
from flowlang.text import Edit, Span


class Node:
    """A value of a YAML file, from `start` to `end` (offsets into the source's text).

    Places are tight: anchors and tags before a node do not belong to it; a quoted scalar includes
    its quotes; a block scalar starts at its ``|`` or ``>`` and ends with the last line that has
    anything on it; a flow collection includes its brackets; a block collection ends where its last
    child ends. An empty node (``key:`` and nothing after it) is the empty span right behind the
    ``:``, ``-`` or ``?``, or behind its anchor or tag.

    `tag` is the text of an explicit tag, resolved (``tag:yaml.org,2002:str`` for ``!!str``), ``!``
    for the lone exclamation mark, and None without one.

    Nodes are compared by identity: two equal values at two places are two nodes.
    """

    __slots__ = ("end", "start", "tag")

    start: int
    end: int
    tag: str | None

    @property
    def span(self) -> Span:
        """The place of the node."""
        return Span(self.start, self.end)


class Scalar(Node):
    """A text; `value` is decoded, `style` is ``''`` (plain), ``'``, ``"``, ``|`` or ``>``."""

    __slots__ = ("style", "value")

    def __init__(self, start: int, end: int, tag: str | None, value: str, style: str) -> None:
        self.start = start
        self.end = end
        self.tag = tag
        self.value = value
        self.style = style

    def __repr__(self) -> str:
        return f"Scalar({self.start}:{self.end}, {self.style}{self.value!r})"


class Sequence(Node):
    """A list; `flow` when written with brackets."""

    __slots__ = ("flow", "items")

    def __init__(self, start: int, end: int, tag: str | None, items: list[Node], flow: bool) -> None:
        self.start = start
        self.end = end
        self.tag = tag
        self.items = items
        self.flow = flow

    def __repr__(self) -> str:
        return f"Sequence({self.start}:{self.end}, {self.items!r})"


class Pair:
    """One key of a mapping with its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: Node, value: Node) -> None:
        self.key = key
        self.value = value

    def __repr__(self) -> str:
        return f"Pair({self.key!r}, {self.value!r})"


class Mapping(Node):
    """A mapping; `pairs` in the order they are written, duplicates included; `flow` when written with braces."""

    __slots__ = ("flow", "pairs")

    def __init__(self, start: int, end: int, tag: str | None, pairs: list[Pair], flow: bool) -> None:
        self.start = start
        self.end = end
        self.tag = tag
        self.pairs = pairs
        self.flow = flow

    def get(self, name: str) -> Pair | None:
        """The last pair whose key is a scalar with that text, or None (engine 26.7: the last one wins)."""
        for pair in reversed(self.pairs):
            key = pair.key
            if isinstance(key, Scalar) and key.value == name:
                return pair
        return None

    def text(self, name: str) -> str | None:
        """The text of the scalar under a key; None where there is no such key, or a collection under it."""
        pair = self.get(name)
        return pair.value.value if pair is not None and isinstance(pair.value, Scalar) else None

    def __repr__(self) -> str:
        return f"Mapping({self.start}:{self.end}, {self.pairs!r})"


class Alias(NamedTuple):
    """A place where ``*name`` stands for `target`."""

    name: str
    span: Span
    target: Node


class Anchor(NamedTuple):
    """A place where ``&name`` names `target`."""

    name: str
    span: Span
    target: Node


class Comment(NamedTuple):
    """A comment, from its ``#`` to the end of the line; `own_line` when nothing but blanks stands before it."""

    span: Span
    text: str
    own_line: bool


class YamlFix(NamedTuple):
    """A way to mend a problem; `safe` when the author's meaning is certain."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class YamlProblem(NamedTuple):
    """Something wrong with the file as YAML; `rule` is a name of the catalogue."""

    rule: str
    span: Span
    message: str
    help: str | None = None
    fixes: tuple[YamlFix, ...] = ()
