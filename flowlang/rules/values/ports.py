"""Pairs of ports."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class BadPortPair(RulePage):
    """
    ## What it does

    Finds an item of `port_forward` that is not of the form `LOCAL:REMOTE`, two
    whole numbers.

    ## Why

    The engine refuses it. One number is not taken for both ports.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
        port_forward:
        - "8888"
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
        port_forward:
        - "8888:8888"
    ```

    ## Fix

    None: write both ports, in quotes.
    """

    name = "bad-port-pair"


class Sexagesimal(RulePage):
    """
    ## What it does

    Finds a pair of ports without quotes that YAML reads as one number, for instance
    `2222:22`.

    ## Why

    In the YAML that the engine reads, two numbers with a colon between them are one
    number in base 60 when the second is below 60. So `2222:22`, the usual pair for
    SSH, is 133342, and the engine refuses it as no pair of ports. `8888:8888` works
    without quotes, by luck.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        port_forward:
        - 2222:22
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        port_forward:
        - "2222:22"
    ```

    ## Fix

    Safe: the pair is put in quotes.
    """

    name = "sexagesimal"
