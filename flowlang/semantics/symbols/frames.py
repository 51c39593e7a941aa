"""What names mean where: the tables that hold in each part of each file.

A part is met in one way or in several: the attributes of a job are read with the names of its flow, those
of a mixin with the names of every job that uses it, those of project.yml with the names of every flow,
those of a module with the names of every caller beside its own (engine 26.7: contexts).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowlang.expr import text_of
from flowlang.light import NamedTuple
from flowlang.model import ACTION, BATCH, LIVE, PROJECT, Block, ConfigFile, Item, Leaf
from flowlang.semantics.actions import Action, Actions
from flowlang.semantics.mixins import mixin_names
from flowlang.semantics.symbols.commands import commands
from flowlang.semantics.symbols.definitions import FileNames, Part
from flowlang.semantics.symbols.symbol import Occurrence, Symbol
from flowlang.semantics.symbols.tables import EMPTY, Names, Table, joined, over, table_of

_INHERITED = ("images", "volumes", "mixins", "env")
"""What flows take over from project.yml, their own of the same name hiding it."""
_OWN = ("inputs", "images", "needs")
"""What an action has of its own, whoever calls it."""


class Region(NamedTuple):
    """A piece of a file and the names that hold in it."""

    item: Item
    names: Names
    part: Part | None = None


class _Caller(NamedTuple):
    file: FileNames
    part: Part


class Frames:
    """The tables of all files of a project."""

    def __init__(self, configs: Iterable[ConfigFile], actions: Actions) -> None:
        self._actions = actions
        self.files = {config.source.path: FileNames(config) for config in configs}
        self._flows = [file for file in self.files.values() if file.config.kind in (LIVE, BATCH)]
        self._project = next((file for file in self.files.values() if file.config.kind == PROJECT), None)
        self._bases: dict[str, Names] = {}
        self._insides: dict[str, Names] = {}
        self._entering: set[str] = set()
        self._outputs: dict[Symbol, Table] = {}
        self._callers: dict[str, list[_Caller]] = {}
        for file in self.files.values():
            for part in file.parts:
                called = self.called(part)
                if called is not None:
                    self._callers.setdefault(called.source.path, []).append(_Caller(file, part))
        self._users = self._find_users()

    # --- where names are looked for ----------------------------------------------------------

    def regions(self, file: FileNames) -> Iterator[Region]:
        """All pieces of a file that hold names, each with what names mean in it."""
        block = file.config.block
        if block is None:
            return
        parts = {id(part.block): part for part in file.parts}
        for key, item in block.fields.items():
            for child in (item,) if id(item) in parts else _children(item):
                part = parts.get(id(child))
                if part is not None:
                    yield Region(child, self.inside(file, part), part)
                else:
                    yield Region(child, self._of_caller(file) if key == "post_if" else self._images(file) if key == "images" else self.around(file))

    def around(self, file: FileNames) -> Names:
        """What names mean in a file outside its jobs, tasks and mixins."""
        if file.config.kind == PROJECT:
            return joined(self._base(flow) for flow in self._flows) or file.tables
        if file.config.kind == ACTION:
            return self._action(file)
        return self._base(file)

    def inside(self, file: FileNames, part: Part) -> Names:
        """What names mean in a part of a file."""
        if part.kind == "mixin":
            users = self._users.get(id(part.block), ())
            return joined(self.inside(user.file, user.part) for user in users) or self.around(file)
        if part.kind == "post":
            return self._of_caller(file)
        return {**self.around(file), **part.own}

    # --- flows -------------------------------------------------------------------------------

    def _base(self, flow: FileNames) -> Names:
        """The names of a flow: its own over those of the project."""
        path = flow.source.path
        known = self._bases.get(path)
        if known is None:
            weak = self._project.tables if self._project is not None else {}
            known = {name: over(flow.tables.get(name, EMPTY), weak.get(name, EMPTY)) for name in _INHERITED}
            known = self._bases[path] = {**flow.tables, **known}
        return known

    def _find_users(self) -> dict[int, list[_Caller]]:
        """For each mixin's block the jobs and tasks that it is mixed into, directly or not."""
        users: dict[int, list[_Caller]] = {}
        for file in self.files.values():
            for part in file.parts:
                if part.kind not in ("job", "task") or "mixins" not in part.block.fields:
                    continue
                names = self.around(file).get("mixins", EMPTY)
                seen: set[int] = set()
                todo = [part.block]
                while todo:
                    for name, _ in mixin_names(todo.pop()):
                        for symbol in names.find(name):
                            if isinstance(symbol.item, Block) and id(symbol.item) not in seen:
                                seen.add(id(symbol.item))
                                todo.append(symbol.item)
                                users.setdefault(id(symbol.item), []).append(_Caller(file, part))
        return users

    # --- actions and modules -----------------------------------------------------------------

    def called(self, part: Part) -> FileNames | None:
        """The action or module that a job or task calls, as far as it can be had."""
        symbol = self.action(part.reference) if part.reference is not None else None
        return self.files[symbol.source.path] if symbol is not None else None

    def action(self, leaf: Leaf) -> Symbol | None:
        """The action that a reference leads to."""
        found = self._actions.find(text_of(leaf.value)) if leaf.value is not None else None
        file = self.files.get(found.file.source.path) if isinstance(found, Action) else None
        return file.symbol if file is not None else None

    def inputs(self, part: Part) -> Table:
        """The inputs of what a job or task calls."""
        called = self.called(part)
        return called.tables.get("inputs", EMPTY) if called is not None else EMPTY

    def _action(self, file: FileNames) -> Names:
        """The names inside an action: its own, and as a module those of its callers beside them."""
        path = file.source.path
        known = self._insides.get(path)
        if known is not None:
            return known
        own = {name: file.tables[name] for name in _OWN if name in file.tables}
        if path in self._entering:
            return own
        self._entering.add(path)
        callers = [caller for caller in self._callers.get(path, ()) if caller.part.is_module]
        # matrix and needs of the call are not those of the module's own tasks
        hidden = {"matrix", "needs"}
        seen = [{**{name: table for name, table in self.inside(*caller).items() if name not in hidden}, **own} for caller in callers]
        self._entering.discard(path)
        known = self._insides[path] = joined([own, *seen])
        return known

    def _images(self, file: FileNames) -> Names:
        """The names in the images of a file: in a module the matrix and needs of the call are seen (engine 26.7)."""
        around = self.around(file)
        if file.config.kind != ACTION or not any(caller.part.is_module for caller in self._callers.get(file.source.path, ())):
            return around
        return {**{name: table for name, table in self._of_caller(file).items() if name in ("matrix", "needs")}, **around}

    def _of_caller(self, file: FileNames) -> Names:
        """What names mean at the calls of an action, where the post task of a stateful one is read."""
        path = file.source.path
        own: Names = {"state": self._state(file)}
        if path in self._entering:
            return own
        self._entering.add(path)
        found = joined(self.inside(*caller) for caller in self._callers.get(path, ()))
        self._entering.discard(path)
        return {**found, **own}

    def _state(self, file: FileNames) -> Table:
        """The variables that the main task of a stateful action saves."""
        main = next((part for part in file.parts if part.kind == "main"), None)
        return set_by(main.block, main.name, "state") if main is not None else EMPTY

    # --- outputs -----------------------------------------------------------------------------

    def outputs(self, task: Symbol) -> Table:
        """The outputs of a task: those that its scripts print, or that the action declares which it calls."""
        known = self._outputs.get(task)
        if known is None:
            known = self._outputs[task] = self._outputs_of(task)
        return known

    def _outputs_of(self, task: Symbol) -> Table:
        file = self.files.get(task.source.path)
        part = next((part for part in file.parts if part.symbol == task), None) if file is not None else None
        if file is None or part is None:
            return EMPTY
        if part.reference is not None:
            called = self.called(part)
            return self.declared(called) if called is not None else EMPTY
        found = set_by(part.block, part.name, "output")
        names = self.around(file).get("mixins", EMPTY)
        todo, seen = [part.block], {id(part.block)}
        while todo:
            for name, _ in mixin_names(todo.pop()):
                for mixin in names.find(name):
                    if isinstance(mixin.item, Block) and id(mixin.item) not in seen:
                        seen.add(id(mixin.item))
                        todo.append(mixin.item)
                        found = over(found, set_by(mixin.item, mixin.name, "output"))
        return found

    def commands(self, file: FileNames) -> Iterator[Occurrence]:
        """The names that the scripts of a file set: the first place defines an output that nothing declares."""
        for part in self._printing(file):
            tables = {"output": set_by(part.block, part.name, "output"), "state": EMPTY}
            if part.kind in ("main", "action"):
                tables = {"output": self.declared(file), "state": self._state(file)}
            for command in commands(part.block):
                for symbol in tables[command.kind].find(command.name):
                    yield Occurrence(command.leaf.source, command.span, (symbol,), symbol.span == command.span)

    @staticmethod
    def _printing(file: FileNames) -> Iterator[Part]:
        """The parts whose scripts may set outputs (engine 26.7: not those of live jobs)."""
        if file.config.kind != LIVE:
            yield from (part for part in file.parts if part.kind in ("task", "mixin", "main"))
        if file.symbol is not None and file.config.block is not None:
            yield Part("action", file.symbol.name, file.config.block)

    @staticmethod
    def declared(action: FileNames) -> Table:
        """The outputs of an action: those that it declares, and those that its script prints."""
        found = action.tables.get("outputs", EMPTY)
        for part in Frames._printing(action):
            if part.kind in ("main", "action"):
                found = over(found, set_by(part.block, part.name, "output"))
        return found


def set_by(block: Block, owner: str, kind: str) -> Table:
    """What the scripts of a block set, by name; where one name is set several times the first place counts."""
    symbols: dict[str, Symbol] = {}
    for command in commands(block):
        if command.kind == kind and command.name not in symbols:
            symbols[command.name] = Symbol(kind, command.name, command.leaf.source, command.span, command.leaf, owner)
    return table_of(symbols.values())


def _children(item: Item) -> Iterable[Item]:
    """The items that an item holds; itself where it holds none."""
    for name in ("items", "entries", "fields"):
        held = getattr(item, name, None)
        if held is not None:
            return tuple(held.values()) if isinstance(held, dict) else tuple(held)
    return (item,)
