"""The engine's own check of names before a bake, which looks at parts that are never evaluated as well.

Engine 26.7 walks every lookup in the scalar attributes of tasks, in ``enable``, ``args`` and the
values of outputs, and refuses unknown contexts, unknown attributes of objects, unknown needs and
unknown inputs wherever they stand: behind an ``if`` that is never true, for instance. Lists and
mappings (``env``, ``volumes``, ``tags``) it leaves out, and what ``flow`` has in the tasks of a flow
itself it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Evaluator, Problem, Record, Scope
from flowlang.expr.nodes import Attr, Lookup, lookups
from flowlang.model import Item, Leaf, MapItem
from flowlang.semantics.inputs import declared_inputs
from flowlang.semantics.leaves import is_poisoned, problem_diagnostic
from flowlang.semantics.owners import ActionRun, TaskOwner
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


def validate(owner: TaskOwner) -> Iterator[Diagnostic]:
    """What the engine's check refuses in the tasks of an owner."""
    for task in owner.graph.tasks.values():
        yield from _task(task)
    if isinstance(owner, ActionRun):
        section = owner.block.map("outputs")
        for item in section.entries.values() if section is not None else ():
            for leaf in item.leaves():
                if leaf.scope == "batch-action-outputs":
                    yield from _leaf(leaf, owner.outputs_scope)


def _task(task: Task) -> Iterator[Diagnostic]:
    if isinstance(task.enable, Leaf):
        yield from _leaf(task.enable, task.scope_of(task.enable))
    if task.unit is not None:
        for name in _SCALARS:
            item = task.unit.first(name)
            if isinstance(item, Leaf):
                yield from _leaf(item, task.unit_scope(item))
    command = task.command_item
    if isinstance(command, Leaf):
        yield from _leaf(command, task.unit_scope(command))
    args = task.entry.block.map("args") if task.entry.is_call and task.kind != "post" else None
    for item in _values(args):
        if isinstance(item, Leaf):
            yield from _leaf(item, task.scope_of(item))
            yield from _clashes(task, item)


def _clashes(task: Task, leaf: Leaf) -> Iterator[Diagnostic]:
    """Inputs in the args of a stateful call that the engine's check does not find.

    Engine 26.7 looks for them among the inputs of the action that is called, not of the one that calls.
    """
    if task.kind != "stateful" or task.action is None or not isinstance(task.owner, ActionRun) or not leaf.may_hold_expressions or is_poisoned(leaf):
        return
    section = declared_inputs(task.action)
    called = set(section.entries) if section is not None else set()
    own = declared_inputs(task.owner.action)
    for part in leaf.template.expressions:
        for lookup, bound in lookups(part.tree, conditions=False):
            trailer = lookup.trailers[0] if lookup.trailers and lookup.name == "inputs" and lookup.name not in bound else None
            if isinstance(trailer, Attr) and own is not None and trailer.name in own.entries and trailer.name not in called:
                message = f"the engine does not find the input {quoted(trailer.name)} here, because {quoted(task.action.reference)} has no input of that name"
                problem = Problem("nested-input-name-clash", trailer.start, trailer.end, message, "give both inputs one name")
                yield problem_diagnostic(leaf, problem)


def _values(section: MapItem | None) -> Iterator[Item]:
    return iter(section.entries.values() if section is not None else ())


def _leaf(leaf: Leaf, scope: Scope) -> Iterator[Diagnostic]:
    if not leaf.may_hold_expressions or is_poisoned(leaf):
        return
    for part in leaf.template.expressions:
        for lookup, bound in lookups(part.tree, conditions=False):
            if lookup.name not in bound:
                yield from (problem_diagnostic(leaf, problem) for problem in _problems(lookup, scope))


def _problems(lookup: Lookup, scope: Scope) -> Iterator[Problem]:
    """What is wrong with a lookup up to its first index, where the engine's check stops to know."""
    attributes = []
    for trailer in lookup.trailers:
        if not isinstance(trailer, Attr):
            break
        attributes.append(trailer)
    evaluator = Evaluator(scope)
    evaluator.value(Lookup(lookup.start, lookup.end, lookup.name, tuple(attributes)))
    for problem in evaluator.problems:
        if problem.rule in _CHECKED and not (problem.rule in _ATTRIBUTES and _is_open(lookup.name, scope)):
            yield problem


def _is_open(name: str, scope: Scope) -> bool:
    """Whether the engine's check lets every attribute of a context pass."""
    if name == "flow":
        flow = scope.contexts.get(name)
        return isinstance(flow, Record) and flow.type_name == "batch-flow"
    return name in ("env", "params", "matrix", "state")
