"""Comments to the linter: what they say, and whether anything needs them."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class MalformedIgnore(RulePage):
    """
    ## What it does

    Finds comments that begin with `flowlint:` and go on with something that means nothing: no
    brackets, another word, no colon.

    ## Why

    Such a comment ignores nothing, although whoever wrote it believes that it does. The forms are
    `# flowlint: ignore[CODE-or-name, …] reason` at the end of a key's line or on the line above it,
    and `# flowlint: ignore-file[CODE-or-name, …] reason` before the first key of a file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu  # flowlint: disable=missing-image
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
    ```

    ## Fix

    None: only you know what was to be ignored.
    """

    name = "malformed-ignore"


class UnknownIgnore(RulePage):
    """
    ## What it does

    Finds names in the brackets of an ignore that are no rule.

    ## Why

    A rule that does not exist ignores nothing: mostly it is a slip of the pen, or a rule of another
    linter.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo {{ params.rate }}  # flowlint: ignore[looks-like-expresion] filled in by helm
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo {{ params.rate }}  # flowlint: ignore[looks-like-expression] filled in by helm
    ```

    ## Fix

    The rule of a similar name; unsafe, as it ignores something then.
    """

    name = "unknown-ignore"


class BlanketIgnore(RulePage):
    """
    ## What it does

    Finds ignores with empty brackets, and those that name a whole family (`FL3`, `*`).

    ## Why

    What ignores everything hides the next mistake at that place too. Such an ignore has no effect:
    each rule is named by its code or name.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          A: '1'  # flowlint: ignore[]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          A: '1'
    ```

    ## Fix

    None: only you know which rules were meant.
    """

    name = "blanket-ignore"


class UnusedIgnore(RulePage):
    """
    ## What it does

    Finds ignores of rules that report nothing where the comment stands.

    ## Why

    Mostly what was ignored has been mended, and the comment stayed; sometimes the comment stands at
    the wrong key. Either way it would hide the mistake if it came back.

    In files of which only a part could be judged (a YAML error, an action that nothing calls) nothing
    is called unused.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        # flowlint: ignore[missing-image] comes from a mixin
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
    ```

    ## Fix

    The rule, or the whole comment, is deleted.
    """

    name = "unused-ignore"


class MisplacedIgnore(RulePage):
    """
    ## What it does

    Finds an `ignore-file` behind the first key of a file, and an `ignore` that no key follows.

    ## Why

    There they cover nothing.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    # flowlint: ignore-file[looks-like-expression] filled in by helm
    jobs:
      train:
        image: ubuntu
        cmd: echo hello
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo hello
    ```

    ## Fix

    None: move it before the first key, or to the key that it is about.
    """

    name = "misplaced-ignore"


class IgnoreWithoutReason(RulePage):
    """
    ## What it does

    Finds ignores with nothing behind the brackets. A preview rule: it runs when it is named in
    `extend-select`.

    ## Why

    Whoever comes next wants to know why the finding is no mistake, and when it may become one.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo {{ params.rate }}  # flowlint: ignore[looks-like-expression]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo {{ params.rate }}  # flowlint: ignore[looks-like-expression] filled in by helm
    ```

    ## Fix

    None: only you know the reason.
    """

    name = "ignore-without-reason"
