"""Files that expressions read."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class HashFilesNoMatch(RulePage):
    """
    ## What it does

    Finds patterns of `hash_files()` that match no file of the workspace.

    ## Why

    That is no error to the engine: the hash is that of nothing, always the same. An image named by it
    is never built anew.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          HASH: ${{ hash_files('requirments.txt') }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          HASH: ${{ hash_files('.neuro/*.yml') }}
    ```

    ## Fix

    None: correct the pattern.
    """

    name = "hash-files-no-match"
