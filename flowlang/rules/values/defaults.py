"""Defaults of params that arrive as other texts."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import Block, Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.plain import in_quotes, misread
from flowlang.semantics.visit import blocks
from flowlang.text import quoted


class ParamBoolDefault(CheckedRule):
    """
    ## What it does

    Finds params whose default is `true`, `false`, `yes` or the like without quotes.

    ## Why

    A param is text. The default arrives as `True` or `False`, with a capital, but a value that is
    given on the command line arrives as it is typed: `--param debug true` is `true`. Comparisons hold
    for one of the two alone.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          debug: true
        cmd: python train.py ${{ '--debug' if params.debug == 'true' else '' }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          debug: "true"
        cmd: python train.py ${{ '--debug' if params.debug == 'true' else '' }}
    ```

    ## Fix

    Safe: the default is put in quotes as it is written; where the file compares something with
    `'True'` or `'False'`, as that.
    """

    name = "param-bool-default"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such default."""
        for item in blocks(file):
            params = item.map("params")
            for param in params.entries.values() if params is not None else ():
                leaf = param.leaf("default") if isinstance(param, Block) else param
                text = misread(leaf) if isinstance(leaf, Leaf) and isinstance(leaf.value, bool) else None
                if isinstance(leaf, Leaf) and text is not None:
                    message = f"a param is text: the default {quoted(text)} arrives as {quoted(str(leaf.value))}, a value given with '--param' as it is typed"
                    yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help="put it in quotes", fixes=in_quotes(leaf, text))
