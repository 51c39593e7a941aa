"""The graph as an outline: waves of tasks that may run side by side."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.graphing.model import Group, TaskGraph, TaskNode
from flowlang.reporting.visible import visible


def lines(graph: TaskGraph) -> Iterator[str]:
    """The lines of the outline."""
    yield visible(f"{graph.title} ({graph.path})")
    yield from _group(graph.tasks, "")


def _group(group: Group, indent: str) -> Iterator[str]:
    nodes = {node.full_id: node for node in group.nodes}
    needs: dict[str, list[str]] = {}
    for edge in group.edges:
        name = nodes[edge.need].id
        needs.setdefault(edge.task, []).append(name if edge.level == "completed" else f"{name} ({edge.level})")
    placed = {name for wave in group.waves for name in wave}
    circle = tuple(name for name in nodes if name not in placed)
    digits = len(str(len(group.waves)))
    for number, wave in enumerate([*group.waves, *([circle] if circle else [])], 1):
        lead = f"{number:>{digits}}." if number <= len(group.waves) else "?."
        for name in wave:
            yield from _node(nodes[name], needs.get(name, []), f"{indent}{lead} ", f"{indent}{' ' * len(lead)} ")
            lead = " " * len(lead)
    if not group.nodes and group.complete:
        yield f"{indent}no tasks"
    if not group.complete:
        waits = f"wait for {', '.join(group.missing)}" if group.missing else "cannot be told"
        yield visible(f"{indent}some tasks are left out: they {waits}")


def _node(node: TaskNode, needs: list[str], lead: str, indent: str) -> Iterator[str]:
    name, *rest = node.label
    if needs:
        rest.append(f"needs {', '.join(needs)}")
    yield lead + visible(name + (f"  {'; '.join(rest)}" if rest else ""))
    if node.group is not None:
        yield from _group(node.group, indent)
