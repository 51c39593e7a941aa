"""What the documents of live and batch flows share."""

from __future__ import annotations

from flowlang.compiler.lower import Json, lower, lower_sorted
from flowlang.expr import Record
from flowlang.semantics.flow import Flow


def shared(flow: Flow) -> dict[str, Json]:
    """The variables and tags of the flow."""
    return {"env": lower(flow.env), "tags": lower_sorted(flow.tags)}


def volumes(flow: Flow) -> Json:
    """The volumes of the flow by id."""
    return {name: _volume(record) for name, record in flow.volumes.items()}


def _volume(record: object) -> Json:
    """A volume's fields, and the reference it is usually mounted by."""
    assert isinstance(record, Record)
    fields = lower(record)
    assert isinstance(fields, dict)
    return {**fields, "ref": lower(record.fields["ref"])}
