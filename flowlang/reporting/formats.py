"""The table of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flowlang.reporting.view import View

Reporter = Callable[[View], Iterator[str]]
"""Gives the lines of a report, without line breaks."""


def _text() -> Reporter:
    from flowlang.reporting.text import lines

    return lines


def _concise() -> Reporter:
    from flowlang.reporting.concise import lines

    return lines


def _json() -> Reporter:
    from flowlang.reporting.json_report import lines

    return lines


_LOADERS: dict[str, Callable[[], Reporter]] = {"text": _text, "concise": _concise, "json": _json}

FOR_PEOPLE = frozenset({"text", "concise"})
"""Formats that carry a summary and take statistics; the others are data."""

UNBUILT = ("sarif", "github", "gitlab", "checkstyle", "junit")
"""Formats whose names are taken and which this release does not write yet."""

FORMATS = (*_LOADERS, *UNBUILT)
"""All names that ``--format`` knows."""


def reporter(name: str) -> Reporter:
    """The reporter of that name, loaded now; ``KeyError`` when this release has none."""
    return _LOADERS[name]()
