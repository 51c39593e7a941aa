"""A batch flow elaborated: params, strategy, cache and tasks on top of what all flows have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flowlang.expr import STR, Keys, Record, Scope
from flowlang.light import cached_property
from flowlang.semantics.actions import Action
from flowlang.semantics.cache import Cache, lay_cache
from flowlang.semantics.flow import Flow
from flowlang.semantics.mixins import Mixins
from flowlang.semantics.owners import Contexts, TaskOwner
from flowlang.semantics.params import elaborate_params
from flowlang.semantics.unknowns import concatenate, unknown
from flowlang.semantics.uris import UriBase

# What leaves of project.yml see in a batch flow.
_VARIANTS = {"project-eager": "batch-eager", "project-mixin": "batch-task", "project-defaults": "batch-defaults"}


class BatchFlow(Flow):
    """One batch flow. Its tasks are owned by `tasks`."""

    defaults_keys = frozenset({"env", "volumes", "tags", "workdir", "life_span", "preset", "schedule_timeout", "fail_fast", "max_parallel", "cache"})
    eager_scope = "batch-eager"
    record_type = "batch-flow"
    tasks_made = 0
    """How many tasks were made so far, those of all actions that are called included."""
    has_too_many_tasks = False

    def variant(self, scope: str) -> str:
        """The scope that a leaf of project.yml has here."""
        return _VARIANTS.get(scope, scope)

    def more_fields(self) -> dict[str, object]:
        """The life span of the flow."""
        return {"life_span": self.life_span}

    @cached_property
    def life_span(self) -> object:
        """The life span of the flow in seconds, None without one."""
        return self.attributes.value(self.block.fields.get("life_span"))

    @cached_property
    def params(self) -> dict[str, object]:
        """The context ``params``: values given, defaults, or unknown."""
        return elaborate_params(self.block.fields.get("params"), self.attributes, self._given_params())

    def _given_params(self) -> dict[str, str]:
        given: dict[str, str] = {}
        stronger: dict[str, str] = {}
        for text in self.environment.params:
            name, _, value = text.partition("=")
            owner, colon, inner = name.partition(":")
            if colon and owner == self.file.stem:
                stronger[inner] = value
            elif not colon and "." not in name:
                given[name] = value
        return {**given, **stronger}

    @cached_property
    def strategy(self) -> Record:
        """The context ``strategy`` of the flow: from its defaults, else all at once up to ten, the first failure ends it."""
        fields = {"fail_fast": self.default("fail_fast"), "max_parallel": self.default("max_parallel")}
        for name, value in (("fail_fast", True), ("max_parallel", 10)):
            if fields[name] is None:
                fields[name] = value
        return Record("strategy", fields)

    @cached_property
    def cache(self) -> Cache:
        """The cache settings that tasks start from: built in, project, flow."""
        base = self.project.defaults.fields.get("cache") if self.project.defaults is not None else None
        own = self.block.block("defaults")
        cache = lay_cache(Cache(), base, self.attributes)
        return lay_cache(cache, own.fields.get("cache") if own is not None else None, self.attributes)

    def contexts(self) -> Contexts:
        """Every context that the flow can offer outside tasks."""
        return {**super().contexts(), "params": lambda: self.params_context, "strategy": lambda: self.strategy}

    @cached_property
    def params_context(self) -> Mapping[str, object]:
        """The params as expressions see them."""
        return Keys(self.params, "unknown-param", "param")

    def scope_over(self, name: str, contexts: Mapping[str, Callable[[], object]]) -> Scope:
        """The scope of that name out of these contexts alone."""
        return self.make_scope(name, contexts)

    @cached_property
    def bake_tag(self) -> object:
        """The tag of every task that names the run."""
        given = self.environment.bake_id
        return concatenate(["bake_id:", given if given is not None else unknown(STR, "bake_id")])

    @cached_property
    def tasks(self) -> FlowTasks:
        """The owner of the flow's own tasks."""
        return FlowTasks(self)

    def release(self) -> None:
        """Take the flow and its tasks apart."""
        if "tasks" in vars(self):
            self.tasks.release()
        super().release()

    def elaborate(self) -> None:
        """Compute everything, so that every finding is made."""
        from flowlang.semantics.bake import check_bake

        _ = self.flow_id, self.title, self.life_span, self.params, self.env, self.tags, self.default_volumes
        _ = self.volumes, self.images, self.mixins, self.strategy, self.cache
        for name in ("workdir", "life_span", "preset", "schedule_timeout"):
            self.default(name)
        self.tasks.elaborate()
        check_bake(self)


class FlowTasks(TaskOwner):
    """The tasks of a batch flow itself."""

    def __init__(self, flow: BatchFlow) -> None:
        self.flow = flow
        self.block = flow.block
        self.prefix = ()
        self.sink = flow.diagnostics

    @property
    def mixins(self) -> Mixins:
        """The mixins of project and flow."""
        return self.flow.mixins

    @property
    def inherits(self) -> bool:
        """The defaults of the flow reach its own tasks."""
        return True

    @property
    def uri_base(self) -> UriBase:
        """Images are normalised against the project."""
        return self.flow.uri_base

    @property
    def strategy(self) -> Record:
        """The strategy of the flow."""
        return self.flow.strategy

    @property
    def cache(self) -> Cache:
        """The cache settings of the flow."""
        return self.flow.cache

    def contexts(self) -> Contexts:
        """The contexts of the flow."""
        return self.flow.contexts()

    def scope(self, name: str, contexts: Mapping[str, Callable[[], object]]) -> Scope:
        """The scope of that name."""
        return self.flow.scope_over(self.flow.variant(name), contexts)

    def ancestors(self) -> tuple[Action, ...]:
        """No action is being run around the flow."""
        return ()
