"""The commands by name, each loaded when it is called."""

from __future__ import annotations

from collections.abc import Callable

from flowlang.cli.program import Program
from flowlang.light import NamedTuple


class Entry(NamedTuple):
    """A command of `flowlang`: the line that the list of commands shows, and how to load it."""

    summary: str
    load: Callable[[], Program]


def _lint() -> Program:
    from flowlang.cli.lint import command

    return command


def _compile() -> Program:
    from flowlang.cli.compile import command

    return command


def _contexts() -> Program:
    from flowlang.cli.contexts import command

    return command


def _eval() -> Program:
    from flowlang.cli.eval import command

    return command


def _fetch() -> Program:
    from flowlang.cli.fetch import command

    return command


def _graph() -> Program:
    from flowlang.cli.graph import command

    return command


def _lsp() -> Program:
    from flowlang.cli.lsp import command

    return command


def _run_args() -> Program:
    from flowlang.cli.run_args import command

    return command


def _schema() -> Program:
    from flowlang.cli.schema import command

    return command


def _group() -> Program:
    from flowlang.cli.group import command

    return command


COMMANDS = {
    "compile": Entry("Compile a flow project to normalized job specs.", _compile),
    "contexts": Entry("List what expressions see in a flow, job or task.", _contexts),
    "eval": Entry("Evaluate a template as a flow, job or task would.", _eval),
    "fetch": Entry("Fetch the remote actions that a flow project calls, with git.", _fetch),
    "graph": Entry("Draw the tasks of a batch flow.", _graph),
    "lint": Entry("Find the mistakes in flow projects (the same as flowlint).", _lint),
    "lsp": Entry("Serve an editor over the Language Server Protocol.", _lsp),
    "run-args": Entry("Print the command line that starts a live job.", _run_args),
    "schema": Entry("Print the JSON schema of a config file or of an output.", _schema),
}
"""What `flowlang` can do."""

PROGRAMS: dict[str, Callable[[], Program]] = {"flowlint": _lint, "flowlang": _group}
"""The console scripts."""
