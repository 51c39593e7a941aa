"""A bar for runs that take long: only on a terminal, only after a second, and gone when the run is over."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

import click

_PATIENCE = 1.0
"""Seconds of a run before there is a bar."""
_CLEAR = "\r\x1b[2K"


class Progress:
    """Told after each file how many are done of how many; draws on `stream` when that is a terminal."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._begin = clock()
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        """So many files are done."""
        if self._bar is None:
            if self._clock() - self._begin < _PATIENCE:
                return
            self._bar = click.progressbar(length=total, label="linting", file=self._stream, show_eta=False, show_pos=True)
            self._bar.__enter__()
        self._bar.length = total
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._bar = None


def progress() -> Progress | None:
    """A bar on standard error, where that is a terminal."""
    return Progress(sys.stderr) if sys.stderr is not None and sys.stderr.isatty() else None
