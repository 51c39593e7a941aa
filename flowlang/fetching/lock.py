"""The lock: which commit each copy of a remote action is of."""

from __future__ import annotations

from collections.abc import Mapping

from flowlang.light import NamedTuple
from flowlang.patterns import pattern

NAME = "flowlang-actions.lock"
"""The lock's file, in the folder of copies."""
VERSION = 1
_COMMIT = pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Locked(NamedTuple):
    """A copy's commit, and the address it was fetched from."""

    commit: str
    url: str


class BadLock(Exception):
    """The lock cannot be read: why, in words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_lock(text: str) -> dict[str, Locked]:
    """The entries of a lock by reference; raises `BadLock`."""
    import json

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise BadLock("it is no JSON") from None
    rows = document.get("actions") if isinstance(document, dict) else None
    if not isinstance(rows, list) or document.get("version") != VERSION:
        raise BadLock(f"it is no lock of version {VERSION}")
    entries: dict[str, Locked] = {}
    for row in rows:
        reference, commit, url = (row.get(key) if isinstance(row, dict) else None for key in ("reference", "commit", "url"))
        if not (isinstance(reference, str) and isinstance(commit, str) and isinstance(url, str) and _COMMIT.fullmatch(commit)):
            raise BadLock("an entry is no reference with its commit and url")
        entries[reference] = Locked(commit, url)
    return entries


def write_lock(entries: Mapping[str, Locked]) -> str:
    """The text of a lock, sorted by reference."""
    import json

    rows = [{"reference": reference, "commit": entry.commit, "url": entry.url} for reference, entry in sorted(entries.items())]
    return json.dumps({"version": VERSION, "actions": rows}, indent=2, ensure_ascii=False) + "\n"
