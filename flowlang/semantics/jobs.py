"""Jobs of a live flow elaborated: every attribute computed, with where it came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from flowlang.diagnostics import Diagnostic, rule
from flowlang.expr import POISON, Record, Scope, Unknown
from flowlang.expr.types import STR
from flowlang.model import Block, Item, Leaf
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.convert import ConversionError
from flowlang.semantics.leaves import conversion_diagnostic
from flowlang.semantics.flow import tag_of
from flowlang.semantics.live import LiveFlow
from flowlang.semantics.merge import Merged, merged
from flowlang.semantics.params import elaborate_params, param_parts
from flowlang.semantics.unknowns import concatenate, unknown
from flowlang.semantics.uris import normalise_image
from flowlang.text import Span, quoted

# Attributes evaluated as they are, with nothing mixed in from the flow.
PLAIN_ATTRIBUTES = ("name", "entrypoint", "cmd", "http_port", "http_auth", "pass_config", "restart")
# Attributes for which an absent, zero or empty value means the flow's default.
_WITH_DEFAULT = ("preset", "schedule_timeout", "life_span")
_FLAGS = ("detach", "browse")


class LiveJob:
    """One job of a live flow. `call` says that it is the call of an action or module."""

    def __init__(self, name: str, block: Block, key: Span, flow: LiveFlow) -> None:
        self.name = name
        self.block = block
        self.key = key
        self.flow = flow
        self.diagnostics: list[Diagnostic] = []
        self._attributes = Attributes(self.scope_of, self.diagnostics)

    @property
    def call(self) -> Leaf | None:
        """The reference of the action or module that the job calls, None for a plain job."""
        return self.block.leaf("module") or self.block.leaf("action")

    @property
    def is_call(self) -> bool:
        """Whether the job is made by an action or module."""
        return "module" in self.block.fields or "action" in self.block.fields

    @cached_property
    def merged(self) -> Merged:
        """The job with its mixins under it."""
        if self.is_call:
            return merged(self.block)
        return self.flow.mixins.apply(self.block, self.diagnostics)

    @cached_property
    def multi(self) -> bool:
        """Whether several instances may run side by side."""
        return bool(self._attributes.value(self.merged.first("multi")))

    @cached_property
    def params(self) -> dict[str, object]:
        """The context ``params``: values given, defaults, or unknown."""
        section = self.merged.first("params")
        if section is not None and "params" not in self.block.fields:
            self._mixin_params(section)
            return {}
        return elaborate_params(section, self._attributes, self.flow.given_params(self.name))

    def _mixin_params(self, section: Item) -> None:
        # engine 26.7: params of a mixin are never read as params; the job fails unless they are empty
        if isinstance(section, Leaf) and not section.value:
            return
        self.diagnostics.append(
            Diagnostic(
                rule("mixin-params"),
                section.source,
                section.span,
                f"params of a mixin are not supported: the job {quoted(self.name)} cannot be built with them",
                help="move them to the job",
            )
        )

    @cached_property
    def values(self) -> dict[str, object]:
        """Every attribute of the job's spec by name, in the order of the spec; empty for a call."""
        if self.is_call:
            return {}
        attributes, flow = self._attributes, self.flow
        first = self.merged.first
        title = attributes.value(first("title"))
        values: dict[str, object] = {"id": self.name}
        values["title"] = title if title is not None else self._default_title()
        values["image"] = self._image()
        for name in PLAIN_ATTRIBUTES:
            values[name] = attributes.value(first(name))
        for name in _WITH_DEFAULT:
            own = attributes.value(first(name))
            values[name] = own if isinstance(own, Unknown) or own else flow.default(name)
        workdir = attributes.value(first("workdir"))
        values["workdir"] = workdir if workdir is not None else flow.default("workdir")
        values["env"] = self._env()
        values["volumes"] = self._list("volumes", flow.default_volumes, drop_empty=True)
        values["tags"] = self._tags()
        values["port_forward"] = self._list("port_forward", [])
        for name in _FLAGS:
            flag = attributes.value(first(name))
            values[name] = flag if isinstance(flag, Unknown) else bool(flag)
        values["multi"] = self.multi
        values["params"] = self.params
        return values

    @property
    def uploads(self) -> list[str]:
        """Ids of the volumes that the job uploads before it starts, in the order of evaluation."""
        _ = self.values
        return self._attributes.uploads

    def _default_title(self) -> object:
        flow_id = self.flow.flow_id
        return f"{flow_id}.{self.name}" if isinstance(flow_id, str) else POISON

    def _image(self) -> object:
        item = self.merged.first("image")
        image = self._attributes.value(item)
        if image is None and not self.merged.complete:
            return POISON
        if image is None:
            place = self.key
            self.diagnostics.append(
                Diagnostic(
                    rule("missing-image"),
                    self.flow.file.source,
                    place,
                    f"job {quoted(self.name)} has no image",
                    help="add 'image: …' to the job or to one of its mixins",
                )
            )
            return POISON
        try:
            return normalise_image(image, self.flow.uri_base)
        except ConversionError as error:
            assert isinstance(item, Leaf)
            self.diagnostics.append(conversion_diagnostic(item, error))
            return POISON

    def _env(self) -> dict[object, object] | Unknown:
        base = self.flow.env
        pieces = self.merged.pieces.get("env", ())
        own = self._attributes.mapping(pieces)
        if isinstance(base, Unknown) or isinstance(own, Unknown):
            return own if isinstance(own, Unknown) else base
        return {**base, **own}

    def _list(self, name: str, before: list[object], *, drop_empty: bool = False) -> list[object]:
        return [*before, *self._attributes.list_of(name, self.merged.pieces.get(name, ()), drop_empty=drop_empty)]

    def _tags(self) -> list[object]:
        tags = [*self.flow.tags, f"job:{tag_of(self.name)}"]
        if self.multi:
            tags.append(concatenate(["multi:", self.suffix]))
        return [*tags, *self._list("tags", [])]

    @property
    def suffix(self) -> object:
        """The suffix of a multi job: given, or unknown until it starts."""
        given = self.flow.environment.suffix
        return given if given is not None else unknown(STR, "multi.suffix")

    def scope_of(self, leaf: Leaf) -> Scope:
        """What the expressions of one of the job's leaves see."""
        more: dict[str, Callable[[], object]] = {"params": lambda: self.params}
        scope = self.flow.variant(leaf.scope)
        if self.multi_seen and scope == "live-job":
            more["multi"] = lambda: Record("multi", {"suffix": self.suffix})
            scope = "live-multi-job"
        return self.flow.scope(scope, more)

    @property
    def multi_seen(self) -> bool:
        """Whether ``multi`` is in scope; for a call it depends on the action, so it is not judged."""
        return self.is_call or self.multi

    @cached_property
    def args(self) -> dict[object, object]:
        """The args of a call, evaluated in the scope of the job."""
        section = self.block.map("args")
        if section is None:
            return {}
        return {key: self._attributes.value(item) for key, item in section.entries.items()}

    def param_parts(self, item: Item) -> dict[str, object]:
        """A param as specs show it: its default and its description."""
        return param_parts(item, self._attributes)

    def elaborate(self) -> None:
        """Compute everything, so that every finding is made."""
        _ = self.params, self.values, self.args
