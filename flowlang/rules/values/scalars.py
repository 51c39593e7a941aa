"""Texts and results that are not what their attribute needs."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class BadUri(RulePage):
    """
    ## What it does

    Finds a text that is no URI the platform understands, such as a volume's
    `remote` without `storage:` in front.

    ## Why

    The engine fails on the whole flow, and its error does not say which volume or
    image it means. A URI begins with a scheme: `storage:`, `disk:`, `secret:`,
    `image:`. What follows is relative to the project: `storage:data` is the folder
    `data` of the project's storage.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: data/imagenet
        mount: /data
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
        remote: storage:data/imagenet
        mount: /data
    jobs:
      train:
        image: ubuntu
        volumes:
        - ${{ volumes.data.ref }}
    ```

    ## Fix

    None: only you know where the data lies.
    """

    name = "bad-uri"


class BadScalar(RulePage):
    """
    ## What it does

    Finds a value without quotes that YAML takes for something special and then
    cannot read: a lone `=`, a date that no calendar has, a value that does not fit
    its tag.

    ## Why

    The engine refuses the whole file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          SEPARATOR: =
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          SEPARATOR: "="
    ```

    ## Fix

    None: put the value in quotes.
    """

    name = "bad-scalar"


class BadValue(RulePage):
    """
    ## What it does

    Finds an expression whose result its attribute does not take, such as None or a
    number for a path.

    ## Why

    The engine refuses the job when it is started. None does not mean "leave it
    out": nothing that an expression gives can unset an attribute.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          where: ""
        workdir: ${{ params.where if params.where else None }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        params:
          where: ""
        workdir: ${{ params.where if params.where else '/workspace' }}
    ```

    ## Fix

    None: let the expression give a value of the right kind in every case.
    """

    name = "bad-value"
