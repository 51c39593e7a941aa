"""Words for results, and the notation that only this tool knows."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnknownStatusLiteral(RulePage):
    """
    ## What it does

    Finds the result of a need compared with a word that no result ever is.

    ## Why

    A result is `succeeded`, `failed`, `cancelled` or `skipped`. A misspelt word, as in the
    documentation itself, makes the comparison false for ever, and the task never runs or always does.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
      - id: fit
        image: ubuntu
      - id: report
        image: ubuntu
        enable: ${{ needs.fit.result == 'succedded' }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
      - id: fit
        image: ubuntu
      - id: report
        image: ubuntu
        enable: ${{ needs.fit.result == 'succeeded' }}
    ```

    ## Fix

    Safe: the word that was surely meant, where one is close; none otherwise.
    """

    name = "unknown-status-literal"


class EnginePlainText(RulePage):
    """
    ## What it does

    Tells that an expression is written as `$<< >>`.

    ## Why

    This tool reads the three notations `${{ }}`, `$[[ ]]` and `$<< >>` alike. The engine knows the
    first two only: it hands `$<< … >>` on as it stands.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo $<< project.id >>
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ project.id }}
    ```

    ## Fix

    Safe: the same expression in `${{ }}`.
    """

    name = "engine-plain-text"
