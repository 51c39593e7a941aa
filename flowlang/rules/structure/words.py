"""Words out of a fixed set, and names that must be identifiers."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class BadEnum(RulePage):
    """
    ## What it does

    Finds a word that is not one of those an attribute allows: `kind` of a flow or
    an action, `restart` of a job, `type` of an input, `strategy` of a cache, the
    level of a need.

    ## Why

    The engine refuses the file or the job, mostly without naming the place. A
    classic is `restart: no`: YAML reads `no` as the truth value False.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        restart: on_failure
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        restart: on-failure
    ```

    ## Fix

    Safe for a restart policy that is written nearly right; unsafe for other words
    with a near match; else none.
    """

    name = "bad-enum"


class BadId(RulePage):
    """
    ## What it does

    Finds a name of your own that the engine does not take for a job, a task, an
    image, a volume, a mixin, a param, an input, an output, or a key of a matrix.

    ## Why

    Such a name is used in expressions, `${{ images.train.ref }}`, so it must be an
    identifier: letters, digits and `_`, not starting with a digit. A `-` would be a
    minus. Names without a lower-case letter are reserved. And YAML reads `on`,
    `yes`, `no` and plain numbers as something else than a name.

    The engine refuses the whole file for one such name.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train-large:
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train_large:
        image: ubuntu
    ```

    ## Fix

    None: other files, scripts and habits may know the name. Rename it here and
    where it is used.
    """

    name = "bad-id"
