"""Arguments of calls against the inputs of what is called."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class MissingArg(RulePage):
    """
    ## What it does

    Finds a call that gives no argument for a mandatory input. An input is mandatory
    when it has no `default`, or an empty one.

    ## Why

    The job fails when it is started. In a batch flow this can be late: before a run
    the engine looks at the arguments of batch actions only, not at those of
    stateful and local ones.

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
      data:
        descr: Where the data lies
    job:
      image: ubuntu
      cmd: python train.py --data ${{ inputs.data }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          data: /data/imagenet
    ```

    ```yaml train.yml
    kind: live
    inputs:
      data:
        descr: Where the data lies
    job:
      image: ubuntu
      cmd: python train.py --data ${{ inputs.data }}
    ```

    ## Fix

    None: only you know the value.
    """

    name = "missing-arg"


class UnknownArg(RulePage):
    """
    ## What it does

    Finds an argument that the called action or module does not declare as an input.

    ## Why

    The job fails when it is started. In a batch flow this can be late: before a run
    the engine looks at the arguments of batch actions only, not at those of
    stateful and local ones.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          epoch: "20"
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

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          epochs: "20"
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

    Unsafe, where an input with a similar name is declared and not given: it is put
    in place of the unknown one.
    """

    name = "unknown-arg"


class TypedArgLiteral(RulePage):
    """
    ## What it does

    Finds an argument that is not of the type its input declares; above all a plain
    number or truth value for an input of type `int`, `float` or `bool`.

    ## Why

    The engine turns plain arguments into text before it looks at the type, so
    `epochs: 20` does not fit an input of type `int`. One whole expression keeps its
    type: `${{ 20 }}`. The types are compared exactly: a `float` takes `${{ 1.0 }}`,
    not `${{ 1 }}`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          epochs: 20
    ```

    ```yaml train.yml
    kind: live
    inputs:
      epochs:
        type: int
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
        args:
          epochs: ${{ 20 }}
    ```

    ```yaml train.yml
    kind: live
    inputs:
      epochs:
        type: int
    job:
      image: ubuntu
      cmd: python train.py --epochs ${{ inputs.epochs }}
    ```

    ## Fix

    Safe for a plain number or truth value that fits the type: it is written
    as an expression, `${{ 20 }}`. Else none.
    """

    name = "typed-arg-literal"
