"""Files on disk, replaced whole or not at all: whoever reads one sees the old content or the new."""

from __future__ import annotations

import contextlib
import errno
import os
import stat

from flowlang.signals import unbroken

MOST = 1 << 26
"""Bytes of a file that is read whole: of baselines and committed documents, the largest that this program reads, some thousand flows make as many."""

_MARK, _ENDING = ".flowlang-", ".tmp"
_STALE = 3600.0  # seconds: no run takes that long to put a file in place


class Staged:
    """New content that lies beside its file as ``.NAME.flowlang-….tmp``, ready to take its place."""

    __slots__ = ("_temporary", "target")

    def __init__(self, path: str, data: bytes, *, follow: bool = True) -> None:
        """Write `data` beside the file that `path` leads to, links followed unless `follow` says that a link is to be replaced; ``OSError`` as it comes."""
        import tempfile

        self.target = os.path.realpath(path) if follow else os.path.abspath(path)
        folder, name = os.path.split(self.target)
        _sweep(folder)
        number, self._temporary = tempfile.mkstemp(prefix=f".{_begin(name)}{_MARK}", suffix=_ENDING, dir=folder)
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


def write_file(path: str, data: bytes, *, follow: bool = True) -> None:
    """Put `data` in place of the file's content at once; ``OSError`` as it comes.

    A symbolic link stays one, unless `follow` says that it is to be replaced; a file keeps its mode. What is no
    regular file (a device, a pipe) is written to directly.
    """
    target = os.path.realpath(path)
    if follow and os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as device:
            device.write(data)
        return
    with unbroken():
        Staged(path, data, follow=follow).commit()


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


def _begin(name: str) -> str:
    """A part of a name, which may be as long as a name can be; that is counted in bytes."""
    while len(os.fsencode(name)) > 64:
        name = name[:-1]
    return name


def _sweep(folder: str) -> None:
    """Take away what runs that were killed have left in a folder, long enough ago to be of no run that goes on."""
    import time

    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(".") and _MARK in name and name.endswith(_ENDING) and time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                    os.unlink(entry.path)
    except OSError:
        pass  # whatever is wrong with the folder, writing to it tells


def _take_over(path: str, temporary: str) -> None:
    """Give the new file the mode of the old one, and its owner where the system allows that."""
    try:
        old = os.lstat(path)
    except FileNotFoundError:
        old = None
    if old is None or stat.S_ISLNK(old.st_mode):
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        return
    new = os.stat(temporary)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid) and hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, old.st_uid, old.st_gid)
    os.chmod(temporary, old.st_mode & 0o7777)
