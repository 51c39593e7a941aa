"""Values that operators and functions do not take, or that cannot be computed."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class TypeMismatch(RulePage):
    """
    ## What it does

    Finds operators and functions on values that they do not take: params are text, so `params.n + 1`
    fails. A warning where something else comes out than is meant: `params.n * 2` is the text twice,
    `join(',', 'abc')` is `a,b,c`.

    ## Why

    Values are Python's, and so are the rules: texts and numbers do not mix, paths and URIs are no
    texts, a set such as `tags` can be neither indexed nor joined.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: sleep ${{ params.seconds + 1 }}
        params:
          seconds: '5'
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: sleep ${{ int(params.seconds) + 1 }}
        params:
          seconds: '5'
    ```

    ## Fix

    `str()` around what is to be text; safe. `int()` around what is to be a number, or `from_json()`
    where it may have a fraction; unsafe.
    """

    name = "type-mismatch"


class AlwaysUnequal(RulePage):
    """
    ## What it does

    Finds comparisons with `==` and `!=` of values that are never equal, a text and a number most of
    all: `params.epochs == 5` is always false.

    ## Why

    Params, variables and outputs of tasks are text, whatever they look like, and to Python the text
    `'5'` is not the number 5. Nothing fails: a condition just never holds, or always does.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py ${{ '--short' if params.epochs == 5 else '' }}
        params:
          epochs: '5'
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py ${{ '--short' if int(params.epochs) == 5 else '' }}
        params:
          epochs: '5'
    ```

    ## Fix

    Unsafe, as the comparison may hold then: `int()` or `from_json()` around the text, or a text in
    place of True or False.
    """

    name = "always-unequal"


class EvaluationError(RulePage):
    """
    ## What it does

    Finds expressions that fail for the values that they have: a division by zero, `int('abc')`, JSON
    that is none, a volume reference that cannot be read.

    ## Why

    The engine fails when the expression is evaluated.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: sleep ${{ int(params.seconds) }}
        params:
          seconds: 5s
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: sleep ${{ int(params.seconds) }}
        params:
          seconds: '5'
    ```

    ## Fix

    None.
    """

    name = "evaluation-error"


class EvaluationLimit(RulePage):
    """
    ## What it does

    Finds values that become too large to be computed here: texts of more than about a million
    characters, lists of more than a hundred thousand items, expressions that take that many steps.

    ## Why

    The engine has no such bounds: it fills the memory, or does not come to an end.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ 'a' * 1000000000 }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ 'a' * 10 }}
    ```

    ## Fix

    None.
    """

    name = "evaluation-limit"
