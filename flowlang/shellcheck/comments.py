"""Comments of shellcheck on a script, and reading them from its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from flowlang.light import NamedTuple


class Comment(NamedTuple):
    """One finding of shellcheck: its place in the script (lines and columns from 1, a tab is one column, the end exclusive), and its words.

    `level` is ``error``, ``warning``, ``info`` or ``style``; `code` the number of ``SC2086``.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    level: str
    code: int
    message: str


Run = Callable[[Sequence[str]], Sequence[Sequence[Comment]]]
"""Takes scripts, gives the comments on each, in order."""


def read_comments(text: str) -> dict[str, list[Comment]]:
    """The comments on each file in an output of ``shellcheck --format=json1``; `ValueError` when it is none."""
    try:
        found: dict[str, list[Comment]] = {}
        for row in json.loads(text)["comments"]:
            comment = Comment(row["line"], row["column"], row["endLine"], row["endColumn"], row["level"], row["code"], row["message"])
            found.setdefault(row["file"], []).append(comment)
        return found
    except (KeyError, TypeError) as error:
        raise ValueError(f"no output of shellcheck: {error}") from None
