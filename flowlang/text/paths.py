"""Paths as reports show them, the same on every system."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any


def shown_path(path: str, base: str, *, flavour: Any = os.path) -> str:
    """An absolute path relative to a folder, with ``/`` and with ``..`` where needed; absolute only on another drive.

    `flavour` is the module of paths that they are for, `posixpath` or `ntpath`.
    """
    with suppress(ValueError):  # another drive
        path = flavour.relpath(path, base)
    return path.replace(flavour.sep, "/")
