"""Forms of `strategy` and `needs` of tasks."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class StrategyWithoutMatrix(RulePage):
    """
    ## What it does

    Finds the `strategy` of a task without the key `matrix`.

    ## Why

    `fail_fast` and `max_parallel` look as if they could stand alone. The engine wants
    `matrix` and refuses the file without it; an empty one will do.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      strategy:
        fail_fast: false
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      strategy:
        matrix: ~
        fail_fast: false
    ```

    ## Fix

    None: add `matrix: ~`, or set the other keys in the flow's `defaults`.
    """

    name = "strategy-without-matrix"


class NeedsForm(RulePage):
    """
    ## What it does

    Finds the `needs` of a task as one id in place of a list.

    ## Why

    The engine takes a list of ids, or a mapping that tells for each id whether the
    task must be `completed` or only `running`. It refuses a flow with anything else.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs: prepare
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs: [prepare]
    ```

    ## Fix

    Safe for one id: it is put in brackets.
    """

    name = "needs-form"
