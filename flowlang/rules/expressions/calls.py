"""Calls of functions."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnknownFunction(RulePage):
    """
    ## What it does

    Finds functions that do not exist.

    ## Why

    The engine checks them when it loads a file, and refuses it without naming file or line.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ lenn(params.text) }}
        params:
          text: hello
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ len(params.text) }}
        params:
          text: hello
    ```

    ## Fix

    The function that was probably meant; unsafe. None where there is no such one.
    """

    name = "unknown-function"


class BadArity(RulePage):
    """
    ## What it does

    Finds calls with too many or too few arguments.

    ## Why

    The engine checks them when it loads a file, and refuses it without naming file or line.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ replace(params.text, '-') }}
        params:
          text: a-b
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ replace(params.text, '-', '') }}
        params:
          text: a-b
    ```

    ## Fix

    None.
    """

    name = "bad-arity"


class TrailingComma(RulePage):
    """
    ## What it does

    Finds a comma after the last argument of a call.

    ## Why

    Lists and mappings may end with a comma, calls may not: the engine refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ len(params.text,) }}
        params:
          text: hello
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ len(params.text) }}
        params:
          text: hello
    ```

    ## Fix

    The comma is deleted; safe.
    """

    name = "trailing-comma"


class FmtArity(RulePage):
    """
    ## What it does

    Finds `fmt()` with fewer arguments than its text has fields, and arguments that no field names.

    ## Why

    A field without an argument fails when the expression is evaluated. An argument without a field
    is ignored without a word.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ fmt('{}-{}', params.text) }}
        params:
          text: hello
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ fmt('{}-{}', params.text, 1) }}
        params:
          text: hello
    ```

    ## Fix

    None.
    """

    name = "fmt-arity"


class RangeZeroStop(RulePage):
    """
    ## What it does

    Finds a zero as the second or third argument of `range()`.

    ## Why

    The engine takes a zero for an argument that was not given: `range(5, 0)` is `range(5)`, and
    `range(3, 0, - 1)`, which should count down, is `range(3)`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ range(3, 0, - 1) }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ [3, 2, 1] }}
    ```

    ## Fix

    None.
    """

    name = "range-zero-stop"


class UploadWithoutLocal(RulePage):
    """
    ## What it does

    Finds `upload()` of a volume that has no `local` folder.

    ## Why

    The engine does not look: it runs a copy of a folder named `None`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        cmd: ls
        volumes:
        - ${{ upload(volumes.data).ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: /data
        local: data
    jobs:
      train:
        image: ubuntu
        cmd: ls
        volumes:
        - ${{ upload(volumes.data).ref }}
    ```

    ## Fix

    None: give the volume a `local` folder, or leave `upload()` out.
    """

    name = "upload-without-local"
