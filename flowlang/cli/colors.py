"""Colours: which role is painted how, and whether at all."""

from __future__ import annotations

import os
from typing import Any, TextIO

import click

from flowlang.reporting import Paint, plain

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "bright_red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan", "bold": True},
    "message": {"bold": True},
    "gutter": {"fg": "bright_blue", "bold": True},
    "related": {"fg": "bright_blue", "bold": True},
    "note": {"bold": True},
    "good": {"fg": "green"},
    "added": {"fg": "green"},
    "removed": {"fg": "red"},
    "hunk": {"fg": "cyan"},
}


def paint_for(stream: TextIO | None, choice: str) -> Paint:
    """The painter for a stream (None: a file) and a ``--color`` choice.

    `auto` paints on a terminal alone, and not where NO_COLOR is set and not empty (no-color.org)
    or the terminal calls itself dumb.
    """
    if choice == "always" or (choice == "auto" and stream is not None and _wants_colors(stream)):
        return _paint
    return plain


def _wants_colors(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _paint(text: str, role: str) -> str:
    return click.style(text, **_STYLES[role])
