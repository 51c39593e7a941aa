"""The project and its id, and names of config files that are not read."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class ProjectMissingId(RulePage):
    """
    ## What it does

    Finds a project.yml without `id`.

    ## Why

    Without a project file the folder's name gives the id; with one, the id must
    stand in it. The engine refuses every flow of the workspace otherwise.

    ## Bad

    ```yaml .neuro/project.yml
    owner: alice
    ```

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/project.yml
    id: demo
    owner: alice
    ```

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
    ```

    ## Fix

    Safe, where the folder's name can be an id: the id that it gives is added.
    """

    name = "project-missing-id"


class BadWorkspaceName(RulePage):
    """
    ## What it does

    Finds a workspace without project.yml whose folder has a name that cannot be a
    project id.

    ## Why

    Without a project file the folder's name gives the id: what follows its last dot
    is dropped, `-` becomes `_`. The rest must be an identifier: letters, digits and
    `_`, not starting with a digit, and with at least one lower-case letter.
    Otherwise no flow of the workspace can be run, and on a colleague's machine,
    where the folder is named differently, all is well.

    ## Bad

    In the folder `2024-runs`:

    ```yaml 2024-runs/.neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
    ```

    ## Good

    The same folder with a project file:

    ```yaml 2024-runs/.neuro/project.yml
    id: runs_2024
    ```

    ```yaml 2024-runs/.neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
    ```

    ## Fix

    None: write a project.yml with an `id`, or rename the folder.
    """

    name = "bad-workspace-name"


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
