"""`flowlang run-args`: the command line that starts a live job."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from flowlang.cli.environment import environment_options
from flowlang.cli.options import color_option, engine_options, path_argument, stack
from flowlang.cli.output import write
from flowlang.cli.places import Told, answering, dump, json_option
from flowlang.cli.program import FINDINGS, Program, Wrong
from flowlang.cli.streams import say
from flowlang.text import quoted

if TYPE_CHECKING:
    from flowlang.compiler.run_args import CommandLine

_EXAMPLES = """
flowlang run-args evaluate --project-name research --cluster default
flowlang run-args train --suffix 1 --param config=large.yml
flowlang run-args train --json | jq    the same as a list of words
"""


@click.command("run-args", cls=Program, examples=_EXAMPLES)
@click.argument("job")
@path_argument()
@stack(json_option(), engine_options(), environment_options(), color_option())
def _run_args(**given: Any) -> int:
    """Print the `apolo run` command line of the live job JOB.

    It is what the engine runs when the job is started, on one line and quoted for a shell. Tags are
    sorted: the engine has no order for them. A multi job needs --suffix, for which the engine else
    throws dice. PATH is a project, its config folder or the live flow's file; without one, the
    project around the working directory.

    \b
    Exit status: 0 printed; 1 a value is missing, or the engine refuses the job;
    2 the command line is wrong; 3 a mistake of this program.
    """
    try:
        with answering(given, given["path"]) as opened:
            from flowlang.compiler.run_args import run_args
            from flowlang.queries import pick_job
            from flowlang.queries.opening import check_job

            job = pick_job(opened, given["job"])
            check_job(opened, job)
            if given["suffix"] is not None and job.multi is False:
                raise Wrong(f"job {quoted(job.name)} is not 'multi': it takes no --suffix")
            line = run_args(job)
    except Told:
        return FINDINGS
    if line is None:
        _say(f"the action {quoted(job.reference or '')} that makes job {quoted(job.name)} is not at hand", "give a folder of copies with --actions-dir DIR")
        return FINDINGS
    if not line.complete:
        _tell(line, job.name)
        return FINDINGS
    write(dump(line.words) if given["as_json"] else f"{line.text(terminal=sys.stdout.isatty())}\n", None)
    return 0


def _tell(line: CommandLine, job: str) -> None:
    """Say what is missing in a command line, and which option gives it."""
    from flowlang.queries.needed import remedy

    if line.mistake is not None:
        _say(line.mistake)
    for gap in line.gaps:
        _say(f"job {quoted(job)}: {quoted(gap.part)} waits for {', '.join(gap.waits)}", "; ".join(f"{wait}: {remedy(wait, job)}" for wait in gap.waits))


def _say(message: str, hint: str | None = None) -> None:
    say(f"error: {message}")
    if hint is not None:
        say(f"hint: {hint}")


command: Program = _run_args
