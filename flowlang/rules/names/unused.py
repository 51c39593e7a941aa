"""Names that are defined and never used."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.rules.frame import ProjectRule
from flowlang.semantics import Analysis
from flowlang.semantics.unused import unused


class UnusedImage(ProjectRule):
    """
    ## What it does

    Finds images of a flow, of project.yml or of an action that no expression names.

    ## Why

    It is a leftover, or a job was meant to use it and uses another one. An image with a `context` may be there to
    be built by hand, so that it is only pointed out.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
    jobs:
      train:
        image: ubuntu
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

    None: use it, or delete it.
    """

    name = "unused-image"

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Every image that nothing uses."""
        return unused(analysis, "image")


class UnusedVolume(ProjectRule):
    """
    ## What it does

    Finds volumes of a flow or of project.yml that no expression names.

    ## Why

    Defining a volume mounts nothing: a job has to name it in its `volumes`. One with `local` may be there
    to be copied by hand, so that it is only pointed out.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        cmd: python train.py --data /data
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        volumes:
        - ${{ volumes.data.ref_ro }}
        cmd: python train.py --data /data
    ```

    ## Fix

    None: use it, or delete it.
    """

    name = "unused-volume"

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Every volume that nothing uses."""
        return unused(analysis, "volume")


class UnusedParam(ProjectRule):
    """
    ## What it does

    Finds params of a job or batch flow that no expression reads.

    ## Why

    A param is no variable of the job's environment: it is known in expressions alone. Whoever gives
    `--param` a value for it changes nothing.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          rate: "0.1"
        cmd: python train.py --rate $rate
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          rate: "0.1"
        cmd: python train.py --rate ${{ params.rate }}
    ```

    ## Fix

    None: use it, or delete it.
    """

    name = "unused-param"

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Every param that nothing reads."""
        return unused(analysis, "param")


class UnusedInput(ProjectRule):
    """
    ## What it does

    Finds inputs of an action or module that no expression in it reads.

    ## Why

    What a call gives for it has no effect. The `post` task of a stateful action does not see inputs.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          rate: "0.1"
    ```

    ```yaml train.yml
    kind: live
    inputs:
      rate:
        default: "0.5"
    job:
      image: ubuntu
      cmd: python train.py
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args:
          rate: "0.1"
    ```

    ```yaml train.yml
    kind: live
    inputs:
      rate:
        default: "0.5"
    job:
      image: ubuntu
      cmd: python train.py --rate ${{ inputs.rate }}
    ```

    ## Fix

    None: use it, or delete it together with what calls give for it.
    """

    name = "unused-input"

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Every input that its action does not read."""
        return unused(analysis, "input")


class UnusedMixin(ProjectRule):
    """
    ## What it does

    Finds mixins of a flow or of project.yml that no job, task or other mixin includes.

    ## Why

    Nothing of it reaches any job. Perhaps a job was meant to name it in its `mixins`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        mixins: [gpu]
        image: ubuntu
    ```

    ## Fix

    None: include it, or delete it.
    """

    name = "unused-mixin"

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Every mixin that nothing includes."""
        return unused(analysis, "mixin")
