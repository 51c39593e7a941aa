"""Outputs that nobody sets."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, Label, SourceEdit
from flowlang.light import NamedTuple
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.commands import commands, masked
from flowlang.semantics.outputs import reads, script_of
from flowlang.semantics.shell import runs_quiet_commands_alone
from flowlang.semantics.tasks import Task
from flowlang.semantics.visit import owners
from flowlang.text import Edit, closest, listing, quoted


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
    leaf = script_of(task)
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
    leaf = script_of(task)
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
