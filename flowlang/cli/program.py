"""What all commands share: one way to end, and help by groups."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from flowlang.cli.entry import INTERRUPTED
from flowlang.cli.streams import drop_stdout, prepare, say
from flowlang.disk import reason

FINDINGS = 1
"""Exit status: there are findings, or the configs could not be compiled."""
USAGE = 2
"""Exit status: the command line is wrong."""
INTERNAL = 3
"""Exit status: a mistake of this program."""


_HELP = "Show this message and exit."


class Wrong(click.ClickException):
    """The command line is wrong: what, and what would be right."""

    exit_code = USAGE

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Option(click.Option):
    """An option that `--help` shows under the heading `group`."""

    def __init__(self, *args: Any, group: str = "General", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.group = group


class Program(click.Command):
    """A command that ends with the exit statuses of this project, whoever starts it."""

    def __init__(self, *args: Any, examples: str = "", **attributes: Any) -> None:
        attributes.setdefault("context_settings", {"help_option_names": ["-h", "--help"], "max_content_width": 100})
        super().__init__(*args, **attributes)
        self.examples = examples
        self._help: click.Option | None = None

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run as a script does; click's own name for it, which its test runner calls."""
        status = self.run(sys.argv[1:] if args is None else args, prog_name or self.name or "")
        if standalone_mode:
            sys.exit(status)
        return status

    def run(self, arguments: Sequence[str], program: str) -> int:
        """Run with these arguments and give the exit status; raises nothing but `SystemExit`."""
        prepare()
        if f"_{program}_COMPLETE".upper() in os.environ:
            from flowlang.cli.shells import mend

            mend()
        try:
            result = super().main(args=list(arguments), prog_name=program, standalone_mode=False)
            sys.stdout.flush()
        except click.ClickException as error:
            return _wrong(error, program)
        except (KeyboardInterrupt, click.Abort):
            return INTERRUPTED
        except BrokenPipeError:
            drop_stdout()
            return 0
        except Exception as error:
            told = _no_directory(error)
            if told is not None:
                return _wrong(told, program)
            say(_internal(error, program))
            return INTERNAL
        return result if isinstance(result, int) else 0

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, which like all output says so where it cannot be written; made without click's, which looks for translations on the disk."""
        names = self.get_help_option_names(ctx)
        if not names or not self.add_help_option:
            return None
        if self._help is None:
            self._help = click.Option(list(names), is_flag=True, is_eager=True, expose_value=False, help=_HELP, callback=_show_help)
        return self._help

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options under the headings of their groups, in the order of their first appearance."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                groups.setdefault(getattr(param, "group", "General"), []).append(record)
        for group, records in groups.items():
            with formatter.section(group):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, as they are written."""
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples.strip("\n").split("\n"):
                    formatter.write(" " * formatter.current_indent + line + "\n" if line else "\n")


def _show_help(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from flowlang.cli.output import write

        write(f"{context.get_help()}\n", None)
        context.exit()


def _wrong(error: click.ClickException, program: str) -> int:
    """Say what is wrong with the command line; gives the exit status."""
    from flowlang.cli.usage import words

    message, hint = words(error, program)
    say(f"error: {message}")
    if hint:
        say(f"hint: {hint}")
    return USAGE


def _no_directory(error: Exception) -> Wrong | None:
    """The words where a command failed since its working directory is gone."""
    if isinstance(error, OSError):
        try:
            os.getcwd()
        except OSError as gone:
            return Wrong(f"the working directory cannot be used: {reason(gone)}", "change to a folder that is there")
    return None


def _internal(error: Exception, program: str) -> str:
    from flowlang.cli.usage import internal

    return internal(error, program)
