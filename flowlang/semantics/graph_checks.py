"""Checks of a finished graph: needs that lead nowhere, cycles true and false."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowlang.diagnostics import Diagnostic, Fix, rule
from flowlang.model import Leaf, ListItem
from flowlang.model.mending import replacement
from flowlang.model.moving import in_order, reordered
from flowlang.semantics.mixins import find_cycle, first_refused
from flowlang.semantics.tasks import Task
from flowlang.text import closest, listing, quoted


def check_needs(tasks: Mapping[str, Task], sink: list[Diagnostic]) -> None:
    """Report needs that no task has as its real id; they are taken out of the tasks."""
    for task in tasks.values():
        for name, leaf in task.need_places.items():
            if name in tasks:
                continue
            named = [other for other in tasks if other != task.real_id and other.isidentifier()]
            guess = closest(name, named)
            rows = [other for other in named if other.startswith(name)]
            hint = f"; did you mean {quoted(guess)}?" if guess else f"; its rows are named {listing(rows, 3)}" if rows else ""
            fixes = replacement(leaf.source, leaf.node, guess, safe=False) if guess and leaf.template.is_text else ()
            help = f"tasks: {listing(named)}" if named else "no other task here can be named"
            sink.append(Diagnostic(rule("unknown-need"), leaf.source, leaf.span, f"there is no task {quoted(name)} to need{hint}", help=help, fixes=fixes))
        task.needs = {name: level for name, level in task.needs.items() if name in tasks}


def check_cycles(tasks: Mapping[str, Task], sink: list[Diagnostic]) -> None:
    """Report a cycle with its path, or an order of declaration that the engine takes for one."""
    edges = {name: list(task.needs) for name, task in tasks.items()}
    start = first_refused(edges)
    if start is None:
        return
    path = find_cycle(edges)
    if path is not None:
        task = tasks[path[0]]
        place = task.need_places.get(path[1])
        source, span = (place.source, place.span) if place is not None else (task.entry.block.source, task.entry.key)
        shown = " → ".join(path)
        sink.append(Diagnostic(rule("needs-cycle"), source, span, f"tasks need one another: {shown}", help="break the circle"))
        return
    task = tasks[start]
    message = f"the engine takes {quoted(start)} for part of a cycle, because two ways lead from it to one task that is declared later"
    help = "declare tasks after those that they need"
    fixes = _in_order(list(tasks.values()))
    sink.append(Diagnostic(rule("task-order-false-cycle"), task.entry.block.source, task.entry.key, message, help=help, fixes=fixes))


def _in_order(tasks: Sequence[Task]) -> tuple[Fix, ...]:
    """The fix that declares each task behind those that it needs."""
    owner = tasks[0].owner
    section, entries = owner.block.fields.get("tasks"), owner.entries
    if not isinstance(section, ListItem) or len(entries) != len(section.items):
        return ()
    # an entry without needs needs the one before it: the two stay together
    groups: list[list[int]] = []
    for at, entry in enumerate(entries):
        needs = entry.block.fields.get("needs")
        if groups and (needs is None or (isinstance(needs, Leaf) and needs.value is None)):
            groups[-1].append(at)
        else:
            groups.append([at])
    group_of = {at: number for number, group in enumerate(groups) for at in group}
    by_id = {task.real_id: group_of[task.entry.number - 1] for task in tasks}
    graph: dict[int, set[int]] = {number: set() for number in range(len(groups))}
    for task in tasks:
        if task.kind != "post":
            own = group_of[task.entry.number - 1]
            graph[own] |= {by_id[need] for need in task.needs} - {own}
    if "needs" not in entries[0].block.fields:
        # the first of all needs nothing, unless something comes to stand before it
        for number in range(1, len(groups)):
            graph[number].add(0)
    order = in_order(graph)
    flat = [at for number in order for at in groups[number]] if order is not None else []
    return reordered(owner.block.source, section.node, flat, "Move tasks below those that they need") if flat else ()
