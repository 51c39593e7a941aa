"""Where aliases put what stands elsewhere: what is right where it is written may be wrong there."""

from __future__ import annotations

from collections.abc import Iterable

from flowlang.model.items import Item, MapItem
from flowlang.text import Span
from flowlang.yamltree import Alias, Node, Pair, Sequence


class Uses:
    """The aliases of a file, by what they repeat."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._spans: dict[int, list[Span]] = {}
        for alias in aliases:
            self._spans.setdefault(id(alias.target), []).append(alias.span)

    def of_value(self, pair: Pair) -> Span | None:
        """The key of a value that an alias repeats: such a value stands before its key."""
        return pair.key.span if pair.value.start < pair.key.start else None

    def of_items(self, sequence: Sequence) -> list[Span | None]:
        """For each item of a list the alias that repeats it, None for one that is written there."""
        found: list[Span | None] = []
        at = sequence.start
        for item in sequence.items:
            span = None if item.start >= at else self._next(item, at)
            at = max(at, item.end) if span is None else span.end
            found.append(span)
        return found

    def _next(self, item: Node, at: int) -> Span | None:
        return next((span for span in self._spans.get(id(item), ()) if span.start >= at), None)


def mark(item: Item, use: Span | None) -> None:
    """Note that an alias puts an item, and all that is in it, at `use`; an alias around it counts before one within."""
    if use is None:
        return
    item.use = use
    for part in item.parts():
        mark(part, use)
    for leaf in item.key_leaves.values() if isinstance(item, MapItem) else ():
        leaf.use = use
