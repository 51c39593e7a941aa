"""How many tasks run at once."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.owners import ActionRun, TaskOwner
from flowlang.semantics.task_graph import Ancestry, Rows
from flowlang.semantics.visit import owners
from flowlang.text import listing, quoted

_DEFAULT = 10
"""How many tasks run at once where nothing is said (engine 26.7: context)."""
_KEY = "max_parallel"


def _own_limit(made: Rows) -> Leaf | None:
    """The `max_parallel` that is written in the strategy of an entry."""
    strategy = made.entry.block.block("strategy")
    leaf = strategy.leaf(_KEY) if strategy is not None else None
    return leaf if leaf is not None and leaf.value is not None else None


def _limit(owner: TaskOwner, made: Rows) -> int | None:
    """The limit in force for the rows of an entry, if it is known."""
    task = owner.graph.tasks.get(made.ids[0]) if made.ids else None
    value = task.strategy.fields.get(_KEY) if task is not None else None
    return value if isinstance(value, int) else None


class MaxParallelDefault(CheckedRule):
    """
    ## What it does

    Tells of more than ten tasks that could run at once, where `max_parallel` is not set.

    ## Why

    The documentation says that there is no limit by default. The limit is 10: of a matrix of 24 rows
    14 wait, and a flow that should take an hour takes three.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.seed }}
      image: ubuntu
      strategy:
        matrix:
          seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      max_parallel: 12
    tasks:
    - id: train_${{ matrix.seed }}
      image: ubuntu
      strategy:
        matrix:
          seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    ```

    ## Fix

    None: set `max_parallel` to what the cluster and your quota allow.
    """

    name = "max-parallel-default"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every matrix with so many rows, else the tasks of which so many could run at once."""
        help = "set 'max_parallel' in 'defaults' to have more, or fewer"
        for owner in owners(file):
            if not _is_default(owner):
                continue
            wide = False
            for made in owner.graph.entries:
                count = len(set(made.ids))
                strategy = made.entry.block.block("strategy")
                if count > _DEFAULT and strategy is not None and _own_limit(made) is None:
                    wide = True
                    message = f"of its {count} rows no more than {_DEFAULT} run at once, as 'max_parallel' is not set"
                    yield Diagnostic(cls.row(), strategy.source, strategy.key_span("matrix"), message, help=help)
            graph = owner.graph
            apart = {name for made in graph.entries if _own_limit(made) is not None for name in made.ids}
            apart |= {name for name, task in graph.tasks.items() if task.kind == "local"}
            count = max((len(set(wave) - apart) for wave in graph.waves()), default=0)
            if count > _DEFAULT and not wide:
                message = f"of {count} tasks that could run at once no more than {_DEFAULT} do, as 'max_parallel' is not set"
                yield Diagnostic(cls.row(), owner.block.source, owner.block.key_span("tasks"), message, help=help)


def _is_default(owner: TaskOwner) -> bool:
    """Whether nothing sets a limit for the tasks of an owner."""
    if not isinstance(owner, ActionRun):
        return owner.flow.default(_KEY) is None
    strategy = owner.call.entry.block.block("strategy")
    own = strategy.leaf(_KEY) if strategy is not None else None
    return (own is None or own.value is None) and _is_default(owner.call.owner)


class TaskMaxParallelIsGlobal(CheckedRule):
    """
    ## What it does

    Finds `max_parallel` in the `strategy` of a task beside which other tasks may run.

    ## Why

    It reads like a limit for the rows of this matrix. The engine compares it with the number of all
    tasks that run, whatever they are: with `max_parallel: 2` and two other tasks running no row starts.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: serve
      image: ubuntu
      needs: []
    - id: train_${{ matrix.seed }}
      image: ubuntu
      needs: []
      strategy:
        max_parallel: 1
        matrix:
          seed: [1, 2, 3]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      max_parallel: 2
    tasks:
    - id: serve
      image: ubuntu
      needs: []
    - id: train_${{ matrix.seed }}
      image: ubuntu
      needs: []
      strategy:
        matrix:
          seed: [1, 2, 3]
    ```

    ## Fix

    None: there is no limit for one matrix. Let the other tasks run before or after it, or set the limit
    for the flow.
    """

    name = "task-max-parallel-is-global"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such limit that other tasks can use up, also one that several calls share, once."""
        told: set[int] = set()
        for owner in owners(file):
            limited = [(made, leaf) for made in owner.graph.entries if (leaf := _own_limit(made)) is not None]
            before = _finished_before(owner) if limited else Ancestry(())
            for made, leaf in limited:
                if id(leaf) in told:
                    continue
                limit, ids = _limit(owner, made), set(made.ids)
                others = [*_beside(owner, ids, before), *_beside_calls(owner)]
                if limit is None or limit <= 0 or not others or limit >= len(ids) + len(others):
                    continue
                these = "the rows of this matrix" if len(ids) > 1 else "what this calls" if made.entry.is_call else "this one"
                message = f"the limit of {limit} counts every task that runs, {listing([*map(quoted, others[:3]), *others[3:]], 3)} too, not only {these}"
                help = "there is no limit for one task alone: set it in 'defaults' for the flow, or let the others run before or after"
                told.add(id(leaf))
                yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help)


