"""Names: contexts, attributes, keys."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnaddressableName(RulePage):
    """
    ## What it does

    Finds names that cannot be written where they stand: with a `_` at the begin, with other than ASCII
    letters, with `None`, `True` or `False` at the begin, and `or`, `and`, `not` after a dot.

    ## Why

    Such names can be defined, and can be reached by an index, but the engine reads them as something
    else after a dot: `env.True1` is `True` followed by `1`. It refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    defaults:
      env:
        _HOME: /work
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ env._HOME }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    defaults:
      env:
        _HOME: /work
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ env['_HOME'] }}
    ```

    ## Fix

    After a dot the index is written instead; safe. None elsewhere.
    """

    name = "unaddressable-name"


class UnknownContext(RulePage):
    """
    ## What it does

    Finds names that are no context, such as `${{ parms.rate }}`.

    ## Why

    The engine fails when the expression is evaluated: for a live job when it is started, for a task
    before the bake.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ parms.rate }}
        params:
          rate: '1'
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ params.rate }}
        params:
          rate: '1'
    ```

    ## Fix

    The context that was probably meant; unsafe. None where there is no such one.
    """

    name = "unknown-context"


class ContextNotAvailable(RulePage):
    """
    ## What it does

    Finds contexts, and functions that need one, in attributes that do not see them.

    ## Why

    What an attribute sees depends on when it is read. Defaults, images and volumes of a live flow
    see `project`, `flow` and `git` alone; actions see their `inputs` and nothing of the caller. The
    documentation is not exact about it.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    defaults:
      env:
        DATA: ${{ volumes.data.mount }}
    volumes:
      data:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        cmd: ls
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
        cmd: ls
        env:
          DATA: ${{ volumes.data.mount }}
    ```

    ## Fix

    None: move the expression to where the context is, or write the value itself.
    """

    name = "context-not-available"


class UndefinedReference(RulePage):
    """
    ## What it does

    Finds attributes, keys and indexes that do not exist: `${{ flow.name }}`, `${{ git.tags[9] }}`.
    Names of volumes, images, params and the like have rules of their own.

    ## Why

    The engine fails when the expression is evaluated.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ flow.tittle }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ flow.title }}
    ```

    ## Fix

    The name that was probably meant; unsafe. None where there is no such one.
    """

    name = "undefined-reference"


class IndexOnObject(RulePage):
    """
    ## What it does

    Finds indexes on objects: `${{ flow['title'] }}`.

    ## Why

    `project`, `flow`, `git`, `multi`, `strategy`, one volume, one image and one need are objects: their
    attributes are reached by a dot alone, whatever the documentation says. The engine fails with no
    words at all. Mappings such as `env` and `params` take both.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ flow['title'] }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ flow.title }}
    ```

    ## Fix

    The attribute after a dot; safe.
    """

    name = "index-on-object"


class RemovedName(RulePage):
    """
    ## What it does

    Finds names that the documentation has and the engine has not: `parse_json`, `flow.id`,
    `multi.args`, `images.ID.full_context_path`, `images.ID.full_dockerfile_path`.

    ## Why

    Some were renamed, some removed, some never there. The engine refuses the file or the job.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ flow.id }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ flow.flow_id }}
    ```

    ## Fix

    The new name, where there is one; safe.
    """

    name = "removed-name"


class EnvContextScope(RulePage):
    """
    ## What it does

    Finds `env.NAME` where `NAME` is set in the `env` of the job or task itself.

    ## Why

    The documentation says that the context `env` holds the variables of the job. It holds those of the
    flow's `defaults.env` alone: the engine fails when the expression is evaluated.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          DATA: /data
        cmd: ls ${{ env.DATA }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    defaults:
      env:
        DATA: /data
    jobs:
      train:
        image: ubuntu
        cmd: ls ${{ env.DATA }}
    ```

    ## Fix

    None: move the variable to `defaults.env`, or read it in the shell, as `$DATA`.
    """

    name = "env-context-scope"
