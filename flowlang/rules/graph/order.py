"""What tasks wait for, and in which order they are declared."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class NeedsCycle(RulePage):
    """
    ## What it does

    Finds tasks that need one another in a circle, or a task that needs itself.

    ## Why

    None of them could ever start. The engine refuses the flow with an error that has
    no text at all; here the circle is shown.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      needs: [evaluate]
    - id: evaluate
      image: ubuntu
      needs: [train]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    - id: evaluate
      image: ubuntu
      needs: [train]
    ```

    ## Fix

    None: take one of the needs out of the circle.
    """

    name = "needs-cycle"


class TaskOrderFalseCycle(RulePage):
    """
    ## What it does

    Finds tasks in an order that the engine takes for a cycle although there is none:
    a task that needs another on two ways and is declared before it.

    ## Why

    The engine's search for cycles refuses a task that it meets twice on its way, and
    it starts with the first that is declared. The whole flow is refused, with an
    error that has no text. Declared in the order in which they run, the same tasks
    work.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: report
      image: ubuntu
      needs: [train, evaluate]
    - id: train
      image: ubuntu
      needs: [prepare]
    - id: evaluate
      image: ubuntu
      needs: [prepare]
    - id: prepare
      image: ubuntu
      needs: []
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: ubuntu
      needs: []
    - id: train
      image: ubuntu
      needs: [prepare]
    - id: evaluate
      image: ubuntu
      needs: [prepare]
    - id: report
      image: ubuntu
      needs: [train, evaluate]
    ```

    ## Fix

    Each task is moved below those that it needs, with the comments directly above it; a task without `needs` stays
    behind the one that it follows. Unsafe: tasks without an `id` are named by their place.
    """

    name = "task-order-false-cycle"


class LocalDependsOnRemote(RulePage):
    """
    ## What it does

    Finds the call of a local action that needs a task on the platform.

    ## Why

    Local actions run on the machine of who starts the flow, before anything is sent
    to the platform. A task without `needs` needs the one declared before it, so a
    local action in the second place has such a need unless it says `needs: []`. The
    engine refuses the run.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    - id: upload
      action: ws:upload
      args: {}
    ```

    ```yaml upload.yml
    kind: local
    cmd: python upload.py
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
    - id: upload
      action: ws:upload
      needs: []
      args: {}
    ```

    ```yaml upload.yml
    kind: local
    cmd: python upload.py
    ```

    ## Fix

    Safe for a call without `needs`: an empty list is added. Else none.
    """

    name = "local-depends-on-remote"


class RunningNeedInContext(RulePage):
    """
    ## What it does

    Finds `needs.NAME` in a task that needs NAME only as `running`.

    ## Why

    Such a task starts as soon as the other one runs. Nothing is known of that one
    then, neither result nor outputs: the expression fails in the middle of the run.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: server
      image: ubuntu
    - id: train
      image: ubuntu
      needs:
        server: running
      cmd: python train.py --url ${{ needs.server.outputs.url }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: server
      image: ubuntu
    - id: train
      image: ubuntu
      needs:
        server: completed
      cmd: python train.py --url ${{ needs.server.outputs.url }}
    ```

    ## Fix

    None: need the task as `completed`, or do without what it gives.
    """

    name = "running-need-in-context"


class UnknownActionOutput(RulePage):
    """
    ## What it does

    Finds `needs.NAME.outputs.OUTPUT` where NAME calls a batch action that declares no
    such output.

    ## Why

    Only the outputs that a batch action declares leave it. The name is looked up
    after the action ran, perhaps for hours, and fails then.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:train
      args: {}
    - id: report
      image: ubuntu
      cmd: echo ${{ needs.train.outputs.scores }}
    ```

    ```yaml train.yml
    kind: batch
    outputs:
      score:
        value: ${{ needs.fit.outputs.score }}
    tasks:
    - id: fit
      image: ubuntu
      bash: echo "::set-output name=score::0.9"
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      action: ws:train
      args: {}
    - id: report
      image: ubuntu
      cmd: echo ${{ needs.train.outputs.score }}
    ```

    ```yaml train.yml
    kind: batch
    outputs:
      score:
        value: ${{ needs.fit.outputs.score }}
    tasks:
    - id: fit
      image: ubuntu
      bash: echo "::set-output name=score::0.9"
    ```

    ## Fix

    Unsafe, where an output with a similar name is declared: it is put in place of
    the unknown one.
    """

    name = "unknown-action-output"


class DuplicateTaskId(RulePage):
    """
    ## What it does

    Finds a task with an `id` that an earlier task has.

    ## Why

    The later one silently takes the place of the earlier one, which never runs. If the later one has
    no `needs` and so needs the task before it, which has the same id, it needs itself: then the engine
    refuses the flow, with an error that has no text.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      needs: []
    - id: train
      image: ubuntu
      needs: []
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train
      image: ubuntu
      needs: []
    - id: evaluate
      image: ubuntu
      needs: []
    ```

    ## Fix

    None: only you know what needs which of the two.
    """

    name = "duplicate-task-id"
