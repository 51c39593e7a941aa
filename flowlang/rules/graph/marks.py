"""Marks of `always()` that are lost, and conditions that are texts."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit
from flowlang.expr import CONTEXTS, FUNCTIONS, Binary, Call, Lookup, Node, parse_template, walk
from flowlang.expr.truth import MARK, Condition, chain_of
from flowlang.model import Leaf
from flowlang.model.mending import as_expression
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.leaves import is_poisoned
from flowlang.text import Edit
from flowlang.yamltree import Mapping, Scalar
from flowlang.yamltree import walk as nodes


def _conditions(file: FileAnalysis) -> Iterator[Leaf]:
    """Every `enable` and `post_if` of a file that holds a text."""
    return (leaf for leaf in file.leaves if leaf.notes.type == "enable" and isinstance(leaf.value, str))


class AlwaysLost(CheckedRule):
    """
    ## What it does

    Finds `always()` in a condition that gives a plain truth value in its place.

    ## Why

    `always()` is more than true: it is a mark that keeps a task in a run that was ended by a failure.
    `and` and `or` give one of their sides. `always() and X` gives X, and `X or always()` gives X where
    that is true: the mark is lost, and the task is skipped when something failed.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    params:
      notify: 'yes'
    tasks:
    - id: train
      image: ubuntu
    - id: notify
      image: ubuntu
      enable: ${{ always() and params.notify == 'yes' }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    params:
      notify: 'yes'
    tasks:
    - id: train
      image: ubuntu
    - id: notify
      image: ubuntu
      enable: ${{ params.notify == 'yes' and always() }}
    ```

    ## Fix

    Safe: `always()` comes last beside `and`, first beside `or`.
    """

    name = "always-lost"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every mark that is lost."""
        for leaf in _conditions(file):
            if "always" not in str(leaf.value) or not leaf.may_hold_expressions or is_poisoned(leaf) or leaf.template.whole is None:
                continue
            for node in walk(leaf.template.whole.tree):
                if isinstance(node, Binary) and node.op in ("and", "or"):
                    yield from cls._lost(leaf, node)

    @classmethod
    def _lost(cls, leaf: Leaf, node: Binary) -> Iterator[Diagnostic]:
        """What the operands of one operator in a row lose."""
        operands = chain_of(node)
        marks = [index for index, operand in enumerate(operands) if _gives_mark(operand)]
        kept = len(operands) - 1 if node.op == "and" else 0
        if len(marks) != 1 or marks[0] == kept:
            return
        (mark,) = marks
        order = [*operands[:mark], *operands[mark + 1 :]]
        order.insert(kept, operands[mark])
        text = leaf.template.text
        edits = tuple(
            SourceEdit(leaf.source, Edit(leaf.place(old.start, old.end), leaf.source.slice(leaf.place(new.start, new.end))))
            for old, new in zip(operands, order, strict=True)
            if old is not new
        )
        meant = f" {node.op} ".join(text[operand.start : operand.end] for operand in order)
        gives = "what follows" if node.op == "and" else "what stands before where that is true"
        message = f"'{node.op}' gives {gives}, and 'always()' is lost: the task is skipped when a failure has ended the run"
        place = leaf.place(operands[mark].start, operands[mark].end)
        yield Diagnostic(cls.row(), leaf.source, place, message, help=f"write it {'last' if kept else 'first'}", fixes=(Fix(f"Write {meant}", True, edits),))


def _gives_mark(node: Node) -> bool:
    """Whether a part always gives the mark."""
    return any(isinstance(part, Call) and part.function == "always" for part in walk(node)) and Condition(node).outcomes(None) == MARK


class MissingExpressionBraces(CheckedRule):
    """
    ## What it does

    Finds conditions of tasks that are written without `${{ }}`.

    ## Why

    Without the braces it is a text, and every text is true but an empty one: the task always runs as
    long as nothing failed. (The text `always()` alone is taken for what it says.)

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      fail_fast: false
    tasks:
    - id: train
      image: ubuntu
    - id: notify
      image: ubuntu
      enable: failure()
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      fail_fast: false
    tasks:
    - id: train
      image: ubuntu
    - id: notify
      image: ubuntu
      enable: ${{ failure() }}
    ```

    ## Fix

    Safe: the braces.
    """

    name = "missing-expression-braces"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such condition."""
        for leaf in _conditions(file):
            text = str(leaf.value).strip()
            if not leaf.template.is_text or text == "always()" or not _is_expression(text):
                continue
            flow = isinstance(leaf.node, Scalar) and leaf.node.style == "" and _in_brackets(file, leaf)
            fixes = as_expression(leaf.source, leaf.node, f"${{{{ {text} }}}}", flow=flow, safe=True)
            message = "without '${{ }}' this is a text, and a text is always true"
            yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=f"write ${{{{ {text} }}}}", fixes=fixes)


def _is_expression(text: str) -> bool:
    """Whether a text would be a whole expression that reads a context or calls a function."""
    template = parse_template(f"${{{{ {text} }}}}")
    if template.problems or template.whole is None:
        return False
    for part in walk(template.whole.tree):
        if (isinstance(part, Lookup) and part.name in CONTEXTS and part.trailers) or (isinstance(part, Call) and part.function in FUNCTIONS):
            return True
    return False


def _in_brackets(file: FileAnalysis, leaf: Leaf) -> bool:
    """Whether a plain scalar stands in a mapping in brackets."""
    root = file.config.tree.root
    return root is not None and any(isinstance(node, Mapping) and node.flow and node.start < leaf.node.start < node.end for node in nodes(root))
