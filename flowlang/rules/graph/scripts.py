"""Scripts that set outputs, and those who read them."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import Leaf
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.commands import Command, commands
from flowlang.semantics.outputs import script_of
from flowlang.semantics.shell import assigned, is_given
from flowlang.semantics.tasks import Task
from flowlang.semantics.visit import tasks
from flowlang.text import quoted

_VARIABLE = pattern(r"\$(?:\{(\w+)\}|(\w+))")
_EMPTY_DEFAULT = pattern(r"\$\{(\w+):?[-=]\}")
_MAY_FAIL = pattern(r"\$\([^)]*\|\|[ \t]*(?:true|:)[ \t]*\)")


def _scripts(file: FileAnalysis) -> Iterator[tuple[Task, Leaf]]:
    """The script of every task, each once for a task that has it."""
    seen: set[int] = set()
    for task in tasks(file):
        leaf = script_of(task)
        if leaf is not None and id(leaf) not in seen:
            seen.add(id(leaf))
            yield task, leaf


class SetOutputName(CheckedRule):
    """
    ## What it does

    Finds lines such as `::set-output name=my-name::value` that are not of the form that the engine
    knows.

    ## Why

    It ignores them without a word: there is no output, and the task that reads it ends the run with an
    error, perhaps hours later. A name is a letter and then letters, digits and `_`; the command is
    written with a hyphen; the line begins with it.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      bash: |
        python train.py
        echo "::set-output name=best-score::$(cat score)"
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      bash: |
        python train.py
        echo "::set-output name=best_score::$(cat score)"
    ```

    ## Fix

    None: the name is also written where the output is read.
    """

    name = "set-output-name"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such line."""
        for _, leaf in _scripts(file):
            for command in commands(leaf):
                problem = command.problem
                if problem is not None:
                    yield Diagnostic(cls.row(), leaf.source, leaf.place(problem.start, problem.end), problem.message, help=problem.help)


class SetOutputMaybeEmpty(CheckedRule):
    """
    ## What it does

    Finds outputs whose value is empty, or is a variable that the task itself leaves empty or never
    sets.

    ## Why

    The engine ignores `::set-output name=x::` with nothing after it. The output is then not empty but
    missing, and the task that reads it ends the run with an error.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: check
      image: ubuntu
      bash: |
        CHANGED=$(git diff --name-only | grep src || true)
        echo "::set-output name=changed::$CHANGED"
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: check
      image: ubuntu
      bash: |
        CHANGED=$(git diff --name-only | grep src || true)
        echo "::set-output name=changed::${CHANGED:-none}"
    ```

    ## Fix

    None: give a word that stands for nothing.
    """

    name = "set-output-maybe-empty"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such value."""
        for task, leaf in _scripts(file):
            if leaf.notes.type == "python":
                continue
            for command in commands(leaf):
                if command.problem is None and command.name is not None and command.value is not None:
                    why = _why_empty(task, leaf, command)
                    if why is not None:
                        start = command.value_start if command.value.strip() else command.start
                        end = command.value_start + len(command.value)
                        message = f"{why}: the engine then ignores the line, and there is no output {quoted(command.name)}"
                        help = "give a value that stands for nothing, in a shell for instance ${NAME:-none}"
                        yield Diagnostic(cls.row(), leaf.source, leaf.place(start, end), message, help=help)


def _why_empty(task: Task, leaf: Leaf, command: Command) -> str | None:
    """Why a value is or may be empty; None where nothing says so."""
    value = (command.value or "").strip()
    if not value:
        return "this value is empty"
    if command.quote == "'":
        return None
    if _EMPTY_DEFAULT.fullmatch(value) or _MAY_FAIL.fullmatch(value):
        return "this may be empty"
    found = _VARIABLE.fullmatch(value)
    variable = found and (found[1] or found[2])
    if not variable or is_given(variable):
        return None
    values = assigned(str(leaf.value), variable)
    if values is None:
        return None
    if values:
        last = values[-1].strip("\"'")
        return f"{quoted(variable)} may be empty" if not last or _MAY_FAIL.fullmatch(last) else None
    env = task.values.get("env")
    if not isinstance(env, dict) or task.unit is None or not task.unit.complete:
        return None
    if variable in env:
        return f"{quoted(variable)} is empty" if env[variable] == "" else None
    return f"{quoted(variable)} is set neither here nor in 'env' and may be empty"
