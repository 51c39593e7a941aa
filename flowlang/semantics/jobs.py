"""Jobs of a live flow elaborated: every attribute computed, with where it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, Effect, rule
from flowlang.expr import POISON, Record, Scope, Unknown, text_of
from flowlang.expr.types import STR
from flowlang.light import cached_property
from flowlang.model import Block, Item, Leaf
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.flow import tag_of
from flowlang.semantics.leaves import is_poisoned
from flowlang.semantics.live import LiveFlow
from flowlang.semantics.merge import Merged, merged
from flowlang.semantics.params import elaborate_params, param_parts
from flowlang.semantics.units import PLAIN_ATTRIBUTES, WITH_DEFAULT, elaborate_unit_image, join_env, own_variables
from flowlang.semantics.unknowns import concatenate, unknown
from flowlang.semantics.uris import UriBase
from flowlang.semantics.values import Values
from flowlang.text import Source, Span, quoted
from flowlang.yamltree import Mapping

if TYPE_CHECKING:
    from flowlang.semantics.actions import Action
    from flowlang.semantics.inputs import Inputs

_FLAGS = ("detach", "browse")
_ATTRIBUTES = (
    *("id", "title", "image", *PLAIN_ATTRIBUTES, *WITH_DEFAULT),
    *("workdir", "env", "volumes", "tags", "port_forward", *_FLAGS, "multi"),
)
"""The attributes of a job's spec, in the order in which they are evaluated."""


