"""Values of the wrong kind: a list for a text, a text for a list, and the like."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class WrongType(RulePage):
    """
    ## What it does

    Finds a value of a kind that its attribute cannot take, such as a list where
    names and values are expected.

    ## Why

    The engine refuses the whole file. `env` is a mapping in flows; the list form
    that docker compose knows is not understood.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: [RATE=0.1, DECAY=0.9]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          RATE: "0.1"
          DECAY: "0.9"
    ```

    ## Fix

    None: rewrite the value in the form that the message names.
    """

    name = "wrong-type"


class CollectionForScalar(RulePage):
    """
    ## What it does

    Finds a list or a mapping where an attribute takes one value, such as a `cmd`
    written as a list of words.

    ## Why

    The engine accepts it and forgets what is in it: the list becomes the text `[]`,
    the mapping `{}`. A job with such a `cmd` waits for its GPU and then runs the
    command `[]`, which does not exist. One with such an `image` asks for an image
    called `{}`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: [python, train.py, epochs=10]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py epochs=10
    ```

    ## Fix

    Unsafe for a list of plain words in brackets: they become one text. Else none: write the words as one
    text, with quotes around those that hold blanks. For several commands use `bash`.
    """

    name = "collection-for-scalar"


class ScalarForList(RulePage):
    """
    ## What it does

    Finds one value where a list is expected: `tags`, `volumes`, `port_forward`,
    `build_args` of an image, an expression whose result is no list.

    ## Why

    The engine fails on the whole file, and its error names neither the file nor the
    attribute.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        volumes: storage:data:/data
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        volumes: [storage:data:/data]
    ```

    ## Fix

    Safe for a value on one line: it is put in brackets. Else none.
    """

    name = "scalar-for-list"


class SectionType(RulePage):
    """
    ## What it does

    Finds a section of a flow that has not the form of its kind: `jobs`, `images`,
    `volumes`, `mixins` are mappings of names, `tasks` is a list. An empty `jobs` or
    `tasks` counts too.

    ## Why

    The engine fails on the file with an error that speaks of its own code, such as
    `not enough values to unpack`, and shows no place. A list under `jobs` is easily
    written by who knows `tasks` of batch flows.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
    - image: ubuntu
      cmd: python train.py
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py
    ```

    ## Fix

    None. A flow without any job yet is written `jobs: {}`, one without tasks
    `tasks: []`.
    """

    name = "section-type"
