"""Names of mixins and jobs."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnknownMixin(RulePage):
    """
    ## What it does

    Finds a name under `mixins` that neither the flow nor project.yml defines as a
    mixin.

    ## Why

    The engine refuses the job. An unknown name inside a mixin breaks the whole
    flow, even if no job uses that mixin, and the error is then a bare `KeyError`
    that tells no place.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      on_gpu:
        preset: gpu-small
    jobs:
      train:
        image: ubuntu
        mixins: [ongpu]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      on_gpu:
        preset: gpu-small
    jobs:
      train:
        image: ubuntu
        mixins: [on_gpu]
    ```

    ## Fix

    Unsafe, where a similar name is defined: it is put in place of the unknown one.
    """

    name = "unknown-mixin"


class UnknownJob(RulePage):
    """
    ## What it does

    Finds a job's name in `inspect_job()` that the flow does not define.

    ## Why

    The function looks for a running job of that name in this flow. There is none
    that could have been started from it, so the job that asks fails.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      postgres:
        image: postgres:16
      train:
        image: ubuntu
        env:
          DB_HOST: ${{ inspect_job('postgress').internal_hostname_named }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      postgres:
        image: postgres:16
      train:
        image: ubuntu
        env:
          DB_HOST: ${{ inspect_job('postgres').internal_hostname_named }}
    ```

    ## Fix

    Unsafe, where a similar name is defined: it is put in place of the unknown one.
    """

    name = "unknown-job"
