"""Expressions that YAML stumbles over for want of quotes."""

from __future__ import annotations

from flowlang.rules.frame import RulePage


class UnquotedExpression(RulePage):
    """
    ## What it does

    Finds expressions that need quotes and have none: those with `: ` in them, and all that stand
    inside `[ ]` or `{ }`.

    ## Why

    YAML reads the file before any expression is looked at. To it `: ` begins a value, and inside
    brackets the braces of `${{ }}` begin a mapping. So the file is refused with words about YAML, or the
    expression is taken apart. The documentation shows several examples without the quotes they need.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: ${{ {'MODE': 'fast'} }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env: "${{ {'MODE': 'fast'} }}"
    ```

    ## Fix

    Quotes around the whole value; safe. None where the expression is not closed on its line.
    """

    name = "unquoted-expression"


class CommentCutsExpression(RulePage):
    """
    ## What it does

    Finds expressions in unquoted values that are cut off by a `#` with a space before it.

    ## Why

    To YAML that `#` begins a comment, also within the quotes of an expression: they are part of an
    unquoted text. What remains is half an expression, which the engine refuses.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      hello:
        image: ubuntu
        cmd: ${{ fmt('echo {} #1', 'hi') }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      hello:
        image: ubuntu
        cmd: "${{ fmt('echo {} #1', 'hi') }}"
    ```

    ## Fix

    Quotes around the whole value; safe where the value stands on one line.
    """

    name = "comment-cuts-expression"
