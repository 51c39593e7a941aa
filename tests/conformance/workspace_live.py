"""Random live flows that make sense."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.conformance.workspace_actions import ActionMaker, Callee
from tests.conformance.workspace_expressions import Sight
from tests.conformance.workspace_flows import Declared, Maker
from tests.conformance.workspace_yaml import Raw, Tree


def unique(*groups: tuple[str, ...]) -> tuple[str, ...]:
    """All names of the groups, each once."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


class LiveMaker(Maker):
    """Makes live flows on top of what a project file declares."""

    def __init__(self, random: Random, declared: Declared, actions: ActionMaker | None = None) -> None:
        super().__init__(random)
        self._declared = declared
        self._actions = actions
        self._callees: list[Callee] = []
        self.sight = Sight()

    def flow(self) -> dict[str, Tree]:
        """A live flow."""
        values, chance, declared = self.values, self.values.chance, self._declared
        eager = Sight().plus("git")
        made: dict[str, Tree] = {"kind": "live"}
        if chance(0.2):
            made["id"] = self.random.choice(("flow_id", "Live2", None))
        if chance(0.3):
            made["title"] = values.text(None)
        images, volumes = self.ids(3), self.ids(3)
        if images or chance(0.1):
            made["images"] = self.images(images, eager) or None
        if volumes or chance(0.1):
            made["volumes"] = self.volumes(volumes, eager, local=True)
        env: tuple[str, ...] = ()
        if chance(0.6):
            made["defaults"], env = self.defaults(eager, batch=False)
            made["defaults"] = made["defaults"] or None
        self.sight = eager.plus("tags", env=unique(env, declared.env), images=unique(images, declared.images), volumes=unique(volumes, declared.volumes))
        mixins = self.ids(3) if chance(0.6) else ()
        reachable = self._mixins(made, mixins)
        jobs = self.ids(4)
        made["jobs"] = {name: self._job(jobs, reachable) for name in jobs}
        if self._actions is not None:
            for name in self.ids(3):
                made["jobs"][name] = self._call(self._actions, jobs)
        names = list(made)
        self.random.shuffle(names)
        return {name: made[name] for name in (names if chance(0.3) else made)}

    def _call(self, actions: ActionMaker, jobs: tuple[str, ...]) -> dict[str, Tree]:
        """A job that calls an action or module, new or known."""
        params = self.params(replace(self.sight, jobs=jobs)) if self.values.chance(0.3) else {}
        sight = replace(self.sight.plus(params=tuple(params)), jobs=jobs)
        if self._callees and self.values.chance(0.3):
            callee = self.random.choice(self._callees)
        else:
            # a module sees the params of each job that calls it: it may rely on those of all alone
            module = self.values.chance(0.4)
            callee = actions.live(self.sight.plus("params"), module=module)
            self._callees.append(callee)
        made = actions.call(callee, sight)
        if params:
            made["params"] = params
        return made

    def _mixins(self, made: dict[str, Tree], names: tuple[str, ...]) -> tuple[str, ...]:
        """Add the section `mixins`; gives the names that jobs may use."""
        known = self._declared.mixins
        if names:
            section: dict[str, Tree] = {}
            for index, name in enumerate(names):
                body = self._unit(self.sight.plus("params"), image=False)
                below = unique(names[:index], tuple(other for other in known if other not in names))
                if below and self.values.chance(0.5):
                    body["mixins"] = self.mixin_names(below)
                if self.values.chance(0.05):
                    body.update(self.random.choice(({"multi": True}, {"multi": False}, {"params": {"p": "1"}}, {"params": {}})))
                section[name] = body
            made["mixins"] = section
        return unique(names, known)

    def _unit(self, sight: Sight, *, image: bool) -> dict[str, Tree]:
        values, chance = self.values, self.values.chance
        made = values.unit(sight, image=image)
        for name in ("detach", "browse"):
            if chance(0.1):
                made[name] = values.truth(sight)
        if chance(0.15):
            made["port_forward"] = values.ports(sight)
        return made

    def _job(self, jobs: tuple[str, ...], mixins: tuple[str, ...]) -> dict[str, Tree]:
        chance, sight = self.values.chance, self.sight
        made: dict[str, Tree] = {}
        params: dict[str, Tree] = {}
        if chance(0.4):
            params = self.params(replace(sight, jobs=jobs))
        multi = chance(0.15)
        sight = replace(sight.plus(params=tuple(params)), jobs=jobs)
        made = self._unit(sight.plus("multi") if multi else sight, image=True)
        if params:
            made["params"] = params
        elif chance(0.03):
            made["params"] = self.random.choice((None, {}))
        if multi or chance(0.05):
            made["multi"] = multi if chance(0.8) else self.random.choice((Raw("yes"), 1, "true")) if multi else self.random.choice((False, None))
        if mixins and chance(0.6):
            made["mixins"] = self.mixin_names(mixins)
        return made
