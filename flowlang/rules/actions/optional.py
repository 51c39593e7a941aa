"""Inputs and params that only seem to be optional."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import Block
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.visit import blocks
from flowlang.text import quoted


class NullDefaultIsRequired(CheckedRule):
    """
    ## What it does

    Finds an input or param with an empty default, `default: ~`.

    ## Why

    The documentation calls None a default like any other. To the engine it is none at all: the input
    or param is mandatory, and whoever leaves it out gets "Required input(s)" or "Param is not
    initialized".

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          resume:
            default: ~
            descr: a checkpoint to begin with
        cmd: python train.py ${{ params.resume }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          resume:
            default: ""
            descr: a checkpoint to begin with
        cmd: python train.py ${{ params.resume }}
    ```

    ## Fix

    None: leave `default` out where a value must be given; where not, an empty text can stand for none.
    """

    name = "null-default-is-required"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such default."""
        for section in ("params", "inputs"):
            for block in blocks(file, section):
                if block.name.endswith("mixin"):
                    continue
                entries = block.map(section)
                for name, declared in entries.entries.items() if entries is not None else ():
                    leaf = declared.leaf("default") if isinstance(declared, Block) else None
                    if isinstance(declared, Block) and leaf is not None and leaf.value is None:
                        noun = section.removesuffix("s")
                        place = leaf.span if leaf.node.end > leaf.node.start else declared.key_span("default")
                        message = f"an empty default is none: the {noun} {quoted(str(name))} must be given"
                        help = "leave 'default' out if that is meant; else an empty text, \"\", can stand for no value"
                        yield Diagnostic(cls.row(), leaf.source, place, message, help=help)
