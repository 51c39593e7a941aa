"""What one file defines: its sections, its jobs or tasks, and the names in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from flowlang.expr import Template, TextPart
from flowlang.light import NamedTuple
from flowlang.model import ACTION, Block, ConfigFile, Leaf, ListItem, MapItem
from flowlang.semantics.symbols.symbol import Symbol
from flowlang.semantics.symbols.tables import EMPTY, Names, Table, table_of
from flowlang.text import Source, Span
from flowlang.yamltree import Node, Scalar

_SECTIONS = {"images": "image", "volumes": "volume", "mixins": "mixin", "params": "param", "inputs": "input", "outputs": "output", "jobs": "job"}
"""Sections of a file whose keys are names, and the kind of what they name."""
_RUN = {"job": "unit", "main": "main", "post": "post"}
_NO_KEYS = frozenset({"include", "exclude"})
_QUOTES = frozenset({"'", '"'})


class Part(NamedTuple):
    """Something in a file that has attributes: a job, a task, a mixin, what an action runs (``unit``, ``main``, ``post``).

    `own` holds the names that are known inside it alone: the params of a live job, the keys of a task's matrix.
    """

    kind: str
    name: str
    block: Block
    own: Names = MappingProxyType({})
    symbol: Symbol | None = None

    @property
    def reference(self) -> Leaf | None:
        """The reference of the action or module that it calls."""
        return self.block.leaf("module") or self.block.leaf("action")

    @property
    def is_module(self) -> bool:
        """Whether it calls a module."""
        return "module" in self.block.fields


class FileNames:
    """The names that a file defines.

    `tables` are those of its sections by section (``images``, ``needs`` for its tasks, ``env`` for the
    variables of its defaults); `parts` its jobs, tasks and mixins, and for an action what it runs.
    """

    def __init__(self, config: ConfigFile) -> None:
        self.config = config
        self.source = config.source
        block = config.block
        self.tables: dict[str, Table] = {}
        self.parts: list[Part] = []
        if block is None:
            return
        for section, kind in _SECTIONS.items():
            symbols = list(_keys(block.map(section), kind))
            if symbols:
                self.tables[section] = table_of(symbols)
        defaults = block.block("defaults")
        if defaults is not None and (env := defaults.map("env")) is not None:
            self.tables["env"] = table_of(_keys(env, "env"))
        self.parts += self._blocks("jobs", "job")
        self.parts += self._blocks("mixins", "mixin")
        self._tasks(block)
        if config.kind == ACTION:
            self.parts += (Part(kind, name, inner) for name, kind in _RUN.items() if (inner := block.block(name)) is not None)
            self.symbol = Symbol("action", config.stem, config.source, Span(0, 0), block, written=False)

    symbol: Symbol | None = None
    """The action that the file is."""

    def _blocks(self, section: str, kind: str) -> Iterator[Part]:
        for symbol in self.tables.get(section, EMPTY).all():
            if isinstance(symbol.item, Block):
                params = table_of(_keys(symbol.item.map("params"), "param", symbol.name)) if kind == "job" else EMPTY
                yield Part(kind, symbol.name, symbol.item, {"params": params} if params.names else {}, symbol)

    def _tasks(self, block: Block) -> None:
        section = block.fields.get("tasks")
        if not isinstance(section, ListItem):
            return
        patterns: list[tuple[re.Pattern[str], Symbol]] = []
        symbols: list[Symbol] = []
        for number, entry in enumerate(section.items, 1):
            if not isinstance(entry, Block):
                continue
            symbol, pattern = _task(entry, number)
            symbols.append(symbol)
            if pattern is not None:
                patterns.append((pattern, symbol))
            strategy = entry.block("strategy")
            matrix = strategy.map("matrix") if strategy is not None else None
            keys = table_of(key for key in _keys(matrix, "matrix", symbol.name) if key.name not in _NO_KEYS)
            self.parts.append(Part("task", symbol.name, entry, {"matrix": keys} if keys.names else {}, symbol))
        self.tables["needs"] = Table(table_of(symbols).names, tuple(patterns))


def _task(entry: Block, number: int) -> tuple[Symbol, re.Pattern[str] | None]:
    """The symbol of one entry of ``tasks``, and for an id that is only known in part what its rows may be called."""
    leaf = entry.leaf("id")
    if leaf is None or leaf.value is None:
        # engine 26.7: the values of the matrix follow
        name = f"task-{number}"
        symbol = Symbol("task", name, entry.source, entry.head, entry, written=False)
        return symbol, re.compile(rf"{name}-.*") if "strategy" in entry.fields else None
    span = content(leaf.source, leaf.node)
    name = str(leaf.value)
    if not leaf.may_hold_expressions or leaf.template.is_text:
        return Symbol("task", name, entry.source, span, entry), None
    return Symbol("task", name, entry.source, span, entry, written=False), pattern_of(leaf.template)


def pattern_of(template: Template) -> re.Pattern[str]:
    """What a text with expressions in it may come to."""
    return re.compile("".join(re.escape(part.text) if isinstance(part, TextPart) else ".*" for part in template.parts), re.S)


def _keys(section: MapItem | None, kind: str, owner: str | None = None) -> Iterator[Symbol]:
    """The keys of a mapping as symbols."""
    if section is None:
        return
    for name, node in section.keys.items():
        if isinstance(name, str):
            yield Symbol(kind, name, section.source, content(section.source, node), section.entries[name], owner)


def content(source: Source, node: Node) -> Span:
    """Where the text of a scalar stands, without the quotes around it."""
    if isinstance(node, Scalar) and node.style in _QUOTES and node.end - node.start >= 2:
        # of a broken file that was read on the last quote may be missing
        closed = source.text[node.end - 1] == node.style
        return Span(node.start + 1, node.end - 1 if closed else node.end)
    return Span(node.start, node.end)
