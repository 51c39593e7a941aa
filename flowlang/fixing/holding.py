"""Files held while they are looked at and replaced: two runs at the same time do so one after the other.

The locks are those of ``flock`` (advisory: editors do not ask for them); where there are none, on Windows and on
some network disks, files are not held.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

TRIES = 50
PAUSE = 0.02
"""So often it is tried to hold a file, and so many seconds lie between: who replaces a file holds it for some thousandths of a second."""


class Held(Exception):
    """Somebody else holds a file, and does not let it go: which."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@contextmanager
def held(paths: Sequence[str]) -> Iterator[None]:
    """Hold the files at these paths, in this order; raises `Held`, and ``OSError`` for one that cannot be opened."""
    try:
        import fcntl
    except ImportError:
        yield
        return

    def is_locked(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # a disk without locks
        return True

    with ExitStack() as stack:
        for path in paths:
            for last in reversed(range(TRIES)):
                file = stack.enter_context(open(path, "rb"))
                # who has held the file until now may have put another one in its place
                if is_locked(file) and os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
                    break
                file.close()
                if not last:
                    raise Held(path)
                _pause()
        yield


def _pause() -> None:
    import time

    time.sleep(PAUSE)
