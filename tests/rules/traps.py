"""Traps: small workspaces that the engine betrays or refuses, with all that is found in them.

The texts carry marks: ``«…»`` around what each finding marks. A line ``# PATH`` begins another file;
without one the text is that of the live flow.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from flowlang.diagnostics import Diagnostic, Severity
from flowlang.runs import Options
from flowlang.text import Span
from tests.marked import unmark
from tests.workspaces import findings

_FAMILIES = frozenset({"FL2", "FL5", "FL6"})
_FILE = re.compile(r"^# (\S+\.ya?ml)$\n", re.M)


class Trap:
    """A trap of the list that the rules are made from: its id, the files, and what is told, in the order of files and places.

    A finding is told as its rule, severity and effect, then ``safe`` or ``unsafe`` where it has such a fix.
    """

    def __init__(self, id: str, text: str, *told: str) -> None:
        self.id = id
        self.files = _files(dedent(text.removeprefix("\n")))
        self.told = list(told)

    @property
    def row(self) -> str:
        """The id of its row: ``T-X1`` of ``T-X1 in a matrix``."""
        return self.id.partition(" ")[0]


def _files(text: str) -> dict[str, str]:
    head, *rest = _FILE.split(text)
    files = {".neuro/live.yml": head} if head.strip() else {}
    return files | dict(zip(rest[::2], rest[1::2], strict=True))


def _as_told(diagnostic: Diagnostic) -> str:
    fix = (" safe" if diagnostic.fixes[0].safe else " unsafe") if diagnostic.fixes else ""
    return f"{diagnostic.rule.name} {diagnostic.severity.value} {diagnostic.effect.value}{fix}"


def check(folder: Path, trap: Trap) -> None:
    """That what is found is what the trap says, at the marked places, and nothing else is but advice of other families."""
    marked = unmark(trap.files)
    order = list(marked.files)
    found: list[tuple[str, Span, str]] = []
    names = {told.partition(" ")[0] for told in trap.told}
    for diagnostic in findings(folder, marked.files, Options(actions_dirs=(str(folder / "demo" / "actions"),)), unused=True):
        if diagnostic.severity is not Severity.ERROR and diagnostic.rule.name not in names and diagnostic.rule.code[:3] not in _FAMILIES:
            continue
        found.append((diagnostic.source.path.rpartition("demo/")[2], diagnostic.span, _as_told(diagnostic)))
    found.sort(key=lambda one: (order.index(one[0]), one[1].start, one[1].end))
    places = sorted(marked.ranges, key=lambda place: (order.index(place[0]), place[1]))
    assert [told for _, _, told in found] == trap.told
    assert [(path, marked.files[path][span.start : span.end]) for path, span, _ in found] == [(path, marked.text((path, span))) for path, span in places]
    assert [(path, span) for path, span, _ in found] == places


def rows(letter: str, last: int) -> set[str]:
    """The ids of a section of the list."""
    return {f"T-{letter}{number}" for number in range(1, last + 1)}
