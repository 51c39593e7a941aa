"""Signals that ask a process to end (SIGTERM, SIGHUP), obeyed in good order: nothing that was made for a moment stays behind.

Ctrl-C ends what goes on as an exception does, here as everywhere. What a program has set for a signal itself is left as it is, and so
are signals where another thread than the first asks, which may not say what is done about them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")


class _Ended(BaseException):
    """Raised in what is to end."""


@contextmanager
def unbroken() -> Iterator[None]:
    """Put the end off until the block is done: for what takes a moment."""
    with _caught(lambda: None):
        yield


class Ending:
    """What is broken off when a signal comes."""

    def __init__(self) -> None:
        self._held = False
        self._came = False

    def come(self) -> None:
        """End now, or as soon as it is no longer held."""
        self._came = True
        if not self._held:
            raise _Ended

    @contextmanager
    def held(self) -> Iterator[None]:
        """Begin something that must be known before it can be tidied up, as a process."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._came:
            raise _Ended


@contextmanager
def orderly() -> Iterator[Ending]:
    """Break the block off as an exception does, so that it tidies up, and then end: for what takes long."""
    ending = Ending()
    with _caught(ending.come):
        yield ending


@contextmanager
def _caught(act: Callable[[], None]) -> Iterator[None]:
    """Do something when a signal comes; obey it at the end of the block."""
    import signal

    came: list[int] = []

    def take(number: int, _: object) -> None:
        came.append(number)
        if len(came) == 1:
            act()

    usual: list[signal.Signals] = []
    for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
        if signal.getsignal(number) is signal.SIG_DFL:
            try:
                signal.signal(number, take)
            except ValueError:
                break  # not the first thread
            usual.append(number)
    try:
        yield
    finally:
        for number in usual:
            signal.signal(number, signal.SIG_DFL)
        for number in came[:1]:
            os.kill(os.getpid(), number)
