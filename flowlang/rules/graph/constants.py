"""Conditions that are always the same, marks that are lost, and conditions that are none."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit
from flowlang.expr import CONTEXTS, FUNCTIONS, Binary, Call, ListComp, Literal, Lookup, Node, Ternary, Unary, children, parse_template, walk
from flowlang.expr.truth import FALSE, MARK, TRUE, Condition, chain_of, constant_truth
from flowlang.model import Leaf
from flowlang.model.mending import as_expression
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.leaves import is_poisoned
from flowlang.semantics.prospects import completed, condition_of
from flowlang.semantics.visit import owners
from flowlang.text import Edit
from flowlang.yamltree import Mapping, Scalar
from flowlang.yamltree import walk as nodes

_WORDS = (" if ", " or ", " and ")
_NO_VALUE = "no value makes any difference here"


def _conditions(file: FileAnalysis) -> Iterator[Leaf]:
    """Every `enable` and `post_if` of a file that holds a text."""
    return (leaf for leaf in file.leaves if leaf.notes.type == "enable" and isinstance(leaf.value, str))


class ConstantCondition(CheckedRule):
    """
    ## What it does

    Finds a condition that is always true or always false: of a task, and in `A if CONDITION else B`.

    ## Why

    It decides nothing. Mostly an `and` was meant for an `or`, or a task asks for failures that needs no
    other. What params, inputs and results of needs are is left open; a plain `enable: false` is meant.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    params:
      mode: prod
    tasks:
    - id: train
      image: ubuntu
    - id: deploy
      image: ubuntu
      enable: ${{ success() and (params.mode != 'prod' or params.mode != 'test') }}
    - id: notify
      image: ubuntu
      needs: []
      enable: ${{ failure() }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    params:
      mode: prod
    tasks:
    - id: train
      image: ubuntu
    - id: deploy
      image: ubuntu
      enable: ${{ success() and (params.mode != 'prod' and params.mode != 'test') }}
    - id: notify
      image: ubuntu
      needs: [deploy]
      enable: ${{ failure() and always() }}
    ```

    ## Fix

    None: only you know what was to be decided.
    """

    name = "constant-condition"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such condition."""
        whole = list(cls._of_tasks(file))
        yield from whole
        told = {(found.source.path, found.span) for found in whole}
        for leaf in file.leaves:
            if leaf.scope == "none" or not leaf.may_hold_expressions or not any(word in str(leaf.value) for word in _WORDS) or is_poisoned(leaf):
                continue
            for part in leaf.template.expressions:
                place = leaf.place(part.tree.start, part.tree.end)
                if (leaf.source.path, place) not in told:
                    yield from cls._inside(leaf, part.tree)

    @classmethod
    def _of_tasks(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Conditions of tasks that come to the same in every case, in all rows of a matrix."""
        for owner in owners(file):
            made: dict[int, int] = {}
            alone: dict[int, bool] = {}
            trees: dict[int, tuple[Leaf, Node]] = {}
            for task in owner.graph.tasks.values():
                tree = condition_of(task)
                judged = owner.prospects.judge(task) if tree is not None else None
                if tree is not None and judged is not None and isinstance(task.enable, Leaf):
                    key = id(tree)
                    made[key] = made.get(key, 0) | judged.calm | judged.ended
                    alone[key] = alone.get(key, True) and not completed(task)
                    trees[key] = (task.enable, tree)
            for key, (leaf, tree) in trees.items():
                plain = isinstance(tree, Literal) or (isinstance(tree, Call) and tree.function == "success")
                if not plain and made[key] in (FALSE, TRUE):
                    what = "always false: the task never runs" if made[key] == FALSE else "always true"
                    asks = any(isinstance(node, Call) and node.function == "failure" for node in walk(tree))
                    help = "the task waits for no other to be completed, so none can have failed" if alone[key] and asks else _NO_VALUE
                    yield Diagnostic(cls.row(), leaf.source, leaf.place(tree.start, tree.end), f"this is {what}", help=help)

    @classmethod
    def _inside(cls, leaf: Leaf, tree: Node) -> Iterator[Diagnostic]:
        """The outermost parts of an expression that decide something and are always the same."""
        # what is to be looked at, and whether its truth decides something
        todo: list[tuple[Node, bool]] = [(tree, leaf.notes.type == "enable")]
        while todo:
            node, decides = todo.pop()
            truth = constant_truth(node) if decides and node is not tree and cls._is_odd(node) else None
            if truth is not None:
                message = f"this is always {'true' if truth else 'false'}"
                yield Diagnostic(cls.row(), leaf.source, leaf.place(node.start, node.end), message, help=_NO_VALUE)
            elif decides and isinstance(node, Binary) and node.op in ("and", "or"):
                # a constant beside an 'and' or 'or' may be a value and not a condition
                todo += ((operand, not isinstance(operand, Literal)) for operand in reversed(chain_of(node)))
            elif isinstance(node, Ternary):
                branches = (node.otherwise, node.then)
                todo += (*((part, decides and not isinstance(part, Literal)) for part in branches), (node.condition, True))
            elif isinstance(node, ListComp):
                todo += ((part, part is node.condition) for part in reversed(children(node)))
            else:
                todo += ((part, decides and isinstance(node, Unary)) for part in reversed(children(node)))

    @staticmethod
    def _is_odd(node: Node) -> bool:
        """Whether a part could be worth a word: a mark that is lost in it is told by itself."""
        return not any(isinstance(part, Call) and part.function == "always" for part in walk(node))


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
