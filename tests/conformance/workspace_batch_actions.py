"""Random batch, stateful and local actions, and batch modules."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.conformance.workspace_actions import ActionMaker, Callee
from tests.conformance.workspace_expressions import Sight
from tests.conformance.workspace_yaml import Tree

if TYPE_CHECKING:
    from tests.conformance.workspace_batch import TaskMaker


class BatchActionMaker(ActionMaker):
    """Makes what batch flows call; `tasks` makes the tasks inside."""

    tasks: TaskMaker
    mixins: tuple[str, ...] = ()

    def __init__(self, random: Random, trees: dict[str, Tree], numbers: list[int]) -> None:
        super().__init__(random, trees, numbers)

    def any(self, sight: Sight, depth: int) -> Callee | None:
        """An action or module of any kind; none that calls others at the deepest level."""
        kind = self.random.choice(("batch", "module", "stateful", "local", "batch") if depth > 0 else ("stateful", "local"))
        if kind == "local":
            return self._local()
        return self._stateful(sight) if kind == "stateful" else self._batch(sight, depth, module=kind == "module")

    def _local(self) -> Callee:
        reference, path = self.place(module=False)
        inputs, section = self.inputs()
        outputs = self._outputs()
        made: dict[str, Tree] = {"kind": "local", **self.heading(), **({"inputs": section} if section else {}), **self._declared(outputs)}
        made[self.random.choice(("cmd", "bash", "python"))] = self.values.text(self.inside(inputs, Sight(frozenset(), functions=False)), null=False)
        self._trees[path] = made
        return Callee(reference, "local", False, inputs, outputs, remote_tasks=False)

    def _stateful(self, sight: Sight) -> Callee:
        reference, path = self.place(module=False)
        inputs, section = self.inputs()
        outputs = self._outputs()
        made: dict[str, Tree] = {"kind": "stateful", **self.heading(), **({"inputs": section} if section else {}), **self._declared(outputs)}
        made["main"] = self.values.unit(self.inside(inputs, Sight(frozenset(), functions=False)), image=True)
        if self.values.chance(0.6):
            # what a post task sees depends on the place of the call: only what is there everywhere
            post = Sight(frozenset({"flow"}), functions=True).plus("matrix", "strategy", "needs", state=("s", "t_1"))
            made["post"] = self.values.unit(post, image=True)
            if self.values.chance(0.4):
                made["post_if"] = self.values.expressions.template(self.random.choice(("always()", "success()", "True", "state.s == '1'")))
        self._trees[path] = made
        return Callee(reference, "stateful", False, inputs, outputs)

    def _batch(self, sight: Sight, depth: int, *, module: bool) -> Callee:
        reference, path = self.place(module=module)
        inputs, section = self.inputs()
        made: dict[str, Tree] = {"kind": "batch", **self.heading(), **({"inputs": section} if section else {})}
        images = self.ids(2) if self.values.chance(0.4) else ()
        early = Sight(frozenset({"flow"}), action_path=True)
        base = self.inside(inputs, early)
        if module:
            base = base.plus(
                *(sight.contexts & {"project", "params", "env", "tags", "volumes"}),
                **{name: sight.names.get(name, ()) for name in ("params", "env", "volumes")},
            )
        if images:
            made["images"] = {
                name: {**image, "ref": f"image:act-{self._numbers[0]}-{index}"} for index, (name, image) in enumerate(self.images(images, base).items())
            }
        if self.values.chance(0.2):
            made["cache"] = self.cache(base)
        known = base.plus(images=images)
        tasks, entries = self.tasks.tasks(known, early.plus("strategy"), self.mixins if module and depth > 1 else (), most=2, depth=depth - 1)
        made["tasks"] = tasks
        outputs = self._outputs()
        if outputs:
            values = [f"needs.{name}.outputs.{out}" for entry in entries for name in entry.ids if name.isascii() for out in entry.outputs] or ["'v'"]
            made["outputs"] = {name: {"value": self.values.expressions.template(self.random.choice(values))} for name in outputs}
        self._trees[path] = made
        return Callee(reference, "batch", module, inputs, outputs, images=bool(images))

    def _outputs(self) -> tuple[str, ...]:
        return self.values.some(("o1", "res", "Out"), 2)

    def _declared(self, outputs: tuple[str, ...]) -> dict[str, Tree]:
        return {"outputs": {name: {"descr": "an output"} if self.values.chance(0.7) else {} for name in outputs}} if outputs else {}
