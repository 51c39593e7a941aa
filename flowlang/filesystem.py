"""The one door through which an analysis looks at the disk, so that what it saw can be written down and asked again."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flowlang.light import NamedTuple

MOST_QUESTIONS = 20_000
"""So many answers are written down at most; a run that asks more cannot be remembered."""

LARGEST = 1 << 19
"""How many bytes of a file are read. The largest configs that people write have some ten thousands; what reading and judging
this many takes, whatever they are, stays within a few seconds and some hundred megabytes."""

_BLOCK = 1 << 20


class Entry(NamedTuple):
    """What stands in a folder; `is_dir` follows links."""

    name: str
    is_dir: bool
    is_symlink: bool


class Disk:
    """Questions to the file system. Those that give a bool or a list without ``OSError`` never raise it: what cannot be seen is not there."""

    __slots__ = ()

    def is_dir(self, path: str) -> bool:
        """Whether a folder is there, links followed."""
        return bool(self._ask("dir", path))

    def is_file(self, path: str) -> bool:
        """Whether a regular file is there, links followed."""
        return bool(self._ask("file", path))

    def size(self, path: str) -> int | None:
        """How many bytes a regular file has, links followed; None where none is."""
        size: int | None = self._ask("size", path)
        return size

    def exists(self, path: str) -> bool:
        """Whether anything is there, links followed."""
        return bool(self._ask("exists", path))

    def lexists(self, path: str) -> bool:
        """Whether anything is there, be it a link that leads nowhere."""
        return bool(self._ask("lexists", path))

    def is_link(self, path: str) -> bool:
        """Whether a symbolic link is there."""
        return bool(self._ask("link", path))

    def realpath(self, path: str) -> str:
        """The path with all links resolved, as far as it exists."""
        return str(self._ask("realpath", path))

    def resolve(self, path: str) -> str:
        """The same as `pathlib.Path.resolve` has it, errors of link loops included."""
        return str(self._ask("resolve", path))

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; ``OSError`` where it cannot be read."""
        return list(self._ask("names", folder))

    def entries(self, folder: str) -> list[Entry]:
        """What is in a folder, sorted by name; nothing where it cannot be read."""
        return [Entry(*entry) for entry in self._ask("entries", folder)]

    def read(self, path: str) -> bytes:
        """The content of a regular file, of one that is larger than `LARGEST` a little more than that; ``OSError`` for anything else, so that a
        pipe or device never hangs the run."""
        data: bytes = self._ask("read", path)
        return data

    def blocks(self, path: str) -> Iterator[bytes]:
        """The content of a file, bit by bit; ``OSError`` as it comes."""
        return _blocks(path)

    def _ask(self, question: str, path: str) -> Any:
        return _answer(question, path)


DISK = Disk()
"""The disk as it is."""


class Question(NamedTuple):
    """A question that was asked: one of `Disk`, and about which path."""

    kind: str
    path: str


Trace = dict[Question, Any]
"""Questions and their answers, as JSON has them: of contents the digests, of errors their numbers and words."""


class Recorder(Disk):
    """A disk that asks each question once and writes it down with its answer.

    `trace` is None when it is not whole: there were too many questions, one failed in a way that cannot
    be written down, or a file changed while it was read.
    """

    __slots__ = ("_known", "trace")

    def __init__(self) -> None:
        self.trace: Trace | None = {}
        self._known: dict[Question, Any] = {}

    def blocks(self, path: str) -> Iterator[bytes]:
        """The content of a file; its digest is written down once all is read."""
        digest = hasher()
        try:
            for block in _blocks(path):
                digest.update(block)
                yield block
        except OSError as error:
            self._keep(Question("content", path), _error(error))
            raise
        except BaseException:
            self.trace = None
            raise
        self._keep(Question("content", path), digest.hexdigest())

    def _ask(self, question: str, path: str) -> Any:
        asked = Question(question, path)
        if asked in self._known:
            return self._known[asked]
        try:
            answer = _answer(question, path)
        except OSError as error:
            self._keep(asked, _error(error))
            raise
        except BaseException:
            self.trace = None
            raise
        if question != "read":
            self._known[asked] = answer
        self._keep(asked, written(answer))
        return answer

    def _keep(self, asked: Question, answer: Any) -> None:
        if self.trace is None:
            return
        if self.trace.setdefault(asked, answer) != answer or len(self.trace) > MOST_QUESTIONS:
            self.trace = None


def replay(trace: Iterable[tuple[str, str, Any]]) -> dict[str, bytes] | None:
    """Ask the questions (kind, path, answer) again: None when an answer is another one now, else the contents of the files that were read.

    `KeyError`, `TypeError` or `ValueError` for what is no trace.
    """
    contents: dict[str, bytes] = {}
    for kind, path, known in trace:
        try:
            answer = _answer(kind, path)
        except OSError as error:
            if _error(error) != known:
                return None
            continue
        except RuntimeError:
            return None  # a loop of links (before Python 3.13), which is never remembered
        if written(answer) != known:
            return None
        if kind == "read":
            contents[path] = answer
    return contents


def written(answer: Any) -> Any:
    """An answer as a trace holds it."""
    if isinstance(answer, bytes):
        digest = hasher()
        digest.update(answer)
        return digest.hexdigest()
    return answer


def hasher() -> Any:
    """What makes the digests of contents and names: BLAKE2b of 20 bytes."""
    try:
        from _blake2 import blake2b  # hashlib loads all of OpenSSL
    except ImportError:
        from hashlib import blake2b
    return blake2b(digest_size=20)


def _answer(question: str, path: str) -> Any:
    """The disk's answer; what no file can be called (a NUL in it, letters that the locale does not have) is not there."""
    try:
        return _QUESTIONS[question](path)
    except ValueError:
        if question == "realpath":
            return path
        raise _impossible(path) from None


def _impossible(path: str) -> OSError:
    return FileNotFoundError(2, "no such file or directory", path)


def _error(error: OSError) -> list[Any]:
    return [error.errno, error.strerror]


def _names(folder: str) -> list[str]:
    return sorted(os.listdir(folder))


def _entries(folder: str) -> list[list[Any]]:
    try:
        with os.scandir(folder) as entries:
            return sorted([entry.name, _is_dir(entry), entry.is_symlink()] for entry in entries)
    except (OSError, ValueError):
        return []


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _resolve(path: str) -> str:
    from pathlib import Path

    return str(Path(path).resolve())


def _size(path: str) -> int | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _read(path: str) -> bytes:
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, "it is a folder", path)
    if not stat.S_ISREG(mode):
        raise OSError(22, "it is no regular file", path)
    with open(path, "rb") as stream:
        return stream.read(LARGEST + 1)


def _blocks(path: str) -> Iterator[bytes]:
    try:
        stream = open(path, "rb")  # noqa: SIM115
    except ValueError:
        raise _impossible(path) from None
    with stream:
        while block := stream.read(_BLOCK):
            yield block


def _content(path: str) -> str:
    digest = hasher()
    for block in _blocks(path):
        digest.update(block)
    return str(digest.hexdigest())


_QUESTIONS: dict[str, Callable[[str], Any]] = {
    "dir": os.path.isdir,
    "file": os.path.isfile,
    "size": _size,
    "exists": os.path.exists,
    "lexists": os.path.lexists,
    "link": os.path.islink,
    "realpath": os.path.realpath,
    "resolve": _resolve,
    "names": _names,
    "entries": _entries,
    "read": _read,
    "content": _content,
}
