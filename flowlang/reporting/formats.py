"""The table of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from flowlang.reporting.view import View

Reporter = Callable[[View], Iterator[str]]
"""Gives the lines of a report, without line breaks."""

_MODULES = {
    "text": "text",
    "concise": "concise",
    "json": "json_report",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "checkstyle": "checkstyle",
    "junit": "junit",
}

FORMATS = tuple(_MODULES)
"""All names that ``--format`` knows."""

FOR_PEOPLE = frozenset({"text", "concise"})
"""Formats that carry a summary and take statistics; the others are data."""

FROM_ROOT = frozenset({"sarif", "github", "gitlab", "junit"})
"""Formats of systems that look paths up in the repository; the others tell them from the working directory."""


def reporter(name: str) -> Reporter:
    """The reporter of that name, loaded now; ``KeyError`` when there is none."""
    return cast(Reporter, import_module(f"flowlang.reporting.{_MODULES[name]}").lines)
