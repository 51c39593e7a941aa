"""Blanks around expressions."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class StrayWhitespace(RulePage):
    """
    ## What it does

    Finds blanks, line breaks or other text beside the expression of an attribute that takes one
    expression alone: conditions, numbers, truth values, time spans, whole lists and mappings.

    ## Why

    A block after `|` ends with a line break, which is text. For a text attribute that does no harm;
    a condition or a number cannot be put together from texts, and the engine refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        http_port: |
          ${{ 8080 }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        http_port: |-
          ${{ 8080 }}
    ```

    ## Fix

    Safe: the last line break of a block is stripped with `|-` or `>-`, blanks inside quotes are
    deleted. Other text beside the expression is left to you.
    """

    name = "stray-whitespace"
