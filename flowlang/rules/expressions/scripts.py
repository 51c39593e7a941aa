"""What texts and scripts around expressions make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit
from flowlang.expr import CONTEXTS, Call, TextPart, lookups, walk
from flowlang.model import Leaf
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.text import Edit

_PLAIN = rf"(?:{'|'.join(CONTEXTS)})(?:\.\w+)+"
_LOOKALIKE = pattern(rf"(?:\$[ ]?)?\{{\{{[ \t]*({_PLAIN})[ \t]*\}}\}}|\$\{{[ \t]*({_PLAIN})[ \t]*\}}")
# Contexts whose values others give: who starts the flow, what ran before, who named the branch.
_FROM_OUTSIDE = frozenset({"git", "inputs", "needs", "params", "state"})
# Scopes of what the executor evaluates (engine 26.7: the files of a flow are fetched there, those of the workspace are not).
_REMOTE = frozenset({"batch-task", "batch-action-task", "batch-module-task", "post"})


def _leaves(file: FileAnalysis) -> Iterator[Leaf]:
    """All scalars of a file that may hold expressions."""
    return (leaf for leaf in file.expressive if leaf.scope != "none")


class LooksLikeExpression(CheckedRule):
    """
    ## What it does

    Finds texts that look like expressions and are none: `{{ params.rate }}`, `${ params.rate }`,
    `$ {{ params.rate }}`.

    ## Why

    Only `${{ }}` and `$[[ ]]` open an expression. Everything else stays text without a word.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py --rate {{ params.rate }}
        params:
          rate: '0.1'
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        cmd: python train.py --rate ${{ params.rate }}
        params:
          rate: '0.1'
    ```

    ## Fix

    The braces of an expression; unsafe, as the value changes.
    """

    name = "looks-like-expression"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such text."""
        for leaf in _leaves(file):
            text = leaf.value if isinstance(leaf.value, str) else ""
            if "{" not in text:
                continue
            for part in leaf.template.parts:
                if isinstance(part, TextPart) and "{" in part.text:
                    yield from (cls._told(leaf, part.start, found) for found in _LOOKALIKE.finditer(part.text))

    @classmethod
    def _told(cls, leaf: Leaf, offset: int, found: re.Match[str]) -> Diagnostic:
        """One text that looks like an expression."""
        span = leaf.place(offset + found.start(), offset + found.end())
        meant = f"${{{{ {found[1] or found[2]} }}}}"
        fix = Fix(f"Write {meant}", False, (SourceEdit(leaf.source, Edit(span, meant)),))
        return Diagnostic(cls.row(), leaf.source, span, "this looks like an expression but stays text", help="expressions stand in '${{ }}'", fixes=(fix,))


class TemplateInScript(CheckedRule):
    """
    ## What it does

    Finds values from outside, params, inputs, outputs of tasks and the like, pasted into a `bash` or
    `python` script.

    ## Why

    The value is pasted as it is before the script is read: a quote or a `$` in it changes the script.
    In `env` it is a value and nothing else.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        bash: |
          echo "${{ params.text }}"
        params:
          text: hello
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          TEXT: ${{ params.text }}
        bash: |
          echo "$TEXT"
        params:
          text: hello
    ```

    ## Fix

    Unsafe: in a shell script, a lookup becomes a variable in `env` that is named after it, and the script reads that one, in the quotes
    that fit the place. None in other scripts, in here documents and comments, and where the value is the command itself.
    """

    name = "template-in-script"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """The first such value of each script."""
        for leaf in _leaves(file):
            if leaf.notes.type not in ("bash", "python") or not leaf.may_hold_expressions:
                continue
            for part in leaf.template.expressions:
                name = next((found.name for found, bound in lookups(part.tree) if found.name in _FROM_OUTSIDE and found.name not in bound), None)
                if name is not None:
                    message = f"a value of '{name}' is pasted into the script as it is"
                    help = "put it into 'env' and read the variable: quotes and '$' in it do no harm there"
                    from flowlang.semantics.script_values import as_variable, owner_of

                    owner = owner_of(leaf, file.config.block)
                    fixes = as_variable(owner, leaf, part) if owner is not None else ()
                    yield Diagnostic(cls.row(), leaf.source, leaf.place(part.start, part.end), message, help=help, fixes=fixes)
                    break


class HashFilesRemote(CheckedRule):
    """
    ## What it does

    Finds `hash_files()` in attributes of tasks.

    ## Why

    They are evaluated by the executor, far from the workspace, whose files are not there: the hash is
    that of nothing, always the same. In `images` it is evaluated where the flow is baked.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: a
      image: ubuntu
      cmd: ls
      env: {HASH: "${{ hash_files('.neuro/*.yml') }}"}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: a
      image: ubuntu
      cmd: ls
      env: {HASH: none}
    ```

    ## Fix

    None.
    """

    name = "hash-files-remote"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such call."""
        for leaf in _leaves(file):
            if leaf.scope not in _REMOTE or not leaf.may_hold_expressions or "hash_files" not in str(leaf.value):
                continue
            for part in leaf.template.expressions:
                for node in walk(part.tree):
                    if isinstance(node, Call) and node.function in ("hash_files", "hash_files_relative"):
                        message = f"'{node.function}()' is computed where the task is started, far from the files"
                        help = "compute it in 'images' or 'defaults', which are read where the flow is baked"
                        yield Diagnostic(cls.row(), leaf.source, leaf.place(node.at, node.close), message, help=help)
