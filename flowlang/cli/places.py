"""What the commands that ask about one place of a project share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flowlang.cli.colors import paint_for
from flowlang.cli.environment import environment_of
from flowlang.cli.options import option, stack
from flowlang.cli.program import Wrong
from flowlang.cli.streams import print_error, say
from flowlang.diagnostics import Diagnostic
from flowlang.text import json_text

if TYPE_CHECKING:
    from flowlang.queries import Opened


class Told(Exception):
    """The findings that leave no answer were printed; nothing more is to be said."""


def place_options() -> Callable[[Any], Any]:
    """``--flow``, ``--job`` and ``--task``."""
    heading = "Place"
    return stack(
        option(heading, "--flow", metavar="NAME", help="The flow: the name of its file. Default: the only flow that it can be, else the live flow."),
        option(heading, "--job", metavar="ID", help="The attributes of this job of the live flow, or the args of its call."),
        option(heading, "--task", metavar="ID", help="The attributes of this task of a batch flow; CALL.ID for one inside an action or module."),
    )


def json_option() -> Callable[[Any], Any]:
    """``--json``."""
    return option("Output", "--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def answering(given: dict[str, Any], path: str | None) -> Iterator[Opened]:
    """The project that `path` names, read with the options given.

    Inside and while reading, wrong names raise `Wrong`; what the engine refuses is printed, and raises `Told`.
    """
    from flowlang.queries import Refused, open_project
    from flowlang.runs import Options, UsageError

    options = Options(
        engine=given["engine"],
        actions_dirs=given["actions_dirs"],
        environment=environment_of(given, path, read_git=True),
    )
    try:
        opened = open_project(path, options)
        for note in opened.notes:
            say(f"note: {note}")
        yield opened
    except UsageError as error:
        raise Wrong(error.message, error.hint) from error
    except Refused as error:
        tell(error.diagnostics, given["color"])
        raise Told from error


def tell(diagnostics: tuple[Diagnostic, ...], color: str, *, quiet: bool = False) -> None:
    """Print findings to standard error; with `quiet` without the summary."""
    if not diagnostics:
        return
    from flowlang.reporting import View, reporter

    view = View(diagnostics, paint=paint_for(sys.stderr, color), quiet=quiet)
    print_error("".join(f"{line}\n" for line in reporter("text")(view)))


def dump(document: object) -> str:
    """A document as JSON for standard output."""
    return json_text(document) + "\n"
