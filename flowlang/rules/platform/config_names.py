"""Names of config files that are not read, and folders that are not what they seem."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class ShadowedConfig(RulePage):
    """
    ## What it does

    Finds a config file that another one hides: `train.yaml` beside `train.yml`, a
    second project.yml in the root of the workspace, the folder `.neuro` beside
    `.apolo`.

    ## Why

    The engine takes the first that it finds and says nothing of the other:
    `.apolo` before `.neuro`, the config folder before the root, `.yml` before
    `.yaml`. What is changed in the hidden file has no effect.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
    ```

    ```yaml .neuro/live.yaml
    kind: live
    jobs:
      train:
        image: ubuntu:24.04
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu:24.04
    ```

    ## Fix

    None: keep the file that you mean, delete or rename the other.
    """

    name = "shadowed-config"


class DottedFlowName(RulePage):
    """
    ## What it does

    Finds a flow whose file has a dot in its name, beside that of the ending.

    ## Why

    A flow is run by its file's name, `train.v2`. The engine takes what follows the
    dot for an ending, puts `.yml` in its place and runs `train.yml`, another flow,
    without a word. Where there is no such file the flow cannot be run at all.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    ```

    ```yaml .neuro/train.v2.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu:24.04
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    ```

    ```yaml .neuro/train_v2.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu:24.04
    ```

    ## Fix

    None: rename the file.
    """

    name = "dotted-flow-name"


class WorkspaceIsHome(RulePage):
    """
    ## What it does

    Points out a workspace whose folder `.apolo` is the one in which the platform's
    client keeps its own settings.

    ## Why

    The client keeps its login in `~/.apolo`, and flows are looked for in the nearest
    folder upwards that has a `.apolo`. A command given outside of any project ends up
    in the home folder, and whatever flow lies there is run.

    ## Bad

    In the home folder, where the client has its file `db`:

    ```yaml .apolo/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
    ```

    ```yaml .apolo/db
    settings of the client
    ```

    ## Good

    In a folder of its own:

    ```yaml .apolo/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
    ```

    ## Fix

    None: move the flows into a folder of their own.
    """

    name = "workspace-is-home"
