"""Python scripts that do not parse."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix
from flowlang.model import Leaf
from flowlang.model.mending import one_edit
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.command_lines import constant_text
from flowlang.text import Span
from flowlang.yamltree import Scalar

# What is wrong in every release of Python 3. Nothing that newer releases allow, or that reads differently in them.
_CERTAIN = (
    (pattern(r"unexpected indent"), "this line is indented more than the one before it"),
    (pattern(r"unindent does not match"), "this line is indented like none of the blocks around it"),
    (pattern(r"expected an indented block(?: after (?P<what>.+?) on line \d+)?"), "an indented block is missing here"),
    (pattern(r"inconsistent use of tabs"), "tabs and blanks are mixed in the indentation"),
    (pattern(r"'(?P<what>.)' was never closed"), "this bracket is never closed"),
    (pattern(r"unmatched '(?P<what>.)'"), "this bracket closes nothing"),
    (pattern(r"closing parenthesis '(?P<what>.)' does not match"), "this bracket closes one of another kind"),
    (pattern(r"unterminated string literal"), "this string is never closed on its line"),
    (pattern(r"unterminated triple-quoted string"), "this string is never closed"),
    (pattern(r"Missing parentheses in call to '(?P<what>\w+)'"), "Python 3 needs parentheses here"),
)
_STRING_WITH_CODE = pattern(r"""(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])["']""")
_INDENTATION = ("unexpected indent", "unindent", "expected an indented", "inconsistent use")


class PythonSyntax(CheckedRule):
    """
    ## What it does

    Finds `python` scripts that no Python 3 can read: indentation that does not fit, brackets and
    strings that are never closed, lines that YAML joins.

    ## Why

    The script is passed on as text. The job starts, waits for its machine, and ends with a
    `SyntaxError`. Under `python: >` YAML joins all lines to one.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        python: |
          import train
          train.run(rate=0.1
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        python: |
          import train
          train.run(rate=0.1)
    ```

    ## Fix

    Safe for lines that YAML joins and that make a script as they are: `|` is written in place of
    `>`. Else none.
    """

    name = "python-syntax"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """What is certainly wrong with each script: the first thing."""
        for leaf in file.leaves:
            if leaf.notes.type == "python" and isinstance(leaf.value, str) and not leaf.template.refused:
                yield from cls._script(leaf)

    @classmethod
    def _script(cls, leaf: Leaf) -> Iterator[Diagnostic]:
        text = constant_text(leaf.template)
        error = _error(text)
        if error is None:
            return
        assert isinstance(leaf.node, Scalar)
        if leaf.node.style == ">" and (header := _joined_script(leaf)) is not None:
            message = "YAML joins the lines of this script to one, and Python cannot read it"
            fix: Fix = one_edit("Write '|' in place of '>'", leaf.source, header.start, header.end, "|")
            yield Diagnostic(cls.row(), leaf.source, header, message, help="write '|', which keeps the lines", fixes=(fix,))
            return
        words = next((ours for form, ours in _CERTAIN if form.match(error.msg)), None)
        start, end = _place(text, error)
        if words is None or _is_doubtful(leaf, text, error, start):
            return
        yield Diagnostic(cls.row(), leaf.source, leaf.place(start, end), f"{words}: Python cannot read the script")


def _error(text: str) -> SyntaxError | None:
    """What this Python has against a script; None where it takes it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _joined_script(leaf: Leaf) -> Span | None:
    """The ``>`` of a folded block whose lines make a script if they are kept; None where they do not."""
    header = Span(leaf.node.start, leaf.node.start + 1)
    lines = leaf.source.text[leaf.node.start : leaf.node.end].splitlines()[1:]
    indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    kept = "\n".join(line[min(indents, default=0) :] for line in lines)
    if len(indents) < 2 or leaf.may_hold_expressions:
        from flowlang.expr import parse_template

        kept = constant_text(parse_template(kept))
    return header if len(indents) > 1 and _error(kept) is None else None


def _place(text: str, error: SyntaxError) -> tuple[int, int]:
    """The offsets of an error in the text: its character, or the first of its line."""
    lines = text.split("\n")
    number = min(max(error.lineno or 1, 1), len(lines))
    line = lines[number - 1]
    start = sum(len(before) + 1 for before in lines[: number - 1])
    if error.msg.startswith(_INDENTATION):
        indent = len(line) - len(line.lstrip())
        return start + indent, start + max(len(line.rstrip()), indent)
    column = min(max((error.offset or 1) - 1, 0), len(line))
    return start + column, start + min(column + 1, max(len(line), column))


def _is_doubtful(leaf: Leaf, text: str, error: SyntaxError, start: int) -> bool:
    """Whether another Python, or the value of an expression, might see it differently."""
    if error.msg.startswith(_INDENTATION):
        # an expression alone on a line may bring lines of its own
        lines = {text.count("\n", 0, part.start) for part in leaf.template.expressions}
        number = text.count("\n", 0, start)
        return any(number - 2 <= line <= number for line in lines)
    # newer releases read strings with code in them differently
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    return _STRING_WITH_CODE.search(text, begin, len(text) if end < 0 else end) is not None or "f-string" in error.msg
