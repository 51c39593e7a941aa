"""Checks of a finished graph: needs that lead nowhere, ids that two tasks have, cycles true and false."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flowlang.diagnostics import Diagnostic, Effect, Fix, Label, rule
from flowlang.model import Leaf, ListItem
from flowlang.model.mending import replacement
from flowlang.semantics.mixins import find_cycle, first_refused
from flowlang.semantics.task_graph import Graph
from flowlang.semantics.tasks import Entry, Task
from flowlang.text import closest, listing, quoted


def check_graph(graph: Graph, sink: list[Diagnostic]) -> None:
    """Report what is wrong with a graph whose ids are all known."""
    tasks = graph.tasks
    _check_needs(tasks, sink)
    edges = {name: list(task.needs) for name, task in tasks.items()}
    refused = first_refused(edges)
    circle = find_cycle(edges) if refused is not None else None
    if not _check_ids(graph, circle or [], sink) and refused is not None:
        _tell_cycle(tasks, refused, circle, sink)


def _check_needs(tasks: Mapping[str, Task], sink: list[Diagnostic]) -> None:
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
            message = f"there is no task {quoted(name)} to need{hint}"
            sink.append(Diagnostic(rule("unknown-need"), leaf.source, leaf.span, message, help=help, fixes=fixes).put_at(leaf.use))
        if task.needs and not task.needs.keys() <= tasks.keys():
            task.needs = {name: level for name, level in task.needs.items() if name in tasks}


def _replaced(graph: Graph) -> Iterator[tuple[str, Entry, Entry]]:
    """Real ids that two entries have, with the entry that is lost and the one that takes its place."""
    owner: dict[str, Entry] = {}
    for made in graph.entries:
        for name in dict.fromkeys(made.ids):
            if name in owner:
                yield name, owner[name], made.entry
            owner[name] = made.entry


def _check_ids(graph: Graph, circle: list[str], sink: list[Diagnostic]) -> bool:
    """Report ids that two entries have; whether one of them makes the circle.

    Engine 26.7: the later task takes the place of the earlier one. Without needs of its own it then
    needs the id before it, which may be its own: the flow is refused for a cycle.
    """
    told: set[Entry] = set()
    closes = False
    for name, lost, entry in _replaced(graph):
        if entry in told:
            continue
        told.add(entry)
        leaf, earlier = entry.block.leaf("id"), lost.block.leaf("id")
        place = leaf.span if leaf is not None else entry.key
        label = Label(lost.block.source, earlier.span if earlier is not None else lost.key, "this task has the id as well")
        message = f"there is a task {quoted(name)} already: this one takes its place, and that one never runs"
        effect = None
        if name in circle:
            closes = True
            effect = Effect.REFUSED
            then = "needs itself" if len(circle) == 2 else f"tasks need one another: {' → '.join(circle)}"
            message = f"there is a task {quoted(name)} already: this one takes its place, and then {then}"
        help = "give each task an id of its own"
        sink.append(Diagnostic(rule("duplicate-task-id"), entry.block.source, place, message, help=help, related=(label,), override_effect=effect))
    return closes


def _tell_cycle(tasks: Mapping[str, Task], start: str, path: list[str] | None, sink: list[Diagnostic]) -> None:
    """Report a cycle with its path, or an order of declaration that the engine takes for one."""
    if path is None:
        task = tasks[start]
        message = f"the engine takes {quoted(start)} for part of a cycle, because two ways lead from it to one task that is declared later"
        help = "declare tasks after those that they need"
        fixes = _in_order(list(tasks.values()))
        sink.append(Diagnostic(rule("task-order-false-cycle"), task.entry.block.source, task.entry.key, message, help=help, fixes=fixes))
        return
    task = tasks[path[0]]
    place = task.need_places.get(path[1])
    source, span = (place.source, place.span) if place is not None else (task.entry.block.source, task.entry.key)
    message = f"tasks need one another: {' → '.join(path)}" if len(path) > 2 else f"task {quoted(path[0])} needs itself"
    sink.append(Diagnostic(rule("needs-cycle"), source, span, message, help="break the circle"))


def _in_order(tasks: Sequence[Task]) -> tuple[Fix, ...]:
    """The fix that declares each task behind those that it needs."""
    from flowlang.model.moving import in_order, reordered

    owner = tasks[0].owner
    section, entries = owner.block.fields.get("tasks"), owner.entries
    if not isinstance(section, ListItem) or len(entries) != len(section.items):
        return ()
    if len({task.entry for task in tasks}) < len(entries):
        # of entries with one id the last counts, so that their order matters
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
