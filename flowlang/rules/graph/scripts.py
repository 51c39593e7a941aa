"""Scripts that set outputs, and those who read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flowlang.diagnostics import Diagnostic, Fix, Label, SourceEdit
from flowlang.model import Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.commands import Command, commands, masked
from flowlang.semantics.outputs import reads
from flowlang.semantics.shell import assigned, is_given, runs_quiet_commands_alone
from flowlang.semantics.tasks import Task
from flowlang.semantics.visit import owners, tasks
from flowlang.text import Edit, closest, listing, quoted

_SCRIPTS = ("cmd", "bash", "python")
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_EMPTY_DEFAULT = re.compile(r"\$\{(\w+):?[-=]\}")
_MAY_FAIL = re.compile(r"\$\([^)]*\|\|[ \t]*(?:true|:)[ \t]*\)")


def _script(task: Task) -> Leaf | None:
    """The script or command line of a task; None where there is none, or the image's entrypoint is another."""
    if task.kind == "local" and task.action is not None and task.action.block is not None:
        return next((leaf for name in _SCRIPTS if (leaf := task.action.block.leaf(name)) is not None), None)
    if task.unit is None or task.unit.first("entrypoint") is not None:
        return None
    item = task.unit.first("cmd")
    return item if isinstance(item, Leaf) and isinstance(item.value, str) else None


def _scripts(file: FileAnalysis) -> Iterator[tuple[Task, Leaf]]:
    """The script of every task, each once for a task that has it."""
    seen: set[int] = set()
    for task in tasks(file):
        leaf = _script(task)
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


class OutputNeverSet(CheckedRule):
    """
    ## What it does

    Finds an output that is read from a task whose script never sets it.

    ## Why

    Nothing checks such names before the run. When the task that reads it has its turn there is no such
    attribute, and the whole run ends with an error. A script that calls programs may set outputs that
    it does not show; then nothing is told but a name that looks misspelt.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      bash: |
        python train.py
        echo "::set-output name=score::$(cat score)"
    - id: report
      image: ubuntu
      cmd: report ${{ needs.train.outputs.scores }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      bash: |
        python train.py
        echo "::set-output name=score::$(cat score)"
    - id: report
      image: ubuntu
      cmd: report ${{ needs.train.outputs.score }}
    ```

    ## Fix

    Unsafe, where a similar name is set: it is put in place of the unknown one.
    """

    name = "output-never-set"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such output."""
        for owner in owners(file):
            for one in reads(owner):
                source = one.source
                names = _known_outputs(source) if source is not None else None
                if source is None or names is None or one.read.name in names.names:
                    continue
                known, all_known, declared = names
                guess = closest(one.read.name, known)
                if guess is None and not all_known:
                    continue
                place = one.leaf.place(one.read.start, one.read.end)
                hint = f"; did you mean {quoted(guess)}?" if guess else ""
                fixes = (Fix(f"Replace by {quoted(guess)}", False, (SourceEdit(one.leaf.source, Edit(place, guess)),)),) if guess else ()
                message = f"{quoted(one.read.need)} {'declares no' if declared else 'never sets an'} output {quoted(one.read.name)}{hint}"
                help = f"its outputs: {listing(known)}" if known else "it sets no outputs; a line '::set-output name=NAME::VALUE' that it prints sets one"
                yield Diagnostic(cls.row(), one.leaf.source, place, message, help=help, related=_label(source), fixes=fixes)


def _label(task: Task) -> tuple[Label, ...]:
    leaf = _script(task)
    if leaf is None or leaf.key is None:
        return ()
    return (Label(leaf.source, leaf.key.span, "its script"),)


class _Outputs(NamedTuple):
    """The outputs of a task that can be told, whether there can be no others, and whether its action declares them."""

    names: list[str]
    complete: bool
    declared: bool


def _known_outputs(task: Task) -> _Outputs | None:
    """The outputs that a task is seen to set, or that its action declares; None where nothing is known."""
    leaf = _script(task)
    if task.kind not in ("task", "stateful", "local") or leaf is None or (task.unit is not None and not task.unit.complete):
        return None
    found = list(commands(leaf))
    if any(command.name is None for command in found):
        return None
    names = list(dict.fromkeys(command.name for command in found if command.name is not None and command.word == "set-output"))
    section = task.action.block.map("outputs") if task.action is not None and task.action.block is not None else None
    if section is not None:
        return _Outputs(list(dict.fromkeys([*names, *map(str, section.entries)])), True, True)
    text = masked(leaf, "0")
    if leaf.notes.type == "python":
        return _Outputs(names, bool(names) and "import" not in text, False)
    return _Outputs(names, runs_quiet_commands_alone(text), False)
