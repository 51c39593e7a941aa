"""The graph as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.graphing.model import Group, TaskGraph, TaskNode
from flowlang.text import json_text

VERSION = 1
"""Grows when a key is taken away or changes its meaning."""


def lines(graph: TaskGraph) -> Iterator[str]:
    """The lines of the document."""
    yield from json_text(document(graph)).split("\n")


def document(graph: TaskGraph) -> dict[str, object]:
    """The graph as plain values: a flow, with its tasks, needs and waves; calls hold the same again."""
    return {"version": VERSION, "flow": graph.path, "title": graph.title, **_group(graph.tasks)}


def _group(group: Group) -> dict[str, object]:
    return {
        "tasks": [_node(node) for node in group.nodes],
        "needs": [{"task": edge.task, "need": edge.need, "level": edge.level} for edge in group.edges],
        "waves": [list(wave) for wave in group.waves],
        "complete": group.complete,
        "waits": list(group.missing),
    }


def _node(node: TaskNode) -> dict[str, object]:
    row: dict[str, object] = {
        "id": node.full_id,
        "kind": node.kind,
        "enable": node.enable,
        "waits": list(node.waits),
        "matrix": dict(node.matrix),
    }
    if node.call is not None:
        row["calls"] = node.call.reference
        row["unresolved"] = node.call.inside is None
        if node.group is not None:
            row["inside"] = _group(node.group)
    return row
