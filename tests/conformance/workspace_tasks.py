"""Tasks of batch flows: the engine's against ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.conformance.workspace_engine import Answer

Agrees = Callable[[str, Any, Any], bool]


def batch_disagreements(answer: Answer, flow: dict[str, Any], agrees: Agrees) -> Iterator[tuple[str, str, str]]:
    """Signature and both sides' words for every difference in the tasks of a flow."""
    if answer.unit_refusals or answer.bake:
        return
    ours = dict(_flat(flow["tasks"], ()))
    theirs = answer.units
    if list(ours) != list(theirs):
        yield ("tasks: other ids" if sorted(ours) != sorted(theirs) else "tasks: other order", str(list(theirs)), str(list(ours)))
    for dotted, unit in theirs.items():
        task = ours.get(dotted)
        if task is None:
            continue
        for field in ("needs", "matrix", "strategy", "cache", "enable"):
            if field in unit and not agrees(field, task.get(field), unit[field]):
                yield (f"value of task.{field} ({task.get('kind')})", repr(unit[field]), repr(task.get(field)))
        if not agrees("", task.get("declared_id"), unit["id"]):
            yield ("value of task.declared_id", repr(unit["id"]), repr(task.get("declared_id")))
        for field, value in unit.get("task", {}).items():
            spec = task.get("spec") or {}
            if field in spec and not agrees(field, spec[field], value):
                yield (f"value of task.spec.{field} ({task.get('kind')})", repr(value), repr(spec[field]))
        if "local" in unit and not agrees("", task.get("cmd"), unit["local"].get("cmd")):
            yield ("value of task.cmd", repr(unit["local"].get("cmd")), repr(task.get("cmd")))


def _flat(tasks: dict[str, Any], prefix: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for real_id, task in tasks.items():
        yield ".".join((*prefix, real_id)), task
        if isinstance(task.get("tasks"), dict):
            yield from _flat(task["tasks"], (*prefix, real_id))
