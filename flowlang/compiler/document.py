"""The document that `flowlang compile` prints, flow by flow."""

from __future__ import annotations

from flowlang.compiler.flow import shared, volumes
from flowlang.compiler.lower import Json, lower, lower_sorted
from flowlang.diagnostics import Diagnostic
from flowlang.semantics import Environment, LiveFlow, Project
from flowlang.semantics.jobs import LiveJob

VERSION = 1
"""The version of the format."""
FACTS = ("cluster", "org", "username", "git_sha", "git_branch", "git_tags", "bake_id", "suffix")
"""The facts of the environment that are written down where they are known; `project_name` always is."""

# Attributes of a job's spec, in the order in which they are written.
_JOB_KEYS = [
    "id",
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
    "detach",
    "browse",
    "port_forward",
    "multi",
]


def header(project: Project, environment: Environment, engine: str, *, relocatable: bool, only: str | None = None) -> dict[str, Json]:
    """What stands before the flows: format, engine, options in force, the project.

    The options are all that the same document can be made again with; where files lie is none of them.
    """
    options: dict[str, Json] = {"project_name": environment.project_name}
    for name in FACTS:
        value = getattr(environment, name)
        if value is not None:
            options[name] = list(value) if isinstance(value, tuple) else value
    if environment.params:
        options["params"] = list(environment.params)
    if only is not None:
        options["only"] = only
    options["relocatable"] = relocatable
    return {
        "version": VERSION,
        "engine": engine,
        "options": options,
        "project": {"id": project.id.value, "id_source": project.id.source, "owner": project.owner, "project_name": project.name},
    }


def live_document(flow: LiveFlow, path: str, errors: dict[str, Diagnostic]) -> dict[str, Json]:
    """The part of a live flow; `errors` holds the first refused finding of each job that cannot be built."""
    return {
        "kind": "live",
        "flow": {"flow_id": flow.flow_id, "title": flow.title, "life_span": None},
        **shared(flow),
        "images": lower(flow.images),
        "volumes": volumes(flow),
        "jobs": {name: _error(name, errors[name], path) if name in errors else _job(job, path) for name, job in flow.jobs.items()},
    }


def _job(job: LiveJob, path: str) -> Json:
    params = _params(job)
    origin = _origin(job, path)
    if job.is_call and job.action is None:
        unresolved = {"ref": job.reference, "file": None, "inputs": None, "args": lower(job.args), "unresolved": True}
        return {"id": job.name, "params": params, "calls": unresolved, "origin": origin}
    calls: Json = None
    if job.action is not None and job.inputs is not None:
        calls = {"ref": job.reference, "file": job.flow.shown_path(job.action), "inputs": lower(job.inputs.given)}
    values = job.values
    spec: dict[str, Json] = {}
    for key in _JOB_KEYS:
        value = values[key]
        spec[key] = lower_sorted(value) if key == "tags" and isinstance(value, list) else lower(value)
    return {**spec, "params": params, "uploads": list(dict.fromkeys(job.uploads)), "calls": calls, "origin": origin}


def _params(job: LiveJob) -> Json:
    section = job.block.map("params")
    if section is None:
        return {}
    return {str(name): lower(job.param_parts(item)) for name, item in section.entries.items()}


def _origin(job: LiveJob, path: str) -> Json:
    position = job.flow.file.source.position(job.key.start)
    return {"file": path, "line": position.line, "column": position.column}


def _error(name: str, error: Diagnostic, path: str) -> Json:
    position = error.source.position(error.span.start)
    return {"id": name, "error": {"code": error.rule.code, "message": error.message, "path": path, "line": position.line}}
