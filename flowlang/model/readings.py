"""Aliases that the engine does not read as what they stand for.

Engine 26.7 tells by its place in the file that a node is a section (tasks, the ``needs`` of one,
images …), and it does so where the node is written, not where an alias repeats it. So the alias of
a list of tags is no list of needs, and that of a mixin no task. Attributes that are no sections
read what they get, whatever it is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table

from flowlang.diagnostics import Diagnostic, Effect, Fix, Label, rule
from flowlang.light import NamedTuple
from flowlang.model.build import is_plain, step_shape
from flowlang.model.mending import ANCHOR_OR_ALIAS, one_edit
from flowlang.schema import Shape, shape_of
from flowlang.text import Source, Span, quoted
from flowlang.yamltree import Alias, Mapping, Node, Pair, Scalar, Sequence, Tree


class Reading(NamedTuple):
    """What a section is called in messages.

    `empty` are the kinds of empty values that pass for it although they are no such section; `plain`
    says that the engine makes a plain collection of it, which is like any other when it is empty.
    """

    noun: str
    empty: tuple[type[Node], ...] = ()
    plain: bool = False


_NAMES, _ANY = (Mapping,), (Mapping, Sequence)
_NEED = Reading("the name of a need")
_TASK, _CACHE = Reading("a task"), Reading("'cache'")
_COMMON = {
    "images": Reading("'images'", _NAMES, plain=True),
    "tasks": Reading("'tasks'", _ANY, plain=True),
    "tasks.-": _TASK,
    "tasks.-.needs": Reading("'needs'", _NAMES, plain=True),
    "tasks.-.needs.?": _NEED,
    "tasks.-.strategy": Reading("'strategy'"),
    "tasks.-.strategy.matrix": Reading("'matrix'"),
    "tasks.-.cache": _CACHE,
}
_PROJECT = {
    "images": Reading("'images'", _NAMES, plain=True),
    "volumes": Reading("'volumes'", _NAMES, plain=True),
    "mixins": Reading("'mixins'", _ANY, plain=True),
    "defaults": Reading("'defaults'"),
    "defaults.cache": _CACHE,
}
_PARAMS = Reading("'params'", _NAMES, plain=True)
_FLOW = {**_COMMON, **_PROJECT, "params": _PARAMS, "jobs": Reading("'jobs'", _ANY, plain=True), "jobs.*.params": _PARAMS}
# Both units of a stateful action are read alike.
_UNIT = Reading("'main' or 'post'")
# Engine 26.7: a plain mapping is looked at before it is filled, and so taken for none; a list has no keys to look at.
# Those of a batch action it does not look at before a bake, where only what is empty passes.
_OUTPUTS = Reading("'outputs'", _ANY)
_ACTION = {
    **_COMMON,
    "inputs": Reading("'inputs'", _NAMES, plain=True),
    "outputs": _OUTPUTS,
    "job": Reading("'job'"),
    "cache": _CACHE,
    "main": _UNIT,
    "post": _UNIT,
}
SECTIONS: Table[str, Table[str, Reading]] = {"live": _FLOW, "batch": _FLOW, "action": _ACTION, "project": _PROJECT}
"""The sections of each kind of file by path: ``-`` is an item of a list, ``*`` any key, ``?`` a key itself."""

# The paths of sections, and all that lead to one.
_STEPS = {kind: {path[:end] for path in (*found, "") for end in range(len(path) + 1) if path[end:][:1] in ("", ".")} for kind, found in SECTIONS.items()}


class Aliases(NamedTuple):
    """What came of the aliases of a file.

    `found` are those that stand for a section and are not read as one, or hold such a section. In the
    tree nothing stands in the place of the former, and `silent` are the identities of these nodes.
    `truthy` are those of the sections that are true in place of a truth value.
    """

    found: tuple[Diagnostic, ...] = ()
    silent: frozenset[int] = frozenset()
    truthy: frozenset[int] = frozenset()


def read_aliases(tree: Tree, kind: str) -> Aliases:
    """Judge the aliases of a file of this kind, and take those that are misread out of the tree."""
    if tree.root is None or kind not in SECTIONS or any(problem.rule == "merge-key" for problem in tree.problems):
        return Aliases()
    walk = _Walk(tree, kind)
    walk.visit(tree.root, "", walk.shape)
    return Aliases(tuple(walk.found), walk.emptied(), walk.truthy())


def section_at(kind: str, path: Iterable[str | int]) -> Reading | None:
    """The section at a path of a file of this kind: keys and indexes from its root."""
    here: str | None = ""
    for step in path:
        here = _step(kind, here, "-" if isinstance(step, int) else step)
    return SECTIONS[kind].get(here) if here is not None else None


def _step(kind: str, path: str | None, name: str) -> str | None:
    """The path below another; None where there is no section any more."""
    if path is None:
        return None
    there = f"{path}.{name}" if path else name
    if there not in _STEPS[kind] and name not in ("?", "-"):
        there = f"{path}.*" if path else "*"
    return there if there in _STEPS[kind] else None


class _Slot(NamedTuple):
    """Where a node stands: the value of a pair, or an item of a list."""

    owner: Pair | Sequence
    at: int = 0

    @property
    def step(self) -> str | int | None:
        """The step to it from what it stands in; None behind a key that is no text."""
        if isinstance(self.owner, Sequence):
            return self.at
        return self.owner.key.value if isinstance(self.owner.key, Scalar) else None

    def empty(self, alias: Alias, section: Reading) -> Node:
        """Put an empty section there in place of the alias, or nothing where there is no such."""
        start, end = alias.span
        nothing: Node = Mapping(start, end, None, [], True) if Mapping in section.empty else Scalar(start, end, None, "", "")
        if isinstance(self.owner, Sequence):
            self.owner.items[self.at] = nothing
        else:
            self.owner.value = nothing
        return nothing


class _Walk:
    """One walk over a tree in the order of the file, through aliases as well."""

    def __init__(self, tree: Tree, kind: str) -> None:
        self.found: list[Diagnostic] = []
        self._tree = tree
        self._kind = kind
        self._sections = SECTIONS[kind]
        self.shape = shape_of(kind)
        self._is_batch = isinstance(tree.root, Mapping) and tree.root.text("kind") == "batch"
        self._anchors = {id(anchor.target): anchor.span for anchor in tree.anchors}
        self._aliases: dict[int, list[Alias]] = {}
        for alias in reversed(tree.aliases):
            self._aliases.setdefault(id(alias.target), []).append(alias)
        self._read: dict[int, Reading | None] = {}
        self._misplaced: list[tuple[_Slot, Alias, Reading]] = []

    def visit(self, node: Node, path: str | None, shape: Shape | None, slot: _Slot | None = None) -> None:
        """Note how `node` is read at `path` (None: where no section is any more), or judge the alias that repeats it; `shape` is what should be there."""
        if id(node) in self._read:
            places = self._aliases.get(id(node))
            alias = places.pop() if places else None
            wrong = self._misread(node, path)
            if wrong is not None and wrong[1] is _NEED and shape is not None and not isinstance(node, Scalar) and is_plain(shape, node):
                wrong = None  # nobody looks at the keys of what is taken for one value
            if alias is not None and wrong is not None:
                self.found.append(self._told(alias, *wrong))
                if wrong[0] is node and slot is not None:
                    self._misplaced.append((slot, alias, wrong[1]))
            return
        self._read[id(node)] = self._sections.get(path) if path is not None else None
        for child, inner, place in self._below(node, path):
            step = None if place is None or shape is None else place.step
            self.visit(child, inner, step_shape(shape, node, step) if shape is not None and step is not None else None, place)

    def emptied(self) -> frozenset[int]:
        """Put nothing in the place of the misread aliases; gives the identities of what stands there then."""
        return frozenset(id(slot.empty(alias, section)) for slot, alias, section in self._misplaced)

    def truthy(self) -> frozenset[int]:
        """The sections among the values of aliases that are true to the engine: its own objects, and what is not empty."""
        found = {id(alias.target): alias.target for alias in self._tree.aliases}
        return frozenset(key for key, node in found.items() if (read := self._read.get(key)) and not (read.plain and _is_empty(node)))

    def _misread(self, node: Node, path: str | None) -> tuple[Node, Reading] | None:
        """The first node in an alias's value that is not read as the section it should be; for a need's name also the reverse."""
        wanted = self._sections.get(path) if path is not None else None
        if wanted != (got := self._read[id(node)]):
            if got is _NEED:
                return node, got
            if wanted is not None and not self._passes(node, wanted, got):
                return node, wanted
        for child, inner, _ in self._below(node, path):
            if (wrong := self._misread(child, inner)) is not None:
                return wrong
        return None

    def _passes(self, node: Node, wanted: Reading, got: Reading | None) -> bool:
        """Whether a node serves although it is not read as the section that is wanted."""
        if isinstance(node, Scalar):
            # a need's name must be read as one; other sections are no texts, and nothing is nothing everywhere
            return wanted is not _NEED
        if wanted is _OUTPUTS and got is None and isinstance(node, Sequence) and not self._is_batch:
            return False
        return _is_empty(node) and isinstance(node, wanted.empty) and (got is None or got.plain)

    def _is_lost(self, node: Node, section: Reading) -> bool:
        """Whether the engine takes a node for another section instead of failing on it."""
        got = self._read[id(node)]
        if section is _CACHE:
            return got is _TASK  # which has a life span and a strategy as well
        return section is _OUTPUTS and got is None and isinstance(node, Mapping) and not self._is_batch

    def _below(self, node: Node, path: str | None) -> Iterator[tuple[Node, str | None, _Slot | None]]:
        if isinstance(node, Mapping):
            for pair in node.pairs:
                yield pair.key, _step(self._kind, path, "?"), None
                yield pair.value, _step(self._kind, path, pair.key.value if isinstance(pair.key, Scalar) else "*"), _Slot(pair)
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                yield item, _step(self._kind, path, "-"), _Slot(node, index)

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
            self._tree.source,
            alias.span,
            message,
            help="write the value out here",
            override_effect=Effect.BETRAYED if self._is_lost(node, section) else None,
            related=(Label(self._tree.source, anchor, "read as what stands here"),) if anchor is not None else (),
            fixes=_written_out(self._tree.source, alias),
        )


def _is_empty(node: Node) -> bool:
    return not (node.pairs if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ())


def _written_out(source: Source, alias: Alias) -> tuple[Fix, ...]:
    """The fix that puts the value in place of its alias, where it stands on one line by itself."""
    target = alias.target
    text = source.slice(Span(target.start, target.end))
    alone = target.style in ("'", '"') or text.isidentifier() if isinstance(target, Scalar) else target.flow  # type: ignore[attr-defined]
    if not alone or not text.isprintable() or ANCHOR_OR_ALIAS.search(text):
        return ()
    return (one_edit("Write the value out", source, alias.span.start, alias.span.end, text),)
