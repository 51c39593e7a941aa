"""Tasks of batch flows: the engine's against ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

from tests.conformance.workspace_answers import Answer

Told = tuple[str, str, str]
"""A signature and both sides' words."""


class Comparing(Protocol):
    """What compares values."""

    def agrees(self, field: str, ours: Any, theirs: Any) -> bool: ...

    def within(self, inputs: dict[str, Any] | None) -> AbstractContextManager[None]: ...


def batch_disagreements(answer: Answer, flow: dict[str, Any], judge: Comparing) -> Iterator[Told]:
    """Every difference in the tasks of a flow that the engine builds."""
    if not answer.unit_refusals and not answer.bake:
        yield from _tasks(answer.units, answer.top, flow["tasks"], "", judge)


def _tasks(units: dict[str, Any], inner: list[str], tasks: dict[str, Any], start: str, judge: Comparing) -> Iterator[Told]:
    if list(tasks) != inner:
        yield ("tasks: other ids" if sorted(tasks) != sorted(inner) else "tasks: other order", str(inner), str(list(tasks)))
    for real_id in inner:
        unit, task = units[start + real_id], tasks.get(real_id)
        if task is None:
            continue
        yield from _task(unit, task, judge)
        if "inner" in unit and isinstance(task.get("tasks"), dict):
            with judge.within((task.get("calls") or {}).get("inputs")):
                yield from _tasks(units, unit["inner"], task["tasks"], f"{start}{real_id}.", judge)


def _task(unit: dict[str, Any], task: dict[str, Any], judge: Comparing) -> Iterator[Told]:
    kind = task.get("kind")
    for field in ("needs", "matrix", "strategy", "cache", "enable"):
        if field in unit and not judge.agrees(field, task.get(field), unit[field]):
            yield (f"value of task.{field} ({kind})", repr(unit[field]), repr(task.get(field)))
    if not judge.agrees("", task.get("declared_id"), unit["id"]):
        yield ("value of task.declared_id", repr(unit["id"]), repr(task.get("declared_id")))
    spec = task.get("spec") or {}
    for field, value in unit.get("task", {}).items():
        if field in spec and not judge.agrees(field, spec[field], value):
            yield (f"value of task.spec.{field} ({kind})", repr(value), repr(spec[field]))
    if "local" in unit and not judge.agrees("", task.get("cmd"), unit["local"].get("cmd")):
        yield ("value of task.cmd", repr(unit["local"].get("cmd")), repr(task.get("cmd")))
