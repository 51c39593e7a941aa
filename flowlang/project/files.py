"""Reading files: bytes to sources, every failure a diagnostic; texts of open editors come first."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, rule
from flowlang.filesystem import DISK, LARGEST, Disk
from flowlang.text import Source, Span, shown_path

if TYPE_CHECKING:
    from flowlang.model import ConfigFile

    Configs = dict[tuple[str, str | None], ConfigFile]


class FileStore:
    """Reads each file once. `overlay` maps absolute paths, as they are or with links resolved, to texts that stand in for the disk.

    `base` is the folder that reported paths are relative to. `configs` holds what was made of the files
    that were read; given those of an earlier store as `before`, a file whose text is the same is not parsed again. All is read through `disk`.
    """

    __slots__ = ("_sources", "base", "before", "configs", "disk", "overlay")

    def __init__(self, base: str, overlay: Mapping[str, bytes] | None = None, before: Configs | None = None, disk: Disk = DISK) -> None:
        self.base = base
        self.disk = disk
        self.overlay = overlay or {}
        self.before = before or {}
        self.configs: Configs = {}
        self._sources: dict[str, tuple[Source, tuple[Diagnostic, ...]]] = {}

    def read(self, path: str) -> tuple[Source, tuple[Diagnostic, ...]]:
        """The source at an absolute path and what went wrong; a file that cannot be read has an empty text."""
        known = self._sources.get(path)
        if known is None:
            known = self._sources[path] = self._read(path)
        return known

    def display(self, path: str) -> str:
        """How reports name `path`: relative to the base, with ``/``; absolute only on another drive."""
        return shown_path(path, self.base)

    def has_text(self, path: str) -> bool:
        """Whether a text stands in for the file, so that the disk is not asked for it."""
        return bool(self.overlay) and self._overlaid(path) is not None

    def _overlaid(self, path: str) -> bytes | None:
        data = self.overlay.get(os.path.normpath(path))
        return self.overlay.get(self.disk.realpath(path)) if data is None else data

    def _read(self, path: str) -> tuple[Source, tuple[Diagnostic, ...]]:
        shown = self.display(path)
        data = self._overlaid(path) if self.overlay else None
        if data is None:
            try:
                data = self.disk.read(path)
            except OSError as error:
                source = Source(shown, "")
                reason = _reason(error)
                return source, (Diagnostic(rule("unreadable-file"), source, Span(0, 0), f"cannot read this file: {reason}"),)
        if len(data) > LARGEST:
            source = Source(shown, "")
            message = f"this file has more than {LARGEST >> 10} KiB and is not read"
            return source, (Diagnostic(rule("too-large"), source, Span(0, 0), message, help="a config has a few kilobytes; divide it, or move it elsewhere"),)
        try:
            return Source(shown, data.decode("utf-8")), ()
        except UnicodeDecodeError as error:
            source = Source(shown, data.decode("utf-8", errors="replace"))
            at = len(data[: error.start].decode("utf-8"))
            message = f"this file is not UTF-8: byte 0x{data[error.start]:02x} does not belong there"
            return source, (Diagnostic(rule("not-utf8"), source, Span(at, at + 1), message, help="save it as UTF-8"),)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
