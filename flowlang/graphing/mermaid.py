"""The graph in the language of Mermaid, which GitHub and GitLab draw in Markdown.

Facts about the language: texts stand in double quotes, ``#NUMBER;`` is a character in them; names of
nodes have a narrow alphabet, so they are numbered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowlang.graphing.model import Group, TaskGraph, TaskNode
from flowlang.patterns import pattern
from flowlang.reporting.visible import visible

_SHAPES = {
    "task": ("(", ")"),
    "action": ("[[", "]]"),
    "module": ("[[", "]]"),
    "local": ("[/", "/]"),
    "stateful": ("[(", ")]"),
    "post": (">", "]"),
}
_ARROWS = {"completed": "-->", "running": "-. running .->"}
_SPECIAL = pattern(r"[^\w \-.,:/()$=']", re.ASCII)


def lines(graph: TaskGraph) -> Iterator[str]:
    """The lines of the document."""
    names = {node.full_id: f"t{number}" for number, node in enumerate(graph.tasks.walk(), 1)}
    yield "flowchart LR"
    yield from _group(graph.tasks, names, "  ")
    conditional = [names[node.full_id] for node in graph.tasks.walk() if node.enable is not None]
    if conditional:
        yield "  classDef conditional stroke-dasharray: 5 5"
        yield f"  class {','.join(conditional)} conditional"


def _group(group: Group, names: dict[str, str], indent: str) -> Iterator[str]:
    for node in group.nodes:
        yield from _node(node, names, indent)
    for edge in group.edges:
        yield f"{indent}{names[edge.need]} {_ARROWS[edge.level]} {names[edge.task]}"
    if not group.complete:
        waits = f"wait for {', '.join(group.missing)}" if group.missing else "cannot be told"
        yield f"{indent}%% some tasks are left out: they {_text((waits,))}"


def _node(node: TaskNode, names: dict[str, str], indent: str) -> Iterator[str]:
    name, label = names[node.full_id], _text(node.label)
    if node.group is None:
        opener, closer = _SHAPES.get(node.kind, ("[", "]"))
        yield f'{indent}{name}{opener}"{label}"{closer}'
        return
    yield f'{indent}subgraph {name}["{label}"]'
    yield from _group(node.group, names, indent + "  ")
    yield f"{indent}end"


def _text(parts: tuple[str, ...]) -> str:
    return "<br/>".join(_SPECIAL.sub(_code, visible(part)) for part in parts)


def _code(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};" if found[0].isascii() else found[0]
