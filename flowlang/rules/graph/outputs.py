"""Outputs that may not be there when they are read."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, Label, SourceEdit
from flowlang.expr import Node
from flowlang.expr.guards import Logic
from flowlang.expr.nodes import Binary
from flowlang.expr.truth import chain_of
from flowlang.model import Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.outputs import Read, reads
from flowlang.semantics.visit import owners
from flowlang.text import Edit, Span, quoted
from flowlang.yamltree import Scalar
from flowlang.yamltree.writing import written_in


def _may_be_missing(read: Read) -> bool:
    """Whether the need may not have succeeded when the output is read, in a run that goes on."""
    need = read.source
    if need is None:
        return False
    prospects = read.owner.prospects
    if read.task is None or read.decides:
        # the value of an action's output is only read when none of its tasks failed
        skips, fails = prospects.of(need.real_id)
        return skips or (fails and read.decides)
    return prospects.runs_without(read.task, need.real_id)


class UnguardedOutputAfterAlways(CheckedRule):
    """
    ## What it does

    Finds an output of another task that is read although that task may have failed or been skipped.

    ## Why

    A task that was skipped has no outputs, one that failed perhaps not this one. With a condition such
    as `always()` the task that reads it runs nevertheless: the engine finds no such attribute and ends
    the whole run with an error, the tasks that would still have run included.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      bash: echo "::set-output name=score::0.9"
    - id: report
      image: ubuntu
      enable: ${{ always() }}
      cmd: report ${{ needs.train.outputs.score }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      bash: echo "::set-output name=score::0.9"
    - id: report
      image: ubuntu
      enable: ${{ always() }}
      cmd: report ${{ needs.train.outputs.score if needs.train.result == 'succeeded' else 'none' }}
    ```

    ## Fix

    None: only you know what to do without the output.
    """

    name = "unguarded-output-after-always"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such output."""
        for owner in owners(file):
            for one in reads(owner):
                read = one.read
                if read.guarded or read.logic is not None or not _may_be_missing(one):
                    continue
                skipped_only = one.task is None or (one.decides and not owner.prospects.of(read.need).fails)
                how = "have been skipped" if skipped_only else "have failed or been skipped"
                message = f"{quoted(read.need)} may {how} when this is read, and then has no output {quoted(read.name)}: the run ends with an error"
                help = f"read it only where it is there: … if needs.{read.need}.result == 'succeeded' else …"
                yield Diagnostic(cls.row(), one.leaf.source, one.leaf.place(read.lookup.start, read.lookup.end), message, help=help)


class AndOrNotShortCircuit(CheckedRule):
    """
    ## What it does

    Finds `and` and `or` that are to keep an output from being read, and do not.

    ## Why

    Elsewhere `A and B` leaves B alone where A is false. The engine evaluates both sides in any case. An
    output that is not there is read nevertheless, and the whole run ends with an error. `B if A else C`
    evaluates only one of B and C.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: check
      image: ubuntu
      bash: echo "::set-output name=changed::yes"
    - id: train
      image: ubuntu
      enable: ${{ success() and needs.check.outputs.changed == 'yes' }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: check
      image: ubuntu
      bash: echo "::set-output name=changed::yes"
    - id: train
      image: ubuntu
      enable: ${{ needs.check.outputs.changed == 'yes' if success() else False }}
    ```

    ## Fix

    Unsafe: the same with `if` and `else`.
    """

    name = "and-or-not-short-circuit"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such output."""
        for owner in owners(file):
            told: set[int] = set()
            for one in reads(owner):
                logic = one.read.logic
                if one.read.guarded or logic is None or one.source is None or not (one.decides or _may_be_missing(one)) or id(logic.chain) in told:
                    continue
                told.add(id(logic.chain))
                op = logic.chain.op
                message = (
                    f"'{op}' evaluates both sides: output {quoted(one.read.name)} is read, and may be missing, "
                    f"also where what stands before it is {'false' if op == 'and' else 'true'}"
                )
                help = "'B if A else C' evaluates one branch alone"
                source = one.leaf.source
                label = Label(source, one.leaf.place(one.read.lookup.start, one.read.lookup.end), "read in any case")
                yield Diagnostic(cls.row(), source, _operator(one.leaf, logic), message, help=help, related=(label,), fixes=(_as_branches(one.leaf, logic),))


def _operator(leaf: Leaf, logic: Logic) -> Span:
    """The place of the operator before the operand that is evaluated in any case."""
    node = logic.chain
    for _ in range(len(chain_of(node)) - 1 - logic.operand):
        assert isinstance(node.left, Binary)
        node = node.left
    return leaf.place(node.at, node.at + len(node.op))


def _as_branches(leaf: Leaf, logic: Logic) -> Fix:
    """The fix that writes ``B if A else False`` for ``A and B``, and ``True if A else B`` for ``A or B``."""
    chain, text = logic.chain, leaf.template.text
    operands = chain_of(chain)

    def joined(parts: list[Node]) -> str:
        return f" {chain.op} ".join(text[part.start : part.end] for part in parts)

    before, after = joined(operands[: logic.operand]), joined(operands[logic.operand :])
    meant = f"{after} if {before} else False" if chain.op == "and" else f"True if {before} else {after}"
    if not any(part.tree is chain for part in leaf.template.expressions):
        meant = f"({meant})"
    place = leaf.place(chain.start, chain.end)
    assert isinstance(leaf.node, Scalar)
    return Fix(f"Write {meant}", False, (SourceEdit(leaf.source, Edit(place, written_in(leaf.node.style, meant))),))
