"""Anchors, aliases, merge keys and tags."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UndefinedAlias(RulePage):
    """
    ## What it does

    Finds an alias (`*name`) for which no anchor (`&name`) stands above it in the file.

    ## Why

    The engine refuses the file. Often no alias is meant: a value that begins with `*`, such as a
    pattern of file names, needs quotes.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: &common
          MODE: fast
      test:
        image: ubuntu
        env: *comon
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: &common
          MODE: fast
      test:
        image: ubuntu
        env: *common
    ```

    ## Fix

    None: correct the name, define the anchor above, or put the value in quotes.
    """

    name = "undefined-alias"


class RecursiveAlias(RulePage):
    """
    ## What it does

    Finds an alias inside the very value that its anchor names.

    ## Why

    Such a value would contain itself without end; the engine refuses it.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train: &train
        image: ubuntu
        env: *train
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          MODE: fast
    ```

    ## Fix

    None: write the value out.
    """

    name = "recursive-alias"


class DuplicateAnchor(RulePage):
    """
    ## What it does

    Finds an anchor (`&name`) whose name another anchor of the file already has.

    ## Why

    YAML allows it, the later one taking over, but the engine's reader refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: &common
          MODE: fast
      test:
        image: ubuntu
        env: &common
          MODE: slow
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: &fast
          MODE: fast
      test:
        image: ubuntu
        env: &slow
          MODE: slow
    ```

    ## Fix

    None: rename one of them, and the aliases that mean it.
    """

    name = "duplicate-anchor"


class UnknownTag(RulePage):
    """
    ## What it does

    Finds a tag, that is a word beginning with `!` in front of a value, which has no meaning.

    ## Why

    The engine knows only the tags of YAML itself, such as `!!str`, and refuses any other. Mostly no
    tag is meant: a value that begins with `!`, such as a negated pattern, needs quotes.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: !train --fast
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: "!train --fast"
    ```

    ## Fix

    Quotes around the value where the tag cannot even be read; else none.
    """

    name = "unknown-tag"


class MergeKey(RulePage):
    """
    ## What it does

    Finds merge keys (`<<: *name`), with which YAML 1.1 takes over the keys of another mapping.

    ## Why

    The engine refuses the file: it builds every key by itself and knows no such key. A plain alias
    (`env: *name`) works, and mixins do what merge keys are mostly wanted for.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: &common
          MODE: fast
      test:
        image: ubuntu
        env:
          <<: *common
          LEVEL: info
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: &common
          MODE: fast
      test:
        image: ubuntu
        env:
          MODE: fast
          LEVEL: info
    ```

    ## Fix

    The merged keys are written out, without those that the mapping has itself; safe. None for lists
    of mappings and for mappings in braces.
    """

    name = "merge-key"
