"""Files that a project keeps for a command: what is compared with, what is accepted."""

from __future__ import annotations

from flowlang.cli.program import Wrong
from flowlang.disk import read_file, reason
from flowlang.text import quoted


def kept_text(option: str, path: str, hint: str) -> str:
    """The text of the file that an option names; raises `Wrong` where it cannot be read, with the hint how to make it where there is none."""
    try:
        return read_file(path).decode("utf-8")
    except FileNotFoundError:
        raise Wrong(f"{option}: cannot read {quoted(path)}: there is no such file", hint) from None
    except OSError as error:
        raise Wrong(f"{option}: cannot read {quoted(path)}: {reason(error)}") from None
    except UnicodeDecodeError:
        raise Wrong(f"{option}: {quoted(path)} is no UTF-8 text") from None
