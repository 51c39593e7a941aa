"""Rows of a matrix that have one id, so that only the last of them runs."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, Label, SourceEdit
from flowlang.expr import Attr, Item, Literal, lookups, text_of
from flowlang.model import Leaf, MapItem, identifier_problem
from flowlang.model.mending import as_expression
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.task_graph import Rows
from flowlang.semantics.tasks import Entry
from flowlang.semantics.visit import owners
from flowlang.text import Edit, Span, listing, quoted
from flowlang.yamltree import Mapping

_EXTRAS = frozenset({"include", "exclude"})
_WORD_START = pattern(r"(?<=[a-z0-9])(?=[A-Z])")


def _clashing(file: FileAnalysis) -> Iterator[tuple[Rows, MapItem]]:
    """The entries of which several rows have one id, with their matrix."""
    for owner in owners(file):
        for made in owner.graph.entries:
            if len(set(made.ids)) < len(made.ids):
                strategy = made.entry.block.block("strategy")
                matrix = strategy.map("matrix") if strategy is not None else None
                if matrix is not None:
                    yield made, matrix


def _id_leaf(entry: Entry) -> Leaf | None:
    """The id that is written in an entry."""
    leaf = entry.block.leaf("id")
    return leaf if leaf is not None and leaf.value is not None else None


def _dimensions(matrix: MapItem) -> list[str]:
    return [name for name in matrix.entries if isinstance(name, str) and name not in _EXTRAS]


def _read_keys(leaf: Leaf) -> Iterator[tuple[str, Span]]:
    """The matrix keys that the expressions of a leaf read by name, and where they stand."""
    if not leaf.may_hold_expressions:
        return
    for part in leaf.template.expressions:
        for lookup, bound in lookups(part.tree):
            trailer = lookup.trailers[0] if lookup.trailers and lookup.name == "matrix" and lookup.name not in bound else None
            if isinstance(trailer, Attr):
                yield trailer.name, leaf.place(trailer.start, trailer.end)
            elif isinstance(trailer, Item) and isinstance(trailer.key, Literal) and isinstance(trailer.key.value, str):
                yield trailer.key.value, leaf.place(trailer.key.start + 1, trailer.key.end - 1)


class MatrixConstantId(CheckedRule):
    """
    ## What it does

    Finds a matrix whose rows have the same `id`.

    ## Why

    Each row is a task with an id of its own. Of rows with one id each replaces the one before: the
    last one runs, all others do not, and nothing tells. A search over 96 combinations becomes a single
    run.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
    ```

    ## Fix

    Unsafe: the values of the row are added to the id, where that makes ids; what needs the task has
    to be changed by hand. Without `id` the rows get ids by themselves, which no other task can name.
    """

    name = "matrix-constant-id"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every matrix of which only some rows run."""
        for made, matrix in _clashing(file):
            leaf = _id_leaf(made.entry)
            if leaf is not None:
                yield cls._told(made, matrix, leaf)
            elif all(name == name.lower() for name in _dimensions(matrix)):
                message = f"the values of its {len(made.ids)} rows repeat, and with them their ids: of rows with one id only the last one runs"
                place = made.entry.block.block("strategy")
                assert place is not None
                yield Diagnostic(cls.row(), place.source, place.key_span("matrix"), message, help="give each row values of its own")

    @classmethod
    def _told(cls, made: Rows, matrix: MapItem, leaf: Leaf) -> Diagnostic:
        """An id that is written and does not tell the rows apart."""
        count, ids = len(made.ids), dict.fromkeys(made.ids)
        if len(ids) == 1:
            message = f"all {count} rows of the matrix have the id {quoted(made.ids[0])}: only the last one runs"
        else:
            message = f"the {count} rows of the matrix have {len(ids)} ids: of rows with one id only the last one runs"
        read = {name for name, _ in _read_keys(leaf)}
        missing = [name for name in _dimensions(matrix) if name not in read and name in made.rows[0]]
        help = f"the id must tell the rows apart: name {listing([f'matrix.{name}' for name in missing])} in it" if missing else "values of the matrix repeat"
        label = Label(matrix.source, matrix.key_span(next(iter(matrix.entries))), "the rows come from here")
        return Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help, related=(label,), fixes=_longer_id(made, leaf, missing))


def _longer_id(made: Rows, leaf: Leaf, names: list[str]) -> tuple[Fix, ...]:
    """The fix that adds values to an id, where every row gets an id of its own by it."""
    ids = ["_".join([known, *(text_of(row[name]) for name in names)]) for known, row in zip(made.ids, made.rows, strict=True)]
    node = made.entry.block.node
    if not names or len(set(ids)) < len(ids) or any(identifier_problem(name) for name in ids):
        return ()
    text = "_".join([str(leaf.value), *(f"${{{{ matrix.{name} }}}}" for name in names)])
    return as_expression(leaf.source, leaf.node, text, flow=isinstance(node, Mapping) and node.flow, safe=False)


class MatrixMixedCaseKey(CheckedRule):
    """
    ## What it does

    Finds keys of a matrix with capital letters, in a task without `id`, where rows lose their own id
    by it.

    ## Why

    Without `id` a row is named after its values, but the engine leaves out those whose keys are not
    wholly in lower case. Rows that differ in these alone have one id: the last one runs, all others do
    not, and nothing tells.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - image: ubuntu
      strategy:
        matrix:
          learningRate: [0.1, 0.2]
      cmd: train --rate ${{ matrix.learningRate }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - image: ubuntu
      strategy:
        matrix:
          learning_rate: [0.1, 0.2]
      cmd: train --rate ${{ matrix.learning_rate }}
    ```

    ## Fix

    Unsafe: the key is written in lower case, in the matrix and wherever the task reads it; none for a
    task with mixins, which may read it too.
    """

    name = "matrix-mixed-case-key"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such key."""
        for made, matrix in _clashing(file):
            if _id_leaf(made.entry) is not None:
                continue
            for name in _dimensions(matrix):
                if name == name.lower():
                    continue
                lost = len(made.ids) - len(set(made.ids))
                message = f"the id of a row leaves out {quoted(name)} for its capitals: {lost} of {len(made.ids)} rows never run"
                help = "write the key in lower case, or give the task an id that tells the rows apart"
                yield Diagnostic(cls.row(), matrix.source, matrix.key_span(name), message, help=help, fixes=_lower_case(made.entry, matrix, name))


def _lower_case(entry: Entry, matrix: MapItem, name: str) -> tuple[Fix, ...]:
    """The fix that writes a key of a matrix in lower case."""
    new = _WORD_START.sub("_", name).lower()
    if "mixins" in entry.block.fields or new in matrix.entries or identifier_problem(new):
        return ()
    spans = [matrix.key_span(name)]
    for extra in ("include", "exclude"):
        listed = matrix.entries.get(extra)
        for part in getattr(listed, "items", ()):
            if isinstance(part, MapItem) and name in part.entries:
                spans.append(part.key_span(name))
    spans += [place for leaf in entry.block.leaves() for key, place in _read_keys(leaf) if key == name]
    if any(matrix.source.slice(span) != name for span in spans):
        return ()
    edits = tuple(SourceEdit(matrix.source, Edit(span, new)) for span in sorted(set(spans)))
    return (Fix(f"Rename {quoted(name)} to {quoted(new)}", False, edits),)
