"""How tasks may end, and what that means for the conditions of those that need them.

Engine 26.7 (batch_executor): a task that ends other than `succeeded` ends the run if its strategy says
`fail_fast`, as it does by default: from then on tasks are skipped unless their `enable` gives the mark
of `always()`. A task whose `enable` is false is skipped, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from flowlang.expr.truth import FALSE, MARK, REST, TRUE, Condition
from flowlang.model import Leaf
from flowlang.semantics.leaves import is_poisoned

if TYPE_CHECKING:
    from flowlang.expr import Node
    from flowlang.semantics.owners import TaskOwner
    from flowlang.semantics.tasks import Task

COMPLETED = "completed"
_SUCCESS = "${{ success() }}"
_MOST_NAMED = 4


class Prospect(NamedTuple):
    """How a task may end while the run goes on: whether it may be skipped, and whether it may fail."""

    skips: bool
    fails: bool


class Case(NamedTuple):
    """One way in which the needs of a task may have ended.

    `results` are by name, `REST` for all those without a variable of their own. `calm`: the run may
    still be going on; that it may have been ended is always possible.
    """

    results: dict[str, str]
    calm: bool


class Judgement(NamedTuple):
    """What a condition comes to over all cases, as bits: while the run goes on, and after it was ended.

    `succeeded` is what it comes to where all needs succeeded. `runs` are the cases in which the task may run.
    """

    calm: int
    ended: int
    succeeded: int
    runs: tuple[Case, ...]

    def runs_without(self, need: str) -> bool:
        """Whether the task may run although that need, which has a variable, did not succeed."""
        return any(case.results[need] != "succeeded" for case in self.runs)


def condition_of(task: Task) -> Node | None:
    """The expression that is the whole of a task's own `enable`; None without one, or where it cannot be read."""
    leaf = task.enable
    if not isinstance(leaf, Leaf) or not leaf.may_hold_expressions or is_poisoned(leaf) or leaf.template.whole is None:
        return None
    return leaf.template.whole.tree


class Prospects:
    """The prospects of the tasks of one owner."""

    def __init__(self, owner: TaskOwner) -> None:
        self._tasks = owner.graph.tasks
        self._known: dict[str, Prospect] = {}
        for wave in owner.graph.waves():
            for name in wave:
                self._known[name] = self._prospect(self._tasks[name])

    def of(self, name: str) -> Prospect:
        """That of one task; of what is not known, that anything may happen."""
        return self._known.get(name, Prospect(True, True))

    def _prospect(self, task: Task) -> Prospect:
        fails = task.strategy.fields.get("fail_fast") is not True
        return Prospect(self._skips(task), fails)

    def _skips(self, task: Task) -> bool:
        """Whether a task may be skipped while the run goes on."""
        leaf = task.enable
        if leaf is None:
            return task.default_enable == _SUCCESS and any(any(self.of(need)) for need in completed(task))
        if isinstance(leaf, Leaf) and not leaf.may_hold_expressions:
            return not leaf.value
        judged = self.judge(task)
        return judged is None or bool(judged.calm & FALSE)

    def runs_without(self, task: Task, need: str) -> bool:
        """Whether a task may run although one of its completed needs did not succeed; False where that cannot be told."""
        leaf = task.enable
        if leaf is None:
            return task.default_enable != _SUCCESS
        if isinstance(leaf, Leaf) and not leaf.may_hold_expressions:
            return leaf.value == "always()" or (bool(leaf.value) and any(self.of(need)))
        judged = self.judge(task, {need})
        return judged is not None and judged.runs_without(need)

    def judge(self, task: Task, apart: Iterable[str] = ()) -> Judgement | None:
        """What the condition of a task comes to; the needs in `apart` get variables of their own.

        None where the task has no condition of its own that could be read, or one too large to be tried.
        """
        tree = condition_of(task)
        if tree is None:
            return None
        condition = Condition(tree, {f"matrix.{key}": value for key, value in task.matrix.items() if isinstance(value, str | int | float)})
        calm = ended = succeeded = 0
        runs: list[Case] = []
        cases = self.cases(task, condition.named | set(apart))
        if cases is None:
            return None
        for case in cases:
            made = condition.outcomes(case.results)
            ended |= made
            if all(result == "succeeded" for result in case.results.values()):
                succeeded |= made
            if case.calm:
                calm |= made
            if made & (TRUE | MARK) and (case.calm or made & MARK):
                runs.append(case)
        return Judgement(calm, ended, succeeded, tuple(runs))

    def cases(self, task: Task, apart: Iterable[str]) -> list[Case] | None:
        """All ways in which the completed needs of a task may have ended; None: too many."""
        wanted = set(apart)
        needs = completed(task)
        named = [name for name in needs if name in wanted]
        if len(named) > _MOST_NAMED:
            return None
        rest = [self.of(name) for name in needs if name not in wanted]
        variables = [(name, self._endings(self.of(name))) for name in named]
        if rest:
            together = Prospect(any(one.skips for one in rest), any(one.fails for one in rest))
            variables.append((REST, self._endings(together)))
        names = [name for name, _ in variables]
        return [
            Case({name: result for name, (result, _) in zip(names, chosen, strict=True)}, all(calm for _, calm in chosen))
            for chosen in product(*(endings for _, endings in variables))
        ]

    @staticmethod
    def _endings(one: Prospect) -> list[tuple[str, bool]]:
        """The results a need may have, each with whether the run may go on then."""
        return [("succeeded", True), ("failed", one.fails), ("cancelled", one.fails), ("skipped", one.skips)]


def completed(task: Task) -> list[str]:
    """The needs of a task that are done when it starts."""
    return [name for name, level in task.needs.items() if level == COMPLETED]
