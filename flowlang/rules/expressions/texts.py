"""Values turned into text."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class ObjectToString(RulePage):
    """
    ## What it does

    Finds objects that are turned into text: `${{ volumes.data }}` in place of `${{ volumes.data.ref }}`.

    ## Why

    The engine writes the object's insides, `VolumeCtx(id='data', …)`, into the text.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        cmd: ls
        volumes:
        - ${{ volumes.data }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        cmd: ls
        volumes:
        - ${{ volumes.data.ref }}
    ```

    ## Fix

    `.ref` for volumes and images; safe. None for other objects.
    """

    name = "object-to-string"


class NoneToString(RulePage):
    """
    ## What it does

    Finds values that are not set and are turned into the text `None`, as the owner of a project that
    has none.

    ## Why

    An expression never unsets an attribute: the job gets the text `None`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo by ${{ project.owner }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo by ${{ project.owner or 'nobody' }}
    ```

    ## Fix

    None.
    """

    name = "none-to-string"


class StatusToString(RulePage):
    """
    ## What it does

    Finds the result of a need that is turned into text.

    ## Why

    A result compares as `succeeded`, `failed` and so on, but as text it reads `TaskStatus.SUCCEEDED`.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: a
      image: ubuntu
      cmd: ls
    - id: b
      image: ubuntu
      needs: [a]
      cmd: echo ${{ needs.a.result }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: a
      image: ubuntu
      cmd: ls
    - id: b
      image: ubuntu
      needs: [a]
      cmd: echo ${{ lower(needs.a.result) }}
    ```

    ## Fix

    None: `lower(needs.a.result)` gives the text.
    """

    name = "status-to-string"
