"""Conditions of tasks, and what they come to together with `fail_fast`."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, Severity, SourceEdit
from flowlang.expr import Binary, Call, Literal, Lookup, Node, Ternary, lookups, walk
from flowlang.expr.truth import FALSE, MARK, TRUE, asks_for_results
from flowlang.light import NamedTuple
from flowlang.model import Leaf
from flowlang.model.mending import as_expression
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.prospects import Judgement, completed, condition_of
from flowlang.semantics.tasks import Task
from flowlang.semantics.visit import owners
from flowlang.text import Edit, Span, listing, quoted
from flowlang.yamltree import Mapping


class _Judged(NamedTuple):
    """A task with a condition of its own, and what that comes to."""

    owner: TaskOwner
    task: Task
    leaf: Leaf
    tree: Node
    judgement: Judgement

    @property
    def place(self) -> Span:
        """The expression in the file, without its braces."""
        return self.leaf.place(self.tree.start, self.tree.end)


def _judged(file: FileAnalysis) -> Iterator[_Judged]:
    """All tasks whose conditions are expressions, where these could be tried."""
    for owner in owners(file):
        for task in owner.graph.tasks.values():
            tree = condition_of(task)
            if tree is not None and isinstance(task.enable, Leaf):
                judgement = owner.prospects.judge(task)
                if judgement is not None:
                    yield _Judged(owner, task, task.enable, tree, judgement)


def _calls(tree: Node, name: str) -> Iterator[Call]:
    """The calls of a function in an expression."""
    return (node for node in walk(tree) if isinstance(node, Call) and node.function == name)


class FailureHandlerNeedsNoFailFast(CheckedRule):
    """
    ## What it does

    Finds a task that is to run when another one failed, where `fail_fast` keeps it from running.

    ## Why

    The documentation shows `enable: ${{ failure() }}` as the way to run after a failure. But by default
    the first failure ends the run, and then a task is skipped whatever its condition says, unless it
    gives `always()`. So the task that was to clean up or to tell somebody never runs.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    - id: notify
      image: ubuntu
      enable: ${{ failure() }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    - id: notify
      image: ubuntu
      enable: ${{ failure() and always() }}
    ```

    ## Fix

    Unsafe: `and always()` is added. Another way is `fail_fast: false` in `defaults`, or in the strategy
    of the task that may fail.
    """

    name = "failure-handler-needs-no-fail-fast"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such task."""
        for one in _judged(file):
            if one.judgement.calm != FALSE or one.judgement.ended & MARK or not one.judgement.ended & TRUE:
                continue
            tree = one.tree
            if next(_calls(tree, "always"), None) is not None:
                continue  # told by another rule: the mark is lost
            asked = next(_calls(tree, "failure"), tree)
            message = "this is true only after a failure, and with 'fail_fast' that ends the run: the task never runs"
            help = "join 'and always()', which holds in a run that was ended, or set 'fail_fast: false' for the tasks that may fail"
            loose = isinstance(tree, Ternary) or (isinstance(tree, Binary) and tree.op == "or")
            fixes = (_around(one.leaf, tree, "(" if loose else "", ") and always()" if loose else " and always()", "Add 'and always()'"),)
            yield Diagnostic(cls.row(), one.leaf.source, one.leaf.place(asked.start, asked.end), message, help=help, fixes=fixes)


def _around(leaf: Leaf, tree: Node, before: str, after: str, title: str) -> Fix:
    """The unsafe fix that writes something before and after an expression."""
    edits = [(tree.start, before), (tree.end, after)]
    return Fix(title, False, tuple(SourceEdit(leaf.source, Edit(leaf.place(at, at), text)) for at, text in edits if text))


def _is_text(tree: Node) -> bool:
    """Whether a whole condition is nothing but a param or variable, which are texts."""
    return isinstance(tree, Lookup) and tree.name in ("params", "env")


class EnableWithoutStatusCheck(CheckedRule):
    """
    ## What it does

    Finds a condition that does not ask how the needs of the task ended.

    ## Why

    Without `enable` a task runs if all its needs succeeded: `${{ success() }}`. A condition of your own
    takes the place of that check and does not add to it. The task then runs although a need was
    skipped, or failed where `fail_fast` is off. Where neither can happen now, the finding is an info.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    params:
      mode: prod
    defaults:
      fail_fast: false
    tasks:
    - id: train
      image: ubuntu
    - id: deploy
      image: ubuntu
      enable: ${{ params.mode == 'prod' }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    params:
      mode: prod
    defaults:
      fail_fast: false
    tasks:
    - id: train
      image: ubuntu
    - id: deploy
      image: ubuntu
      enable: ${{ success() and params.mode == 'prod' }}
    ```

    ## Fix

    Unsafe: `success() and` is added.
    """

    name = "enable-without-status-check"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such condition."""
        for one in _judged(file):
            if one.task.kind == "post" or not completed(one.task) or not one.judgement.calm & (TRUE | MARK) or asks_for_results(one.tree):
                continue
            if any(lookup.name == "needs" for lookup, _ in lookups(one.tree)) or _is_text(one.tree):
                continue  # told by others: outputs that may not be there, a text taken for true
            if one.judgement.calm == TRUE and not isinstance(one.tree, Literal):
                continue  # told by another: it is always true
            loose = isinstance(one.tree, Ternary) or (isinstance(one.tree, Binary) and one.tree.op == "or")
            fix = _around(one.leaf, one.tree, "success() and (" if loose else "success() and ", ")" if loose else "", "Add 'success() and'")
            yield cls._told(one.owner, one.task, one.leaf, one.place, (fix,))
        for owner in owners(file):
            for task in owner.graph.tasks.values():
                leaf = task.enable
                if isinstance(leaf, Leaf) and leaf.value is True and task.kind != "post" and completed(task):
                    node = task.entry.block.node
                    fixes = as_expression(leaf.source, leaf.node, "${{ success() }}", flow=isinstance(node, Mapping) and node.flow, safe=False)
                    yield cls._told(owner, task, leaf, leaf.span, fixes)

    @classmethod
    def _told(cls, owner: TaskOwner, task: Task, leaf: Leaf, place: Span, fixes: tuple[Fix, ...]) -> Diagnostic:
        """One condition, with what may have happened to the needs."""
        needs = [(name, owner.prospects.of(name)) for name in completed(task)]
        bad = [name for name, one in needs if one.skips] or [name for name, one in needs if one.fails]
        how = "was skipped" if any(one.skips for _, one in needs) else "failed"
        help = "join the two: success() and …"
        if bad:
            message = f"this takes the place of 'success()': the task runs although {listing(map(quoted, bad), 2)} {how}"
            return Diagnostic(cls.row(), leaf.source, place, message, help=help, fixes=fixes)
        message = "this takes the place of 'success()': only 'fail_fast' keeps the task from running after a failure"
        return Diagnostic(cls.row(), leaf.source, place, message, help=help, fixes=fixes, override_severity=Severity.INFO)
