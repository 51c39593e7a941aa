"""The graph in the language of Graphviz.

Facts about the language: in a double-quoted text only ``\\"`` is special to its reader; labels then know
backslash escapes (``\\n``, ``\\N`` for the node's name) and HTML entities (``&amp;``).
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.graphing.model import Group, TaskGraph, TaskNode
from flowlang.reporting.visible import visible

_SHAPES = {"task": "box", "action": "component", "module": "component", "local": "note", "stateful": "box3d", "post": "cds"}


def lines(graph: TaskGraph) -> Iterator[str]:
    """The lines of the document."""
    yield f"digraph {_id(graph.name)} {{"
    yield f'  graph [compound=true, rankdir=LR, fontname="sans-serif", labelloc=t, label={_label((graph.title,))}];'
    yield '  node [shape=box, fontname="sans-serif"];'
    yield '  edge [fontname="sans-serif"];'
    yield from _group(graph.tasks, "  ")
    yield "}"


def _group(group: Group, indent: str) -> Iterator[str]:
    for node in group.nodes:
        yield from _node(node, indent)
    nodes = {node.full_id: node for node in group.nodes}
    for edge in group.edges:
        need, task = nodes[edge.need], nodes[edge.task]
        attributes = []
        if need.group is not None:
            attributes.append(f"ltail={_id(_cluster(need))}")
        if task.group is not None:
            attributes.append(f"lhead={_id(_cluster(task))}")
        if edge.level != "completed":
            attributes.append(f"style=dashed, label={_label((edge.level,))}")
        rest = f" [{', '.join(attributes)}]" if attributes else ""
        yield f"{indent}{_id(_end(need, last=True))} -> {_id(_end(task, last=False))}{rest};"
    if not group.complete:
        waits = f"wait for {', '.join(group.missing)}" if group.missing else "cannot be told"
        yield f"{indent}// some tasks are left out: they {visible(waits)}"


def _node(node: TaskNode, indent: str) -> Iterator[str]:
    if node.group is None:
        styles = [word for word, wanted in (("rounded", node.kind == "task"), ("dashed", node.enable is not None)) if wanted]
        style = f", style={_id(','.join(styles))}" if styles else ""
        gray = ", color=gray, fontcolor=gray" if node.enable == "never" else ""
        yield f"{indent}{_id(node.full_id)} [shape={_SHAPES.get(node.kind, 'box')}, label={_label(node.label)}{style}{gray}];"
        return
    yield f"{indent}subgraph {_id(_cluster(node))} {{"
    yield f"{indent}  label={_label(node.label)};"
    yield f"{indent}  style={_id('rounded,dashed' if node.enable is not None else 'rounded')};"
    yield from _group(node.group, indent + "  ")
    yield f"{indent}}}"


def _end(node: TaskNode, *, last: bool) -> str:
    """The task at which an edge ends: an edge to a cluster is one to a task in it, cut at the cluster's border."""
    while node.group is not None:
        waves = node.group.waves
        wanted = waves[-1 if last else 0][0] if waves else node.group.nodes[0].full_id
        node = next(inner for inner in node.group.nodes if inner.full_id == wanted)
    return node.full_id


def _cluster(node: TaskNode) -> str:
    return f"cluster_{node.full_id}"


def _id(text: str) -> str:
    """A name in quotes: every name can be one."""
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _label(parts: tuple[str, ...]) -> str:
    """A text as a label, a line for each part."""
    escaped = "\\n".join(visible(part).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for part in parts)
    return f'"{escaped}"'
