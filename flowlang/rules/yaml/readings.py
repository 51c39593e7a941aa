"""Aliases in the place of sections."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class MisreadAlias(RulePage):
    """
    ## What it does

    Finds aliases (`*name`) in the place of a section, such as the `needs` or the `strategy` of a task,
    whose anchor stands in another place; also aliases of what holds such a section.

    ## Why

    The engine tells by its place in the file how a section is to be read, and does so once, where
    its anchor stands. A list under `tags` that is repeated under `needs` stays a plain list: the flow
    is refused with an error about Python objects and without a place. Aliases between places of one
    kind work, and so do aliases of texts and of attributes such as `env` and `volumes`.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: first
      image: ubuntu
      tags: &names [first]
    - id: second
      image: ubuntu
      needs: *names
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: first
      image: ubuntu
      tags: &names [first]
    - id: second
      image: ubuntu
      needs: [first]
    ```

    ## Fix

    The value is written in place of its alias, where it is one name or a list or mapping in brackets
    on one line; safe.
    """

    name = "misread-alias"
