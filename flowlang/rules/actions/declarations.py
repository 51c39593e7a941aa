"""What an action declares: inputs and outputs."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class InputDefaultType(RulePage):
    """
    ## What it does

    Finds a `default` of an input that is not of the input's `type`. Without a
    `type` an input is text.

    ## Why

    The engine refuses the action, and every flow that calls it. It compares
    exactly: `1` is no `float` (write `1.0`), and a number is no text (put it in
    quotes, or give the input a type).

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args: {}
    ```

    ```yaml train.yml
    kind: live
    inputs:
      epochs:
        default: 10
    job:
      image: ubuntu
      cmd: python train.py --epochs ${{ inputs.epochs }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args: {}
    ```

    ```yaml train.yml
    kind: live
    inputs:
      epochs:
        default: "10"
    job:
      image: ubuntu
      cmd: python train.py --epochs ${{ inputs.epochs }}
    ```

    ## Fix

    Safe where the value can be written in the declared type: a number is put in
    quotes for a text, gets a point for a `float`. Else none.
    """

    name = "input-default-type"


class OutputWithoutValue(RulePage):
    """
    ## What it does

    Finds an output of a batch action without a `value`.

    ## Why

    The engine accepts it and runs all tasks of the action. Only then, when it
    collects the outputs, it fails with a bare `AssertionError`, and the run with
    it.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:train
      args: {}
    ```

    ```yaml train.yml
    kind: batch
    outputs:
      score:
        descr: How well it went
    tasks:
    - id: fit
      image: ubuntu
      bash: echo "::set-output name=score::0.9"
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:train
      args: {}
    ```

    ```yaml train.yml
    kind: batch
    outputs:
      score:
        descr: How well it went
        value: ${{ needs.fit.outputs.score }}
    tasks:
    - id: fit
      image: ubuntu
      bash: echo "::set-output name=score::0.9"
    ```

    ## Fix

    None: say where the value comes from, or delete the output.
    """

    name = "output-without-value"
