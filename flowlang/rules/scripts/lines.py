"""Lines that are continued in ways that do not work where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit
from flowlang.model import Leaf
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.command_lines import constant_text, take_apart
from flowlang.text import Edit, Span
from flowlang.yamltree import Scalar

_BEFORE = pattern(r"[ \t]*\\$")


class BackslashAtLineEnd(CheckedRule):
    """
    ## What it does

    Finds backslashes at the ends of lines that do not continue the line: in a `cmd`, and in a `bash`
    whose lines YAML joins (`>`).

    ## Why

    Only a shell takes a backslash at the end of a line for "it goes on". A `cmd` is no script: with
    `|` the line break itself becomes an argument of the program. Where YAML joins the lines by
    a blank, the backslash makes that blank part of the next argument: ` --rate`, not `--rate`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        cmd: |
          python train.py \\
            --rate 0.1
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        cmd: |
          python train.py
            --rate 0.1
    ```

    ## Fix

    Safe: the backslashes are deleted; the lines belong together without.
    """

    name = "backslash-at-line-end"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """The first such backslash of every text, all of them in its fix."""
        for leaf in file.leaves:
            name = leaf.key.value if isinstance(leaf.key, Scalar) else ""
            if name not in ("cmd", "bash") or not isinstance(leaf.value, str) or "\\" not in leaf.value or leaf.template.refused:
                continue
            joins = isinstance(leaf.node, Scalar) and leaf.node.style != "|"
            if name == "bash" and not joins:
                continue
            line = take_apart(constant_text(leaf.template))
            if line.unclosed is not None:
                continue
            joined = list(_joined(leaf)) if joins else []
            places = sorted(joined if name == "bash" else {*joined, *line.breaks})
            if not places:
                continue
            first = leaf.place(places[0], places[0] + 1)
            if places[0] in joined:
                message = "YAML joins these lines by a blank: after the backslash it becomes part of the next argument"
            else:
                message = "the backslash makes an argument of the line break: 'cmd' is no shell script"
            edits = tuple(SourceEdit(leaf.source, Edit(_with_blanks(leaf, at), "")) for at in places)
            fixes = (Fix("Delete the backslashes" if len(places) > 1 else "Delete the backslash", True, edits),)
            yield Diagnostic(cls.row(), leaf.source, first, message, help="leave the backslash out: the lines belong together without it", fixes=fixes)


def _joined(leaf: Leaf) -> Iterator[int]:
    """The backslashes outside single quotes that end a line of the file which YAML joins with the next by a blank."""
    text = constant_text(leaf.template)
    source = leaf.source.text
    quoted = False
    for at, char in enumerate(text):
        if text[at - 1 : at] == "\\":
            continue
        if char == "'":
            quoted = not quoted
        elif char == "\\" and text[at + 1 : at + 2] == " " and not quoted:
            end = leaf.place(at, at + 1).end
            if source[end : end + 1] in ("\n", "\r"):
                yield at


def _with_blanks(leaf: Leaf, at: int) -> Span:
    """A backslash and the blanks before it."""
    span = leaf.place(at, at + 1)
    found = _BEFORE.search(leaf.source.text, leaf.source.text.rfind("\n", 0, span.start) + 1, span.end)
    return Span(found.start(), span.end) if found is not None else span
