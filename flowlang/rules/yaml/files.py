"""Files that cannot be read, or hold nothing; and mistakes of this tool."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class InternalError(RulePage):
    """
    ## What it does

    Tells that a rule of this tool crashed on a file.

    ## Why

    It is a mistake of the tool, not of your configs. The other rules went on, so all other findings
    stand; what the crashed rule would have found is missing.

    ## Bad

    No config should ever make this finding.

    ## Good

    Every config.

    ## Fix

    Please report it, with the file that it happened on.
    """

    name = "internal-error"


class UnreadableFile(RulePage):
    """
    ## What it does

    Finds config files that are there but cannot be read: no permission, a folder or a pipe in the
    file's place, a link that leads nowhere or to itself.

    ## Why

    The engine fails on them before it looks at anything else.

    ## Bad

    A folder called `.neuro/live.yml`, which no text can show.

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      shell:
        image: ubuntu
    ```

    ## Fix

    None: put a readable file in its place, or remove it.
    """

    name = "unreadable-file"


class NotUtf8(RulePage):
    """
    ## What it does

    Finds config files that are not encoded in UTF-8, and points at the first byte that does not
    belong there.

    ## Why

    The engine reads configs as UTF-8 and fails on anything else: a file in UTF-16, as some Windows
    programs write them, an `é` in Latin-1, a binary file under the name of a config. A byte order mark
    in front of UTF-8 is fine.

    ## Bad

    The word `café` with its last letter as the byte 0xE9, which no text can show.

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    title: café
    jobs:
      shell:
        image: ubuntu
    ```

    ## Fix

    None: save the file as UTF-8 in your editor.
    """

    name = "not-utf8"


class EmptyFile(RulePage):
    """
    ## What it does

    Finds config files that hold nothing, or nothing but comments.

    ## Why

    The engine refuses them with a bare `AssertionError`, which names neither the file nor the reason.

    ## Bad

    ```yaml .neuro/live.yml
    # to be written
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs: {}
    ```

    ## Fix

    None: write the config, or delete the file.
    """

    name = "empty-file"


class TooLarge(RulePage):
    """
    ## What it does

    Finds files of more than 512 KiB under the name of a config. They are not read, and what calls them is not judged.

    ## Why

    The largest configs that people write have some ten kilobytes: such a file is something else in a config's place, a dump or a
    log. The engine would read it, for minutes. A flow that needs it is not compiled.

    ## Bad

    A dump of a database called `.neuro/live.yml`, which no page can show.

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      shell:
        image: ubuntu
    ```

    ## Fix

    None: move the file elsewhere, or divide it.
    """

    name = "too-large"


class AnalysisLimit(RulePage):
    """
    ## What it does

    Tells where this tool stopped to work out what a config means, because there is too much of it: more than 3 000 tasks in one
    batch flow with all that it calls, calls of actions more than 32 deep, mixins that bring more than 2 000 attributes, more than
    500 mistakes in the structure of one file.

    ## Why

    Actions that call actions, and mixins that include mixins, can make billions of a few lines. No config that people write comes
    near these numbers. What lies beyond is neither judged nor compiled, so that checking always ends.

    ## Bad

    Thirty actions, each of which calls the next one three times, which no page can show.

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - image: ubuntu
      strategy:
        matrix:
          seed: [1, 2, 3]
    ```

    ## Fix

    None: divide the flow.
    """

    name = "analysis-limit"