class LiveJob:
    """One job of a live flow, or the call of an action or module that makes it."""

    def __init__(self, name: str, block: Block, key: Span, flow: LiveFlow) -> None:
        self.name = name
        self.block = block
        self.key = key
        self.flow = flow
        self.diagnostics: list[Diagnostic] = []
        self._scopes: dict[str, Scope] = {}
        self.is_module = "module" in block.fields
        """Whether the job is made by a module, which sees everything of its caller."""
        self.is_call = self.is_module or "action" in block.fields
        """Whether the job is made by an action or module."""
        self._attributes = Attributes(self.scope_of, self.diagnostics)
        self._unit_attributes = Attributes(self.unit_scope, self.diagnostics)

    # --- calls ------------------------------------------------------------------------------

    @property
    def reference(self) -> str | None:
        """The reference of the action or module that the job calls."""
        leaf = self.block.leaf("module" if self.is_module else "action")
        return text_of(leaf.value) if leaf is not None and leaf.value is not None and not is_poisoned(leaf) else None

    @cached_property
    def action(self) -> Action | None:
        """The action that the job calls; None for a plain job, or where it cannot be had."""
        if not self.is_call or self.reference is None:
            return None
        leaf = self.block.leaf("module" if self.is_module else "action")
        assert leaf is not None
        from flowlang.semantics.calls import find_action

        return find_action(self.flow.actions, leaf, self.reference, ("live",), is_module=self.is_module, sink=self.diagnostics)

    @cached_property
    def inputs(self) -> Inputs | None:
        """The inputs of the call; None where they cannot be told."""
        if self.action is None or self.action.block is None:
            return None
        from flowlang.semantics.inputs import elaborate_inputs

        return elaborate_inputs(self.block, self.action, self._attributes)

    @cached_property
    def args(self) -> dict[object, object]:
        """The args of a call as they are, for one whose action is not at hand."""
        section = self.block.map("args")
        return {key: self._attributes.value(item) for key, item in section.entries.items()} if section is not None else {}

    # --- what the job is made of ------------------------------------------------------------

    @cached_property
    def unit(self) -> Merged | None:
        """The attributes of the job: its own with its mixins under them, or those of the action; None where they are not known."""
        if not self.is_call:
            return self.flow.mixins.apply(self.block, self.diagnostics)
        block = self.action.block.block("job") if self.action is not None and self.action.block is not None else None
        # engine 26.7: mixins of an action's job are ignored
        return merged(block) if block is not None and self.inputs is not None else None

    @cached_property
    def multi(self) -> bool | None:
        """Whether several instances may run side by side; None where that is not known."""
        if not self.is_call:
            unit = self.unit
        else:
            block = self.action.block.block("job") if self.action is not None and self.action.block is not None else None
            unit = merged(block) if block is not None else None
        if unit is None:
            return None
        value = self._attributes.value(unit.first("multi"))
        return None if isinstance(value, Unknown) else bool(value)

    @property
    def inherits(self) -> bool:
        """Whether the flow's defaults and ``env`` reach the job: not into actions."""
        return not self.is_call or self.is_module

    @cached_property
    def params(self) -> dict[str, object]:
        """The context ``params``: values given, defaults, or unknown."""
        section = self.block.fields.get("params")
        if not self.is_call and self.unit is not None and self._mixin_params(dropped=section is not None):
            return {}
        return elaborate_params(section, self._attributes, self.flow.given_params(self.name))

    def _mixin_params(self, *, dropped: bool) -> bool:
        """Report params of mixins; whether the job fails for them.

        Engine 26.7: they are never read as params. The job fails, unless they are empty or dropped for its own.
        """
        if dropped:
            blocks = [self.flow.mixins.blocks[name] for name in sorted(self.flow.mixins.used_by(self.block))]
        else:
            blocks = [piece.origin for piece in self.unit.pieces.get("params", ())[:1]] if self.unit is not None else []
        blocks = [block for block in blocks if "params" in block.fields and not _is_empty(block.fields["params"])]
        for block in blocks:
            message = f"params of a mixin are not supported: the job {quoted(self.name)} cannot be built with them"
            if dropped:
                message = f"params of a mixin are not supported: the job {quoted(self.name)} drops them, for it has its own"
            effect = Effect.BETRAYED if dropped else None
            place = block.key_span("params")
            self.diagnostics.append(Diagnostic(rule("mixin-params"), block.source, place, message, help="move them to the job", override_effect=effect))
        return bool(blocks) and not dropped

    @cached_property
    def values(self) -> Values:
        """Every attribute of the job's spec by name; empty where what the call makes is not known."""
        return Values(_ATTRIBUTES if self.unit is not None else (), self._value)

    def _value(self, name: str) -> object:
        """The value of one attribute."""
        unit, attributes = self.unit, self._unit_attributes
        assert unit is not None
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, unit)
        value = attributes.value(unit.first(name))
        if name in PLAIN_ATTRIBUTES or isinstance(value, Unknown):
            return value
        return bool(value) if name in _FLAGS else value or self._default(name)

    def _title(self, unit: Merged) -> object:
        title = self._unit_attributes.value(unit.first("title"))
        return title if title is not None else self._default_title()

    def _image(self, unit: Merged) -> object:
        return elaborate_unit_image(unit, self._unit_attributes, self._image_base, "job", *self._head)

    def _workdir(self, unit: Merged) -> object:
        workdir = self._unit_attributes.value(unit.first("workdir"))
        return workdir if workdir is not None else self._default("workdir")

    def _env(self, unit: Merged) -> object:
        return join_env(self.flow.env if self.inherits else {}, self._unit_attributes.mapping(unit.pieces.get("env", ())))

    def _volumes(self, unit: Merged) -> object:
        inherited = self.flow.default_volumes if self.inherits else ()
        return [*inherited, *self._unit_attributes.list_of("volumes", unit.pieces.get("volumes", ()), drop_empty=True)]

    def _tags(self, unit: Merged) -> object:
        own = self._unit_attributes.list_of("tags", unit.pieces.get("tags", ()))
        return [*self.flow.tags, f"job:{tag_of(self.name)}", *self._multi_tag(), *own]

    def _ports(self, unit: Merged) -> object:
        return self._unit_attributes.list_of("port_forward", unit.pieces.get("port_forward", ()))

    @property
    def _head(self) -> tuple[Source, Span]:
        """Where what is missing in the job is reported: its id, or the ``job`` of the action that makes it."""
        if self.action is not None and self.action.block is not None and "job" in self.action.block.keys:
            return self.action.file.source, self.action.block.key_span("job")
        return self.flow.file.source, self.key

    def _default(self, name: str) -> object:
        return self.flow.default(name) if self.inherits else None

    @property
    def _image_base(self) -> UriBase | None:
        """What the image is normalised against; in actions it stays as written, for ``project`` is out of reach."""
        return self.flow.uri_base if self.inherits else None

    @property
    def uploads(self) -> list[str]:
        """Ids of the volumes that the job uploads before it starts, in the order of evaluation."""
        if self.unit is not None:
            self.values.elaborate(self.unit)
        return [*self._attributes.uploads, *self._unit_attributes.uploads]

    def _default_title(self) -> object:
        flow_id = self.flow.flow_id
        return f"{flow_id}.{self.name}" if isinstance(flow_id, str) else POISON

    def _multi_tag(self) -> list[object]:
        return [concatenate(["multi:", self.suffix])] if self.multi else []

    @property
    def suffix(self) -> object:
        """The suffix of a multi job: given, or unknown until it starts."""
        given = self.flow.environment.suffix
        return given if given is not None else unknown(STR, "multi.suffix")

    # --- scopes -----------------------------------------------------------------------------

    def _own_contexts(self) -> dict[str, Callable[[], object]]:
        more: dict[str, Callable[[], object]] = {"params": lambda: self.params}
        if self.multi is not False:
            # of a call whose action is not known nobody can say whether it is multi
            more["multi"] = lambda: Record("multi", {"suffix": self.suffix})
        return more

    def scope_of(self, leaf: Leaf) -> Scope:
        """What the expressions of one of the job's own leaves see."""
        return self.scope_named(self.flow.variant(leaf.scope))

    def scope_named(self, scope: str) -> Scope:
        """The scope of that name in this job; ``live-job`` is that of its attributes."""
        known = self._scopes.get(scope)
        if known is None:
            name = "live-multi-job" if scope == "live-job" and self.multi is not False else scope
            known = self.flow.scope(name, self._own_contexts())
            if not self.is_call:
                known = known._replace(own_env=own_variables(self.unit))
            self._scopes[scope] = known
        return known

    def unit_scope(self, leaf: Leaf) -> Scope:
        """What the expressions of the job see, or those of the job that an action makes."""
        if not self.is_call:
            return self.scope_of(leaf)
        more: dict[str, Callable[[], object]] = {"inputs": lambda: self.inputs.seen if self.inputs is not None else POISON}
        if self.is_module:
            return self.flow.scope("live-module-multi-job" if self.multi else "live-module-job", {**self._own_contexts(), **more})
        return self.flow.scope("live-action-job", {**more, "flow": lambda: self.flow.with_action(self.action)})

    def param_parts(self, item: Item) -> dict[str, object]:
        """A param as specs show it: its default and its description."""
        return param_parts(item, self._attributes)

    def elaborate(self) -> None:
        """Compute all that something may be found out about, so that every finding is made."""
        _ = self.params
        if self.unit is not None:
            self.values.elaborate(self.unit)
        _ = self.args
        if not self.is_call and self.unit is not None and self.flow.mixins.leads_back:
            from flowlang.semantics.lost import lost_fields

            self.diagnostics += lost_fields(self.flow.mixins, self.block, self.unit)


_SPECIAL: dict[str, Callable[[LiveJob, Merged], object]] = {
    "id": lambda job, _: job.name,
    "title": LiveJob._title,
    "image": LiveJob._image,
    "workdir": LiveJob._workdir,
    "env": LiveJob._env,
    "volumes": LiveJob._volumes,
    "tags": LiveJob._tags,
    "port_forward": LiveJob._ports,
    "multi": lambda job, _: bool(job.multi),
}
"""How the attributes are computed that are not one value as it is written."""


def _is_empty(section: Item) -> bool:
    """Whether a section is left empty, or an empty mapping."""
    return (isinstance(section, Leaf) and section.value is None) or (isinstance(section.node, Mapping) and not section.node.pairs)
