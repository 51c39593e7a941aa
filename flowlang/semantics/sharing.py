"""What the rows of one matrix have in common: worked out for the first row that asks for it, and taken over by the others.

The rows of an entry see the same contexts but for a few, ``matrix`` above all. What is written in
the entry and reads none of these (`Template.reads`) comes to the same value, with the same findings,
in every row. Everything else is evaluated for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Budget, Filling, Scope, Unknown, filling
from flowlang.light import NamedTuple
from flowlang.model import Item, Leaf, MapItem
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.contexts import Overlaid, Thunks
from flowlang.semantics.convert import SHELLS, ConversionError, convert, is_text
from flowlang.semantics.matrix import Row
from flowlang.semantics.merge import Merged, Piece

NEW = object()


class Settled(NamedTuple):
    """The values of all attributes of an exec unit: what is written, the values, and the names of those that hold for one row alone."""

    merged: Merged
    values: dict[str, object]
    left: tuple[str, ...]


class _OfEach(NamedTuple):
    """A scalar that each row has a value of its own of.

    With `filling`, all that differs in it are keys of the matrix; the text is then converted to `type`, None where it stays as it is.
    """

    filling: Filling | None = None
    type: str | None = None


class _Mapping(NamedTuple):
    """The values of a mapping in the first row, and the entries that each row has its own of: key, scalar, and whether it is the one that counts."""

    values: dict[object, object]
    left: tuple[tuple[object, Leaf, bool], ...]


class Shared:
    """What the rows of one entry share. `varying` are the contexts that are not the same in all of them."""

    def __init__(self, varying: frozenset[str], budget: Budget) -> None:
        self.varying = varying
        self.budget = budget
        self.settled: Settled | None = None
        """The values of the last row for which something else is written than for the one before it."""
        self.enabled: object = NEW
        """What the default of the condition comes to."""
        self.leaves: dict[Leaf, object] = {}
        """The values of scalars; `_OfEach` where each row has its own."""
        self.mappings: dict[tuple[Piece, ...], _Mapping] = {}
        self._scopes: dict[str, Scope] = {}

    def varies(self, item: Item | None) -> bool:
        """Whether what is written there may come to another value in another row."""
        return item is not None and any(leaf.may_hold_expressions and not self.varying.isdisjoint(leaf.template.reads) for leaf in item.leaves())

    def known(self, leaf: Leaf, row: Row) -> object:
        """The value of a scalar in a row, if it need not be evaluated; else `NEW`."""
        known = self.leaves.get(leaf, NEW)
        if known.__class__ is not _OfEach:
            return known
        filling, type = known
        if filling is not None and (text := filling.filled(row)) is not None and self.budget.spend(len(filling.parts) - 1, text):
            try:
                return text if type is None else convert(type, text)
            except ConversionError:
                pass  # told where it is evaluated
        return NEW

    def scope(self, name: str, make: Callable[[], Scope], own: Thunks) -> Scope:
        """The scope of that name, which `make` makes once for all rows, with a row's own contexts in it."""
        known = self._scopes.get(name)
        if known is None:
            known = self._scopes[name] = make()
        return known.within(Overlaid(known.contexts, own))


class RowAttributes(Attributes):
    """Evaluates the attributes of one row; a scalar that says the same in all rows is evaluated once."""

    def __init__(self, scope_of: Callable[[Leaf], Scope], sink: list[Diagnostic], shared: Shared, row: Row) -> None:
        super().__init__(scope_of, sink)
        self._shared = shared
        self._row = row

    def value(self, item: Item | None, type: str | None = None) -> object:
        """The value of a scalar attribute; None when it is absent or empty."""
        if type is not None or not isinstance(item, Leaf):
            return super().value(item, type)
        known = self._shared.known(item, self._row)
        if known is not NEW:
            return known
        return super().value(item) if item in self._shared.leaves else self._first_value(item)

    def mapping(self, pieces: Iterable[Piece]) -> dict[object, object] | Unknown:
        """The entries of all pieces of a mapping: weaker ones first, the stronger's values win."""
        pieces = tuple(pieces)
        known = self._shared.mappings.get(pieces)
        if known is None:
            values = super().mapping(pieces)
            if not isinstance(values, Unknown) and all(isinstance(piece.item, MapItem) for piece in pieces):
                self._shared.mappings[pieces] = _Mapping(values, tuple(self._entries_of_each(pieces)))
            return values
        values = known.values.copy()
        for key, leaf, counts in known.left:
            value = self.value(leaf)
            if counts:
                values[key] = value
        return values

    def _entries_of_each(self, pieces: tuple[Piece, ...]) -> Iterator[tuple[object, Leaf, bool]]:
        """The entries that each row has a value of its own of, and whether it is the one that counts: what is wrong with the others is told too."""
        found = [entry for piece in reversed(pieces) if isinstance(piece.item, MapItem) for entry in piece.item.entries.items()]
        winners = dict(found)
        for key, item in found:
            if isinstance(item, Leaf) and isinstance(self._shared.leaves.get(item), _OfEach):
                yield key, item, winners[key] is item

    def _first_value(self, leaf: Leaf) -> object:
        """The value of a scalar that no row has asked for, kept for the others if it is theirs as well."""
        uploads = len(self.uploads)
        value = super().value(leaf)
        # what is uploaded is noted for each row
        varies = len(self.uploads) > uploads or self._shared.varies(leaf)
        self._shared.leaves[leaf] = _of_each(leaf, value) if varies else value
        return value


def _of_each(leaf: Leaf, value: object) -> _OfEach:
    """How a scalar that came to this value in one row is evaluated in others.

    An expression that is the whole keeps the type of its value, unless any value is made a text.
    """
    type = leaf.notes.type
    if value.__class__ is not str or (leaf.template.whole is not None and not is_text(type)):
        return _OfEach()
    return _OfEach(filling(leaf.template, "matrix"), None if is_text(type) and type not in SHELLS else type)


def attributes_of(scope_of: Callable[[Leaf], Scope], sink: list[Diagnostic], shared: Shared | None, row: Row) -> Attributes:
    """The evaluator of a task: one that shares with the other rows, where there are any."""
    return Attributes(scope_of, sink) if shared is None else RowAttributes(scope_of, sink, shared, row)
