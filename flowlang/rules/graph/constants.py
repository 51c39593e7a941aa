"""Conditions that are always the same."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Binary, Call, ListComp, Literal, Node, Ternary, Unary, children, walk
from flowlang.expr.truth import FALSE, TRUE, chain_of, constant_truth, result_of
from flowlang.model import Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.leaves import is_poisoned
from flowlang.semantics.prospects import completed, condition_of
from flowlang.semantics.visit import owners

_WORDS = (" if ", " or ", " and ")
_NO_VALUE = "no value makes any difference here"


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
                plain = isinstance(tree, Literal) or (isinstance(tree, Call) and tree.function == "success") or result_of(tree) is not None
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
        """Whether a part could be worth a word: a mark that is lost in it, and a result taken for a truth value, are told by themselves."""
        return result_of(node) is None and not any(isinstance(part, Call) and part.function == "always" for part in walk(node))
