"""`flowlint`: find the mistakes in flow projects."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from flowlang.cli.cache import cache
from flowlang.cli.colors import paint_for
from flowlang.cli.lint_options import lint_options
from flowlang.cli.lint_plan import Plan, plan
from flowlang.cli.options import argument
from flowlang.cli.output import write
from flowlang.cli.program import FINDINGS, Program, Wrong
from flowlang.cli.progress import progress
from flowlang.cli.repository import below_repository
from flowlang.cli.streams import say
from flowlang.disk import MOST, reason
from flowlang.light import NamedTuple
from flowlang.reporting import Paint, View, reporter
from flowlang.reporting.formats import FOR_PEOPLE, FROM_ROOT

if TYPE_CHECKING:
    from flowlang.cache import Cache
    from flowlang.cli.fix import Fixing
    from flowlang.diagnostics import Diagnostic, Suppressed
    from flowlang.runs import Report
    from flowlang.shellcheck import Run

_EXAMPLES = """
flowlint                               the project around the working directory
flowlint path/to/project other.yml     projects, config folders, single files
flowlint --ignore FL7,bad-enum         everything but a family and a rule
flowlint --format json -o report.json  a report for machines
flowlint --diff                        what safe fixes would change; --fix makes them
flowlint --explain unknown-key         what a rule is about
flowlint - --stdin-filename .neuro/live.yml < edited.yml
"""


@click.command("flowlint", cls=Program, examples=_EXAMPLES)
@argument("paths", "[PATH]...", nargs=-1)
@lint_options()
def _lint(**given: Any) -> int:
    """Find the mistakes in flow projects, offline and at their exact places.

    PATH is a project, its config folder or a single file; without one, the project around the
    working directory. - reads one file from standard input.

    \b
    Exit status: 0 nothing at or above --fail-on; 1 findings; 2 the command line
    is wrong; 3 a mistake of this program.
    """
    if given["explain"] is not None or given["list_rules"]:
        from flowlang.cli.rules import explain, list_rules

        paint = paint_for(_stream(given, None, None), given["color"])
        text = list_rules(given["format"], paint) if given["explain"] is None else explain(given["explain"], given["format"], paint)
        write(text, given["output"])
        return 0
    given["shellcheck"] = _shellcheck(given)
    plans = plan(given)
    if given["show_config"]:
        from flowlang.cli.show_config import show_config

        write(show_config(plans, given), given["output"])
        return 0
    return _run(given, plans)


def _run(given: dict[str, Any], plans: Sequence[Plan]) -> int:
    """Lint, print, and give the exit status."""
    stdin = _stdin(given)
    fixing = _fixing(given)
    memory = cache(given) if fixing is None else None
    outcomes = [_carry_out(each, stdin if each.stdin else None, fixing, memory, given["jobs"]) for each in plans]
    if fixing is not None and given["diff"]:
        return fixing.show_diff()
    if given["write_baseline"] is not None or any(each.policy.baseline for each in plans):
        from flowlang.cli.baseline import accept

        outcomes = accept(plans, outcomes, given["write_baseline"])
    for note in dict.fromkeys(note for outcome in outcomes for note in outcome.report.notes):
        say(f"note: {note}")
    view = _view(given, list(zip(plans, outcomes, strict=True)), fixing, paint_for(_stream(given, stdin, fixing), given["color"]))
    report = "".join(f"{line}\n" for line in reporter(given["format"])(view))
    if fixing is not None:
        fixing.print_report(report, view)
    else:
        write(report, given["output"])
    if given["statistics"] and given["format"] not in FOR_PEOPLE:
        from flowlang.reporting.summary import statistics

        for line in statistics(view):
            say(line)
    fatal = any(each.policy.fails(found) for each, outcome in zip(plans, outcomes, strict=True) for found in outcome.found)
    return FINDINGS if fatal else 0


def _view(given: dict[str, Any], done: Sequence[tuple[Plan, Outcome]], fixing: Fixing | None, paint: Paint) -> View:
    """What the reporter is given."""
    shown = tuple(sorted((found for each, outcome in done for found in filter(each.policy.shows, outcome.found)), key=lambda found: found.order))
    return View(
        shown,
        sum(_reported_files(each, outcome.report) for each, outcome in done),
        tuple(found for _, outcome in done for found in outcome.suppressed),
        hidden=sum(len(outcome.found) for _, outcome in done) - len(shown),
        fixed=fixing.line() if fixing is not None else "",
        fixes=fixing.kind if fixing is not None else "none",
        paint=paint,
        statistics=given["statistics"],
        quiet=given["quiet"],
        paths=tuple(sorted({path for each, outcome in done for path in each.policy.reported(outcome.report.paths)})),
        root=below_repository(os.getcwd()) if given["format"] in FROM_ROOT else "",
        # under several settings a file fails from the lowest of their levels on
        fail_on=max((each.policy.fail_on for each, _ in done), key=lambda level: level.rank),
    )


def _reported_files(each: Plan, report: Report) -> int:
    """How many of the files that were read are reported on: those that the settings exclude are not."""
    return report.files - len(report.paths) + len(each.policy.reported(report.paths))


def _stream(given: dict[str, Any], stdin: object, fixing: Fixing | None) -> TextIO | None:
    """Where the report goes, None for a file: with ``--fix`` the fixed text of standard input takes standard output."""
    if given["output"] not in (None, "-"):
        return None
    return sys.stdout if stdin is None or fixing is None else sys.stderr


class Outcome(NamedTuple):
    """What came of the paths under one set of settings: the findings that are wanted, of every severity, and those that are accepted."""

    report: Report
    found: list[Diagnostic]
    suppressed: list[Suppressed]


def _fixing(given: dict[str, Any]) -> Fixing | None:
    """What makes the fixes, when they are asked for."""
    if given["fix"] or given["diff"]:
        from flowlang.cli.fix import Fixing

        return Fixing(given)
    if given["unsafe_fixes"]:
        raise Wrong("--unsafe-fixes says which fixes to make, and none are asked for", "give --fix or --diff with it")
    return None


def _carry_out(each: Plan, stdin: tuple[str | None, bytes] | None, fixing: Fixing | None, memory: Cache | None, jobs: int | None) -> Outcome:
    from flowlang.linting import lint
    from flowlang.runs import UsageError

    policy = each.policy
    bar = progress()
    try:
        report = fixing.lint(each, stdin) if fixing is not None else lint(each.paths, policy.options, stdin=stdin, progress=bar, cache=memory, jobs=jobs)
    except UsageError as error:
        raise Wrong(error.message, error.hint) from error
    finally:
        if bar is not None:
            bar.close()
    return Outcome(report, list(policy.adjusted(report.diagnostics)), policy.suppressed(report.suppressed))


def _shellcheck(given: dict[str, Any]) -> Run | None:
    """What runs shellcheck, when it is asked for."""
    if not given["shellcheck"]:
        return None
    from flowlang.cli.shellcheck import shellcheck

    return shellcheck()


def _stdin(given: dict[str, Any]) -> tuple[str | None, bytes] | None:
    """The file on standard input and the name it goes by, when ``-`` asks for it."""
    name: str | None = given["stdin_filename"]
    if "-" in given["paths"]:
        if sys.stdin is None:
            raise Wrong("standard input is closed", "'-' as PATH reads a file from it")
        try:
            data = sys.stdin.buffer.read(MOST + 1)
        except OSError as error:
            raise Wrong(f"cannot read standard input: {reason(error)}") from error
        if len(data) > MOST:
            raise Wrong(f"standard input has more than {MOST >> 20} megabytes", "a config has a few kilobytes")
        return name, data
    if name is not None:
        raise Wrong("--stdin-filename names the file on standard input, and nothing reads it", "give '-' as PATH to read it")
    return None


command: Program = _lint
