"""Aliases that the engine does not read as what they stand for.

Engine 26.7 tells by its place in the file that a node is a section (tasks, the ``needs`` of one,
images …), and it does so where the node is written, not where an alias repeats it. So the alias of
a list of tags is no list of needs, and that of a mixin no task. Attributes that are no sections
read what they get, whatever it is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from typing import NamedTuple

from flowlang.diagnostics import Diagnostic, Fix, Label, rule
from flowlang.model.mending import ANCHOR_OR_ALIAS, one_edit
from flowlang.text import Source, Span, quoted
from flowlang.yamltree import Alias, Mapping, Node, Scalar, Sequence, Tree


class Reading(NamedTuple):
    """What a section is called in messages, and which empty values that are no such section pass for one."""

    noun: str
    empty: tuple[type[Node], ...] = ()


_NAMES = (Mapping,)
_NEED = Reading("the name of a need")
_COMMON = {
    "images": Reading("'images'", _NAMES),
    "tasks": Reading("'tasks'", (Mapping, Sequence)),
    "tasks.-": Reading("a task"),
    "tasks.-.needs": Reading("'needs'", _NAMES),
    "tasks.-.needs.?": _NEED,
    "tasks.-.strategy": Reading("'strategy'"),
    "tasks.-.strategy.matrix": Reading("'matrix'"),
    "tasks.-.cache": Reading("'cache'"),
}
_PROJECT = {
    "images": Reading("'images'", _NAMES),
    "volumes": Reading("'volumes'", _NAMES),
    "mixins": Reading("'mixins'", (Mapping, Sequence)),
    "defaults": Reading("'defaults'"),
    "defaults.cache": Reading("'cache'"),
}
_PARAMS = Reading("'params'", _NAMES)
_FLOW = {**_COMMON, **_PROJECT, "params": _PARAMS, "jobs": Reading("'jobs'", (Mapping, Sequence)), "jobs.*.params": _PARAMS}
_ACTION = {
    **_COMMON,
    "inputs": Reading("'inputs'", _NAMES),
    "outputs": Reading("'outputs'", _NAMES),
    "job": Reading("'job'"),
    "cache": Reading("'cache'"),
    "main": Reading("'main'"),
    "post": Reading("'post'"),
}
SECTIONS: Table[str, Table[str, Reading]] = {"live": _FLOW, "batch": _FLOW, "action": _ACTION, "project": _PROJECT}
"""The sections of each kind of file by path: ``-`` is an item of a list, ``*`` any key, ``?`` a key itself."""

# What gives a plain mapping when it is empty, so that it passes for any other such.
_PLAIN_WHEN_EMPTY = frozenset({"'images'", "'volumes'", "'mixins'", "'params'", "'jobs'", "'needs'", "'inputs'"})


def misread_aliases(tree: Tree, kind: str) -> Iterator[Diagnostic]:
    """The aliases of a file of this kind that stand for a section and are not read as one, or hold such a section."""
    if tree.root is not None and tree.aliases and kind in SECTIONS and not any(problem.rule == "merge-key" for problem in tree.problems):
        walk = _Walk(tree, SECTIONS[kind])
        walk.visit(tree.root, "")
        yield from walk.found


class _Walk:
    """One walk over a tree in the order of the file, through aliases as well."""

    def __init__(self, tree: Tree, sections: Table[str, Reading]) -> None:
        self.found: list[Diagnostic] = []
        self._source = tree.source
        self._anchors = {id(anchor.target): anchor.span for anchor in tree.anchors}
        self._aliases: dict[int, list[Alias]] = {}
        for alias in reversed(tree.aliases):
            self._aliases.setdefault(id(alias.target), []).append(alias)
        self._sections = sections
        self._steps = {path[:end] for path in sections for end in range(len(path) + 1) if end == len(path) or path[end] == "."}
        self._read: dict[int, Reading | None] = {}

    def visit(self, node: Node, path: str | None) -> None:
        """Note how `node` is read at `path` (None: below anything that is a section), or judge the alias that repeats it."""
        if id(node) in self._read:
            places = self._aliases.get(id(node))
            alias = places.pop() if places else None
            wrong = self._misread(node, path)
            if alias is not None and wrong is not None:
                self.found.append(self._told(alias, *wrong))
            return
        self._read[id(node)] = self._sections.get(path) if path is not None else None
        for child, inner in self._below(node, path):
            self.visit(child, inner)

    def _misread(self, node: Node, path: str | None) -> tuple[Node, Reading] | None:
        """The first node in an alias's value that is not read as the section it should be; for a need's name also the reverse."""
        wanted = self._sections.get(path) if path is not None else None
        if wanted != (got := self._read[id(node)]):
            if got is _NEED:
                return node, got
            if wanted is not None and not _passes(node, wanted, got):
                return node, wanted
        for child, inner in self._below(node, path):
            if (wrong := self._misread(child, inner)) is not None:
                return wrong
        return None

    def _below(self, node: Node, path: str | None) -> Iterator[tuple[Node, str | None]]:
        if isinstance(node, Mapping):
            for pair in node.pairs:
                yield pair.key, self._step(path, "?")
                yield pair.value, self._step(path, pair.key.value if isinstance(pair.key, Scalar) else "*")
        elif isinstance(node, Sequence):
            for item in node.items:
                yield item, self._step(path, "-")

    def _step(self, path: str | None, name: str) -> str | None:
        if path is None:
            return None
        there = f"{path}.{name}" if path else name
        if there not in self._steps and name not in ("?", "-"):
            there = f"{path}.*" if path else "*"
        return there if there in self._steps else None

    def _told(self, alias: Alias, node: Node, section: Reading) -> Diagnostic:
        shown = quoted(f"*{alias.name}")
        anchor = self._anchors.get(id(alias.target))
        why = "an alias keeps the reading of the place where its anchor stands"
        if section is _NEED and self._read[id(node)] is _NEED:
            what = shown if node is alias.target else f"a key in {shown}"
            message = f"{what} is read as the name of a need: {why}"
        elif node is alias.target:
            message = f"{shown} is not read as {section.noun}: {why}"
        else:
            message = f"in {shown}, {section.noun} is not read as such: {why}"
        return Diagnostic(
            rule("misread-alias"),
            self._source,
            alias.span,
            message,
            help="write the value out here",
            related=(Label(self._source, anchor, "read as what stands here"),) if anchor is not None else (),
            fixes=_written_out(self._source, alias),
        )


def _passes(node: Node, wanted: Reading, got: Reading | None) -> bool:
    """Whether a node serves although it is not read as the section that is wanted."""
    if isinstance(node, Scalar):
        # a need's name must be read as one; other sections are no texts, and nothing is nothing everywhere
        return wanted is not _NEED
    is_empty = not (node.pairs if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ())
    return is_empty and isinstance(node, wanted.empty) and (got is None or got.noun in _PLAIN_WHEN_EMPTY)


def _written_out(source: Source, alias: Alias) -> tuple[Fix, ...]:
    """The fix that puts the value in place of its alias, where it stands on one line by itself."""
    target = alias.target
    text = source.slice(Span(target.start, target.end))
    alone = target.style in ("'", '"') or text.isidentifier() if isinstance(target, Scalar) else target.flow  # type: ignore[attr-defined]
    if not alone or not text.isprintable() or ANCHOR_OR_ALIAS.search(text):
        return ()
    return (one_edit("Write the value out", source, alias.span.start, alias.span.end, text),)
