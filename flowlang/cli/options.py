"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from flowlang.cli.completion import completer
from flowlang.cli.program import Option

_Function = TypeVar("_Function", bound=Callable[..., Any])
Decorator = Callable[[_Function], _Function]

LEVELS = click.Choice(["error", "warning", "info"])


def option(group: str, *names: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """An option under the heading `group` of the help; the rest as `click.option` takes it."""
    return click.option(*names, cls=Option, group=group, shell_complete=completer(attributes.get("metavar")), **attributes)


def argument(name: str, metavar: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """An argument that usage lines call `metavar`; the rest as `click.argument` takes it."""
    return click.argument(name, metavar=metavar, shell_complete=completer(metavar), **attributes)


def path_argument() -> Callable[[_Function], _Function]:
    """The project, config folder or file to look at; none is the project around the working directory."""
    return argument("path", "[PATH]", required=False)


def stack(*decorators: Callable[[Any], Any]) -> Callable[[_Function], _Function]:
    """Several decorators as one, the first outermost, as if written above one another."""

    def apply(function: _Function) -> _Function:
        result: Any = function
        for decorator in reversed(decorators):
            result = decorator(result)
        return result  # type: ignore[no-any-return]

    return apply


def version_option(program: str) -> Callable[[_Function], _Function]:
    """``--version`` among other arguments; alone it is answered before click is loaded."""

    def show(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not context.resilient_parsing:
            from flowlang import __version__
            from flowlang.cli.output import write

            write(f"{program} {__version__}\n", None)
            context.exit()

    return option("General", "--version", is_flag=True, expose_value=False, is_eager=True, callback=show, help="Print the version.")


def color_option() -> Callable[[_Function], _Function]:
    """``--color``."""
    return option(
        "General",
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="When to use colours; auto: on a terminal where NO_COLOR is not set.",
    )


def engine_options() -> Callable[[_Function], _Function]:
    """``--engine`` and ``--actions-dir``."""
    return stack(
        option("Project", "--engine", metavar="VERSION", help="Engine release the configs are for, YY.M or YY.M.P; default: the newest known."),
        option(
            "Project",
            "--actions-dir",
            "actions_dirs",
            multiple=True,
            metavar="DIR",
            help="Local copies of remote actions, DIR/OWNER/REPO@REF/action.yml; may be given more than once.",
        ),
    )


def config_option() -> Callable[[_Function], _Function]:
    """``--config``."""
    return option(
        "Project",
        "--config",
        metavar="FILE",
        help="Read the settings from FILE; default: the nearest flowlint.toml or pyproject.toml with any, from the project upwards.",
    )


def output_option() -> Callable[[_Function], _Function]:
    """``-o``."""
    return option("Output", "-o", "--output", metavar="FILE", help="Write there instead of standard output.")
