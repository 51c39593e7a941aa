"""What reaches an action's inputs, and what does not."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class CallWithoutArgs(RulePage):
    """
    ## What it does

    Finds a call without `args` of an action that uses its inputs, although all of
    them have a default.

    ## Why

    Without `args` the engine gives the action no inputs at all, not even their
    defaults, and the first `inputs.NAME` in it fails. An empty `args: {}` is
    enough.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
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

    Safe: `args: {}` is added.
    """

    name = "call-without-args"


class NestedInputNameClash(RulePage):
    """
    ## What it does

    Finds, in a batch action, a call whose arguments use an input of that action
    which the called action does not have under the same name.

    ## Why

    Before a run the engine checks such expressions against the inputs of the
    *called* action, by mistake, and refuses a flow that is right. It works where
    both have an input of that name.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:train
      args:
        src: storage:data
    ```

    ```yaml train.yml
    kind: batch
    inputs:
      src:
        descr: Where the data lies
    tasks:
    - id: fetch
      action: ws:fetch
      args:
        path: ${{ inputs.src }}
    ```

    ```yaml fetch.yml
    kind: stateful
    inputs:
      path:
        descr: What to fetch
    main:
      image: ubuntu
      cmd: fetch ${{ inputs.path }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:train
      args:
        path: storage:data
    ```

    ```yaml train.yml
    kind: batch
    inputs:
      path:
        descr: Where the data lies
    tasks:
    - id: fetch
      action: ws:fetch
      args:
        path: ${{ inputs.path }}
    ```

    ```yaml fetch.yml
    kind: stateful
    inputs:
      path:
        descr: What to fetch
    main:
      image: ubuntu
      cmd: fetch ${{ inputs.path }}
    ```

    ## Fix

    None: give both inputs one name.
    """

    name = "nested-input-name-clash"
