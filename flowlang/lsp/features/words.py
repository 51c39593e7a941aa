"""Documentation as editors show it, in Markdown: of attributes from the schemas, of contexts and functions from data."""

from __future__ import annotations

from flowlang.expr import Function
from flowlang.expr.values import Unknown
from flowlang.queries.showing import short, type_name, value_text
from flowlang.schema import Notes, scopes
from flowlang.schema.tables import document
from flowlang.text import shortened

LONGEST = 300
"""Characters of a value that are shown."""

TYPES = {
    "str": "text",
    "bash": "Bash script",
    "python": "Python script",
    "image": "image reference",
    "timespan": "time span",
    "int": "whole number",
    "float": "number",
    "bool": "truth value",
    "enable": "condition",
    "remote-path": "path in the container",
    "local-path": "path from the workspace",
    "context-path": "path from the workspace, or a 'storage:' URI",
    "uri": "URI",
    "list": "list",
    "mapping": "mapping",
    "map": "mapping by name",
    "block": "block of keys",
    "id": "name",
    "enum": "one of a few words",
    "restart": "one of a few words",
    "ref": "reference of an action",
    "mixin-name": "name of a mixin",
    "port-pair": "pair of ports",
    "primitive": "text, number or truth value",
    "param": "default, or 'default' and 'descr'",
}
"""Types of attributes in words."""

CONTEXTS = {
    "env": "Variables of `defaults.env`, of the flow and of project.yml. The job's own `env` is not in it.",
    "flow": "Facts about the flow: `flow_id`, `project_id`, `workspace`, `title`, `username`; in batch flows `life_span`, in actions `action_path`.",
    "git": "The commit that is checked out: `sha`, `branch`, `tags`. Reading it fails outside a repository.",
    "images": "Images of the flow and of project.yml, by id.",
    "inputs": "Inputs of the action, as the call gives them. Empty when the call has no `args`.",
    "matrix": "Values of this row of the task's matrix, and `ORDINAL`, its number from 0.",
    "multi": "The instance of a `multi` job: `suffix`.",
    "needs": "Tasks that came first, by id: `result` and `outputs`. Only those that are needed as `completed`.",
    "params": "Params of the job or flow, as texts.",
    "project": "The project: `id`, `owner`, `project_name`.",
    "state": "What the main task of a stateful action saved, for its post task.",
    "strategy": "Limits of the task: `fail_fast`, `max_parallel`.",
    "tags": "Tags of the flow, as a set of texts.",
    "volumes": "Volumes of the flow and of project.yml, by id.",
}
"""Every context in a line or two (engine 26.7: context)."""

FIELDS = {
    ("flow", "flow_id"): "The flow's `id`, or its file's name with `-` as `_`.",
    ("flow", "project_id"): "The project's id.",
    ("flow", "workspace"): "Folder of the workspace, on the machine that starts the flow.",
    ("flow", "title"): "The flow's `title`, or its id.",
    ("flow", "username"): "Who is logged in to the platform.",
    ("flow", "life_span"): "How long the flow may run, in seconds.",
    ("flow", "action_path"): "Folder of the action's file.",
    ("project", "id"): "`id` of project.yml, or the folder's name.",
    ("project", "owner"): "`owner` of project.yml.",
    ("project", "project_name"): "Project on the platform, of project.yml or of the user.",
    ("git", "sha"): "Hash of the commit.",
    ("git", "branch"): "Name of the branch.",
    ("git", "tags"): "Tags of the commit; one empty text when there are none.",
    ("multi", "suffix"): "What tells this instance of the job from the others.",
    ("strategy", "fail_fast"): "Whether the failure of a task stops the flow.",
    ("strategy", "max_parallel"): "The most tasks that run at once.",
    ("need", "result"): "`succeeded`, `failed`, `cancelled` or `skipped`.",
    ("need", "outputs"): "What the task printed as outputs, or what the action declares, as texts.",
    ("volume", "id"): "The volume's id.",
    ("volume", "remote"): "URI of the data.",
    ("volume", "mount"): "Path in the container.",
    ("volume", "read_only"): "Whether `ref` mounts it read-only.",
    ("volume", "local"): "Local folder, as it is written.",
    ("volume", "full_local_path"): "Local folder, absolute.",
    ("volume", "ref"): "Reference for `volumes` of a job: `remote:mount:ro` or `:rw`.",
    ("volume", "ref_ro"): "Reference that mounts it read-only.",
    ("volume", "ref_rw"): "Reference that mounts it for reading and writing.",
    ("image", "id"): "The image's id.",
    ("image", "ref"): "Reference for `image` of a job.",
    ("image", "context"): "Folder to build from.",
    ("image", "dockerfile"): "Dockerfile to build with.",
    ("image", "dockerfile_rel"): "The Dockerfile, from the context.",
    ("image", "build_args"): "Build arguments.",
    ("image", "env"): "Variables of the build.",
    ("image", "volumes"): "Volumes of the build.",
    ("image", "build_preset"): "Hardware preset of the build.",
    ("image", "force_rebuild"): "Whether it is built even if it is there.",
    ("image", "extra_kaniko_args"): "Further arguments of the image builder.",
}
"""Fields of the objects in contexts, by what the object is (engine 26.7: context)."""


