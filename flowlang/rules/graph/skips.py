"""Tasks that are skipped together with another one."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label
from flowlang.expr.truth import FALSE
from flowlang.model import Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.prospects import completed
from flowlang.semantics.tasks import Task
from flowlang.semantics.visit import owners
from flowlang.text import listing, quoted


class SkipCascade(CheckedRule):
    """
    ## What it does

    Tells which tasks are skipped together with one that has a condition, where nothing written says
    that they depend on it.

    ## Why

    A task without `needs` needs the task before it, and a task runs only if its needs succeeded;
    skipped is not succeeded. If the condition is false all that follows is skipped too, and the run
    ends as `succeeded`.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    params:
      mode: fast
    tasks:
    - id: download
      image: ubuntu
      enable: ${{ params.mode == 'full' }}
    - id: train
      image: ubuntu
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    params:
      mode: fast
    tasks:
    - id: download
      image: ubuntu
      enable: ${{ params.mode == 'full' }}
    - id: train
      image: ubuntu
      needs: [download]
      enable: ${{ not failure() }}
    ```

    ## Fix

    None: only you know what is to run then. With written `needs` nothing is told, unless the condition
    is plainly false.
    """

    name = "skip-cascade"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every condition that others hang on."""
        for owner in owners(file):
            followers: dict[str, list[Task]] = {}
            for task in owner.graph.tasks.values():
                if task.enable is None and task.kind != "post":
                    for need in completed(task):
                        followers.setdefault(need, []).append(task)
            for name, task in owner.graph.tasks.items():
                leaf, direct = task.enable, followers.get(name)
                if direct is None or not isinstance(leaf, Leaf) or task.kind == "post" or not cls._may_be_false(owner, task, leaf):
                    continue
                never = not leaf.may_hold_expressions
                if never or any(name not in other.need_places for other in direct):
                    yield cls._told(task, leaf, followers, never=never)

    @staticmethod
    def _may_be_false(owner: TaskOwner, task: Task, leaf: Leaf) -> bool:
        """Whether a condition may be false though all needs succeeded."""
        if not leaf.may_hold_expressions:
            return not leaf.value and leaf.value is not None
        judged = owner.prospects.judge(task)
        return judged is not None and bool(judged.succeeded & FALSE)

    @classmethod
    def _told(cls, task: Task, leaf: Leaf, followers: dict[str, list[Task]], *, never: bool) -> Diagnostic:
        """One condition, with those that are skipped by it."""
        lost: dict[str, None] = {}
        todo = [task.real_id]
        while todo:
            new = [other.real_id for name in todo for other in followers.get(name, ()) if other.real_id not in lost]
            lost.update(dict.fromkeys(new))
            todo = list(dict.fromkeys(new))
        names = listing(map(quoted, lost), 3)
        verb = "are" if len(lost) > 1 else "is"
        message = f"the task never runs, so {names} {verb} skipped as well" if never else f"where this is false {names} {verb} skipped as well"
        place = leaf.span if leaf.template.whole is None else leaf.place(leaf.template.whole.tree.start, leaf.template.whole.tree.end)
        first = followers[task.real_id][0]
        label = Label(first.entry.block.source, first.entry.key, "this needs it")
        help = "for those that are to run nevertheless: enable: ${{ not failure() }}"
        return Diagnostic(cls.row(), leaf.source, place, message, help=help, related=(label,))
