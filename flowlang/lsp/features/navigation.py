"""From a name to what defines it, and to all places where it stands."""

from __future__ import annotations

from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.model import Block
from flowlang.semantics.symbols import Occurrence, Symbol
from flowlang.text import Source, Span


class Place(NamedTuple):
    """A place in a file."""

    source: Source
    span: Span


class Target(NamedTuple):
    """Where a name leads: its name there (`span`), and all that it names with it (`whole`); `origin` is the name that was asked about."""

    source: Source
    span: Span
    whole: Span
    origin: Span


class Highlight(NamedTuple):
    """A place of the same name in one file; `defines`: it is where the name is given."""

    span: Span
    defines: bool


def definition(index: Index, path: str, offset: int) -> list[Target]:
    """What defines the name at a place; several where it is read in several ways, nothing where it is no name that is known."""
    place = index.symbols.at(path, offset)
    if place is None:
        return []
    targets = [Target(symbol.source, symbol.span, whole_of(index, symbol), place.span) for symbol in place.symbols]
    return list(dict.fromkeys(targets))


def references(index: Index, path: str, offset: int, *, definitions: bool = True) -> list[Place]:
    """Every place where what is named at a place is named, file by file; with its `definitions`, or without."""
    found: dict[Place, None] = {}
    for place, defines in _places(index, path, offset):
        if definitions or not defines:
            found[Place(place.source, place.span)] = None
    return sorted(found, key=lambda place: (place.source.path, place.span))


def highlights(index: Index, path: str, offset: int) -> list[Highlight]:
    """The places in the same file."""
    found = {place.span: defines for place, defines in _places(index, path, offset) if place.source.path == path}
    return [Highlight(span, defines) for span, defines in sorted(found.items())]


def _places(index: Index, path: str, offset: int) -> list[tuple[Occurrence, bool]]:
    here = index.symbols.at(path, offset)
    if here is None:
        return []
    found: list[tuple[Occurrence, bool]] = []
    for symbol in here.symbols:
        if symbol.kind != "action":
            found.append((Occurrence(symbol.source, symbol.span, (symbol,), True), True))
        found += ((use, use.defines) for use in index.symbols.uses(symbol))
    return found


def whole_of(index: Index, symbol: Symbol) -> Span:
    """The name with all that is given to it."""
    item = symbol.item
    if item is None or (symbol.kind in ("action", "output", "state") and not isinstance(item, Block)):
        return symbol.span
    if item.node.end < symbol.span.start:
        # an alias: what it stands for is elsewhere
        return symbol.span
    return Span(min(symbol.span.start, item.node.start), max(symbol.span.end, item.node.end))
