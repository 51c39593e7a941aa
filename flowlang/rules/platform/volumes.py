"""Volumes."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class BatchVolumeLocal(RulePage):
    """
    ## What it does

    Finds a volume with `local` in a batch flow, or in project.yml where there is a
    batch flow.

    ## Why

    Batch runs do not copy local folders to the storage, and the engine refuses the
    run with a `NotImplementedError`. One such volume in project.yml breaks every
    batch flow of the workspace, used or not.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    volumes:
      code:
        remote: storage:code
        mount: /code
        local: src
    tasks:
    - id: train
      image: ubuntu
      volumes:
      - ${{ volumes.code.ref_ro }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    volumes:
      code:
        remote: storage:code
        mount: /code
    tasks:
    - id: train
      image: ubuntu
      volumes:
      - ${{ volumes.code.ref_ro }}
    ```

    ## Fix

    None: delete `local`, or define the volume in the live flow, and copy the folder
    yourself before the run.
    """

    name = "batch-volume-local"
