"""Keys written twice."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.text import quoted
from flowlang.yamltree import Scalar, duplicate_keys
from flowlang.yamltree.tree import mappings


class DuplicateKey(CheckedRule):
    """
    ## What it does

    Finds keys that are written twice in one mapping: attributes, ids of jobs, names of variables.

    ## Why

    YAML forbids it and the engine does not look: the last one wins without a word, and the job that
    was defined first, or the variable's first value, is gone. Keys count as the engine reads them,
    so `1` and `on` are the same.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          RATE: "1"
          RATE: "2"
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          RATE: "2"
    ```

    ## Fix

    None: only you know which of the two was meant.
    """

    name = "duplicate-key"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every key that repeats an earlier one."""
        source = file.config.source
        if file.config.tree.root is None or file.config.keys_differ:
            return
        for node in mappings(file.config.tree.root):
            for earlier, later in duplicate_keys(node):
                text = quoted(later.key.value) if isinstance(later.key, Scalar) else "this key"
                yield Diagnostic(
                    cls.row(),
                    source,
                    later.key.span,
                    f"{text} is written twice: only this one counts",
                    help="delete one of them",
                    related=(Label(source, earlier.key.span, "first written here"),),
                )
