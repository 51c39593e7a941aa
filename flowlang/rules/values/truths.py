"""Texts in place of true and false."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Effect, Severity
from flowlang.expr.bools import FALSE_WORDS, TRUE_WORDS
from flowlang.model import Leaf
from flowlang.model.mending import one_edit
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.text import quoted
from flowlang.yamltree import Scalar


class BoolFromString(CheckedRule):
    """
    ## What it does

    Finds texts where the engine takes true or false: `pass_config: "false"`, and expressions that give
    a text to `enable`, `detach` and the like, or ask a text in a condition whether it is true.

    ## Why

    Any text but the empty one is true, `"false"` and `"no"` too. So `pass_config: "false"` hands your
    credentials to the job, and a task with `enable: ${{ params.run }}` runs whatever is given. Params,
    variables and outputs of tasks are always text.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          verbose: "false"
        pass_config: "false"
        detach: ${{ params.verbose }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          verbose: "false"
        pass_config: false
        detach: ${{ params.verbose == 'true' }}
    ```

    ## Fix

    Safe for a constant that says no, which is written without quotes; unsafe for `enable`, where it
    keeps the task from running. Unsafe in expressions: the text is compared with `'true'`.
    """

    name = "bool-from-string"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every constant text that counts as true; what expressions give is told where they are evaluated."""
        for leaf in file.leaves:
            if leaf.notes.type in ("bool", "enable") and isinstance(leaf.value, str) and leaf.template.is_text:
                yield from cls._constant(leaf, leaf.value)

    @classmethod
    def _constant(cls, leaf: Leaf, text: str) -> Iterator[Diagnostic]:
        """The finding about a constant that says no; of other texts, that they say nothing."""
        word, of_task = text.strip().lower(), leaf.notes.type == "enable"
        if word in TRUE_WORDS or not isinstance(leaf.node, Scalar) or not word:
            return
        if word in FALSE_WORDS:
            message = f"{quoted(text)} is a text and counts as true, as any text but the empty one"
            plain = leaf.node.style in ("", "'", '"') and leaf.node.tag is None
            fixes = (one_edit("Write false", leaf.source, leaf.node.start, leaf.node.end, "false", safe=not of_task),) if plain else ()
            advice = (Severity.WARNING, Effect.ADVICE) if of_task else (None, None)
            yield Diagnostic(
                cls.row(),
                leaf.source,
                leaf.span,
                message,
                help="write false, without quotes",
                fixes=fixes,
                override_severity=advice[0],
                override_effect=advice[1],
            )
        elif not of_task:
            message = f"{quoted(text)} is neither true nor false: as a text it counts as true"
            severity, effect = Severity.WARNING, Effect.ADVICE
            help = "write true or false"
            yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help, override_severity=severity, override_effect=effect)
