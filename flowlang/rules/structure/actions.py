"""Forms of action files that the documentation knows and the engine does not, or that look natural."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class InputShortForm(RulePage):
    """
    ## What it does

    Finds an input of an action that is written `NAME: DEFAULT`.

    ## Why

    The documentation shows this short form, and params have one. For inputs the
    engine refuses it, and with it every flow that calls the action.

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
      epochs: "10"
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
      epochs: {default: "10"}
    job:
      image: ubuntu
      cmd: python train.py --epochs ${{ inputs.epochs }}
    ```

    ## Fix

    Safe: the value becomes the input's `default`.
    """

    name = "input-short-form"


class DeprecatedOutputsNeeds(RulePage):
    """
    ## What it does

    Finds a list `needs` under the `outputs` of a batch action.

    ## Why

    Parts of the documentation still ask for it. The engine takes it for an output
    called `needs` and refuses the action. Nothing is lost without it: outputs can
    use every task of the action.

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
      needs: [fit]
      score:
        value: ${{ needs.fit.outputs.score }}
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
        value: ${{ needs.fit.outputs.score }}
    tasks:
    - id: fit
      image: ubuntu
      bash: echo "::set-output name=score::0.9"
    ```

    ## Fix

    Safe: the list is deleted.
    """

    name = "deprecated-outputs-needs"


class StatefulCache(RulePage):
    """
    ## What it does

    Finds `cache` in a stateful action.

    ## Why

    It is documented, but stateful actions are never cached, and the engine refuses
    the file with the words "unexpected fields ''".

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: disk
      action: ws:disk
      args: {}
    ```

    ```yaml disk.yml
    kind: stateful
    cache:
      strategy: none
    main:
      image: ubuntu
      cmd: create-disk
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: disk
      action: ws:disk
      args: {}
    ```

    ```yaml disk.yml
    kind: stateful
    main:
      image: ubuntu
      cmd: create-disk
    ```

    ## Fix

    Safe: `cache` is deleted; it could have no effect.
    """

    name = "stateful-cache"


class OutputValueNotAllowed(RulePage):
    """
    ## What it does

    Finds a `value` of an output of a stateful or local action.

    ## Why

    Only batch actions compute their outputs from those of their tasks. The other
    kinds give what their own command prints, `::set-output name=NAME::VALUE`. The
    engine refuses the file, with an error that calls itself a `ConnectionError`.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: disk
      action: ws:disk
      args: {}
    ```

    ```yaml disk.yml
    kind: stateful
    outputs:
      name:
        value: my-disk
    main:
      image: ubuntu
      cmd: create-disk
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: disk
      action: ws:disk
      args: {}
    ```

    ```yaml disk.yml
    kind: stateful
    outputs:
      name:
        descr: The disk that was created
    main:
      image: ubuntu
      bash: |
        create-disk
        echo "::set-output name=name::my-disk"
    ```

    ## Fix

    None: delete the `value` and let the command print it.
    """

    name = "output-value-not-allowed"


class ActionJobParams(RulePage):
    """
    ## What it does

    Finds `params` in the `job` of a live action or module.

    ## Why

    Params are what a user gives on the command line; an action gets `inputs` from
    the job that calls it. The engine refuses the file, with an error that calls
    itself a `ConnectionError`.

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
    job:
      image: ubuntu
      params:
        epochs: "10"
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        params:
          epochs: "10"
        args:
          epochs: ${{ params.epochs }}
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

    None: declare inputs in the action, and the params in the job that calls it.
    """

    name = "action-job-params"
