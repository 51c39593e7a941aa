"""Random action and module files, and calls of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.conformance.workspace_expressions import Sight
from tests.conformance.workspace_flows import Maker
from tests.conformance.workspace_values import WORDS
from tests.conformance.workspace_yaml import Raw, Tree

DEFAULTS: dict[str, tuple[Tree, ...]] = {
    "int": (1, 0, -5, True, Raw("010"), Raw("1_000"), Raw("0x1F")),
    "float": (1.5, Raw("1.10"), Raw("-1.5"), Raw("1.0e+3")),
    "bool": (True, False, Raw("yes"), Raw("off")),
    "str": ("text", "", "5", "true", "a b", "it's", "two\nlines\n"),
}


@dataclass(frozen=True)
class Input:
    """A declared input."""

    name: str
    type: str
    optional: bool


@dataclass
class Callee:
    """An action or module that flows and actions may call."""

    reference: str
    kind: str
    module: bool
    inputs: tuple[Input, ...]
    outputs: tuple[str, ...] = ()
    remote_tasks: bool = True  # it has more than local commands
    images: bool = False
    params: tuple[str, ...] = field(default=())


class ActionMaker(Maker):
    """Makes live actions and modules, and the calls; `trees` receives the files by path."""

    def __init__(self, random: Random, trees: dict[str, Tree], numbers: list[int]) -> None:
        super().__init__(random)
        self._trees = trees
        self._numbers = numbers  # a counter that all makers of a workspace share

    def place(self, *, module: bool) -> tuple[str, str]:
        """A new reference, and the path of its file."""
        self._numbers[0] += 1
        name = f"act{self._numbers[0]}"
        if not module and self.values.chance(0.3):
            return f"{self.random.choice(('gh', 'github'))}:own/{name}@v1", f"../actions/own/{name}@v1/action{self.random.choice(('.yml', '.yaml'))}"
        folder = self.random.choice(("", "", "acts/", "deep/er/"))
        suffix = self.random.choice((".yml", ".yml", ".yaml"))
        shown = self.random.choice(("", suffix))
        return f"{self.random.choice(('ws', 'ws', 'workspace'))}:{folder}{name}{shown}", f"{folder}{name}{suffix}"

    def live(self, sight: Sight, *, module: bool) -> Callee:
        """A live action or module; `sight` is that of the jobs that may call it."""
        reference, path = self.place(module=module)
        inputs, section = self.inputs()
        made: dict[str, Tree] = {"kind": "live", **self.heading(), **({"inputs": section} if section or self.values.chance(0.1) else {})}
        multi = self.values.chance(0.1)
        inner = self.inside(inputs, sight if module else Sight(frozenset({"flow"}), action_path=True, functions=True))
        if module and multi:
            inner = inner.plus("multi")
        job = self.values.unit(inner, image=True)
        for name in ("detach", "browse"):
            if self.values.chance(0.1):
                job[name] = self.values.truth(inner)
        if self.values.chance(0.15):
            job["port_forward"] = self.values.ports(inner)
        if multi:
            job["multi"] = True
        if self.values.chance(0.1):
            job["mixins"] = ["ignored"]
        self._trees[path] = {**made, "job": job}
        return Callee(reference, "live", module, inputs)

    def heading(self) -> dict[str, Tree]:
        """Name, author and description."""
        return {name: self.values.text(None) for name in ("name", "author", "descr") if self.values.chance(0.15)}

    def inputs(self) -> tuple[tuple[Input, ...], dict[str, Tree]]:
        """Declared inputs, and the section that declares them."""
        found: list[Input] = []
        section: dict[str, Tree] = {}
        for name in self.ids(3):
            type_ = self.random.choice(("str", "str", "int", "float", "bool"))
            optional = self.values.chance(0.6)
            body: dict[str, Tree] = {}
            if optional:
                body["default"] = self.random.choice(DEFAULTS[type_])
            elif self.values.chance(0.1):
                body["default"] = None
            if type_ != "str" or self.values.chance(0.2):
                body["type"] = type_
            if self.values.chance(0.2):
                body["descr"] = self.random.choice(WORDS)
            section[name] = body
            found.append(Input(name, type_, optional))
        return tuple(found), section

    @staticmethod
    def inside(inputs: tuple[Input, ...], sight: Sight) -> Sight:
        """What is seen inside a callee."""
        types = {
            f"inputs.{item.name}": item.type
            for item in inputs
            if item.type != "str" and item.name.isascii() and item.name not in ("or", "True1", "None_", "_priv")
        }
        inner = sight.plus(inputs=tuple(item.name for item in inputs if item.type == "str"))
        return Sight(inner.contexts, inner.names, inner.needs, inner.jobs, {**inner.types, **types}, sight.action_path, sight.functions)

    def call(self, callee: Callee, sight: Sight) -> dict[str, Tree]:
        """A call: the callee's reference and arguments that fit."""
        made: dict[str, Tree] = {"module" if callee.module else "action": callee.reference}
        args: dict[str, Tree] = {}
        for item in callee.inputs:
            if not item.optional or self.values.chance(0.5):
                args[item.name] = self._argument(item.type, sight)
        if args or callee.inputs or self.values.chance(0.2):
            made["args"] = args
        if self.values.chance(0.03):
            made.pop("args", None)
        return made

    def _argument(self, type_: str, sight: Sight) -> Tree:
        write, chance = self.values.expressions, self.values.chance
        if chance(0.02):
            return self.values.text(sight)
        if type_ == "int":
            return write.template(write.number(sight))
        if type_ == "float":
            return write.template(self.random.choice(("1.5", "4 / 2", "1.5e3", f"({write.number(sight)}) / 2")))
        if type_ == "bool":
            return write.template(self.random.choice(("True", "not True", "1 < 2")))
        form = self.random.random()
        if form < 0.4:
            return self.random.choice((*WORDS, 5, 1.5, True, Raw("010"), Raw("12:30")))
        return write.template(write.text(sight)) if form < 0.8 else write.mixed(sight)
