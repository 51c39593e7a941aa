"""Writing results: to standard output, or whole or not at all to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flowlang.cli.program import Wrong
from flowlang.cli.streams import drop_stdout
from flowlang.disk import reason, write_file
from flowlang.text import quoted


def write(text: str, path: str | None) -> None:
    """Write `text` to the file, or to standard output when there is none or it is ``-``.

    Raises `Wrong` when the file cannot be written. A reader of standard output that has gone is
    no error: the exit status still tells what was found.
    """
    if path is not None and path != "-":
        _to_file(text.encode("utf-8", "backslashreplace"), path)
        return
    with _standard_output():
        sys.stdout.write(text)
        sys.stdout.flush()


def write_bytes(data: bytes, path: str | None) -> None:
    """The same for what is no text."""
    if path is not None and path != "-":
        _to_file(data, path)
        return
    with _standard_output():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def _standard_output() -> Iterator[None]:
    """Around what writes there: a reader that has gone is no error, anything else is told."""
    try:
        yield
    except BrokenPipeError:
        drop_stdout()
    except OSError as error:
        drop_stdout()
        raise Wrong(f"cannot write to standard output: {reason(error)}") from error


def _to_file(data: bytes, path: str) -> None:
    try:
        write_file(path, data)
    except OSError as error:
        raise Wrong(f"cannot write {quoted(path)}: {reason(error)}") from error
