"""Actions in other repositories."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class MissingAction(RulePage):
    """
    ## What it does

    Points out a call of an action in another repository of which there is no copy
    at hand.

    ## Why

    Nothing is fetched from the network while files are checked. Without the
    action's file it cannot be told whether its inputs fit or which outputs it has,
    so the call is not checked and cannot be compiled.

    Copies are looked for in the folders given with `--actions-dir DIR`, as
    `DIR/OWNER/REPO@TAG/action.yml`. How loudly a missing one is told is set with
    `--missing-actions`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/tensorboard@v1
        args: {}
    ```

    ## Good

    With `--actions-dir actions`:

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/tensorboard@v1
        args: {}
    ```

    ```yaml actions/acme/tensorboard@v1/action.yml
    kind: live
    job:
      image: tensorflow/tensorflow
    ```

    ## Fix

    None: put a copy of the repository into such a folder.
    """

    name = "missing-action"


class GhActionFileName(RulePage):
    """
    ## What it does

    Finds a copy of a repository that is called as an action but holds no
    `action.yml` or `action.yaml`.

    ## Why

    The engine reads no other name. (Its documentation tells to name the file
    `config.yml`; that one is not found.)

    ## Bad

    With `--actions-dir actions`:

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/tensorboard@v1
        args: {}
    ```

    ```yaml actions/acme/tensorboard@v1/config.yml
    kind: live
    job:
      image: tensorflow/tensorflow
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/tensorboard@v1
        args: {}
    ```

    ```yaml actions/acme/tensorboard@v1/action.yml
    kind: live
    job:
      image: tensorflow/tensorflow
    ```

    ## Fix

    None: rename the file in its repository and call the new tag.
    """

    name = "gh-action-file-name"
