"""The digest of `hash_files`, byte for byte the engine's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from flowlang.expr.budget import Budget
from flowlang.filesystem import DISK, Disk, Entry
from flowlang.light import NamedTuple
from flowlang.text import quoted


class HashError(ValueError):
    """A pattern or match that the engine refuses; the text is for users."""

    def __init__(self, message: str, pattern: str) -> None:
        super().__init__(message)
        self.pattern = pattern


class Outside(Exception):
    """Raised when the folder lies outside of the workspace."""


class TooLarge(Exception):
    """Raised when files have more bytes than the budget allows to read."""


class TooManyFiles(Exception):
    """Raised when there are more files to look at than the budget allows."""


class _Look:
    """Looks at the disk for one call, as far as the budget allows."""

    def __init__(self, disk: Disk, budget: Budget, root: Path, workspace: Path) -> None:
        self.disk = disk
        self.real_root = Path(disk.resolve(os.fspath(root)))
        if not self.real_root.is_relative_to(disk.resolve(os.fspath(workspace))):
            raise Outside
        self.pattern = ""
        self._root = root
        self._budget = budget
        self._no_links: set[Path] = set()
        self._folders: dict[Path, Path] = {}

    def resolved(self, path: Path) -> Path:
        """The path with links resolved: of what is no link, those of its folder, once for all that is in it."""
        if path not in self._no_links:
            return Path(self.disk.resolve(os.fspath(path)))
        folder = self._folders.get(path.parent)
        if folder is None:
            folder = self._folders[path.parent] = Path(self.disk.resolve(os.fspath(path.parent)))
        return folder / path.name

    def step(self, here: set[Path], part: str, *, folders: bool) -> set[Path]:
        """What one part of a pattern matches in and below folders; with `folders` only those can go on."""
        found: set[Path] = set()
        if part == "**":
            for folder in here:
                self._walk(folder, found)
        elif not any(char in part for char in "*?["):
            paths = [folder / part for folder in here]
            self._spend(len(paths))
            found.update(path for path in paths if (self.disk.is_dir if folders else self.disk.exists)(os.fspath(path)))
        else:
            matches = _pattern(part).fullmatch
            for folder in here:
                found.update(path for path, entry in self._entries(folder) if matches(entry.name) and (not folders or entry.is_dir))
        return found

    def _walk(self, folder: Path, found: set[Path]) -> None:
        """Add a folder and all below it; links to folders are not followed, and what is there already is not entered again."""
        todo = [folder]
        while todo:
            here = todo.pop()
            if here not in found:
                found.add(here)
                todo += (path for path, entry in self._entries(here) if entry.is_dir and not entry.is_symlink)

    def _entries(self, folder: Path) -> list[tuple[Path, Entry]]:
        """What is in a folder; not in one that a link outside of the root leads to."""
        if folder not in self._no_links and folder != self._root and not self.resolved(folder).is_relative_to(self.real_root):
            raise HashError(f"{quoted(self.pattern)} enters {quoted(folder.name)}, which lies outside of the folder", self.pattern)
        entries = self.disk.entries(os.fspath(folder))
        self._spend(len(entries))
        made = [(folder / entry.name, entry) for entry in entries]
        self._no_links.update(path for path, entry in made if not entry.is_symlink)
        return made

    def _spend(self, files: int) -> None:
        self._budget.files -= files
        if self._budget.files < 0:
            raise TooManyFiles


def hash_files(root: Path, patterns: list[str], *, workspace: Path, disk: Disk = DISK, budget: Budget | None = None) -> tuple[str | None, list[str]]:
    """The digest of the files below `root` (None where they have more bytes than the budget allows), and the patterns that match nothing.

    SHA-256 over each pattern's matches in order of path components: the path relative to `root`
    (of a link's target) and, for files, the content (engine 26.7: hash_files). Only files below
    `workspace` are read. `HashError` for patterns and matches that the engine refuses, `Outside` (which the engine does not mind)
    where `root` is not below that, `OSError` when a file cannot be read, `TooManyFiles` beyond the budget, which also remembers the digests.
    """
    budget = budget or Budget()
    key = (str(root), *patterns)
    if (known := budget.digests.get(key)) is not None:
        return known
    look = _Look(disk, budget, root, workspace)
    empty: list[str] = []
    found: list[_Match] = []
    for pattern, matches in _matches(root, patterns, look):
        if not matches:
            empty.append(pattern)
        for match in matches:
            target = look.resolved(match)
            if not target.is_relative_to(look.real_root):
                raise HashError(f"{quoted(pattern)} matches {quoted(match.name)}, which lies outside of the folder", pattern)
            found.append(_Match(target.relative_to(look.real_root).as_posix(), os.fspath(match), disk.size(os.fspath(match))))
    try:
        digest = _digest(found, disk, budget)
    except TooLarge:
        digest = None
        budget.unread.add(tuple(patterns))
    budget.digests[key] = digest, empty
    return budget.digests[key]


class _Match(NamedTuple):
    """What a pattern matches: the name that goes into the digest, the path, the bytes of a file (None for what is none)."""

    name: str
    path: str
    size: int | None


def _digest(matches: list[_Match], disk: Disk, budget: Budget) -> str:
    """The digest of names and contents; raises `TooLarge`, before anything is read where the sizes tell."""
    import hashlib

    if sum(match.size or 0 for match in matches) > budget.bytes:
        raise TooLarge
    digest = hashlib.sha256()
    for match in matches:
        digest.update(match.name.encode())
        for block in disk.blocks(match.path) if match.size is not None else ():
            budget.bytes -= len(block)
            if budget.bytes < 0:  # it grows while it is read
                raise TooLarge
            digest.update(block)
    return digest.hexdigest()


def matching(root: Path, patterns: list[str], workspace: Path, disk: Disk, budget: Budget) -> list[Path]:
    """The files and folders that `hash_files` reads, in its order. Raises what it raises."""
    return [path for _, matches in _matches(root, patterns, _Look(disk, budget, root, workspace)) for path in matches]


def _matches(root: Path, patterns: list[str], look: _Look) -> Iterator[tuple[str, list[Path]]]:
    """Each pattern with its matches, in order."""
    for pattern in patterns:
        look.pattern = pattern
        yield pattern, sorted(_glob(root, pattern, look))


def _glob(root: Path, pattern: str, look: _Look) -> set[Path]:
    """The paths below `root` that match, as `pathlib` of Python 3.11 finds them, whatever Python runs."""
    if not pattern:
        raise HashError("a pattern cannot be empty", pattern)
    relative = Path(pattern)
    if relative.is_absolute() or relative.anchor:
        raise HashError(f"{quoted(pattern)} is absolute: a pattern is relative to the folder", pattern)
    parts = relative.parts
    depth = 0
    for part in parts:
        depth += -1 if part == ".." else 0 if part == "**" else 1
        if depth < 0:
            raise HashError(f"{quoted(pattern)} leaves the folder", pattern)
        if "**" in part and part != "**":
            raise HashError(f"'**' in {quoted(pattern)} must be a whole part of the path", pattern)
    folders_only = pattern.endswith("/") or (os.altsep is not None and pattern.endswith(("\\", "/")))
    if not parts:
        raise HashError(f"{quoted(pattern)} is no pattern", pattern)
    found = {root} if look.disk.is_dir(os.fspath(root)) else set[Path]()
    parts = tuple(part for part, before in zip(parts, ("", *parts), strict=False) if not part == before == "**")
    for number, part in enumerate(parts, 1):
        found = look.step(found, part, folders=number < len(parts))
    return {path for path in found if look.disk.is_dir(os.fspath(path))} if folders_only else found


@lru_cache(maxsize=64)
def _pattern(part: str) -> re.Pattern[str]:
    """One part of a pattern as a regular expression."""
    import fnmatch

    return re.compile(fnmatch.translate(part))
