"""Calls that do not fit the kind of what they call."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class ActionKindMismatch(RulePage):
    """
    ## What it does

    Finds a call of an action whose `kind` the flow cannot call: jobs of a live flow
    call `live` actions, tasks of a batch flow `batch`, `stateful` and `local` ones.
    A module must be of the flow's own kind.

    ## Why

    The job or the run fails at once, for a live job with an error that is pages
    long and says little.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args: {}
    ```

    ```yaml train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
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
    job:
      image: ubuntu
    ```

    ## Fix

    None: call an action of the right kind, or call this one from the other kind of
    flow.
    """

    name = "action-kind-mismatch"


class ModuleNotLocal(RulePage):
    """
    ## What it does

    Finds a `module` that is not a file of the workspace.

    ## Why

    A module sees the params, images and volumes of the flow that calls it, so it
    belongs to the project. The engine refuses any other place than `ws:`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        module: gh:acme/train@v1
        args: {}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        module: ws:modules/train
        args: {}
    ```

    ```yaml modules/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ## Fix

    None: copy the module into the workspace, or call it as an action.
    """

    name = "module-not-local"


class RecursiveAction(RulePage):
    """
    ## What it does

    Finds a batch action or module that calls itself, directly or over others.

    ## Why

    The engine follows the calls without end: the command takes more and more memory
    and never starts anything.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:step
      args: {}
    ```

    ```yaml step.yml
    kind: batch
    tasks:
    - id: again
      action: ws:step
      args: {}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:step
      args: {}
    ```

    ```yaml step.yml
    kind: batch
    tasks:
    - id: once
      image: ubuntu
    ```

    ## Fix

    None: there are no loops of tasks. For several runs of one task use a matrix.
    """

    name = "recursive-action"


class CacheNotSupported(RulePage):
    """
    ## What it does

    Finds `cache` on the call of a `stateful` or `local` action.

    ## Why

    Only tasks and batch actions are cached. The engine refuses the run.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      action: ws:prepare
      args: {}
      cache:
        strategy: none
    ```

    ```yaml prepare.yml
    kind: local
    cmd: python prepare.py
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      action: ws:prepare
      args: {}
    ```

    ```yaml prepare.yml
    kind: local
    cmd: python prepare.py
    ```

    ## Fix

    Safe: `cache` is deleted; it could have no effect.
    """

    name = "cache-not-supported"
