"""`flowlint`: find the mistakes in flow projects."""

from __future__ import annotations

import sys
from typing import Any

import click

from flowlang.cli.colors import paint_for
from flowlang.cli.lint_options import lint_options
from flowlang.cli.output import write
from flowlang.cli.program import FINDINGS, Program, Wrong
from flowlang.cli.unbuilt import not_built, refuse
from flowlang.diagnostics import Severity
from flowlang.reporting import UNBUILT, View, reporter
from flowlang.reporting.formats import FOR_PEOPLE
from flowlang.reporting.selection import Selection, UnknownRule

_UNBUILT_OPTIONS = {
    "fix": "--fix",
    "unsafe_fixes": "--unsafe-fixes",
    "diff": "--diff",
    "baseline": "--baseline",
    "write_baseline": "--write-baseline",
    "config": "--config",
    "show_config": "--show-config",
    "shellcheck": "--shellcheck",
}

_EXAMPLES = """
flowlint                               the project around the working directory
flowlint path/to/project other.yml     projects, config folders, single files
flowlint --ignore FL7,bad-enum         everything but a family and a rule
flowlint --format json -o report.json  a report for machines
flowlint --explain unknown-key         what a rule is about
flowlint - --stdin-filename .neuro/live.yml < edited.yml
"""


@click.command("flowlint", cls=Program, examples=_EXAMPLES)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@lint_options()
def _lint(**given: Any) -> int:
    """Find the mistakes in flow projects, offline and at their exact places.

    PATH is a project, its config folder or a single file; without one, the project around the
    working directory. - reads one file from standard input.

    \b
    Exit status: 0 nothing at or above --fail-on; 1 findings; 2 the command line
    is wrong; 3 a mistake of this program.
    """
    refuse(given, _UNBUILT_OPTIONS)
    if given["explain"] is not None or given["list_rules"]:
        from flowlang.cli.rules import explain, list_rules

        text = list_rules(given["format"]) if given["explain"] is None else explain(given["explain"], given["format"])
        write(text, given["output"])
        return 0
    if given["format"] in UNBUILT:
        raise not_built(f"--format {given['format']}")
    try:
        selection = Selection.parse(given["select"], given["ignore"], given["extend_select"])
    except UnknownRule as error:
        raise Wrong(error.message, error.hint) from error
    return _run(given, selection)


def _run(given: dict[str, Any], selection: Selection) -> int:
    """Lint, print, and give the exit status."""
    from flowlang.analysis import Options, UsageError, lint
    from flowlang.semantics import Environment

    options = Options(
        engine=given["engine"],
        actions_dirs=given["actions_dirs"],
        environment=Environment(),
        missing_actions=Severity(given["missing_actions"]),
    )
    try:
        report = lint(tuple(path for path in given["paths"] if path != "-"), options, stdin=_stdin(given))
    except UsageError as error:
        raise Wrong(error.message, error.hint) from error

    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    found = tuple(selection.of(report.diagnostics))
    least = Severity(given["severity"]).rank
    shown = tuple(diagnostic for diagnostic in found if diagnostic.severity.rank <= least)
    to_file = given["output"] not in (None, "-")
    view = View(
        shown,
        report.files,
        report.suppressed,
        hidden=len(found) - len(shown),
        paint=paint_for(None if to_file else sys.stdout, given["color"]),
        statistics=given["statistics"],
        quiet=given["quiet"],
    )
    write("".join(f"{line}\n" for line in reporter(given["format"])(view)), given["output"])
    if given["statistics"] and given["format"] not in FOR_PEOPLE:
        from flowlang.reporting.summary import statistics

        for line in statistics(view):
            click.echo(line, err=True)
    fatal = Severity(given["fail_on"]).rank
    return FINDINGS if any(diagnostic.severity.rank <= fatal for diagnostic in found) else 0


def _stdin(given: dict[str, Any]) -> tuple[str | None, bytes] | None:
    """The file on standard input and the name it goes by, when ``-`` asks for it."""
    name: str | None = given["stdin_filename"]
    if "-" in given["paths"]:
        return name, sys.stdin.buffer.read()
    if name is not None:
        raise Wrong("--stdin-filename names the file on standard input, and nothing reads it", "give '-' as PATH to read it")
    return None


command: Program = _lint
