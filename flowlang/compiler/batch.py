"""The part of a batch flow in the compiled document."""

from __future__ import annotations

from flowlang.compiler.flow import shared, volumes
from flowlang.compiler.lower import Json, copied, lower, lower_sorted
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.cache import Cache
from flowlang.semantics.owners import ActionRun, TaskOwner
from flowlang.semantics.params import param_parts
from flowlang.semantics.tasks import Entry, Task

# Attributes of an exec unit, in the order in which they are written.
_UNIT_KEYS = [
    "title",
    "name",
    "image",
    "preset",
    "schedule_timeout",
    "entrypoint",
    "cmd",
    "workdir",
    "env",
    "volumes",
    "tags",
    "life_span",
    "http_port",
    "http_auth",
    "pass_config",
    "restart",
]


def batch_document(flow: BatchFlow, path: str) -> dict[str, Json]:
    """The part of a batch flow."""
    section = flow.block.map("params")
    params = {str(name): lower(param_parts(item, flow.attributes)) for name, item in section.entries.items()} if section is not None else {}
    return {
        "kind": "batch",
        "flow": {"flow_id": flow.flow_id, "title": flow.title, "life_span": lower(flow.life_span)},
        "params": params,
        **shared(flow),
        "images": lower(flow.images),
        "volumes": volumes(flow),
        "strategy": lower(flow.strategy),
        **_tasks(flow.tasks),
    }


def _tasks(owner: TaskOwner) -> dict[str, Json]:
    tasks: dict[str, Json] = {}
    common: tuple[Entry, _Common] | None = None
    for name, task in owner.graph.tasks.items():
        if common is None or common[0] is not task.entry:
            common = task.entry, _Common(_origin(task))
        tasks[name] = _task(task, common[1])
    return {"tasks": tasks, "order": [list(wave) for wave in owner.graph.waves()]}


class _Common:
    """What the tasks of one entry have in common: where it begins, and what becomes of values that are one object in all of them."""

    def __init__(self, origin: dict[str, Json]) -> None:
        self.origin = origin
        self._lowered: dict[str, tuple[object, Json]] = {}

    def lower(self, name: str, value: object) -> Json:
        """A value as JSON, its own in each task."""
        known = self._lowered.get(name)
        if known is not None and known[0] is value:
            return copied(known[1])
        made = lower(value)
        self._lowered[name] = value, made
        return made


def _task(task: Task, common: _Common) -> Json:
    document: dict[str, Json] = {
        "id": task.real_id,
        "declared_id": task.declared_id,
        "kind": task.kind,
        "needs": dict(task.needs),
        "matrix": lower(task.matrix),
        "strategy": common.lower("strategy", task.strategy),
        "cache": _cache(task.cache),
        "enable": lower(task.enabled),
    }
    if task.kind in ("action", "module"):
        document.update(_call(task))
    elif task.kind == "local":
        document["cmd"] = lower(task.command)
    else:
        document["spec"] = _spec(task, common)
    if task.kind == "post":
        document["state_from"] = task.state_from
    document["origin"] = dict(common.origin)
    return document


def _spec(task: Task, common: _Common) -> Json:
    values = task.values
    spec: dict[str, Json] = {}
    for key in _UNIT_KEYS:
        value = values[key]
        if value is None or value.__class__ is str:
            spec[key] = value
        elif key == "tags" and isinstance(value, list):
            spec[key] = lower_sorted(value)
        else:
            spec[key] = common.lower(key, value)
    spec["uploads"] = list(dict.fromkeys(task.unit_attributes.uploads))
    return spec


def _call(task: Task) -> dict[str, Json]:
    reference = task.entry.reference.value if task.entry.reference is not None else None
    run = task.run
    if run is None or task.inputs is None:
        return {"calls": {"ref": reference, "file": None, "inputs": None, "args": lower(task.args), "unresolved": True}}
    calls = {"ref": reference, "file": task.owner.flow.shown_path(run.action), "inputs": lower(task.inputs.given)}
    return {"calls": calls, **_tasks(run), "images": lower(run.images), "outputs": _outputs(run)}


def _outputs(run: ActionRun) -> Json:
    return {name: lower(value) for name, value in run.outputs.items()}


def _cache(cache: Cache) -> Json:
    return {"strategy": cache.strategy, "life_span": lower(cache.life_span)}


def _origin(task: Task) -> dict[str, Json]:
    """Where the entry of a task begins."""
    source = task.entry.block.source
    position = source.position(task.entry.key.start)
    return {"file": task.owner.flow.origin_path(source), "line": position.line, "column": position.column}
