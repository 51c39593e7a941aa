"""Values that are left empty."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class NullValue(RulePage):
    """
    ## What it does

    Finds a key with nothing after it (or `~` or `null`) where a value must be
    given: a variable of `env`, an argument of a call, the block of a job or an
    image.

    ## Why

    Most attributes may be left empty and then count as absent. These may not: the
    engine refuses the file, or the job that they belong to.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          WANDB_MODE:
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          WANDB_MODE: ""
    ```

    ## Fix

    None: write the value, `""` for an empty text, or delete the key.
    """

    name = "null-value"


class NullList(RulePage):
    """
    ## What it does

    Finds a list attribute with nothing after it: `volumes`, `tags`, `port_forward`,
    `build_args`. Often all its items are commented out.

    ## Why

    The engine reads the file without a word and fails when the job is started, with
    an error that has no text at all. Where the list is merged with that of a mixin,
    an empty one does no harm.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        volumes:
        # - storage:data:/data
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        # - storage:data:/data
    ```

    ## Fix

    Safe: the key is deleted; without a value it could have no effect.
    """

    name = "null-list"
