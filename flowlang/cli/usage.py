"""Words for what went wrong before, or in spite of, looking at any file."""

from __future__ import annotations

import click

from flowlang.cli.program import Wrong
from flowlang.text import closest, quoted


def words(error: click.ClickException, program: str) -> tuple[str, str | None]:
    """The message and the hint for an error on the command line."""
    if isinstance(error, Wrong):
        return error.message, error.hint
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else program
    hint = f"'{path} --help' lists what it takes"
    if isinstance(error, click.NoSuchOption):
        known = [name for param in context.command.params for name in param.opts] if context is not None else []
        near = closest(error.option_name, known)
        return f"unknown option {quoted(error.option_name)}", f"did you mean '{near}'?" if near else hint
    message = error.format_message().rstrip(".")
    return message[:1].lower() + message[1:], hint


def internal(error: Exception, program: str) -> str:
    """The message about a mistake of this program: what to report, in two lines."""
    from flowlang import __version__

    text = str(error).strip().split("\n")[0]
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return (
        f"{program} {__version__}: internal error: {what}{_place(error)}\n"
        "this is a mistake of the program, not of your files; please report it with this message and the files that show it"
    )


def _place(error: Exception) -> str:
    """The innermost place in this package that the error passed, as `` (model/build.py:12)``."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        _, found, rest = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/flowlang/")
        if found:
            place = f" ({rest}:{trace.tb_lineno})"
        trace = trace.tb_next
    return place
