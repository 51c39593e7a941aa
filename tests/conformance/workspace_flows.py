"""What live and batch flows have in common, and the project file: defaults, images, volumes, mixins, params."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.conformance.workspace_expressions import Sight
from tests.conformance.workspace_values import IDS, LOCALS, NAMES, PATHS, WORDS, Values
from tests.conformance.workspace_yaml import Tree, dump

FILES = {"a.txt": "alpha\n", "b.txt": "", "Dockerfile": "FROM x\n", "sub/Dockerfile": "FROM y\n", "sub/x.py": "print()\n", "sub/deep/y.py": ""}
"""Files beside the configs, for hashes and images."""


@dataclass
class Workspace:
    """A workspace before it is on disk: YAML files as trees, or as texts where they were damaged as such."""

    name: str
    config: str
    trees: dict[str, Tree] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    seed: str = ""

    def files(self) -> dict[str, str]:
        """All YAML files as texts."""
        return {**{path: dump(tree, f"{self.seed}{path}") for path, tree in self.trees.items() if path not in self.texts}, **self.texts}


@dataclass
class Declared:
    """What the project file declares for all flows."""

    images: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    env: tuple[str, ...] = ()
    mixins: tuple[str, ...] = ()


class Maker:
    """Makes the parts of flows; `values` makes their attributes."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.values = Values(random)

    def ids(self, most: int) -> tuple[str, ...]:
        """A few ids."""
        return self.values.some(IDS, most)

    def defaults(self, sight: Sight, *, batch: bool, strict: bool = False) -> tuple[dict[str, Tree], tuple[str, ...]]:
        """A section `defaults`, and the names of its `env`."""
        make, chance = self.values, self.values.chance
        made: dict[str, Tree] = {}
        names: tuple[str, ...] = ()
        if chance(0.6):
            names = make.some(NAMES, 3)
            made["env"] = {name: make.text(sight, null=False) for name in names}
        elif chance(0.2):
            made["env"], names = make.expressions.template("{'A': flow.title, 'E0': 'x'}"), ("A", "E0")
        if chance(0.4):
            made["volumes"] = make.mounts(sight)
        if chance(0.4):
            made["tags"] = make.tags(sight)
        for name, value in (("workdir", make.path), ("life_span", make.span), ("preset", make.text), ("schedule_timeout", make.span)):
            if chance(0.2):
                made[name] = value(sight)
        if batch:
            if chance(0.2):
                made["fail_fast"] = self.random.choice((True, False, None, "no")) if strict else make.truth(sight)
            if chance(0.2):
                made["max_parallel"] = self.random.choice((1, 5, None, "3")) if strict else make.whole(sight)
            if chance(0.2):
                made["cache"] = self.cache(sight)
        return made, names

    def cache(self, sight: Sight) -> Tree:
        """A `cache`."""
        make = self.values
        made: dict[str, Tree] = {}
        if make.chance(0.7):
            made["strategy"] = self.random.choice(("none", "default", "inherit"))
        if make.chance(0.6):
            made["life_span"] = make.span(sight)
        return made or {"strategy": "default"}

    def images(self, names: tuple[str, ...], sight: Sight) -> dict[str, Tree]:
        """A section `images`."""
        return {name: self._image(sight) for name in names}

    def _image(self, sight: Sight) -> dict[str, Tree]:
        make, chance = self.values, self.values.chance
        made: dict[str, Tree] = {"ref": make.image(sight if "flow" in sight.contexts else None)}
        if chance(0.4):
            context = self.random.choice(
                (("sub", "sub/Dockerfile"), (".", "Dockerfile"), ("./sub/", "sub/./Dockerfile"), ("storage:ctx", "storage:ctx/Dockerfile"))
            )
            made["context"], made["dockerfile"] = context
            if chance(0.2):
                made["context"] = make.expressions.template(f"'{context[0]}'")
            if chance(0.1) and context[0] == "sub" and "flow" in sight.contexts:
                made["context"] = make.expressions.template("flow.workspace / 'sub'")
        if chance(0.2):
            made["build_args"] = make.texts(sight, lambda: make.text(sight, ("--a=1", "B=2"), null=False))
        if chance(0.2):
            made["env"] = make.env(sight)
        if chance(0.2):
            made["volumes"] = make.mounts(sight)
        for name, value in (("build_preset", make.text), ("extra_kaniko_args", make.text), ("force_rebuild", make.truth)):
            if chance(0.15):
                made[name] = value(sight)
        return made

    def volumes(self, names: tuple[str, ...], sight: Sight, *, local: bool) -> dict[str, Tree]:
        """A section `volumes`."""
        make, chance = self.values, self.values.chance
        made: dict[str, Tree] = {}
        for name in names:
            volume: dict[str, Tree] = {"remote": make.uri(sight), "mount": make.path(sight, PATHS)}
            if chance(0.5) and local:
                volume["local"] = make.path(sight, LOCALS)
            if chance(0.3):
                volume["read_only"] = make.truth(sight)
            if chance(0.05):
                volume.update(read_only=None)
            made[name] = volume
        return made

    def params(self, sight: Sight | None) -> dict[str, Tree]:
        """A section `params` in all its forms."""
        make = self.values
        made: dict[str, Tree] = {}
        for name in self.ids(3):
            default = make.text(sight, null=True)
            form = self.random.random()
            if form < 0.5:
                made[name] = default
            elif form < 0.9:
                made[name] = {"default": default, "descr": self.random.choice((None, *WORDS[:4]))} if make.chance(0.7) else {"default": default}
            else:
                made[name] = {"descr": "mandatory"} if make.chance(0.5) else {}
        return made

    def mixin_names(self, known: tuple[str, ...]) -> Tree:
        """A list for `mixins`: names, some more than once, some by an expression."""
        names: list[Any] = list(self.values.some(known, 2))
        if names and self.values.chance(0.1):
            names.append(names[0])
        return [self.values.expressions.template(f"'{name}'") if self.values.chance(0.1) else name for name in names]

    def project(self) -> tuple[dict[str, Tree], Declared]:
        """A project file, and what it declares."""
        make, chance = self.values, self.values.chance
        made: dict[str, Tree] = {"id": self.random.choice(("demo", "My_Proj", "x", "ünï"))}
        declared = Declared()
        if chance(0.4):
            made["project_name"] = self.random.choice(("other", "test-project", "Some/Path", None))
        if chance(0.3):
            made["owner"] = self.random.choice(("me", "an-owner", None))
        if chance(0.05):
            made["role"] = "some/role"
        sight = Sight()
        if chance(0.4):
            declared.images = self.ids(2)
            made["images"] = self.images(declared.images, sight)
        if chance(0.4):
            declared.volumes = self.ids(2)
            made["volumes"] = self.volumes(declared.volumes, sight, local=False)
        if chance(0.5):
            made["defaults"], declared.env = self.defaults(sight, batch=chance(0.4), strict=True)
        if chance(0.4):
            declared.mixins = self.ids(2)
            made["mixins"] = {
                name: {**make.unit(sight, image=False), **({"mixins": self.mixin_names(declared.mixins[:index])} if index and chance(0.5) else {})}
                for index, name in enumerate(declared.mixins)
            }
        return made, declared
