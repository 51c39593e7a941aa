"""The `needs` of tasks: left empty, or saying what others say already."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Call, Lookup, walk
from flowlang.expr.truth import need_of
from flowlang.model import Leaf
from flowlang.model.mending import one_edit
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.prospects import completed
from flowlang.semantics.task_graph import Ancestry
from flowlang.semantics.tasks import Task
from flowlang.semantics.visit import owners
from flowlang.text import listing, quoted

_UNWRITTEN = ", as a task without 'needs' needs the one before it"


class NullNeeds(CheckedRule):
    """
    ## What it does

    Finds `needs:` with nothing after it, in a task that is not the first.

    ## Why

    It reads like "needs nothing". The engine takes it as if the key were absent: the task waits for the
    one before it.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs:
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs: []
    ```

    ## Fix

    Unsafe: an empty list, with which the task waits for nothing.
    """

    name = "null-needs"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such key."""
        for owner in owners(file):
            before: list[str] = []
            for made in owner.graph.entries:
                leaf = made.entry.block.fields.get("needs")
                if isinstance(leaf, Leaf) and leaf.value is None and before:
                    message = f"left empty, 'needs' means the task before: this one waits for {listing(map(quoted, before), 3)}"
                    help = "write [] to need nothing, or delete the key"
                    source, node = leaf.source, leaf.node
                    text = "[]" if node.start < node.end or source.text[node.start - 1 : node.start].isspace() else " []"
                    fixes = (one_edit("Write []", source, node.start, node.end, text, safe=False),)
                    yield Diagnostic(cls.row(), source, made.entry.block.key_span("needs"), message, help=help, fixes=fixes)
                before = list(dict.fromkeys(made.ids))


class ImpliedNeed(CheckedRule):
    """
    ## What it does

    Tells of an id in `needs` that another need of the same task implies.

    ## Why

    A task starts when its needs succeeded, and so did theirs. Naming those again changes nothing, and
    has to be kept right. It is left alone where the task reads the result or outputs of the need, or
    where a condition could break the chain.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs: [prepare]
    - id: report
      image: ubuntu
      needs: [train, prepare]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs: [prepare]
    - id: report
      image: ubuntu
      needs: [train]
    ```

    ## Fix

    None: leave the id out.
    """

    name = "implied-need"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such id that is implied in all rows of its entry."""
        for owner in owners(file):
            tasks = owner.graph.tasks
            implied = _implied_by(owner)
            for made in owner.graph.entries:
                found: dict[int, list[tuple[Leaf, str, str | None]]] = {}
                for task in (tasks[name] for name in dict.fromkeys(made.ids)):
                    impliers = _impliers(task, implied)
                    for name, leaf in task.need_places.items():
                        found.setdefault(id(leaf), []).append((leaf, name, impliers.get(name)))
                for uses in found.values():
                    leaf, name, by = uses[0]
                    if by is not None and all(by is not None for _, _, by in uses):
                        silent = name in tasks[by].needs and name not in tasks[by].need_places
                        message = f"{quoted(name)} is implied: {quoted(by)} needs it already{_UNWRITTEN if silent else ''}"
                        yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help="leave it out")


def _implied_by(owner: TaskOwner) -> Ancestry:
    """For each task those that surely succeeded where it did."""
    tasks = owner.graph.tasks
    implied = Ancestry(tasks)
    for wave in owner.graph.waves():
        for name in wave:
            for need in completed(tasks[name]) if tasks[name].enable is None else ():
                implied.add(name, need)
    return implied


def _impliers(task: Task, implied: Ancestry) -> dict[str, str]:
    """The needs of a task that another of its needs could not have succeeded without, and that one; not those that the task itself looks at."""
    if task.enable is not None:
        return {}
    needs = completed(task)
    looked_at = _looked_at(task) if len(needs) > 1 else set[str]()
    found: dict[str, str] = {}
    for name in needs:
        by = next((other for other in needs if implied.holds(other, name)), None) if name not in looked_at else None
        if by is not None:
            found[name] = by
    return found


def _looked_at(task: Task) -> set[str]:
    """The needs that the attributes of a task read, or ask for by name; all of them where that cannot be told."""
    found: set[str] = set()
    items = [task.entry.block, *(piece.item for pieces in (task.unit.pieces.values() if task.unit is not None else ()) for piece in pieces)]
    for leaf in (leaf for item in items for leaf in item.leaves() if leaf.may_hold_expressions):
        for node in (node for part in leaf.template.expressions for node in walk(part.tree)):
            if isinstance(node, Lookup) and node.name == "needs":
                need = need_of(node)
                found |= {need} if need is not None else task.needs.keys()
            elif isinstance(node, Call) and node.function in ("success", "failure"):
                found |= {str(getattr(arg, "value", "")) for arg in node.args}
    return found
