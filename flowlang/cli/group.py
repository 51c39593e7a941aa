"""`flowlang`: the group of commands, loaded one at a time."""

from __future__ import annotations

from typing import Any

import click

from flowlang.cli.options import version_option
from flowlang.cli.program import Program, Wrong
from flowlang.cli.programs import COMMANDS
from flowlang.text import closest, listing, quoted


class LazyGroup(Program, click.Group):
    """A group that shows its list of commands without loading any of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        return COMMANDS[cmd_name].load() if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; `Wrong` when there is none of that name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = closest(args[0], COMMANDS)
            raise Wrong(f"unknown command {quoted(args[0])}", f"did you mean '{near}'?" if near else f"available: {listing(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])
        Program.format_options(self, ctx, formatter)


_EXAMPLES = """
flowlang lint                          lint the project around the working directory
flowlang compile --relocatable         print its job specs
flowlang compile --help                what a command takes
"""


@click.command(
    "flowlang",
    cls=LazyGroup,
    examples=_EXAMPLES,
    no_args_is_help=False,
    subcommand_metavar="COMMAND [ARGUMENTS]...",
)
@version_option("flowlang")
def _flowlang(**_: Any) -> None:
    """Work with flow projects of the Apolo (formerly Neuro) platform, offline."""


command: Program = _flowlang
