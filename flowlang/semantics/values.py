"""The attributes of what runs, by name: each computed when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flowlang.model import Item, Leaf, ListItem, MapItem
from flowlang.semantics.merge import Merged


class Values(Mapping[str, object]):
    """Attributes by name; `compute` gives the value of one, and is asked once for each.

    `always` are those of which something may be said although all that is written for them is constant.
    """

    __slots__ = ("_always", "_compute", "_known", "_names")

    def __init__(self, names: tuple[str, ...], compute: Callable[[str], object], always: tuple[str, ...] = ("image",)) -> None:
        self._names = names
        self._compute = compute
        self._always = always
        self._known: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        known = self._known
        if name not in known:
            if name not in self._names:
                raise KeyError(name)
            known[name] = self._compute(name)
        return known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def elaborate(self, unit: Merged) -> None:
        """Compute, in their order, all that something may be found out about: what is constant is right, or was told where it is written."""
        pieces = unit.pieces
        for name in self._names:
            if name in self._always or (name in pieces and not all(is_constant(piece.item) for piece in pieces[name])):
                self[name]


def is_constant(item: Item) -> bool:
    """Whether every scalar of an attribute is its own value, and the name of every variable a text."""
    if isinstance(item, Leaf):
        return item.constant
    if isinstance(item, ListItem):
        return all(isinstance(child, Leaf) and child.constant for child in item.items)
    return isinstance(item, MapItem) and all(isinstance(key, str) and isinstance(child, Leaf) and child.constant for key, child in item.entries.items())
