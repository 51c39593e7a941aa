"""Strings and numbers."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class StringEscape(RulePage):
    r"""
    ## What it does

    Finds quotes that are escaped or doubled inside a string, backslashes at the end of one, escapes
    that are broken, and Windows paths whose backslashes are escapes.

    ## Why

    A string ends with the next quote of its own kind, a backslash before it does not help. Other
    escapes are Python's: in `'C:\new'` the `\n` is a line break.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        title: ${{ 'it\'s' }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        title: ${{ "it's" }}
    ```

    ## Fix

    The other kind of quotes, or the backslash doubled; safe. For a Windows path the backslashes are
    doubled; unsafe.
    """

    name = "string-escape"


class MalformedNumber(RulePage):
    """
    ## What it does

    Finds texts that look like numbers and are none: `1__0`, `1_`, `1.5e3e4`, `0x`.

    ## Why

    The engine refuses the file. `_` may stand between two digits of a whole number only.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: sleep ${{ 1__000 }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: sleep ${{ 1_000 }}
    ```

    ## Fix

    None.
    """

    name = "malformed-number"
