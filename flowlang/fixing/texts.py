"""The texts that fixes are made on: each file once, under whatever names it is met."""

from __future__ import annotations

import os
from collections.abc import Iterable

from flowlang.text import Edit, Source, apply_edits


class Texts:
    """The current texts of the files that fixes change, by real path; `base` is what reported paths are relative to."""

    __slots__ = ("_paths", "base", "current", "names", "original")

    def __init__(self, base: str | None = None) -> None:
        self.base = os.getcwd() if base is None else base
        self.original: dict[str, str] = {}
        self.current: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self._paths: dict[str, str] = {}

    def path(self, source: Source) -> str:
        """The real path of a file that is reported, links resolved."""
        known = self._paths.get(source.path)
        if known is None:
            known = self._paths[source.path] = os.path.realpath(os.path.join(self.base, source.path))
            self.names.setdefault(known, source.path)
        return known

    def text(self, source: Source) -> str:
        """The current text of a file; first seen, it is the original one."""
        path = self.path(source)
        self.original.setdefault(path, source.text)
        return self.now(path)

    def now(self, path: str) -> str:
        """The current text of a file that was seen, by real path."""
        return self.current.get(path, self.original[path])

    def forget(self, path: str) -> None:
        """Take a file as not seen yet: what the disk has of it counts."""
        self.current.pop(path, None)
        self.original.pop(path, None)

    def with_edits(self, edits: dict[str, list[Edit]]) -> dict[str, str]:
        """The current texts with edits made, by real path."""
        return {**self.current, **{path: apply_edits(self.now(path), made) for path, made in edits.items()}}

    def overlay(self, texts: dict[str, str] | None = None) -> dict[str, bytes]:
        """What stands in for the disk when they are linted; `texts` in place of the current ones."""
        return {path: text.encode("utf-8") for path, text in (self.current if texts is None else texts).items()}

    def changed(self) -> Iterable[str]:
        """The real paths of files whose text is no longer the original one, in the order of their names."""
        return sorted((path for path, text in self.current.items() if text != self.original[path]), key=lambda path: self.names[path])
