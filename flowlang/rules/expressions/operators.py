"""Operators and closers."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class OperatorSpacing(RulePage):
    """
    ## What it does

    Finds operators that no blank follows: `a=='x'`, `1+2`, `n -1`, `-x`.

    ## Why

    The engine wants a space or tab after each of `== != < <= > >= + - * / % |`, the signs before a
    value included; a `-` right before a digit makes a negative number, so that `n -1` is two values.
    It refuses the file with "cannot tokenize data", and says neither which file nor which line.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py --rate ${{ 0.1 if params.mode=='fast' else 0.01 }}
        params:
          mode: fast
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py --rate ${{ 0.1 if params.mode == 'fast' else 0.01 }}
        params:
          mode: fast
    ```

    ## Fix

    A blank is put after the operator; safe.
    """

    name = "operator-spacing"


class ForeignSyntax(RulePage):
    """
    ## What it does

    Finds what other languages have and this one has not: `true`, `false`, `null`, `&&`, `||`, `!`,
    `? :`, `in`, `is`, `//`, `**`, and numbers such as `1e10`, `.5` and `007`.

    ## Why

    Expressions look like Python and like GitHub's, and are neither. `true` is read as the name of a
    context, the others cannot be read: the engine refuses the file or the job.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: ${{ 'python train.py' if params.mode == 'fast' && params.seed else 'true' }}
        params:
          mode: fast
          seed: '1'
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: ${{ 'python train.py' if params.mode == 'fast' and params.seed else 'true' }}
        params:
          mode: fast
          seed: '1'
    ```

    ## Fix

    The constants, `&&`, `||`, `!`, `? :`, and most numbers are rewritten; safe. None for the others.
    """

    name = "foreign-syntax"


class ChainedComparison(RulePage):
    """
    ## What it does

    Finds comparisons in a row, such as `1 < 2 < 3`.

    ## Why

    They are not chained as in Python: the result of the first, `True` or `False`, is compared with
    what follows. So `3 > 2 > 1` is false.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: ${{ 'python big.py' if 1 < int(params.size) < 9 else 'python small.py' }}
        params:
          size: '5'
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: ${{ 'python big.py' if 1 < int(params.size) and int(params.size) < 9 else 'python small.py' }}
        params:
          size: '5'
    ```

    ## Fix

    Two comparisons joined by `and`; unsafe, as the value changes.
    """

    name = "chained-comparison"


class NestedCloser(RulePage):
    """
    ## What it does

    Finds `}}` and `]]` that close brackets inside an expression: `{'a': {'b': 1}}`,
    `env[keys(env)[0]]`.

    ## Why

    To the engine both close the expression wherever they stand outside strings, whichever notation
    opened it. It refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      d:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ volumes[params.names[0]].mount }}
        params:
          names: d
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      d:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ volumes[params.names[0] ].mount }}
        params:
          names: d
    ```

    ## Fix

    Blanks are put between the brackets; safe.
    """

    name = "nested-closer"
