"""Mixins: cycles, what the engine takes for one, params, and what gets lost."""

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

    Each mixin is moved below those that it includes, with the comments directly above it; unsafe. None where the
    mixins of a cycle stand in several files, or within braces.
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


class MixinLostField(RulePage):
    """
    ## What it does

    Finds attributes that only jobs of live flows have (`detach`, `browse`, `port_forward`, `multi`,
    `params`) in a mixin of the flow that jobs include by way of a mixin of project.yml.

    ## Why

    A mixin of project.yml can hold the attributes alone that jobs and tasks share, and it takes over
    no others from the mixins that it includes. The job is built without them, and without a word:
    its ports are not forwarded, or it does not detach.

    ## Bad

    ```yaml .neuro/project.yml
    id: demo
    mixins:
      notebook:
        mixins: [ports]
        preset: gpu-small
    ```

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      ports:
        port_forward: ["8888:8888"]
    jobs:
      jupyter:
        image: ubuntu
        mixins: [notebook]
        cmd: jupyter lab
    ```

    ## Good

    ```yaml .neuro/project.yml
    id: demo
    mixins:
      notebook:
        preset: gpu-small
    ```

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      ports:
        port_forward: ["8888:8888"]
    jobs:
      jupyter:
        image: ubuntu
        mixins: [notebook, ports]
        cmd: jupyter lab
    ```

    ## Fix

    None: include the mixin in the jobs themselves, or move the one of project.yml into the flow.
    """

    name = "mixin-lost-field"
