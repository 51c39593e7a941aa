"""Tables of names: which symbol each name of a kind stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from flowlang.semantics.symbols.symbol import Symbol


class Table:
    """Symbols by name; a name may stand for several.

    `patterns` are names that are only known in part, as ids of tasks with expressions in them: each
    is tried for a name that nothing else has.
    """

    __slots__ = ("names", "patterns")

    def __init__(self, names: Mapping[str, tuple[Symbol, ...]] | None = None, patterns: tuple[tuple[re.Pattern[str], Symbol], ...] = ()) -> None:
        self.names = names or {}
        self.patterns = patterns

    def find(self, name: str) -> tuple[Symbol, ...]:
        """What the name stands for; nothing where that is not known."""
        return self.names.get(name) or tuple(symbol for pattern, symbol in self.patterns if pattern.fullmatch(name))

    def all(self) -> tuple[Symbol, ...]:
        """Every symbol once, in the order of the table."""
        found = [symbol for symbols in self.names.values() for symbol in symbols]
        return tuple(dict.fromkeys([*found, *(symbol for _, symbol in self.patterns)]))


EMPTY = Table()

Names = Mapping[str, Table]
"""The tables that hold somewhere, by context (``images``, ``needs`` …) or section (``mixins``, ``jobs``)."""


def table_of(symbols: Iterable[Symbol]) -> Table:
    """A table of symbols, those of one name together."""
    names: dict[str, tuple[Symbol, ...]] = {}
    for symbol in symbols:
        names[symbol.name] = (*names.get(symbol.name, ()), symbol)
    return Table(names)


def over(strong: Table, weak: Table) -> Table:
    """`strong` with the names of `weak` that it does not have."""
    if not weak.names:
        return strong
    return Table({**weak.names, **strong.names}, strong.patterns) if strong.names or strong.patterns else weak


def joined(several: Iterable[Names]) -> Names:
    """What names stand for in any of several places."""
    found = [names for names in several if names]
    if len(found) <= 1:
        return found[0] if found else {}
    result: dict[str, Table] = {}
    for context in dict.fromkeys(context for names in found for context in names):
        tables = [names[context] for names in found if context in names]
        result[context] = _union(tables)
    return result


def _union(tables: list[Table]) -> Table:
    first = tables[0]
    if all(table is first for table in tables):
        return first
    names: dict[str, tuple[Symbol, ...]] = {}
    for table in tables:
        for name, symbols in table.names.items():
            names[name] = tuple(dict.fromkeys((*names.get(name, ()), *symbols)))
    return Table(names, tuple(dict.fromkeys(pattern for table in tables for pattern in table.patterns)))
