"""Mixins: cycles, what the engine takes for one, and params."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class MixinCycle(RulePage):
    """
    ## What it does

    Finds mixins that include one another in a circle, or a mixin that includes
    itself.

    ## Why

    The engine refuses the whole flow, with an error that has no text at all.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      base:
        mixins: [gpu]
        env:
          MODE: fast
      gpu:
        mixins: [base]
        preset: gpu-small
    jobs:
      train:
        image: ubuntu
        mixins: [gpu]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      base:
        env:
          MODE: fast
      gpu:
        mixins: [base]
        preset: gpu-small
    jobs:
      train:
        image: ubuntu
        mixins: [gpu]
    ```

    ## Fix

    None: take one of the mixins out of the circle.
    """

    name = "mixin-cycle"


class OrderFalseCycle(RulePage):
    """
    ## What it does

    Finds mixins in an order that the engine takes for a cycle although there is
    none: a mixin that leads to another on two ways and is declared before it.

    ## Why

    The engine's search for cycles refuses a mixin that it meets twice on its way,
    and it starts with the first that is declared. The whole flow is refused, with
    an error that has no text. Declared from the bottom up, the same mixins work.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      train:
        mixins: [gpu, data]
      gpu:
        mixins: [base]
        preset: gpu-small
      data:
        mixins: [base]
        volumes:
        - storage:data:/data
      base:
        env:
          MODE: fast
    jobs:
      train:
        image: ubuntu
        mixins: [train]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      base:
        env:
          MODE: fast
      gpu:
        mixins: [base]
        preset: gpu-small
      data:
        mixins: [base]
        volumes:
        - storage:data:/data
      train:
        mixins: [gpu, data]
    jobs:
      train:
        image: ubuntu
        mixins: [train]
    ```

    ## Fix

    None yet: move each mixin below those that it includes.
    """

    name = "order-false-cycle"


class MixinParams(RulePage):
    """
    ## What it does

    Finds `params` in a mixin that a job without params of its own includes.

    ## Why

    The engine does not read them as params: such a job cannot be started, and the
    error speaks of a text without an attribute `default`. When the job has params,
    those of the mixin are dropped.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      trainer:
        image: ubuntu
        params:
          epochs: "10"
    jobs:
      train:
        mixins: [trainer]
        cmd: python train.py
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      trainer:
        image: ubuntu
    jobs:
      train:
        mixins: [trainer]
        params:
          epochs: "10"
        cmd: python train.py --epochs ${{ params.epochs }}
    ```

    ## Fix

    None yet: move the params to each job that includes the mixin.
    """

    name = "mixin-params"
