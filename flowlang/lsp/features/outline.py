"""What a file holds, as a tree; and the names of a whole project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowlang.light import NamedTuple
from flowlang.lsp.features.excerpts import short_value
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.navigation import whole_of
from flowlang.model import Block, Item, Leaf
from flowlang.semantics.symbols import FileNames, Symbol
from flowlang.semantics.symbols.definitions import Part
from flowlang.semantics.symbols.tables import EMPTY
from flowlang.text import Source, Span, shortened

_FACTS = frozenset({"kind", "id", "title", "name", "project_name", "life_span"})
"""Keys at the top of a file whose values say what it is."""


class Entry(NamedTuple):
    """One entry of an outline: `kind` is ``section``, ``fact`` or the kind of a symbol, `span` all of it, `name_span` its name."""

    name: str
    kind: str
    detail: str
    span: Span
    name_span: Span
    children: tuple[Entry, ...] = ()


class Named(NamedTuple):
    """A name of the project: what it is, where it is defined, and the job, task or action that it belongs to."""

    name: str
    kind: str
    source: Source
    span: Span
    owner: str | None


def outline(index: Index, path: str) -> list[Entry]:
    """The sections of a file with the names that they define; of a broken file what can be read of it."""
    config = index.config(path)
    if config is None or config.block is None:
        return []
    file = index.symbols.frames.files[path]
    parts = {id(part.symbol): part for part in file.parts}
    return [entry for key, item in config.block.fields.items() for entry in _section(key, config.block, item, _Names(index, file, parts))]


class _Names(NamedTuple):
    """What a file defines, and its parts by the identity of their symbols."""

    project: Index
    file: FileNames
    parts: dict[int, Part]


def _section(key: str, block: Block, item: Item, names: _Names) -> Iterator[Entry]:
    name_span = block.key_span(key)
    span = Span(name_span.start, max(name_span.end, item.node.end))
    if isinstance(item, Leaf):
        if key in _FACTS:
            yield Entry(key, "fact", _cut(item), span, name_span)
        return
    table = {"tasks": "needs", "defaults": "env"}.get(key, key)
    children = _within(span, (_of(names, symbol) for symbol in names.file.tables.get(table, EMPTY).all()))
    yield Entry(key, "section", "", span, name_span, children)


def _of(names: _Names, symbol: Symbol) -> Entry:
    """A symbol with those that belong to it: the params of a job, the matrix and the outputs of a task."""
    index = names.project
    span = whole_of(index, symbol)
    part = names.parts.get(id(symbol))
    inner = [other for table in part.own.values() for other in table.all()] if part is not None else []
    if symbol.kind == "task":
        inner += (output for output in index.symbols.frames.outputs(symbol).all() if output.source is symbol.source)
    children = (Entry(other.name, other.kind, short_value(other), whole_of(index, other), other.span) for other in inner)
    return Entry(symbol.name, symbol.kind, short_value(symbol), span, symbol.span, _within(span, children))


def _within(span: Span, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that stand there, in order: what an alias stands for is elsewhere."""
    return tuple(sorted((entry for entry in entries if span.covers(entry.span)), key=lambda entry: entry.span))


def _cut(leaf: Leaf) -> str:
    text = " ".join(str(leaf.value).split()) if leaf.value is not None else ""
    return shortened(text, 40)


def workspace_symbols(index: Index, query: str) -> list[Named]:
    """The names of the project that have the letters of the query in their order, capitals or not; all for an empty one."""
    wanted = query.lower()
    return [
        Named(symbol.name, symbol.kind, symbol.source, symbol.span, symbol.owner)
        for symbol in index.symbols.all
        if symbol.source.path not in index.symbols.remote and _matches(wanted, symbol.name.lower())
    ]


def _matches(wanted: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in wanted)
