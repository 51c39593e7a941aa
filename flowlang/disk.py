"""Files on disk, replaced whole or not at all: whoever reads one sees the old content or the new."""

from __future__ import annotations

import contextlib
import errno
import os

MOST = 1 << 26
"""Bytes of a file that is read whole: of baselines and committed documents, the largest that this program reads, some thousand flows make as many."""


class Staged:
    """New content that lies beside its file, ready to take its place."""

    __slots__ = ("_temporary", "target")

    def __init__(self, path: str, data: bytes) -> None:
        """Write `data` beside the file that `path` leads to, links followed; ``OSError`` as it comes."""
        import tempfile

        self.target = os.path.realpath(path)
        name = f".{os.path.basename(self.target)[:64]}."
        number, self._temporary = tempfile.mkstemp(prefix=name, suffix=".tmp", dir=os.path.dirname(self.target))
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                # before the new content takes the place of the old one: a full disk may show only here, and a crash of the system leaves one of the two
                os.fsync(file.fileno())
            _take_over(self.target, self._temporary)
        except BaseException:
            self.discard()
            raise

    def commit(self) -> None:
        """Put it in place of the file's content; ``OSError`` as it comes, the old content then stays."""
        try:
            os.replace(self._temporary, self.target)
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Take it away again; after a commit it does nothing."""
        with contextlib.suppress(OSError):
            os.unlink(self._temporary)


def write_file(path: str, data: bytes) -> None:
    """Put `data` in place of the file's content at once; ``OSError`` as it comes.

    A symbolic link stays one, a file keeps its mode. What is no regular file (a device, a pipe) is
    written to directly.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as device:
            device.write(data)
        return
    Staged(path, data).commit()


def read_file(path: str, most: int = MOST) -> bytes:
    """The content of a file of up to `most` bytes; ``OSError`` as it comes, and for one that has more."""
    with open(path, "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it has more than {most >> 20} megabyte{'' if most >> 20 == 1 else 's'}", path)
    return data


def reason(error: OSError) -> str:
    """What went wrong, in the words of the system."""
    return (error.strerror or type(error).__name__).lower()


def _take_over(path: str, temporary: str) -> None:
    """Give the new file the mode of the old one, and its owner where the system allows that."""
    try:
        old = os.stat(path)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        return
    new = os.stat(temporary)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid) and hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, old.st_uid, old.st_gid)
    os.chmod(temporary, old.st_mode & 0o7777)
