"""The digest of `hash_files`, byte for byte the engine's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from flowlang.filesystem import DISK, Disk


class HashError(ValueError):
    """A pattern or match that the engine refuses; the text is for users."""

    def __init__(self, message: str, pattern: str) -> None:
        super().__init__(message)
        self.pattern = pattern


def hash_files(root: Path, patterns: list[str], *, workspace: Path, disk: Disk = DISK) -> tuple[str, list[str]]:
    """The digest of the files below `root`, and the patterns that match nothing.

    SHA-256 over each pattern's matches in order of path components: the path relative to `root`
    (of a link's target) and, for files, the content (engine 26.7: hash_files). Only files below
    `workspace` are read. `HashError` for patterns and matches that the engine refuses, `OSError` when a
    file cannot be read.
    """
    import hashlib

    digest = hashlib.sha256()
    empty: list[str] = []
    real_root, real_workspace = Path(disk.resolve(os.fspath(root))), Path(disk.resolve(os.fspath(workspace)))
    for pattern in patterns:
        matches = sorted(_glob(root, pattern, disk))
        if not matches:
            empty.append(pattern)
        for match in matches:
            target = Path(disk.resolve(os.fspath(match)))
            if not target.is_relative_to(real_root):
                raise HashError(f"'{pattern}' matches '{match.name}', which lies outside of the folder", pattern)
            if not target.is_relative_to(real_workspace):
                raise HashError(f"'{pattern}' matches '{match.name}', which lies outside of the workspace", pattern)
            digest.update(target.relative_to(real_root).as_posix().encode())
            if disk.is_file(os.fspath(match)):
                for block in disk.blocks(os.fspath(match)):
                    digest.update(block)
    return digest.hexdigest(), empty


def _glob(root: Path, pattern: str, disk: Disk) -> set[Path]:
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
    found = set(_select(root, parts, disk)) if disk.is_dir(os.fspath(root)) else set()
    return {path for path in found if disk.is_dir(os.fspath(path))} if folders_only else found


def _select(folder: Path, parts: tuple[str, ...], disk: Disk) -> Iterator[Path]:
    """The paths that match the parts of a pattern."""
    if not parts:
        yield folder
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        for below in _folders(folder, disk):
            yield from _select(below, rest, disk)
    elif not any(char in part for char in "*?["):
        here = folder / part
        if disk.is_dir(os.fspath(here)) if rest else disk.exists(os.fspath(here)):
            yield from _select(here, rest, disk)
    else:
        matches = _pattern(part).fullmatch
        for entry in disk.entries(os.fspath(folder)):
            if matches(entry.name) and (not rest or entry.is_dir):
                yield from _select(folder / entry.name, rest, disk)


@lru_cache(maxsize=64)
def _pattern(part: str) -> re.Pattern[str]:
    """One part of a pattern as a regular expression."""
    import fnmatch

    return re.compile(fnmatch.translate(part))


def _folders(folder: Path, disk: Disk) -> Iterator[Path]:
    """A folder and all below it; links to folders are not followed."""
    todo = [folder]
    while todo:
        here = todo.pop()
        yield here
        todo.extend(here / entry.name for entry in disk.entries(os.fspath(here)) if entry.is_dir and not entry.is_symlink)
