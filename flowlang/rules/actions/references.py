"""References to actions and modules, and the files of the workspace that they lead to."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class BadActionRef(RulePage):
    """
    ## What it does

    Finds an `action` or `module` that is no reference: without a scheme, with an
    unknown one, or without a tag where one is needed.

    ## Why

    The engine fails before it looks for the action. There are two forms: `ws:PATH`,
    a file of the workspace, and `gh:OWNER/REPO@TAG`, a repository on GitHub at a
    tag or branch.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: actions/train.yml
        args: {}
    ```

    ```yaml actions/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:actions/train.yml
        args: {}
    ```

    ```yaml actions/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ## Fix

    None: write the scheme in front.
    """

    name = "bad-action-ref"


class ActionNotFound(RulePage):
    """
    ## What it does

    Finds a `ws:` reference to a file that is not there. `.yml` and `.yaml` may be
    left out.

    ## Why

    The job that makes the call fails, in a batch flow the whole run. The path
    starts at the root of the workspace, the folder that holds the config folder; it
    is relative neither to the config folder nor to the file that makes the call.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:train
        args: {}
    ```

    ```yaml .neuro/actions/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:.neuro/actions/train
        args: {}
    ```

    ```yaml .neuro/actions/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ## Fix

    None: correct the path.
    """

    name = "action-not-found"


class WsPathIsDirectory(RulePage):
    """
    ## What it does

    Finds a `ws:` reference without an ending that leads to a folder, often one
    beside the action's file and of the same name.

    ## Why

    The engine tries the path as it is before it tries the endings, takes the folder
    and fails to read it.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:actions/train
        args: {}
    ```

    ```yaml actions/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ```yaml actions/train/settings.yml
    epochs: 10
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:actions/train.yml
        args: {}
    ```

    ```yaml actions/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ```yaml actions/train/settings.yml
    epochs: 10
    ```

    ## Fix

    Safe, where there is a file of that name beside the folder: its ending is added.
    """

    name = "ws-path-is-directory"


class OutsideWorkspace(RulePage):
    """
    ## What it does

    Finds a `ws:` reference that leaves the workspace, by `..` or over a link, and a config that is
    a link to a file outside it.

    ## Why

    The file is not part of the project: whoever checks out the repository alone
    does not have it. It is never read here, so neither it nor the call is checked.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:../common/train
        args: {}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        action: ws:common/train
        args: {}
    ```

    ```yaml common/train.yml
    kind: live
    job:
      image: ubuntu
    ```

    ## Fix

    None: keep the action inside the workspace, or in a repository of its own,
    called by `gh:`.
    """

    name = "outside-workspace"
