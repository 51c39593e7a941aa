"""Names that batch tasks and actions refer to: needs, matrix keys, state, inputs."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnknownNeed(RulePage):
    """
    ## What it does

    Finds a task's name under `needs`, in `needs.NAME` or in `success()` and
    `failure()` that is no task that can be needed there.

    ## Why

    The engine refuses the run, or fails in the middle of it, when the task's turn
    comes. A task sees only those it needs itself, and of them only such as are
    completed. A task with a `matrix` has one id a row, `train_1` and so on, and it
    is those ids that can be needed.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
    - id: train
      image: ubuntu
      needs: [prepar]
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

    Unsafe, where a similar name is known: it is put in place of the unknown one.
    """

    name = "unknown-need"


class UnknownMatrixKey(RulePage):
    """
    ## What it does

    Finds `matrix.NAME` in an expression where the task's matrix has no such key.

    ## Why

    Nothing checks such names before the run: it fails when the task's turn comes. A
    task without a matrix has no keys at all, not even `ORDINAL`.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
      cmd: python train.py --model ${{ matrix.sizes }}
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
      cmd: python train.py --model ${{ matrix.size }}
    ```

    ## Fix

    Unsafe, where a key with a similar name is there: it is put in place of the
    unknown one.
    """

    name = "unknown-matrix-key"


class UnknownState(RulePage):
    """
    ## What it does

    Finds `state.NAME` in an expression where there is no state.

    ## Why

    `state` holds what the `main` of a stateful action has saved, and only the
    `post` of that action sees it. Everywhere else it is empty: the task fails when
    its turn comes.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      cmd: python train.py --run ${{ state.run_id }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: start
      image: ubuntu
      bash: echo "::set-output name=run_id::$(date +%s)"
    - id: train
      image: ubuntu
      needs: [start]
      cmd: python train.py --run ${{ needs.start.outputs.run_id }}
    ```

    ## Fix

    None. To hand a value from one task to the next, use outputs.
    """

    name = "unknown-state"


class UnknownInput(RulePage):
    """
    ## What it does

    Finds `inputs.NAME` in an action or module that does not declare such an input.

    ## Why

    Every job that calls the action fails, in a batch flow perhaps only when its
    turn comes.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          epochs: "10"
    ```

    ```yaml train.yml
    kind: live
    inputs:
      epochs:
        descr: How many epochs
    job:
      image: ubuntu
      cmd: python train.py --epochs ${{ inputs.epoch }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          epochs: "10"
    ```

    ```yaml train.yml
    kind: live
    inputs:
      epochs:
        descr: How many epochs
    job:
      image: ubuntu
      cmd: python train.py --epochs ${{ inputs.epochs }}
    ```

    ## Fix

    Unsafe, where an input with a similar name is declared: it is put in place of
    the unknown one.
    """

    name = "unknown-input"
