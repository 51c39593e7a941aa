"""Command lines that are taken for shell scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix
from flowlang.model import Block, Leaf
from flowlang.model.mending import one_edit
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.command_lines import Word, constant_text, take_apart, unclosed
from flowlang.semantics.visit import blocks, units
from flowlang.text import quoted

# Compiled at need: most command lines hold none of the characters that these begin with.
_MARKS = "&|;<>$`"
_OPERATOR = r"[0-9]?(?:>>?|<<?<?)(?:&[0-9-])?|&>>?|\|[|&]?|&&?|;;?"
_REDIRECTION = r"(?:[0-9]?>>?|&>>?)(?=[\w./$-])"
# `$(NAME)` is left out: the platform's own containers know it.
_EXPANSION = r"\$[A-Za-z_]\w*|\$\{[A-Za-z_][^}]*\}|\$\((?!\w+\))|`"
_QUOTED = r"'[^']*'|\\."
_SCRIPT_FOLLOWS = r"-[a-z]*c"


def _commands(file: FileAnalysis) -> Iterator[tuple[Block, Leaf]]:
    """Every ``cmd`` of a file that is text, with the block it stands in."""
    for block in blocks(file, "cmd"):
        leaf = block.leaf("cmd")
        if leaf is not None and isinstance(leaf.value, str) and (leaf.constant or not leaf.template.refused):
            yield block, leaf


def _written(leaf: Leaf) -> str:
    """The text of a command line with letters in place of its expressions."""
    return leaf.value if leaf.constant and isinstance(leaf.value, str) else constant_text(leaf.template)


class ShellSyntaxInCmd(CheckedRule):
    """
    ## What it does

    Finds `&&`, `|`, `>`, `;`, `$NAME` and other words of the shell in a `cmd`.

    ## Why

    `cmd` is a command line and no script. It is cut at its blanks and run without a shell: `a && b`
    runs `a` with the arguments `&&` and `b`, and `$HOME` stays `$HOME`. So it is in jobs, in tasks and
    in local actions, whatever the documentation says of the user's shell.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        cmd: python prepare.py && python train.py
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        bash: python prepare.py && python train.py
    ```

    ## Fix

    Unsafe: `cmd` is renamed `bash`, which runs the text with `bash -euo pipefail`.
    """

    name = "shell-syntax-in-cmd"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """The first such word of every command line."""
        for block, leaf in _commands(file):
            text = _written(leaf)
            words = take_apart(text).words if any(mark in text for mark in _MARKS) else ()
            found = _shell_word(words)
            if found is None:
                continue
            start, end = found
            shown = quoted(leaf.template.text[start:end])
            expands = re.match(_EXPANSION, leaf.template.text[start:]) is not None
            message = f"'cmd' is run without a shell: {shown} {'stays as it is' if expands else 'is passed on as an argument'}"
            fixes: tuple[Fix, ...] = ()
            if "entrypoint" not in block.fields and not any(re.fullmatch(_SCRIPT_FOLLOWS, word.written) for word in words):
                key = block.key_span("cmd")
                fixes = (one_edit("Rename 'cmd' to 'bash'", leaf.source, key.start, key.end, "bash", safe=False),)
            yield Diagnostic(cls.row(), leaf.source, leaf.place(start, end), message, help="write the command under 'bash'", fixes=fixes)


def _shell_word(words: tuple[Word, ...]) -> tuple[int, int] | None:
    """The place of the first word that only a shell would understand."""
    may_end = any(word.written == "-exec" for word in words)
    script = next((index + 1 for index, word in enumerate(words) if re.fullmatch(_SCRIPT_FOLLOWS, word.written)), -1)
    for index, word in enumerate(words):
        written = word.written
        if re.fullmatch(_OPERATOR, written) and not (may_end and written == ";"):
            return word.start, word.end
        redirection = re.match(_REDIRECTION, written)
        if redirection is not None:
            return word.start, word.start + redirection.end()
        if written.endswith(";") and not written.endswith("\\;") and written[0] not in "'\"" and index + 1 < len(words):
            return word.end - 1, word.end
        expansion = re.search(_EXPANSION, re.sub(_QUOTED, _blanks, written, flags=re.S)) if index != script else None
        if expansion is not None:
            end = expansion.end() if expansion[0] not in ("`", "$(") else len(written)
            return word.start + expansion.start(), word.start + end
    return None


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])


class CmdQuoting(CheckedRule):
    """
    ## What it does

    Finds command lines with a quote that is never closed, or a backslash at their end.

    ## Why

    A `cmd` is cut into arguments as a shell would do it, quotes included. `echo it's` cannot be: the
    engine fails with "No closing quotation", without a place.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      greet:
        image: python:3.12
        cmd: echo it's me
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      greet:
        image: python:3.12
        cmd: echo "it's me"
    ```

    ## Fix

    None: close the quote, or put the argument into the other ones.
    """

    name = "cmd-quoting"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such command line; those that only their values break where they are run."""
        for _, leaf in _commands(file):
            at = unclosed(_written(leaf))
            if at is not None:
                message = "the backslash at the end escapes nothing" if leaf.template.text[at] == "\\" else "this quote is never closed"
                help = "'cmd' is cut into arguments as a shell does it: close the quote, or put the argument into the other ones"
                yield Diagnostic(cls.row(), leaf.source, leaf.place(at, at + 1), f"{message}: the command cannot be run", help=help)
        for unit in units(file):
            written = unit.item("cmd")
            if not isinstance(written, Leaf) or written.constant or written.notes.type in ("bash", "python") or written.template.is_text:
                continue
            value = unit.values.get("cmd")
            # one that is broken as it stands is told in its own file
            if isinstance(value, str) and unclosed(value) is not None and unclosed(constant_text(written.template)) is None:
                message = f"with the values of its expressions a quote is never closed: {unit.what} cannot be run"
                yield Diagnostic(cls.row(), written.source, written.span, message, help="put the expression into quotes that its value does not hold")
