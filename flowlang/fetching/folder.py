"""The folder of copies: every write stays inside it, and puts the whole file in place at once."""

from __future__ import annotations

import os
from collections.abc import Sequence

from flowlang.disk import read_file, reason, write_file
from flowlang.fetching.git import FILES
from flowlang.fetching.lock import NAME, BadLock, Locked, read_lock, write_lock
from flowlang.fetching.references import Reference


class Outside(Exception):
    """A write would leave the folder: through which path, in words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Folder:
    """A folder of copies, ``OWNER/REPO@REF/action.yml``, and its lock. What the operating system refuses comes as `OSError`."""

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)

    def has(self, reference: Reference) -> bool:
        """Whether there is a copy."""
        return any(os.path.isfile(os.path.join(self.root, *reference.parts, name)) for name in FILES)

    def lock(self) -> dict[str, Locked]:
        """The entries of the lock, none without one; raises `BadLock`."""
        try:
            return read_lock(read_file(os.path.join(self.root, NAME)).decode("utf-8", errors="replace"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise BadLock(reason(error)) from None

    def write_lock(self, entries: dict[str, Locked]) -> None:
        """Write the lock."""
        self._put(self._folder(()), NAME, write_lock(entries).encode("utf-8"))

    def write(self, reference: Reference, name: str, data: bytes) -> None:
        """Write a copy; a former one under the other name goes. Raises `Outside` where a link leads out."""
        place = self._folder(reference.parts)
        self._put(place, name, data)
        for other in FILES:
            path = os.path.join(place, other)
            if other != name and (os.path.isfile(path) or os.path.islink(path)):
                os.unlink(path)

    def _folder(self, parts: Sequence[str]) -> str:
        """The folder of that path below the root, made where it is missing; none of its parts is a link."""
        os.makedirs(self.root, exist_ok=True)
        place = self.root
        for part in parts:
            if part in ("", ".", "..") or os.path.basename(part) != part:
                raise Outside(f"'{part}' is no name of a folder")
            place = os.path.join(place, part)
            if os.path.islink(place):
                raise Outside(f"{place} is a link")
            if not os.path.isdir(place):
                os.mkdir(place)
        return place

    def _put(self, place: str, name: str, data: bytes) -> None:
        write_file(os.path.join(place, name), data, follow=False)


def default_problem(root: str, workspace: str) -> str | None:
    """Why the folder of a workspace is not written to: a link on the way leads out of the workspace; None where it is fine."""
    inside = os.path.realpath(workspace)
    real = os.path.realpath(root)
    return None if real.startswith(os.path.join(inside, "")) else f"{root} leads out of the workspace"
