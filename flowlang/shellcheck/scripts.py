"""Scripts for shellcheck out of `bash` texts, and its comments on them as findings in the file.

The engine runs the text by ``bash -euo pipefail -c`` (engine 26.7), so shellcheck is told the same in a first
line of our own. Expressions are put out of the way: as many letters stand for each, so that every
place stays where it is. What a comment says of such letters alone is not said of the user's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flowlang.diagnostics import Diagnostic, Severity, rule
from flowlang.model import Item, Leaf, MapItem
from flowlang.model.items import Block, ListItem
from flowlang.semantics import FileAnalysis
from flowlang.semantics.command_lines import constant_text
from flowlang.shellcheck.comments import Comment, Run

_HEAD = "#!/bin/bash -euo pipefail\n"
# In capitals shellcheck takes a name for a variable that is set elsewhere.
_LETTER = "X"
WIKI = "https://www.shellcheck.net/wiki/SC"
"""Where the page of a comment's code is, its number left out."""

# About the script as a file of its own: its first line, and files that it reads.
_NOT_A_FILE = frozenset({1008, 1090, 1091, 1128, 2096, 2148, 2239})
# About words without a variable in them: said of an expression on the same line they are wrong.
_CONSTANT = frozenset({2043, 2050, 2078, 2157, 2158, 2159, 2160, 2161, 2170, 2194, 2244, 2245, 2249})
# About what the whole script does and does not: an expression that brings code may do it.
_WHOLE_SCRIPT = frozenset({2034, 2154, 2317})
_UNASSIGNED = 2154
_WORD_ENDS = frozenset(" \t\n;&|()<>")


def check_scripts(files: Iterable[FileAnalysis], run: Run, only: Iterable[str] | None = None) -> Iterator[Diagnostic]:
    """The findings of shellcheck in all `bash` texts of some files, those of the reported paths `only` if given; runs it once."""
    wanted = None if only is None else frozenset(only)
    files = list(files)
    leaves = [leaf for file in files if not file.remote and (wanted is None or file.config.source.path in wanted) for leaf in file.leaves if _is_script(leaf)]
    if not leaves:
        return
    known = {name for file in files for name in _variables(file.config.block)}
    for leaf, comments in zip(leaves, run([_HEAD + _text(leaf) for leaf in leaves]), strict=True):
        yield from _told(leaf, comments, known)


def _is_script(leaf: Leaf) -> bool:
    return leaf.notes.type == "bash" and isinstance(leaf.value, str) and not leaf.template.refused and "\0" not in leaf.value and bool(leaf.value.strip())


def _text(leaf: Leaf) -> str:
    return constant_text(leaf.template, _LETTER)


def _variables(item: Item | None) -> Iterator[str]:
    """The names of all variables that a file gives to jobs, tasks and images."""
    if isinstance(item, Block):
        for key, child in item.fields.items():
            if key == "env" and isinstance(child, MapItem):
                yield from (name for name in child.entries if isinstance(name, str))
            else:
                yield from _variables(child)
    elif isinstance(item, MapItem):
        for child in item.entries.values():
            yield from _variables(child)
    elif isinstance(item, ListItem):
        for child in item.items:
            yield from _variables(child)


def _told(leaf: Leaf, comments: Sequence[Comment], known: set[str]) -> Iterator[Diagnostic]:
    """The comments on one script that are true of what is written."""
    text = _text(leaf)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    expressions = [(part.start, part.end) for part in leaf.template.expressions]
    brings_code = any(not text[text.rfind("\n", 0, start) + 1 : start].strip() for start, _ in expressions)
    for comment in comments:
        start, end = _offset(starts, text, comment.line, comment.column), _offset(starts, text, comment.end_line, comment.end_column)
        if comment.line < 2 or comment.code in _NOT_A_FILE or _is_about(text, start, end, comment, expressions):
            continue
        if brings_code and (comment.code in _WHOLE_SCRIPT or comment.code < 2000):
            continue
        if comment.code == _UNASSIGNED and comment.message.partition(" ")[0] in known:
            continue
        if start == end:
            start, end = (start, start + 1) if text[start : start + 1] not in ("", "\n") else (max(start - 1, 0), start)
        severity = Severity.WARNING if comment.level in ("error", "warning") else Severity.INFO
        message = f"{_words(comment.message)} (SC{comment.code})"
        yield Diagnostic(rule("shellcheck"), leaf.source, leaf.place(start, end), message, help=f"{WIKI}{comment.code}", override_severity=severity)


def _offset(starts: Sequence[int], text: str, line: int, column: int) -> int:
    """The offset in the text of a place in the script, which has one line more."""
    line = min(max(line - 2, 0), len(starts) - 2)
    return min(starts[line] + max(column - 1, 0), starts[line + 1] - 1, len(text))


def _is_about(text: str, start: int, end: int, comment: Comment, expressions: Sequence[tuple[int, int]]) -> bool:
    """Whether a comment is about the letters that stand for an expression."""
    for first, last in expressions:
        if comment.code in _CONSTANT or comment.code < 2000:
            line, after = text.rfind("\n", 0, start) + 1, text.find("\n", max(end, start))
            if first < (len(text) if after < 0 else after) and last > line:
                return True
        if start < last and first < max(end, start + 1):
            while first > 0 and text[first - 1] not in _WORD_ENDS:
                first -= 1
            while last < len(text) and text[last] not in _WORD_ENDS:
                last += 1
            if first <= start and end <= last:
                return True
    return False


def _words(message: str) -> str:
    """A comment in the style of our messages: no capital at the begin, no full stop."""
    message = " ".join(message.split()).removesuffix(".")
    return message[:1].lower() + message[1:] if message[1:2].islower() or message[1:2] == " " else message
