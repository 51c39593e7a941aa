"""Names of what a flow defines for expressions: images, volumes, params, variables."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnknownImage(RulePage):
    """
    ## What it does

    Finds `images.NAME` in an expression where neither the flow nor project.yml
    defines such an image.

    ## Why

    Nothing checks such names before the job is started: a live job fails then, a
    batch task perhaps hours into the run, when those before it are done.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
    jobs:
      train:
        image: ${{ images.trian.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Fix

    Unsafe, where a similar name is defined: it is put in place of the unknown one.
    """

    name = "unknown-image"


class UnknownVolume(RulePage):
    """
    ## What it does

    Finds `volumes.NAME` in an expression where neither the flow nor project.yml
    defines such a volume.

    ## Why

    Nothing checks such names before the job is started: a live job fails then, a
    batch task perhaps hours into the run, when those before it are done.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      dataset:
        remote: storage:dataset
        mount: /dataset
    jobs:
      train:
        image: ubuntu
        volumes:
        - ${{ volumes.datasets.ref_ro }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      dataset:
        remote: storage:dataset
        mount: /dataset
    jobs:
      train:
        image: ubuntu
        volumes:
        - ${{ volumes.dataset.ref_ro }}
    ```

    ## Fix

    Unsafe, where a similar name is defined: it is put in place of the unknown one.
    """

    name = "unknown-volume"


class UnknownParam(RulePage):
    """
    ## What it does

    Finds `params.NAME` in an expression where the job (in a batch flow: the flow)
    has no such param.

    ## Why

    The job cannot be started. Each live job has params of its own: those of another
    job, or of a mixin, are not seen.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          epochs: "10"
        cmd: python train.py --epochs ${{ params.epoch }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          epochs: "10"
        cmd: python train.py --epochs ${{ params.epochs }}
    ```

    ## Fix

    Unsafe, where a similar name is defined: it is put in place of the unknown one.
    """

    name = "unknown-param"


class UnknownEnv(RulePage):
    """
    ## What it does

    Finds `env.NAME` in an expression where the `env` of the flow's `defaults` (or
    project.yml's) has no such variable.

    ## Why

    The job cannot be started. In expressions `env` is the `env` of the defaults,
    and nothing else: not that of the job itself, and not the environment of your
    own machine. A command can read the job's variables from the shell, `$NAME`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    defaults:
      env:
        DATA_DIR: /data
    jobs:
      train:
        image: ubuntu
        cmd: python train.py ${{ env.DATA_DIRS }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    defaults:
      env:
        DATA_DIR: /data
    jobs:
      train:
        image: ubuntu
        cmd: python train.py ${{ env.DATA_DIR }}
    ```

    ## Fix

    Unsafe, where a similar name is defined: it is put in place of the unknown one.
    """

    name = "unknown-env"
