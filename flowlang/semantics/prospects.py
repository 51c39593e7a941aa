"""How tasks may end, and what that means for the conditions of those that need them.

Engine 26.7 (batch_executor): a task that ends other than `succeeded` ends the run if its strategy says
`fail_fast`, as it does by default: from then on tasks are skipped unless their `enable` gives the mark
of `always()`. A task whose `enable` is false is skipped, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING

from flowlang.expr import unparse
from flowlang.expr.truth import FALSE, MARK, REST, TRUE, Condition, named_needs
from flowlang.light import NamedTuple
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
        self._read: dict[int, tuple[frozenset[str], frozenset[str]]] = {}  # of each condition the needs it names, and the matrix keys
        self._judged: dict[object, Judgement] = {}
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
        read = self._read.get(id(tree))
        if read is None:
            read = self._read[id(tree)] = (named_needs(tree), frozenset(key for key in task.matrix if f"matrix.{key}" in unparse(tree)))
        variables = self._variables(task, read[0] | frozenset(apart))
        if variables is None:
            return None
        known = {f"matrix.{key}": value for key in read[1] if isinstance(value := task.matrix[key], str | int | float)}
        # rows of a matrix mostly differ in nothing that their condition reads
        same = (id(tree), tuple(variables.items()), tuple((text, type(value), value) for text, value in sorted(known.items())))
        judged = self._judged.get(same)
        if judged is None:
            judged = self._judged[same] = _judge(Condition(tree, known), _cases(variables))
        return judged

    def _variables(self, task: Task, apart: frozenset[str]) -> dict[str, Prospect] | None:
        """What there is to vary: the completed needs in `apart`, and all others together as `REST`. None: too much."""
        needs = completed(task)
        variables = {name: self.of(name) for name in needs if name in apart}
        if len(variables) > _MOST_NAMED:
            return None
        rest = [self.of(name) for name in needs if name not in apart]
        if rest:
            variables[REST] = Prospect(any(one.skips for one in rest), any(one.fails for one in rest))
        return variables


def _cases(variables: Mapping[str, Prospect]) -> Iterator[Case]:
    """All ways in which needs may have ended."""
    endings = [[("succeeded", True), ("failed", one.fails), ("cancelled", one.fails), ("skipped", one.skips)] for one in variables.values()]
    for chosen in product(*endings):
        results = {name: result for name, (result, _) in zip(variables, chosen, strict=True)}
        yield Case(results, all(calm for _, calm in chosen))


def _judge(condition: Condition, cases: Iterable[Case]) -> Judgement:
    calm = ended = succeeded = 0
    runs: list[Case] = []
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


def completed(task: Task) -> list[str]:
    """The needs of a task that are done when it starts."""
    return [name for name, level in task.needs.items() if level == COMPLETED]
