"""What kind of file it is, and whether its name and place fit."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class WrongKind(RulePage):
    """
    ## What it does

    Finds a file whose `kind` does not fit its name or its place: a batch flow in
    `live.yml`.

    ## Why

    `live.yml` is read as the live flow, always. With a batch flow in it every
    command about jobs ends in an `AssertionError` without any text. A batch flow is
    named by its file: `train.yml` is run as `train`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    ```

    ## Fix

    None: rename the file, or correct its `kind`.
    """

    name = "wrong-kind"


class NotAFlow(RulePage):
    """
    ## What it does

    Points out a YAML file in the config folder that is no flow, no action and no
    project file.

    ## Why

    The file is not checked. If it is something else altogether, a helper's settings
    for instance, that is as it should be. If it was meant to be a flow, its `kind`,
    `jobs` or `tasks` are missing or misspelt.

    ## Bad

    ```yaml .neuro/train.yml
    kindd: batch
    task:
    - id: train
      image: ubuntu
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    ```

    ## Fix

    None: give the flow its keys, or move a file that is none out of the config
    folder.
    """

    name = "not-a-flow"


class FlowName(RulePage):
    """
    ## What it does

    Points out a live flow under another name than `live.yml`.

    ## Why

    `live.yml` is the one live flow that jobs are run from. A live flow in another
    file is checked all the same, but none of its jobs can be started.

    ## Bad

    ```yaml .neuro/jupyter.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
    ```

    ## Fix

    None: rename the file, or move its jobs into `live.yml`.
    """

    name = "flow-name"
