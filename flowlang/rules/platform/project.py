"""The project and its id."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import PROJECT
from flowlang.model.mending import deletion
from flowlang.rules.frame import CheckedRule, RulePage
from flowlang.semantics import FileAnalysis


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


class WorkspaceNameTruncated(RulePage):
    """
    ## What it does

    Finds a workspace without project.yml whose folder has a dot in its name.

    ## Why

    Without a project file the folder's name gives the id, and what follows its last
    dot is taken for a file's ending and dropped: `train-v1.2` gives `train_v1`, and
    so does `train-v1.3`. Both share the jobs, images and runs of one project.

    ## Bad

    In the folder `train-v1.2`:

    ```yaml train-v1.2/.neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
    ```

    ## Good

    The same folder with a project file:

    ```yaml train-v1.2/.neuro/project.yml
    id: train_v1_2
    ```

    ```yaml train-v1.2/.neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
    ```

    ## Fix

    None: write a project.yml with an `id`, or rename the folder.
    """

    name = "workspace-name-truncated"


class DeprecatedRole(CheckedRule):
    """
    ## What it does

    Finds `role` in project.yml.

    ## Why

    Flows do not create roles any more. The engine ignores the key and says so at
    every run.

    ## Bad

    ```yaml .neuro/project.yml
    id: demo
    role: alice/roles/demo
    ```

    ## Good

    ```yaml .neuro/project.yml
    id: demo
    ```

    ## Fix

    Safe: the key is deleted.
    """

    name = "deprecated-role"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """The key, if it is there."""
        block = file.config.block
        if file.config.kind == PROJECT and block is not None and "role" in block.keys:
            fixes = deletion(block.source, block.node, block.keys["role"])
            yield Diagnostic(cls.row(), block.source, block.key_span("role"), "'role' is ignored", help="delete it", fixes=fixes)
