"""Completion: what may be written at a cursor, in files that are broken too."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.lsp.features.completion.candidates import Candidate, Maker
from flowlang.lsp.features.completion.expressions import Expressions
from flowlang.lsp.features.completion.keys import keys_of_block, keys_of_map
from flowlang.lsp.features.completion.names import Here, names_of
from flowlang.lsp.features.completion.values import Values, list_items
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.levels import Level, levels, possible
from flowlang.lsp.features.probe import Probe, probe
from flowlang.lsp.features.readings import Reading, readings
from flowlang.lsp.features.spot import spot_at
from flowlang.model import ACTION, BATCH, LIVE, OTHER, PROJECT, ConfigFile, Leaf
from flowlang.model.config import kind_of
from flowlang.schema import BlockShape, ListShape, MapShape, Notes

__all__ = ["Candidate", "complete"]


def complete(index: Index, path: str, offset: int) -> list[Candidate]:
    """What may be written at a place: keys, values, names, and what expressions see; nothing where nothing is known."""
    given = index.config(path)
    found = probe(given.source, offset) if given is not None else None
    if given is None or found is None:
        return []
    config = found.config(_kind(index, given, found))
    here = Here(index.replacing(config), found, config)
    return list(_candidates(here, Maker(found)))


def _kind(index: Index, given: ConfigFile, found: Probe) -> str:
    """What kind of file is being written: what the analysis took it for, or what its name says while it says nothing itself."""
    if given.kind in (PROJECT, ACTION):
        return given.kind
    kind = kind_of(found.tree.root, given.source)
    if kind != OTHER:
        return kind
    if not found.is_key and len(found.nodes) == 2:
        # the value of 'kind', which could be any
        return ACTION
    if given.kind != OTHER:
        return given.kind
    path = given.source.path
    return LIVE if given.stem == LIVE else BATCH if index.workspace.config.rpartition("/")[2] in path.split("/") else ACTION


def _candidates(here: Here, maker: Maker) -> Iterator[Candidate]:
    found = here.probe
    if found.expression is not None:
        yield from Expressions(here, found.expression, [reading.scope for reading in _scopes(here)], maker).all()
        return
    way = levels(found.nodes, here.config.kind)
    if found.is_key:
        owner = way[-1] if len(way) == len(found.nodes) - 1 else None
        if owner is not None:
            yield from _keys(here, owner, maker)
        return
    if len(way) != len(found.nodes):
        return
    level = way[-1]
    shapes = list(possible(level.shape, None))
    if found.starts_line and any(isinstance(shape, BlockShape) for shape in shapes):
        yield from keys_of_block(found, level, maker)
        return
    if found.starts_line and not any(isinstance(shape, ListShape) for shape in shapes):
        for shape in shapes:
            if isinstance(shape, MapShape):
                yield from _keys(here, level._replace(decided=shape), maker)
    values = Values(here, level, maker)
    if len(way) > 1 and level.key is None:
        yield from list_items(values, way[-2])
    else:
        yield from values.all()


def _keys(here: Here, owner: Level, maker: Maker) -> Iterator[Candidate]:
    shape = owner.decided
    if isinstance(shape, MapShape):
        what = shape.notes.names
        yield from keys_of_map(here.probe, owner, names_of(here, what, maker, key=True) if what is not None else iter(()), maker)
    else:
        yield from keys_of_block(here.probe, owner, maker)


def _scopes(here: Here) -> list[Reading]:
    """The scopes in which the expression is read."""
    spot = spot_at(here.config, here.probe.offset)
    if spot is None:
        return []
    leaf = spot.leaf or Leaf(here.config.source, here.probe.scalar, Notes(), spot.item.scope, here.probe.scalar.value)
    return readings(here.index, spot, leaf)
