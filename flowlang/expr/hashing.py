"""The digest of `hash_files`, byte for byte the engine's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_BLOCK = 1 << 20


class HashError(ValueError):
    """A pattern or match that the engine refuses; the text is for users."""

    def __init__(self, message: str, pattern: str) -> None:
        super().__init__(message)
        self.pattern = pattern


def hash_files(root: Path, patterns: list[str], *, workspace: Path) -> tuple[str, list[str]]:
    """The digest of the files below `root`, and the patterns that match nothing.

    SHA-256 over each pattern's matches in order of path components: the path relative to `root`
    (of a link's target) and, for files, the content (engine 26.7: hash_files). Only files below
    `workspace` are read. `HashError` for patterns and matches that the engine refuses, `OSError` when a
    file cannot be read.
    """
    import hashlib

    digest = hashlib.sha256()
    empty: list[str] = []
    real_root, real_workspace = root.resolve(), workspace.resolve()
    for pattern in patterns:
        matches = sorted(_glob(root, pattern))
        if not matches:
            empty.append(pattern)
        for match in matches:
            target = match.resolve()
            if not target.is_relative_to(real_root):
                raise HashError(f"'{pattern}' matches '{match.name}', which lies outside of the folder", pattern)
            if not target.is_relative_to(real_workspace):
                raise HashError(f"'{pattern}' matches '{match.name}', which lies outside of the workspace", pattern)
            digest.update(target.relative_to(real_root).as_posix().encode())
            if match.is_file():
                with match.open("rb") as stream:
                    while block := stream.read(_BLOCK):
                        digest.update(block)
    return digest.hexdigest(), empty


def _glob(root: Path, pattern: str) -> set[Path]:
    """The paths below `root` that match, as `pathlib` of Python 3.11 finds them, whatever Python runs."""
    if not pattern:
        raise HashError("a pattern cannot be empty", pattern)
    relative = Path(pattern)
    if relative.is_absolute() or relative.anchor:
        raise HashError(f"'{pattern}' is absolute: a pattern is relative to the folder", pattern)
    parts = relative.parts
    depth = 0
    for part in parts:
        depth += -1 if part == ".." else 0 if part == "**" else 1
        if depth < 0:
            raise HashError(f"'{pattern}' leaves the folder", pattern)
        if "**" in part and part != "**":
            raise HashError(f"'**' in '{pattern}' must be a whole part of the path", pattern)
    folders_only = pattern.endswith("/") or (os.altsep is not None and pattern.endswith(("\\", "/")))
    if not parts:
        raise HashError(f"'{pattern}' is no pattern", pattern)
    found = set(_select(root, parts)) if root.is_dir() else set()
    return {path for path in found if path.is_dir()} if folders_only else found


def _select(folder: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    """The paths that match the parts of a pattern."""
    if not parts:
        yield folder
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        for below in _folders(folder):
            yield from _select(below, rest)
    elif not any(char in part for char in "*?["):
        here = folder / part
        if here.is_dir() if rest else here.exists():
            yield from _select(here, rest)
    else:
        matches = _pattern(part).fullmatch
        for entry in _entries(folder):
            if matches(entry.name) and (not rest or _is_dir(entry)):
                yield from _select(folder / entry.name, rest)


@lru_cache(maxsize=64)
def _pattern(part: str) -> re.Pattern[str]:
    """One part of a pattern as a regular expression."""
    import fnmatch

    return re.compile(fnmatch.translate(part))


def _folders(folder: Path) -> Iterator[Path]:
    """A folder and all below it; links to folders are not followed."""
    todo = [folder]
    while todo:
        here = todo.pop()
        yield here
        todo.extend(here / entry.name for entry in _entries(here) if _is_dir(entry) and not entry.is_symlink())


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
