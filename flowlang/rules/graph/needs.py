"""The `needs` of tasks: left empty, or saying what others say already."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import Leaf
from flowlang.model.mending import one_edit
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.visit import owners
from flowlang.text import listing, quoted


class NullNeeds(CheckedRule):
    """
    ## What it does

    Finds `needs:` with nothing after it, in a task that is not the first.

    ## Why

    It reads like "needs nothing". The engine takes it as if the key were absent: the task waits for the
    one before it.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs:
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs: []
    ```

    ## Fix

    Unsafe: an empty list, with which the task waits for nothing.
    """

    name = "null-needs"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such key."""
        for owner in owners(file):
            before: list[str] = []
            for made in owner.graph.entries:
                leaf = made.entry.block.fields.get("needs")
                if isinstance(leaf, Leaf) and leaf.value is None and before:
                    message = f"left empty, 'needs' means the task before: this one waits for {listing(map(quoted, before), 3)}"
                    help = "write [] to need nothing, or delete the key"
                    source, node = leaf.source, leaf.node
                    text = "[]" if node.start < node.end or source.text[node.start - 1 : node.start].isspace() else " []"
                    fixes = (one_edit("Write []", source, node.start, node.end, text, safe=False),)
                    yield Diagnostic(cls.row(), source, made.entry.block.key_span("needs"), message, help=help, fixes=fixes)
                before = list(dict.fromkeys(made.ids))
