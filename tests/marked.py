"""Workspaces whose texts carry marks: where the cursor stands, and which ranges are expected.

``‸`` is the cursor, ``«…»`` a range that is expected, ``«=…»`` the one that is special to the test (the
definition, say). The marks are no part of the texts.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from flowlang.analysis import analyze
from flowlang.project import FileStore, find_workspace
from flowlang.runs import Options
from flowlang.semantics import Analysis, Environment
from flowlang.text import Span

_MARK = re.compile("‸|«=?|»")

Place = tuple[str, Span]


class Marked(NamedTuple):
    """Texts without their marks, the cursors, and the marked ranges by file, in order."""

    files: dict[str, str]
    cursors: list[tuple[str, int]]
    ranges: list[Place]
    special: list[Place]

    def text(self, place: Place) -> str:
        """The text of a range."""
        path, span = place
        return self.files[path][span.start : span.end]


def unmark(files: dict[str, str]) -> Marked:
    """Take the marks out of (dedented) texts."""
    found = Marked({}, [], [], [])
    for path, text in files.items():
        text = dedent(text)
        clean, done, opened = "", 0, []
        for mark in _MARK.finditer(text):
            clean += text[done : mark.start()]
            done = mark.end()
            if mark[0] == "‸":
                found.cursors.append((path, len(clean)))
            elif mark[0] == "»":
                special, start = opened.pop()
                (found.special if special else found.ranges).append((path, Span(start, len(clean))))
            else:
                opened.append((mark[0] == "«=", len(clean)))
        assert not opened, f"a mark is not closed in {path}"
        found.files[path] = clean + text[done:]
    return found


def analysis_of(folder: Path, files: dict[str, str], environment: Environment | None = None) -> Analysis:
    """The analysis of a workspace of these files, as they are; its paths are relative to the workspace."""
    root = folder / "demo"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    workspace = find_workspace(str(root))
    assert workspace is not None
    return analyze(workspace, Options(environment=environment or Environment()), FileStore(os.fspath(root)))
