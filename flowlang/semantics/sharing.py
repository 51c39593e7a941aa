"""What the rows of one matrix have in common: worked out for the first row that asks for it, and taken over by the others.

The rows of an entry see the same contexts but for a few, ``matrix`` above all. What is written in
the entry and reads none of these (`Template.reads`) comes to the same value, with the same findings,
in every row. Everything else is evaluated for each row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Scope
from flowlang.light import NamedTuple
from flowlang.model import Item, Leaf
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.contexts import Overlaid, Thunks
from flowlang.semantics.merge import Merged

_Fact = TypeVar("_Fact")
_NEW, _VARIES = object(), object()


class Settled(NamedTuple):
    """The values of all attributes of an exec unit: what is written, the values, and the names of those that hold for one row alone."""

    merged: Merged
    values: dict[str, object]
    left: tuple[str, ...]


class Shared:
    """What the rows of one entry share. `varying` are the contexts that are not the same in all of them."""

    def __init__(self, varying: frozenset[str]) -> None:
        self.varying = varying
        self.settled: Settled | None = None
        """The values of the last row for which something else is written than for the one before it."""
        self.leaves: dict[Leaf, object] = {}
        """The values of scalars with expressions, a mark for those that each row has its own of."""
        self._facts: dict[str, object] = {}
        self._scopes: dict[str, Scope] = {}

    def varies(self, item: Item | None) -> bool:
        """Whether what is written there may come to another value in another row."""
        return item is not None and any(leaf.may_hold_expressions and not self.varying.isdisjoint(leaf.template.reads) for leaf in item.leaves())

    def fact(self, name: str, find: Callable[[], _Fact]) -> _Fact:
        """What `find` gives, which is asked once for all rows."""
        if name not in self._facts:
            self._facts[name] = find()
        return self._facts[name]  # type: ignore[return-value]

    def scope(self, name: str, make: Callable[[], Scope], own: Thunks) -> Scope:
        """The scope of that name, which `make` makes once for all rows, with a row's own contexts in it."""
        known = self._scopes.get(name)
        if known is None:
            known = self._scopes[name] = make()
        return known.within(Overlaid(known.contexts, own))


class RowAttributes(Attributes):
    """Evaluates the attributes of one row; a scalar that says the same in all rows is evaluated once."""

    def __init__(self, scope_of: Callable[[Leaf], Scope], sink: list[Diagnostic], shared: Shared) -> None:
        super().__init__(scope_of, sink)
        self._shared = shared

    def value(self, item: Item | None, type: str | None = None) -> object:
        """The value of a scalar attribute; None when it is absent or empty."""
        if type is not None or not isinstance(item, Leaf) or not item.may_hold_expressions:
            return super().value(item, type)
        leaves = self._shared.leaves
        known = leaves.get(item, _NEW)
        if known is _VARIES:
            return super().value(item)
        if known is _NEW:
            uploads = len(self.uploads)
            known = super().value(item)
            # what is uploaded is noted for each row
            leaves[item] = _VARIES if len(self.uploads) > uploads or self._shared.varies(item) else known
        return known


def attributes_of(scope_of: Callable[[Leaf], Scope], sink: list[Diagnostic], shared: Shared | None) -> Attributes:
    """The evaluator of a task: one that shares with the other rows, where there are any."""
    return Attributes(scope_of, sink) if shared is None else RowAttributes(scope_of, sink, shared)
