"""The engine's own check of names before a bake, which looks at parts that are never evaluated as well.

Engine 26.7 walks every lookup in the scalar attributes of tasks, in ``enable``, ``args`` and the
values of outputs, and refuses unknown contexts, unknown attributes of objects, unknown needs and
unknown inputs wherever they stand: behind an ``if`` that is never true, for instance. Lists and
mappings (``env``, ``volumes``, ``tags``) it leaves out, and what ``flow`` has in the tasks of a flow
itself it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat, takewhile

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Evaluator, Problem, Record, Scope
from flowlang.expr.evaluator import plain_value
from flowlang.expr.nodes import Attr, Lookup, Trailer, lookups
from flowlang.light import NamedTuple
from flowlang.model import Item, Leaf
from flowlang.semantics.inputs import declared_inputs
from flowlang.semantics.leaves import is_poisoned, problem_diagnostic
from flowlang.semantics.merge import Merged
from flowlang.semantics.owners import ActionRun, TaskOwner
from flowlang.semantics.sharing import Shared
from flowlang.semantics.tasks import Task
from flowlang.text import quoted

# The findings about a lookup that the engine's check makes too; what else is wrong with it only
# counts where it is evaluated.
_CHECKED = frozenset(
    {
        "unknown-context",
        "context-not-available",
        "unknown-need",
        "unknown-input",
        "call-without-args",
        "undefined-reference",
        "removed-name",
    }
)
_ATTRIBUTES = frozenset({"undefined-reference", "removed-name"})
_SCALARS = [
    "title",
    "name",
    "image",
    "preset",
    "schedule_timeout",
    "entrypoint",
    "cmd",
    "workdir",
    "life_span",
    "http_port",
    "http_auth",
    "pass_config",
    "restart",
]


class _Checked(NamedTuple):
    """A scalar of a task that is checked, whether it stands in the exec unit or command, and its lookups."""

    leaf: Leaf
    in_unit: bool
    lookups: tuple[Lookup, ...]


class _Rows(NamedTuple):
    """What rows of a matrix have written, and what of it is checked for each of them: what reads something that varies."""

    unit: Merged | None
    enable: Item | None
    left: list[_Checked]


def validate(owner: TaskOwner) -> Iterator[Diagnostic]:
    """What the engine's check refuses in the tasks of an owner."""
    rows: dict[Shared, _Rows] = {}
    for task in owner.graph.tasks.values():
        shared = task.shared
        same = rows.get(shared) if shared is not None else None
        if same is not None and same.unit is task.unit and same.enable is task.enable:
            yield from _told(task, same.left)
            continue
        checked = list(_checked(task))
        yield from _told(task, checked)
        yield from _clashes(task)
        if shared is not None:
            rows[shared] = _Rows(task.unit, task.enable, [each for each in checked if any(map(_may_differ, each.lookups, repeat(shared)))])
    if isinstance(owner, ActionRun):
        cache = owner.block.block("cache")
        span = cache.leaf("life_span") if cache is not None else None
        if span is not None:
            yield from _problems(span, _lookups(span), owner.scope(span.scope, owner.contexts()))
        section = owner.block.map("outputs")
        for item in section.entries.values() if section is not None else ():
            for leaf in item.leaves():
                if leaf.scope == "batch-action-outputs":
                    yield from _problems(leaf, _lookups(leaf), owner.outputs_scope)


def _checked(task: Task) -> Iterator[_Checked]:
    """All that is checked of a task, and has lookups."""
    unit = [task.unit.first(name) for name in _SCALARS] if task.unit is not None else []
    for in_unit, items in ((False, [task.enable]), (True, [*unit, task.command_item]), (False, _args(task))):
        for item in items:
            if isinstance(item, Leaf) and (found := _lookups(item)):
                yield _Checked(item, in_unit, found)


def _may_differ(lookup: Lookup, shared: Shared) -> bool:
    """Whether something else may be wrong with a lookup in another row; of the keys of the matrix the engine's check knows none."""
    return lookup.name in shared.varying and (lookup.name != "matrix" or len(lookup.trailers) > 1)


def _args(task: Task) -> list[Item]:
    section = task.entry.block.map("args") if task.entry.is_call and task.kind != "post" else None
    return list(section.entries.values()) if section is not None else []


def _told(task: Task, checked: Iterable[_Checked]) -> Iterator[Diagnostic]:
    for leaf, in_unit, found in checked:
        yield from _problems(leaf, found, task.unit_scope(leaf) if in_unit else task.scope_of(leaf))


def _clashes(task: Task) -> Iterator[Diagnostic]:
    """Inputs in the args of a stateful call that the engine's check does not find.

    Engine 26.7 looks for them among the inputs of the action that is called, not of the one that calls.
    """
    if task.kind != "stateful" or task.action is None or not isinstance(task.owner, ActionRun):
        return
    section = declared_inputs(task.action)
    called = set(section.entries) if section is not None else set()
    own = declared_inputs(task.owner.action)
    for leaf in (item for item in _args(task) if isinstance(item, Leaf)):
        for lookup in _lookups(leaf):
            trailer = lookup.trailers[0] if lookup.trailers and lookup.name == "inputs" else None
            if isinstance(trailer, Attr) and own is not None and trailer.name in own.entries and trailer.name not in called:
                message = f"the engine does not find the input {quoted(trailer.name)} here, because {quoted(task.action.reference)} has no input of that name"
                problem = Problem("nested-input-name-clash", trailer.start, trailer.end, message, "give both inputs one name")
                yield problem_diagnostic(leaf, problem)


def _lookups(leaf: Leaf) -> tuple[Lookup, ...]:
    """The lookups of contexts in a scalar, each up to its first index, where the engine's check stops to know."""
    if not leaf.may_hold_expressions or is_poisoned(leaf):
        return ()
    found = [lookup for part in leaf.template.expressions for lookup, bound in lookups(part.tree, conditions=False) if lookup.name not in bound]
    return tuple(Lookup(each.start, each.end, each.name, tuple(takewhile(_is_attribute, each.trailers))) for each in found)


def _is_attribute(trailer: Trailer) -> bool:
    return isinstance(trailer, Attr)


def _problems(leaf: Leaf, found: Iterable[Lookup], scope: Scope) -> Iterator[Diagnostic]:
    """What is wrong with lookups of a scalar; nothing where they have a value."""
    for lookup in found:
        if plain_value(lookup, scope) is not None:
            continue
        evaluator = Evaluator(scope)
        evaluator.value(lookup)
        for problem in evaluator.problems:
            if problem.rule in _CHECKED and not (problem.rule in _ATTRIBUTES and _is_open(lookup.name, scope)):
                yield problem_diagnostic(leaf, problem)


def _is_open(name: str, scope: Scope) -> bool:
    """Whether the engine's check lets every attribute of a context pass."""
    if name == "flow":
        flow = scope.contexts.get(name)
        return isinstance(flow, Record) and flow.type_name == "batch-flow"
    return name in ("env", "params", "matrix", "state")
