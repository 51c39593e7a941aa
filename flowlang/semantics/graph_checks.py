"""Checks of a finished graph: needs that lead nowhere, cycles true and false."""

from __future__ import annotations

from collections.abc import Mapping

from flowlang.diagnostics import Diagnostic, rule
from flowlang.model.mending import replacement
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
    sink.append(Diagnostic(rule("task-order-false-cycle"), task.entry.block.source, task.entry.key, message, help="declare tasks after those that they need"))
