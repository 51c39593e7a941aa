"""Names of a project: what each is defined by, and every place where it stands, across files.

The tables are made of what is written, not of what it comes to, so that they are there in files with
mistakes too, and for actions that nothing calls.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flowlang.diagnostics import Label
from flowlang.light import cached_property
from flowlang.model import ConfigFile
from flowlang.semantics.actions import Actions
from flowlang.semantics.symbols.definitions import FileNames
from flowlang.semantics.symbols.frames import Frames
from flowlang.semantics.symbols.symbol import NOUNS, Occurrence, Symbol
from flowlang.semantics.symbols.tables import Names, Table
from flowlang.text import Span

if TYPE_CHECKING:
    from flowlang.semantics import Analysis

__all__ = ["NOUNS", "FileNames", "Names", "Occurrence", "Symbol", "Symbols", "Table", "symbols_of"]


class Symbols:
    """The symbols of a project and where their names stand; everything is found at first use.

    Places are told by the path that reports name a file by, and by offsets into its text.
    """

    def __init__(self, configs: Iterable[ConfigFile], actions: Actions) -> None:
        self.frames = Frames(configs, actions)
        self.remote = frozenset(action.file.source.path for action in actions.all() if action.remote)
        """Paths of the files that are copies of another repository's actions."""

    @cached_property
    def all(self) -> tuple[Symbol, ...]:
        """Every symbol, file by file in the order of the files, and in each by its place."""
        places = (place for file in self.frames.files.values() for place in _merged(self._definitions(file)))
        return tuple(symbol for place in places for symbol in place.symbols)

    def _definitions(self, file: FileNames) -> Iterator[Occurrence]:
        yield from (Occurrence(symbol.source, symbol.span, (symbol,), True) for symbol in _defined(file))
        yield from (place for place in self.frames.commands(file) if place.defines)

    def occurrences(self, path: str) -> list[Occurrence]:
        """Every place in a file where a name stands that is known, in order."""
        return self._by_path.get(path, [])

    def at(self, path: str, offset: int) -> Occurrence | None:
        """The name that `offset` touches (its end included); of names inside one another the inner one."""
        occurrences = self.occurrences(path)
        best: Occurrence | None = None
        for place in occurrences[: bisect_right(self._starts.get(path, []), offset)]:
            if offset <= place.span.end and (best is None or best.span.covers(place.span)):
                best = place
        return best

    def symbol_at(self, path: str, offset: int) -> Symbol | None:
        """The symbol whose name `offset` touches: the first where there are several."""
        found = self.at(path, offset)
        return found.symbols[0] if found is not None else None

    def references(self, symbol: Symbol) -> list[Label]:
        """The places that refer to a symbol, its definition excepted; file by file, in order."""
        return [Label(place.source, place.span, symbol.title) for place in self.uses(symbol)]

    def uses(self, symbol: Symbol) -> tuple[Occurrence, ...]:
        """The same as occurrences, with what else each may refer to."""
        return tuple(self._uses.get(symbol, ()))

    @cached_property
    def read_as_whole(self) -> frozenset[Symbol]:
        """The symbols that may be read without their names, as ``keys(env)`` and ``params[NAME]`` do: nobody can say that they are unused."""
        from flowlang.semantics.symbols.uses import read_as_whole

        regions = (region for file in self.frames.files.values() for region in self.frames.regions(file))
        return frozenset(symbol for region in regions for symbol in read_as_whole(region))

    @cached_property
    def _uses(self) -> dict[Symbol, list[Occurrence]]:
        found: dict[Symbol, list[Occurrence]] = {}
        for occurrences in self._by_path.values():
            for place in occurrences:
                for symbol in place.symbols:
                    if not place.defines or place.span != symbol.span:
                        found.setdefault(symbol, []).append(place)
        return found

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {path: [place.span.start for place in occurrences] for path, occurrences in self._by_path.items()}

    @cached_property
    def _by_path(self) -> dict[str, list[Occurrence]]:
        return {path: _merged(self._of(file)) for path, file in self.frames.files.items()}

    def _of(self, file: FileNames) -> Iterator[Occurrence]:
        yield from (Occurrence(symbol.source, symbol.span, (symbol,), True) for symbol in _defined(file))
        from flowlang.semantics.symbols.uses import uses

        yield from self.frames.commands(file)
        for region in self.frames.regions(file):
            yield from uses(region, self.frames)


def symbols_of(analysis: Analysis) -> Symbols:
    """The symbols of an analysis."""
    return Symbols((file.config for file in analysis.files), analysis.actions)


def _defined(file: FileNames) -> Iterator[Symbol]:
    """What the sections, jobs and tasks of a file define, its own action first."""
    if file.symbol is not None:
        yield file.symbol
    for table in file.tables.values():
        yield from table.all()
    for part in file.parts:
        for table in part.own.values():
            yield from table.all()


def _merged(places: Iterable[Occurrence]) -> list[Occurrence]:
    """The occurrences in order, those at one place made one: a node with an alias is met several times."""
    found: dict[Span, Occurrence] = {}
    for place in places:
        known = found.get(place.span)
        if known is not None:
            place = place._replace(symbols=tuple(dict.fromkeys((*known.symbols, *place.symbols))), defines=known.defines or place.defines)
        found[place.span] = place
    return sorted(found.values(), key=lambda place: place.span)
