"""`flowlang compile`: a flow project as normalized job specs."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from flowlang.cli.colors import paint_for
from flowlang.cli.environment import OF_A_MACHINE, environment_of, environment_options
from flowlang.cli.options import color_option, config_option, engine_options, option, output_option, path_argument, stack
from flowlang.cli.output import write
from flowlang.cli.program import FINDINGS, Program, Wrong
from flowlang.cli.settings import Finder, first
from flowlang.cli.streams import print_error, say
from flowlang.reporting import View, reporter
from flowlang.settings import InForce, start_folder
from flowlang.text import json_text, shown_path

_EXAMPLES = """
flowlang compile                       the project around the working directory, as JSON
flowlang compile .neuro/train.yml      one flow file
flowlang compile --relocatable -o flows.json
flowlang compile --check flows.json    fail when the committed output is out of date
flowlang compile --project-name demo --param lr=0.1 --param train:epochs=3
flowlang compile --keep-going          what can be compiled, in spite of errors
"""


@click.command("compile", cls=Program, examples=_EXAMPLES)
@path_argument()
@stack(
    option("Output", "--format", type=click.Choice(["json", "yaml"]), default="json", show_default=True, help="How the document is written."),
    output_option(),
    option("Output", "--relocatable", is_flag=True, help="Paths relative to the project, nothing of this machine: an output to commit."),
    option(
        "Output",
        "--check",
        is_flag=False,
        flag_value="",
        metavar="[FILE]",
        help="Write nothing: compare with FILE, a committed output of --relocatable; without FILE, with the one that the settings name.",
    ),
    option("Output", "--keep-going", is_flag=True, help="Compile what can be compiled in spite of errors."),
    option("Output", "--only", metavar="JOB|TASK", help="Compile this live job or batch task alone."),
    engine_options(),
    config_option(),
    environment_options(),
    color_option(),
)
def _compile(**given: Any) -> int:
    """Compile a flow project to normalized job specs.

    PATH is a project, its config folder or one flow file; without one, the project around the
    working directory. The document goes to standard output, findings to standard error.

    \b
    Exit status: 0 compiled; 1 errors in the configs, or a difference under
    --check; 2 the command line is wrong; 3 a mistake of this program.
    """
    from flowlang.compiling import compile_path
    from flowlang.runs import Options, UsageError

    settings = Finder(given["config"], linter=False).around(start_folder(given["path"] or "."))
    check = _check_file(given, settings)
    committed = None
    engine: str | None = settings.common.engine
    base: Any = settings.common
    only: str | None = None
    if check is not None:
        from flowlang.cli.check import read_check

        # what the committed output records stands in for the settings: it says how it was made
        committed = read_check(check)
        engine, base, only = committed.engine, committed.environment, committed.only
    relocatable = given["relocatable"] or committed is not None
    without = OF_A_MACHINE if relocatable and committed is None else frozenset[str]()
    options = Options(
        engine=first(given["engine"], engine),
        actions_dirs=(*given["actions_dirs"], *settings.actions_dirs()),
        environment=environment_of(given, given["path"], read_git=not relocatable, base=base, without=without),
        relocatable=relocatable,
        only=first(given["only"], only),
        keep_going=given["keep_going"],
    )
    try:
        compiled = compile_path(given["path"], options)
    except UsageError as error:
        recorded = f"part of the options is what {check} records; write it anew where that is no longer right"
        raise Wrong(error.message, error.hint or (recorded if committed is not None else None)) from error

    if compiled.diagnostics:
        view = View(compiled.diagnostics, paint=paint_for(sys.stderr, given["color"]))
        print_error("".join(f"{line}\n" for line in reporter("text")(view)))
    for note in compiled.notes:
        say(f"note: {note}")
    if compiled.document is not None and check is not None and committed is not None:
        from flowlang.cli.check import report

        different = report(check, committed, compiled.document, given, options)
        return FINDINGS if different or not compiled.complete else 0
    if compiled.document is not None:
        write(_document(compiled.document, given["format"]), given["output"])
    return 0 if compiled.complete and compiled.document is not None else FINDINGS


def _check_file(given: dict[str, Any], settings: InForce) -> str | None:
    """The file that ``--check`` names, or the settings do; None when nothing is to be checked."""
    if given["check"] is None:
        return None
    if given["output"] is not None:
        raise Wrong("--check writes nothing, so -o has nothing to write", "leave out one of them")
    named = settings.check()
    check: str | None = given["check"] or (shown_path(named, os.getcwd()) if named is not None else None)
    if check is None:
        raise Wrong("--check names no file, and neither do the settings", "write --check FILE, or 'check = \"FILE\"' below [tool.flowlang]")
    return check


def _document(document: dict[str, object], form: str) -> str:
    if form == "yaml":
        from flowlang.reporting.yaml_text import dump

        return dump(document)
    return json_text(document) + "\n"


command: Program = _compile