def attribute_doc(notes: Notes, scope: str) -> str:
    """The documentation of an attribute: what it is, its type with unit and default, and what its expressions see."""
    facts = [f"*{TYPES[notes.type]}*" if notes.type in TYPES else ""]
    if notes.unit is not None:
        facts.append(f"in {notes.unit}")
    if notes.default is not None:
        facts.append(f"default `{notes.default}`")
    if notes.since is not None:
        facts.append(f"since release {notes.since}")
    if notes.until is not None:
        facts.append(f"until release {notes.until}")
    paragraphs = [notes.doc, ", ".join(fact for fact in facts if fact)]
    if notes.deprecated is not None:
        paragraphs.insert(0, f"**Deprecated:** {notes.deprecated[0]}.")
    if notes.type not in ("block", "map") and (words := scope_words(scope)):
        paragraphs.append(words)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def scope_words(scope: str) -> str:
    """What expressions see in a scope of that name."""
    contexts = scopes().get(scope)
    if contexts is None:
        return ""
    if scope in ("none", "unevaluated"):
        return "Takes no expressions." if scope == "none" else ""
    return f"Expressions see {', '.join(f'`{context}`' for context in contexts)}." if contexts else "Expressions see no contexts."


def scope_doc(scope: str) -> str:
    """What the schemas say of a scope."""
    row = document("common")["x-flow"]["scopes"].get(scope, {})
    doc: str = row.get("doc", "")
    return doc


def function_doc(function: Function) -> str:
    """A function: its signature with the type of the result, and what it gives."""
    return f"```\n{function.signature} → {short(function.result)}\n```\n\n{function.doc[:1].upper()}{function.doc[1:]}."


def value_words(value: object) -> str:
    """A value in a line, or what it waits for; empty where it is wrong."""
    from flowlang.expr import POISON, unknowns

    inside = unknowns(value)
    if any(part is POISON for part in inside):
        return ""
    if inside:
        waits = sorted(frozenset[str]().union(*(part.waits for part in inside)))
        return f"waits for {', '.join(f'`{name}`' for name in waits)}" if waits else "known at the run"
    text = value_text(value)
    return code(shortened(text, LONGEST))


def seconds_words(value: float) -> str:
    """A time span in seconds: whole ones without a point, and those that are no number of them as Python writes it."""
    return f"{int(value) if float(value).is_integer() else value} seconds"


def code(text: str) -> str:
    """A text as code in a line of Markdown, whatever marks are in it."""
    text = " ".join(text.splitlines()) or " "
    ticks = "`" * (1 + max((len(run) for run in _runs(text)), default=0))
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _runs(text: str) -> list[str]:
    import re

    return re.findall("`+", text)


def type_words(value: object) -> str:
    """The type of a value in short."""
    return short(value.type) if isinstance(value, Unknown) else type_name(value)
