"""The part of a batch flow in the compiled document."""

from __future__ import annotations

from flowlang.compiler.flow import shared, volumes
from flowlang.compiler.lower import Json, lower, lower_sorted
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
    origins: dict[Entry, dict[str, Json]] = {}
    tasks: dict[str, Json] = {}
    for name, task in owner.graph.tasks.items():
        origin = origins.get(task.entry)
        if origin is None:
            origin = origins[task.entry] = _origin(task)
        tasks[name] = _task(task, origin)
    return {"tasks": tasks, "order": list(owner.graph.waves())}


def _task(task: Task, origin: dict[str, Json]) -> Json:
    document: dict[str, Json] = {
        "id": task.real_id,
        "declared_id": task.declared_id,
        "kind": task.kind,
        "needs": dict(task.needs),
        "matrix": lower(task.matrix),
        "strategy": lower(task.strategy),
        "cache": _cache(task.cache),
        "enable": lower(task.enabled),
    }
    if task.kind in ("action", "module"):
        document.update(_call(task))
    elif task.kind == "local":
        document["cmd"] = lower(task.command)
    else:
        document["spec"] = _spec(task)
    if task.kind == "post":
        document["state_from"] = task.state_from
    document["origin"] = {**origin}
    return document


def _spec(task: Task) -> Json:
    values = task.values
    spec: dict[str, Json] = {}
    for key in _UNIT_KEYS:
        value = values[key]
        spec[key] = None if value is None else lower_sorted(value) if key == "tags" and isinstance(value, list) else lower(value)
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
