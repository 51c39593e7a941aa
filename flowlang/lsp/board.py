"""What the editor shows of each document, so that it is told of changes alone."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from lsprotocol import types

from flowlang.light import NamedTuple


class Shown(NamedTuple):
    """The findings of one document that an editor is to show; `version` is None for a file that is not open.

    `changed`: they are others than before, and not just the version is.
    """

    uri: str
    version: int | None
    diagnostics: list[types.Diagnostic]
    changed: bool = True


class _Row(NamedTuple):
    owner: str
    version: int | None
    findings: str


def fingerprint(diagnostics: list[types.Diagnostic]) -> str:
    """The same for the same findings: what a client gives back to ask whether anything changed."""
    return hashlib.blake2b(repr(diagnostics).encode("utf-8", "replace"), digest_size=8).hexdigest()


_NONE = fingerprint([])


class Board:
    """The last findings of each document, by URI. Each belongs to an owner: the workspace that it is part of."""

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}

    def update(self, owner: str, found: Iterable[Shown], untouched: Collection[str] = ()) -> list[Shown]:
        """Take all findings of an owner; gives what is to be shown anew.

        Documents of the owner that are not among them have none any more, but for those left `untouched`.
        """
        changes = []
        rest = {uri for uri, row in self._rows.items() if row.owner == owner} - set(untouched)
        for shown in found:
            if shown.uri in untouched:
                continue
            rest.discard(shown.uri)
            row = _Row(owner, shown.version, fingerprint(shown.diagnostics))
            before = self._rows.get(shown.uri)
            if before is None and shown.version is None and not shown.diagnostics:
                continue  # of a file that is not open nothing is shown
            self._rows[shown.uri] = row
            if before is None or before[1:] != row[1:]:
                changes.append(shown._replace(changed=row.findings != (before.findings if before is not None else _NONE)))
        return [*changes, *self._clear(rest)]

    def keep(self, owners: Collection[str]) -> list[Shown]:
        """Forget all other owners; gives what is to be shown anew."""
        return self._clear([uri for uri, row in self._rows.items() if row.owner not in owners])

    def _clear(self, uris: Iterable[str]) -> list[Shown]:
        cleared = []
        for uri in sorted(uris):
            if self._rows.pop(uri).findings != _NONE:
                cleared.append(Shown(uri, None, []))
        return cleared
