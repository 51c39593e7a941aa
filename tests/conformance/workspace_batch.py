"""Random batch flows that make sense: tasks, matrices, needs, calls."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from random import Random

from tests.conformance.workspace_actions import Callee
from tests.conformance.workspace_batch_actions import BatchActionMaker
from tests.conformance.workspace_expressions import NOWHERE, Sight
from tests.conformance.workspace_flows import Declared, Maker
from tests.conformance.workspace_live import unique
from tests.conformance.workspace_yaml import Raw, Tree

_DIMENSIONS: tuple[list[Tree], ...] = (["x", "y"], ["p"], [1, 2], ["a", "b", "c"], [Raw("010"), 3], [1.5, 2.5], [True, "z"], ["with-dash", "q"])
_KEYS = ("k", "m_2", "lr", "Upper", "ünï")


@dataclass
class Entry:
    """What later entries of `tasks` may know of an earlier one."""

    ids: tuple[str, ...]  # real ids that may be named in `needs`
    outputs: tuple[str, ...]
    remote: bool


@dataclass
class Shape:
    """A matrix: its part of the entry, the values by key, and whether every product of them is a row."""

    section: dict[str, Tree] = field(default_factory=dict)
    dimensions: dict[str, list[Tree]] = field(default_factory=dict)
    full: bool = True
    rows: bool = False


class TaskMaker(Maker):
    """Makes lists of tasks, for flows, batch actions and batch modules."""

    def __init__(self, random: Random, actions: BatchActionMaker | None, callees: list[Callee]) -> None:
        super().__init__(random)
        self._actions = actions
        self._callees = callees

    def tasks(self, sight: Sight, eager: Sight, mixins: tuple[str, ...], *, most: int, depth: int) -> tuple[list[Tree], list[Entry]]:
        """Entries of `tasks`: `sight` is that of a task, `eager` that of matrices and strategies."""
        entries: list[Entry] = []
        made: list[Tree] = []
        used: set[str] = set()
        for number in range(self.random.randint(1, most)):
            body, entry = self._entry(sight, eager, mixins, entries, used, number, depth)
            used |= set(entry.ids)
            entries.append(entry)
            made.append(body)
        return made, entries

    def _entry(self, sight: Sight, eager: Sight, mixins: tuple[str, ...], before: list[Entry], used: set[str], number: int, depth: int) -> tuple[Tree, Entry]:
        chance, values = self.values.chance, self.values
        callee = self._callee(sight, depth) if chance(0.35) else None
        local = callee is not None and callee.kind == "local"
        shape = self._matrix(eager) if chance(0.35) else Shape()
        inner = eager.plus("matrix", matrix=tuple(shape.dimensions)) if shape.full else eager.plus("matrix")
        body: dict[str, Tree] = {}
        ids: tuple[str, ...] = ()
        free = [name for name in ("a", "b_1", "train", "Data", "t", "zz", "ünï", "last") if name not in used]
        if shape.rows and shape.full and chance(0.5) and free:
            base = self.random.choice(free)
            body["id"] = "_".join([base, *("${{ " + f"str({_dot('matrix', key)})" + " }}" for key in shape.dimensions)])
            ids = tuple("_".join([base, *map(_text, row)]) for row in product(*shape.dimensions.values()))
            ids = ids if all(name.isidentifier() for name in ids) and not set(ids) & used else ()
            if not ids:
                del body["id"]
        elif not shape.rows and chance(0.7) and free:
            body["id"] = self.random.choice(free)
            ids = (str(body["id"]),)
            if chance(0.05):
                body["id"] = values.expressions.template(f"'{body['id']}'")
        needs = self._needs(body, before, local=local)
        place = replace(inner.plus("git", "strategy", "needs", "state"), needs=needs)
        place = replace(place, types={**place.types, **({"matrix.ORDINAL": "int"} if shape.rows else {})})
        if shape.section:
            body["strategy"] = shape.section
        if chance(0.2):
            body["enable"] = values.expressions.template(
                self.random.choice(("success()", "always()", "failure()", "True", "success() and 1 < 2", values.expressions.truth(place)))
            )
        if chance(0.15) and not local and (callee is None or callee.kind != "stateful"):
            body["cache"] = self.cache(inner.plus("strategy"))
        if callee is not None and self._actions is not None:
            body.update(self._actions.call(callee, place))
            return body, Entry(ids, callee.outputs, callee.remote_tasks)
        unit = values.unit(place, image=True)
        body.update(unit)
        if mixins and chance(0.4):
            body["mixins"] = self.mixin_names(mixins)
        return body, Entry(ids, ("out", "x"), True)

    def _callee(self, sight: Sight, depth: int) -> Callee | None:
        if self._actions is None:
            return None
        if self._callees and self.values.chance(0.3):
            return self.random.choice(self._callees)
        callee = self._actions.any(sight, depth)
        if callee is not None and not callee.module:
            self._callees.append(callee)
        return callee

    def _needs(self, body: dict[str, Tree], before: list[Entry], *, local: bool) -> dict[str, tuple[str, ...]]:
        """Add `needs`; gives those of level `completed` with their outputs."""
        known = {name: entry.outputs for entry in before for name in entry.ids if not (local and entry.remote)}
        form = self.random.random()
        previous = before[-1] if before else None
        if form < 0.4 and not (local and previous is not None and previous.remote):
            if self.values.chance(0.1):
                body["needs"] = None
            return dict.fromkeys(previous.ids, previous.outputs) if previous is not None else {}
        names = self.values.some(tuple(known), 3)
        written = {name: self.values.expressions.template(f"'{name}'") if self.values.chance(0.07) else name for name in names}
        if form < 0.8 or local:
            body["needs"] = list(written.values())
            return {name: known[name] for name in names}
        levels = {name: self.random.choice(("completed", "completed", "running")) for name in names}
        body["needs"] = {written[name]: level for name, level in levels.items()}
        return {name: known[name] for name in names if levels[name] == "completed"}

    def _matrix(self, eager: Sight) -> Shape:
        values, chance = self.values, self.values.chance
        section: dict[str, Tree] = {}
        shape = Shape(section, rows=True)
        matrix: dict[str, Tree] = {}
        for key in values.some(_KEYS, 2):
            values_here = self.random.choice(_DIMENSIONS)
            form = self.random.random()
            if form < 0.8:
                matrix[key], shape.dimensions[key] = list(values_here), list(values_here)
            elif form < 0.9:
                matrix[key], shape.dimensions[key] = "${{ ['x', 'y'] }}", ["x", "y"]
            elif form < 0.97:
                matrix[key], shape.full = [values.expressions.template(values.expressions.text(eager)), "w"], False
            else:
                matrix[key], shape.full = self.random.choice(([], None, "${{ [] }}", "${{ range(3) }}")), False
        if shape.dimensions and shape.full:
            keys = list(shape.dimensions)
            if chance(0.25):
                some = values.some(tuple(keys), 2) if chance(0.8) else tuple(keys)
                matrix["exclude"] = [{key: self.random.choice(shape.dimensions[key]) for key in some}]
                if any(isinstance(value, str) for value in matrix["exclude"][0].values()) or not some:
                    shape.full = False
            if chance(0.2):
                matrix["include"] = [{key: self.random.choice(("new", 7, "${{ 7 }}", *shape.dimensions[key])) for key in keys}]
        section["matrix"] = matrix if matrix or chance(0.7) else None
        shape.rows = section["matrix"] is not None
        if chance(0.2):
            section["fail_fast"] = values.truth(eager)
        if chance(0.2):
            section["max_parallel"] = values.whole(eager)
        return shape


class BatchMaker(TaskMaker):
    """Makes batch flows on top of what a project file declares."""

    def __init__(self, random: Random, declared: Declared, actions: BatchActionMaker | None = None) -> None:
        super().__init__(random, actions, [])
        self._declared = declared
        if actions is not None:
            actions.tasks = self

    def flow(self) -> dict[str, Tree]:
        """A batch flow."""
        values, chance, declared = self.values, self.values.chance, self._declared
        made: dict[str, Tree] = {"kind": "batch"}
        if chance(0.2):
            made["id"] = self.random.choice(("flow_id", "Batch2", None))
        if chance(0.3):
            made["title"] = values.text(None)
        params: dict[str, Tree] = self.params(NOWHERE) if chance(0.5) else {}
        if params:
            made["params"] = params
        if chance(0.2):
            made["life_span"] = values.span(NOWHERE)
        eager = Sight().plus(params=tuple(params))
        images, volumes = self.ids(2), self.ids(2)
        if images:
            made["images"] = self.images(images, eager)
        if volumes:
            made["volumes"] = self.volumes(volumes, eager, local=chance(0.02))
        env: tuple[str, ...] = ()
        known = eager.plus("tags", images=unique(images, declared.images), volumes=unique(volumes, declared.volumes))
        if chance(0.6):
            made["defaults"], env = self.defaults(eager, batch=True, strict=True)
        known = known.plus(env=unique(env, declared.env))
        mixins = self.ids(2) if chance(0.5) else ()
        task = known.plus("git", "matrix", "strategy", "needs", "state")
        if mixins:
            made["mixins"] = {}
            for index, name in enumerate(mixins):
                body = values.unit(replace(task, needs={}), image=False)
                if index and chance(0.4):
                    body["mixins"] = self.mixin_names(mixins[:index])
                if chance(0.15):
                    self._without_effect(body, known)
                made["mixins"][name] = body
        if self._actions is not None:
            self._actions.mixins = unique(mixins, declared.mixins)
        made["tasks"], _ = self.tasks(known, known.plus("strategy"), unique(mixins, declared.mixins), most=4, depth=2)
        return made

    def _without_effect(self, body: dict[str, Tree], sight: Sight) -> None:
        """Add what a mixin may say of a task, to no avail or to its harm."""
        name = self.random.choice(("enable", "cache", "needs", "strategy"))
        if name == "enable":
            body[name] = self.random.choice((True, False, "${{ success() }}", "${{ always() }}"))
        elif name == "cache":
            body[name] = self.cache(sight)
        else:
            body[name] = self.random.choice(([], ["a"], {"a": "running"})) if name == "needs" else {"matrix": {"k": ["x", "y"]}}


def _dot(owner: str, name: str) -> str:
    return f"{owner}.{name}" if name.isascii() else f"{owner}['{name}']"


def _text(value: Tree) -> str:
    from tests.conformance.workspace_yaml import meaning

    return str(meaning(value))