def _finished_before(owner: TaskOwner) -> Ancestry:
    """For each task those that are surely finished when it starts."""
    tasks = owner.graph.tasks
    before = Ancestry(tasks)
    for wave in owner.graph.waves():
        for name in wave:
            for need, level in tasks[name].needs.items():
                before.add(name, need, itself=level == "completed")
    return before


def _beside(owner: TaskOwner, ids: set[str], before: Ancestry) -> Iterator[str]:
    """The other tasks of an owner that may run while one of `ids` does."""
    holds = before.holds
    for name, task in owner.graph.tasks.items():
        if name in ids or task.kind == "local":
            continue
        for row in ids:
            if not (holds(row, name) or holds(name, row)):
                yield name
                break


def _beside_calls(owner: TaskOwner) -> Iterator[str]:
    """The tasks that may run beside the call of an action, and the calls around that."""
    while isinstance(owner, ActionRun):
        call, owner = owner.call, owner.call.owner
        yield from _beside(owner, {call.real_id}, _finished_before(owner))


class MaxParallelNonpositive(CheckedRule):
    """
    ## What it does

    Finds a `max_parallel` of zero or less.

    ## Why

    It does not mean "no limit": no task ever starts, and the run goes on with nothing to do until its
    life span ends.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      max_parallel: 0
    tasks:
    - id: train
      image: ubuntu
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      max_parallel: 100
    tasks:
    - id: train
      image: ubuntu
    ```

    ## Fix

    None: give a number from 1, a large one for no limit.
    """

    name = "max-parallel-nonpositive"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such limit."""
        flow = file.batch
        if flow is None:
            return
        own, project = flow.block.block("defaults"), flow.project.defaults
        written = next((block.leaf(_KEY) for block in (own, project) if block is not None and _KEY in block.fields), None)
        value = flow.strategy.fields.get(_KEY)
        if written is not None and isinstance(value, int) and value <= 0:
            yield cls._told(written, value, "no task of the flow ever starts")
        for owner in owners(file):
            for made in owner.graph.entries:
                leaf, limit = _own_limit(made), _limit(owner, made)
                if leaf is not None and limit is not None and limit <= 0:
                    yield cls._told(leaf, limit, "the task never starts")

    @classmethod
    def _told(cls, leaf: Leaf, value: int, what: str) -> Diagnostic:
        """One such limit."""
        message = f"with a 'max_parallel' of {value} {what}: the run waits until its life span ends"
        return Diagnostic(cls.row(), leaf.source, leaf.span, message, help="give a number from 1; a large one means no limit")
