"""The streams that every command has: safe to write to whatever they lead to, and words on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from typing import TextIO


def prepare() -> None:
    """Make writing safe: UTF-8 where no terminal asks for something else, an escape for what cannot be written."""
    # None: closed by whoever started us
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        encoding: MutableMapping[str, str] = {} if sys.stdout.isatty() else {"encoding": "utf-8"}
        reconfigure(errors="backslashreplace", **encoding)


def drop_stdout() -> None:
    """Standard output takes no more: send the rest nowhere, so that Python's own flush at exit is silent."""
    if not _redirected(sys.stdout):
        sys.stdout = _nowhere()


def refused(error: OSError) -> int:
    """Say that standard output cannot be written to, unless its reader has just gone; gives the exit status."""
    from flowlang.disk import reason

    drop_stdout()
    if isinstance(error, BrokenPipeError):
        return 0
    say(f"error: cannot write to standard output: {reason(error)}")
    return 2


def say(text: str) -> None:
    """Write lines to standard error, what does not print in them escaped."""
    from flowlang.reporting.visible import visible

    print_error("".join(f"{visible(line)}\n" for line in text.split("\n")))


def print_error(text: str) -> None:
    """Write to standard error as it is. Where that takes no more, what remains to be said is lost, and the exit status tells what it would."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        if not _redirected(sys.stderr):
            sys.stderr = _nowhere()


def _redirected(stream: TextIO) -> bool:
    """Send all that goes to a stream nowhere, what it holds already too; False for one that is no file."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)
    except (OSError, ValueError):
        return False
    return True


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
