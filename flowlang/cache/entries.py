"""Entries of the cache on disk: found, verified, kept. Nothing that goes wrong here is an error: the findings are then made anew."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from typing import TYPE_CHECKING, Any

from flowlang.cache.codec import Unwritable, decoded, encoded
from flowlang.filesystem import hasher, replay

if TYPE_CHECKING:
    from flowlang.filesystem import Recorder
    from flowlang.runs import Options, Part, Target

MOST_BYTES = 1 << 18
"""So many bytes a bucket holds at most, and an entry: 64 MB in all."""


class Cache:
    """Entries in a folder, which is made at need. `edition` tells apart programs that may find other things in the same files.

    Safe for runs at the same time: an entry is there whole or not at all, and one that cannot be read is none.
    """

    __slots__ = ("_base", "_edition", "_folder", "_writes")

    def __init__(self, folder: str, edition: str) -> None:
        self._folder = folder
        self._edition = edition
        self._base = os.getcwd()
        self._writes = True

    def key(self, target: Target, options: Options) -> str:
        """What names the entry of a target under these options, for reports relative to the working directory."""
        workspace = target.workspace
        with_checker = options.shellcheck is not None
        told = (self._edition, self._base, workspace and (workspace.root, workspace.config), target.files, options._replace(shellcheck=None), with_checker)
        digest = hasher()
        digest.update(repr(told).encode("utf-8", "surrogatepass"))
        return str(digest.hexdigest())

    def find(self, key: str) -> Part | None:
        """What is remembered under a key, if the disk still is as it was."""
        try:
            with open(self._path(key), "rb") as file:
                entry: dict[str, Any] = json.loads(zlib.decompress(file.read()))
            contents = replay(entry["trace"])
            return decoded(entry["part"], contents) if contents is not None else None
        except (OSError, zlib.error, ValueError, LookupError, TypeError, RecursionError):
            return None

    def keep(self, key: str, part: Part, seen: Recorder) -> None:
        """Remember what came of a target, if all that was asked for it is known."""
        if not self._writes or seen.trace is None:
            return
        try:
            entry = {"trace": [[*question, answer] for question, answer in seen.trace.items()], "part": encoded(part, seen.trace, self._base)}
        except Unwritable:
            return
        data = zlib.compress(json.dumps(entry, separators=(",", ":")).encode("ascii"), 1)
        if len(data) > MOST_BYTES:
            return
        try:
            self._write(self._path(key), data)
        except OSError:
            # no room, a folder that cannot be written to: it will not be otherwise for the rest of the run
            self._writes = False

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, key[:2], key[2:])

    def _write(self, path: str, data: bytes) -> None:
        bucket = os.path.dirname(path)
        os.makedirs(bucket, mode=0o700, exist_ok=True)
        temporary = f"{path}.{os.getpid()}.{os.urandom(4).hex()}.tmp"
        try:
            with open(temporary, "xb") as file:
                file.write(data)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        _bound(bucket)


def _bound(bucket: str) -> None:
    """Take away the oldest entries of a bucket, and what killed runs left there, until it is small enough."""
    with os.scandir(bucket) as entries:
        known = []
        for entry in entries:
            with contextlib.suppress(OSError):  # gone meanwhile
                known.append((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path))
    excess = sum(size for _, size, _ in known) - MOST_BYTES
    for _, size, path in sorted(known):
        if excess <= 0:
            return
        excess -= size
        with contextlib.suppress(OSError):
            os.unlink(path)
