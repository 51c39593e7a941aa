"""Writing results: to standard output, or whole or not at all to a file."""

from __future__ import annotations

import os
import sys

from flowlang.cli.program import Wrong, drop_stdout
from flowlang.text import quoted


def write(text: str, path: str | None) -> None:
    """Write `text` to the file, or to standard output when there is none or it is ``-``.

    Raises `Wrong` when the file cannot be written. A reader of standard output that has gone is
    no error: the exit status still tells what was found.
    """
    if path is None or path == "-":
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            drop_stdout()
        except OSError as error:
            drop_stdout()
            raise Wrong(f"cannot write to standard output: {_reason(error)}") from error
        return
    _to_file(text.encode("utf-8", "backslashreplace"), path)


def write_bytes(data: bytes, path: str | None) -> None:
    """The same for what is no text."""
    if path is not None and path != "-":
        _to_file(data, path)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        drop_stdout()
    except OSError as error:
        drop_stdout()
        raise Wrong(f"cannot write to standard output: {_reason(error)}") from error


def _to_file(data: bytes, path: str) -> None:
    try:
        write_file(path, data)
    except OSError as error:
        raise Wrong(f"cannot write {quoted(path)}: {_reason(error)}") from error


def write_file(path: str, data: bytes) -> None:
    """Put `data` in place of the file's content at once: whoever reads it sees the old or the new; ``OSError`` as it comes.

    A symbolic link stays one, a file keeps its mode. What is no regular file (a device, a pipe) is
    written to directly.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as device:
            device.write(data)
        return
    import tempfile

    number, temporary = tempfile.mkstemp(prefix=f".{os.path.basename(target)[:64]}.", suffix=".tmp", dir=os.path.dirname(target))
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _mode(path: str) -> int:
    """The mode of the file, or that of a new one."""
    try:
        return os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
