"""Values of a matrix that are not what they look like."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, Severity
from flowlang.expr import Literal, Lookup, Node, describe, lookups, text_of, unparse_template, walk
from flowlang.light import NamedTuple
from flowlang.model import Item, Leaf, ListItem, MapItem
from flowlang.model.mending import as_expression
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.matrix import Row
from flowlang.semantics.tasks import Entry
from flowlang.semantics.visit import owners
from flowlang.text import quoted
from flowlang.yamltree import Mapping

_EXTRAS = frozenset({"include", "exclude"})


class _Matrix(NamedTuple):
    """A matrix as written, and the rows that its lists make (those of `include` left out)."""

    entry: Entry
    written: MapItem
    rows: list[Row]

    def values(self, name: str) -> list[object]:
        """The values of one of its lists that are left in some row."""
        return [row[name] for row in self.rows if name in row]

    def extra(self, name: str) -> Iterator[tuple[MapItem, str, Leaf]]:
        """The plain values of `include` or `exclude`, each with its entry and key."""
        for entry in _items(self.written.entries.get(name)):
            if isinstance(entry, MapItem):
                for key, item in entry.entries.items():
                    if isinstance(item, Leaf) and not item.may_hold_expressions and item.value is not None:
                        yield entry, str(key), item


def _items(item: Item | None) -> list[Item]:
    return item.items if isinstance(item, ListItem) else []


def _matrices(file: FileAnalysis) -> Iterator[_Matrix]:
    """Every matrix whose rows are known."""
    for owner in owners(file):
        for made in owner.graph.entries:
            strategy = made.entry.block.block("strategy")
            written = strategy.map("matrix") if strategy is not None else None
            if written is not None:
                count = len(made.rows) - len(_items(written.entries.get("include")))
                yield _Matrix(made.entry, written, made.rows[: max(count, 0)])


def _typed(values: list[object], text: str) -> object:
    """The number or truth value among the values that reads as `text`; None if there is none, or the text itself is there."""
    if text in values:
        return None
    return next((value for value in values if isinstance(value, int | float) and text_of(value) == text), None)


def _as_written(leaf: Leaf, value: object, entry: MapItem) -> tuple[Fix, ...]:
    """The fix that keeps the type of a value, by an expression."""
    assert isinstance(value, int | float)
    text = unparse_template(Literal(0, 0, value))
    flow = isinstance(entry.node, Mapping) and entry.node.flow
    return as_expression(leaf.source, leaf.node, text, flow=flow, safe=True)


def _noun(value: object) -> str:
    return f"{'truth value' if isinstance(value, bool) else 'number'} {describe(value)}"


class MatrixExcludeType(CheckedRule):
    """
    ## What it does

    Finds a number or truth value in `exclude` that never equals the one in the matrix.

    ## Why

    The engine makes texts of the values in `exclude` and keeps numbers and truth values in the lists
    of the matrix. The text `'1'` is not the number `1`: nothing is excluded, and the row that was to be
    left out runs. The documentation's own example fails like that.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}_${{ matrix.layers }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          layers: [1, 2]
          exclude:
          - size: large
            layers: 1
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}_${{ matrix.layers }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          layers: [1, 2]
          exclude:
          - size: large
            layers: ${{ 1 }}
    ```

    ## Fix

    Safe: the value as an expression, which keeps its type.
    """

    name = "matrix-exclude-type"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such value."""
        for matrix in _matrices(file):
            for entry, key, leaf in matrix.extra("exclude"):
                text = text_of(leaf.value)
                value = _typed(matrix.values(key), text)
                if value is None:
                    continue
                message = f"here {quoted(text)} is a text and never equals the {_noun(value)} of the matrix: nothing is excluded"
                help = f"an expression keeps the type: {unparse_template(Literal(0, 0, value))}"  # type: ignore[arg-type]
                yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help, fixes=_as_written(leaf, value, entry))


class MatrixIncludeType(CheckedRule):
    """
    ## What it does

    Finds a number or truth value in `include` where the lists of the matrix hold such values too.

    ## Why

    The engine makes a text of it, in this row alone: `matrix.layers * 2` is 4 in the row with 2 and
    `'33'` in the row with 3. Where the value is only put into texts there is no difference, and the
    finding is an info.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.layers }}
      image: ubuntu
      strategy:
        matrix:
          layers: [1, 2]
          include:
          - layers: 3
      cmd: train --units ${{ matrix.layers * 16 }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.layers }}
      image: ubuntu
      strategy:
        matrix:
          layers: [1, 2]
          include:
          - layers: ${{ 3 }}
      cmd: train --units ${{ matrix.layers * 16 }}
    ```

    ## Fix

    Safe: the value as an expression, which keeps its type.
    """

    name = "matrix-include-type"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such value."""
        for matrix in _matrices(file):
            for entry, key, leaf in matrix.extra("include"):
                if not isinstance(leaf.value, int | float) or not any(isinstance(value, int | float) for value in matrix.values(key)):
                    continue
                text = text_of(leaf.value)
                message = f"in this row {quoted(f'matrix.{key}')} is the text {quoted(text)}, not the {_noun(leaf.value)}"
                help = f"an expression keeps the type: {unparse_template(Literal(0, 0, leaf.value))}"
                severity = None if _is_computed_with(matrix.entry, key) else Severity.INFO
                fixes = _as_written(leaf, leaf.value, entry)
                yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help, fixes=fixes, override_severity=severity)


def _is_computed_with(entry: Entry, key: str) -> bool:
    """Whether an entry does more with a matrix key than to put it into texts (where a mixin does is not known)."""
    for leaf in entry.block.leaves():
        if leaf.may_hold_expressions and "matrix" in str(leaf.value):
            for part in leaf.template.expressions:
                if not _is_key(part.tree, key) and any(_is_key(node, key) for node in walk(part.tree)):
                    return True
                if any(lookup.name == "matrix" and not lookup.trailers for lookup, _ in lookups(part.tree)):
                    return True
    return False


def _is_key(node: Node, key: str) -> bool:
    return isinstance(node, Lookup) and node.name == "matrix" and bool(node.trailers) and getattr(node.trailers[0], "name", key) == key


class MatrixEmptyDimension(CheckedRule):
    """
    ## What it does

    Finds a list of the matrix with nothing in it.

    ## Why

    No rows should come of it. The engine drops the key instead and makes rows of the other keys, or
    one row if there is no other: the task runs, without `matrix.KEY`.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          seed: []
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - image: ubuntu
      strategy:
        matrix:
          size: [small, large]
          seed: [1]
    ```

    ## Fix

    None: fill the list, or delete the key.
    """

    name = "matrix-empty-dimension"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such list."""
        for matrix in _matrices(file):
            for key, item in matrix.written.entries.items():
                if not isinstance(key, str) or key in _EXTRAS or not _is_empty(item, matrix.rows, key):
                    continue
                message = f"{quoted(key)} is empty and dropped: the task runs without {quoted(f'matrix.{key}')}"
                yield Diagnostic(cls.row(), item.source, matrix.written.key_span(key), message, help="fill the list, or delete the key")


def _is_empty(item: Item, rows: list[Row], key: str) -> bool:
    """Whether a list is empty as written, or its expression gives an empty list whatever the params and inputs are."""
    if isinstance(item, ListItem):
        return not item.items
    if not isinstance(item, Leaf):
        return False
    if item.value is None:
        return True
    given = any(lookup.name in ("params", "inputs") for part in item.template.expressions for lookup, _ in lookups(part.tree))
    return not given and bool(rows) and key not in rows[0]
