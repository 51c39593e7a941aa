"""The data files that travel with the package: the grammar and the schemas.

They live at the top of the checkout (`grammar/`, `schemas/`), where any editor can use them, and
in `flowlang/data/` of an installed wheel.
"""

from __future__ import annotations

import os.path

KINDS = ("grammar", "schemas")
"""The folders of data there are."""

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
# The packaged folder decides where it exists: beside an installed package may lie a `schemas` of someone else.
_ROOTS = (os.path.join(_PACKAGE, "data"), os.path.dirname(_PACKAGE))


def folder(kind: str) -> str:
    """The folder that holds the files of that kind; ``KeyError`` when there is no such kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    packaged, checkout = _ROOTS
    return os.path.join(packaged if os.path.isdir(packaged) else checkout, kind)


def names(kind: str) -> list[str]:
    """The names of all files of that kind, sorted."""
    try:
        return sorted(name for name in os.listdir(folder(kind)) if not name.startswith("."))
    except FileNotFoundError:
        return []


def read_text(kind: str, name: str) -> str:
    """One file's text, as ``read_text("schemas", "live.schema.json")``; ``FileNotFoundError`` when it is not there."""
    with open(os.path.join(folder(kind), name), encoding="utf-8") as file:
        return file.read()


def edition() -> str:
    """What tells apart states of a checkout, whose files change while its version does not; empty for an installed package."""
    packaged, checkout = _ROOTS
    if os.path.isdir(packaged):
        return ""
    newest, number = 0, 0
    todo = [_PACKAGE, *(os.path.join(checkout, kind) for kind in KINDS)]
    while todo:
        with os.scandir(todo.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    todo += [entry.path] if entry.name != "__pycache__" else ()
                else:
                    newest, number = max(newest, entry.stat().st_mtime_ns), number + 1
    return f"{newest} {number}"
