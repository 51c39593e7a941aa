"""Renaming what a project defines, in all files at once, and why some names cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import SourceEdit
from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.model import ACTION, PROJECT, identifier_problem
from flowlang.patterns import pattern
from flowlang.semantics.symbols import Occurrence, Symbol
from flowlang.text import Edit, Span, quoted
from flowlang.yamltree import Scalar, resolve
from flowlang.yamltree.writing import whole_scalar

_NO_NAME = {"task": "this task has no id that is written out: give it one without expressions", "action": "an action is named by its file: rename the file"}
_RESERVED = {"matrix": frozenset({"include", "exclude"})}
_SHARED = frozenset({"image", "volume", "mixin", "env"})
"""Kinds that flows take over from project.yml."""
_VARIABLE = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_ASCII = pattern(r"[A-Za-z][A-Za-z0-9_]*")
# Names that can follow a dot in an expression (engine 26.7: its tokens).
_AFTER_DOT = pattern(r"(?!None|True|False|(?:or|and|not)$)[A-Za-z][A-Za-z0-9_]*")
_OPENER = pattern(r"\$(?:\{\{|\[\[|<<)")


class Renaming(NamedTuple):
    """What may be renamed: where the name stands that was asked about, and the name."""

    span: Span
    name: str


class Refusal(NamedTuple):
    """Why something cannot be renamed, in words."""

    message: str


def prepare_rename(index: Index, path: str, offset: int) -> Renaming | Refusal:
    """The name at a place that may be renamed, or why there is none."""
    place = index.symbols.at(path, offset)
    if place is None:
        return Refusal("there is no name here that this project defines")
    for refusal in _refusals(index, family(index, place)):
        return refusal
    return Renaming(place.span, place.symbols[0].name)


def rename(index: Index, path: str, offset: int, name: str) -> tuple[SourceEdit, ...] | Refusal:
    """The edits, in all files, that give what is named at a place another name; or why that cannot be.

    What is linked by a place that may mean either (the volumes of two flows that one mixin of the
    project mounts) is renamed together.
    """
    place = index.symbols.at(path, offset)
    if place is None:
        return Refusal("there is no name here that this project defines")
    symbols = family(index, place)
    for refusal in _refusals(index, symbols):
        return refusal
    places = _places(index, symbols)
    problem = _problem(symbols[0].kind, name, places) or _clash(index, symbols, name)
    if problem is not None:
        return Refusal(problem)
    return tuple(SourceEdit(found.source, Edit(found.span, _written(index, found, name))) for found in places if found.source.slice(found.span) != name)


def family(index: Index, place: Occurrence) -> tuple[Symbol, ...]:
    """All symbols that have to keep one name with those of a place: each is linked to another by a place that may mean both."""
    found = dict.fromkeys(place.symbols)
    todo = list(found)
    while todo:
        symbol = todo.pop()
        for use in (*index.symbols.uses(symbol), *_at_definition(index, symbol)):
            for other in use.symbols:
                if other not in found:
                    found[other] = None
                    todo.append(other)
    return tuple(found)


def _at_definition(index: Index, symbol: Symbol) -> Iterator[Occurrence]:
    """What stands where a symbol is defined: with aliases one place defines several."""
    place = index.symbols.at(symbol.source.path, symbol.span.start)
    if place is not None and place.span == symbol.span:
        yield place


def _places(index: Index, symbols: tuple[Symbol, ...]) -> list[Occurrence]:
    found: dict[tuple[str, Span], Occurrence] = {}
    for symbol in symbols:
        for place in (Occurrence(symbol.source, symbol.span, (symbol,), True), *index.symbols.uses(symbol)):
            found[(place.source.path, place.span)] = place
    return [place for _, place in sorted(found.items(), key=lambda entry: entry[0])]


def _refusals(index: Index, symbols: tuple[Symbol, ...]) -> Iterator[Refusal]:
    """Why symbols cannot be renamed, whatever the new name."""
    remote = index.symbols.remote
    for symbol in symbols:
        if not symbol.written:
            yield Refusal(_NO_NAME.get(symbol.kind, f"the {symbol.noun} has no name that is written out"))
        elif symbol.source.path in remote:
            yield Refusal(f"{symbol.title} belongs to an action of another repository: this is a copy of its file")
    for place in _places(index, symbols):
        text = place.source.slice(place.span)
        if place.source.path in remote:
            yield Refusal(f"{symbols[0].title} is also named in a copy of another repository's action")
        elif _OPENER.search(text):
            line = place.source.position(place.span.start).line
            yield Refusal(f"{symbols[0].title} is also meant by {quoted(text)} in line {line} of {place.source.path}, which an expression makes")


def _problem(kind: str, name: str, places: list[Occurrence]) -> str | None:
    """Why a name cannot be a name of that kind."""
    if kind == "env":
        if not _VARIABLE.fullmatch(name):
            return f"{quoted(name)} is no name of a variable: only letters, digits and '_', not starting with a digit"
    else:
        problem = identifier_problem(name)
        if problem is not None:
            return f"{quoted(name)} {problem}"
        if name in _RESERVED.get(kind, ()):
            return f"{quoted(name)} cannot be a key of a matrix: it has a meaning of its own there"
        if kind in ("output", "state") and not _ASCII.fullmatch(name):
            return f"{quoted(name)} cannot be printed as a name: only the letters a to z, digits and '_', starting with a letter"
    if not _AFTER_DOT.fullmatch(name) and any(place.source.text[place.span.start - 1 : place.span.start] == "." for place in places):
        return f"{quoted(name)} cannot follow a dot in an expression: only the letters a to z, digits and '_', starting with a letter"
    return None


def _clash(index: Index, symbols: tuple[Symbol, ...], name: str) -> str | None:
    """What has the name already, where the two would be taken for one another."""
    kind = symbols[0].kind
    own = set(symbols)
    for other in index.symbols.all:
        if other.kind != kind or other.name != name or other in own:
            continue
        for symbol in symbols:
            same = other.source is symbol.source and other.owner == symbol.owner
            shared = kind in _SHARED and PROJECT in (_kind(index, other), _kind(index, symbol)) and ACTION not in (_kind(index, other), _kind(index, symbol))
            if same or shared:
                line = other.source.position(other.span.start).line
                return f"there is {'an' if other.noun[0] in 'aeiou' else 'a'} {other.title} already, in line {line} of {other.source.path}"
    return None


def _kind(index: Index, symbol: Symbol) -> str:
    config = index.config(symbol.source.path)
    return config.kind if config is not None else ""


def _written(index: Index, place: Occurrence, name: str) -> str:
    """The name as it must stand at a place: in quotes where YAML would not read it as a text."""
    if resolve(Scalar(0, len(name), None, name, "")) == name:
        return name
    config = index.config(place.source.path)
    scalars = config.tree.scalars() if config is not None else iter(())
    plain = any(node.span == place.span and not node.style for node in scalars)
    return (whole_scalar("", name) or name) if plain else name
