"""Attributes that need a value, or take no expression."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class EmptyValue(RulePage):
    """
    ## What it does

    Finds an empty text, `""`, in an attribute that takes a number, a time span,
    true or false, a whole list or mapping.

    ## Why

    A key with nothing after it counts as absent; an empty text does not, and the
    engine refuses it.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        life_span: ""
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        life_span: 1d
    ```

    ## Fix

    None: give a value, or delete the key.
    """

    name = "empty-value"


class ExpressionNotAllowed(RulePage):
    """
    ## What it does

    Finds an expression in an attribute that takes none: `kind`, `id` and `title` of
    a flow, all of project.yml's own attributes, `multi` of a job, the `action` or
    `module` of a call, `default` and `type` of an input.

    ## Why

    The engine needs these before it can evaluate anything and refuses the file.
    (`name` and `title` of a job do take expressions.)

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    title: Training of ${{ flow.username }}
    jobs:
      train:
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    title: Training
    jobs:
      train:
        image: ubuntu
        title: Training of ${{ flow.username }}
    ```

    ## Fix

    None: write the value itself.
    """

    name = "expression-not-allowed"
