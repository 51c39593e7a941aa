"""Keys of blocks: unknown, missing, excluding one another, renamed, or none at all."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnknownKey(RulePage):
    """
    ## What it does

    Finds a key that the block it stands in does not have: a misspelt attribute, an
    attribute of another block, or one that belongs to another kind of file, such as
    `tasks` in a live flow.

    ## Why

    The engine refuses the whole file for one unknown key, so no job of the flow can
    be started. It stops at the first one; here all are shown. Keys of your own,
    `x-common` and the like, are refused as well, at the top of a file too.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        presett: gpu-small
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        preset: gpu-small
    ```

    ## Fix

    Unsafe, where a key with a similar name is allowed and not yet there: the key is
    renamed. Nothing else tells that this was the one you meant.
    """

    name = "unknown-key"


class MissingKey(RulePage):
    """
    ## What it does

    Finds a block without a key that it must have: `kind` and `jobs` of a live flow,
    `ref` of an image, `remote` and `mount` of a volume, and so on.

    ## Why

    The engine refuses the whole file, also when no job uses the incomplete image or
    volume.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
    jobs:
      train:
        image: ubuntu
        volumes:
        - ${{ volumes.data.ref }}
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
        volumes:
        - ${{ volumes.data.ref }}
    ```

    ## Fix

    Safe for the `kind` of a flow, which its other keys tell: it is added. Else none,
    for only you know the value.
    """

    name = "missing-key"


class ExclusiveKeys(RulePage):
    """
    ## What it does

    Finds keys side by side of which a block takes only one: `cmd`, `bash` and
    `python`.

    ## Why

    All three say what the job runs: `bash` and `python` are short for a `cmd` that
    starts a shell or Python. The engine does not choose between them, it refuses
    the file.

    A job may have one of them and its mixin another; then the job's own wins.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py
        bash: |
          pip install -r requirements.txt
          python train.py
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        bash: |
          pip install -r requirements.txt
          python train.py
    ```

    ## Fix

    None: keep the one that you meant.
    """

    name = "exclusive-keys"


class DeprecatedInherits(RulePage):
    """
    ## What it does

    Finds the key `inherits`, the first name of `mixins`.

    ## Why

    It was renamed in release 21.9, and the engine refuses the old name like any
    unknown key.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        image: ubuntu
        inherits: [gpu]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        image: ubuntu
        mixins: [gpu]
    ```

    ## Fix

    Safe: the key is renamed; its value stays.
    """

    name = "deprecated-inherits"


class BadKey(RulePage):
    """
    ## What it does

    Finds a key that is a list or a mapping in place of one plain value.

    ## Why

    YAML allows such keys, the engine fails on them with an error that names neither
    file nor line. Mostly a template tool's `{{ name }}` stands where a key should
    be: YAML reads its braces as a mapping inside a mapping.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          [RATE, DECAY]: "0.1"
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          RATE: "0.1"
          DECAY: "0.1"
    ```

    ## Fix

    None: write one plain key, in quotes if it holds special characters.
    """

    name = "bad-key"
