"""Expressions that cannot be read."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class ExprSyntax(RulePage):
    """
    ## What it does

    Finds expressions that cannot be read: a value or an operator is missing, a bracket is never
    closed, an `if` has no `else`, a character means nothing.

    ## Why

    The engine reads all expressions when it loads a file and refuses the whole file, naming neither
    the file nor the line.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py ${{ 'fast' if params.quick }}
        params:
          quick: ''
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py ${{ 'fast' if params.quick else 'full' }}
        params:
          quick: ''
    ```

    ## Fix

    Where it can be told what was meant, such as `${{ … ]]`, the closer is replaced; safe.
    """

    name = "expr-syntax"


class UnclosedExpression(RulePage):
    """
    ## What it does

    Finds expressions, and strings in them, that are never closed.

    ## Why

    `${{` and `$[[` always open an expression: there is no way to escape them. It ends with its own
    closer, `}}` or `]]`. The engine refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ params.text }
        params:
          text: hello
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ params.text }}
        params:
          text: hello
    ```

    ## Fix

    Unsafe, where one half of the end is there: the other half is added. Else only you know where it
    ends. For a plain `${{` in a text write `${{ '${' }}{`.
    """

    name = "unclosed-expression"


class EmptyExpression(RulePage):
    """
    ## What it does

    Finds `${{ }}` with nothing in it.

    ## Why

    The engine refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo
    ```

    ## Fix

    None: delete the braces, or write what was to stand there.
    """

    name = "empty-expression"


class MultilineExpression(RulePage):
    r"""
    ## What it does

    Finds line breaks inside expressions, and inside strings in them.

    ## Why

    The engine knows blanks and tabs between tokens but no line breaks. In a `|` block every line break
    counts; `>-` folds lines into one, so an expression may be spread over several there.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: |-
          python train.py ${{ params.rate
            or '0.1' }}
        params:
          rate: ''
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: |-
          python train.py ${{ params.rate or '0.1' }}
        params:
          rate: ''
    ```

    ## Fix

    The expression is written on one line; safe. None for a line break in a string: write it `\n`.
    """

    name = "multiline-expression"


class MisplacedTrailer(RulePage):
    """
    ## What it does

    Finds attributes, indexes and calls after something that takes none: `(env).A`, `[1, 2][0]`,
    `'abc'[0]`, `params.name.lower()`.

    ## Why

    To the engine they follow names and function calls only, and only functions can be called: there
    are no methods. It refuses the file.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ params.text.lower() }}
        params:
          text: Hello
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ lower(params.text) }}
        params:
          text: Hello
    ```

    ## Fix

    None.
    """

    name = "misplaced-trailer"


class ExpressionTooDeep(RulePage):
    """
    ## What it does

    Finds brackets nested 8 deep and more: parentheses, lists, mappings, calls, indexes.

    ## Why

    The engine's parser takes twice as long and more for each level: at 12 it takes seconds, at 20 it
    does not come to an end. From 8 on it is a warning, from 12 on an error.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ ((((((((((((1)))))))))))) }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: echo ${{ 1 }}
    ```

    ## Fix

    None: take the expression apart.
    """

    name = "expression-too-deep"
