"""The project and its id."""

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
