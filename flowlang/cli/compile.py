"""`flowlang compile`: a flow project as normalized job specs."""

from __future__ import annotations

import sys
from typing import Any

import click

from flowlang.cli.colors import paint_for
from flowlang.cli.environment import environment_of, environment_options
from flowlang.cli.options import color_option, engine_options, option, output_option, stack
from flowlang.cli.output import write
from flowlang.cli.program import FINDINGS, Program, Wrong
from flowlang.cli.unbuilt import refuse
from flowlang.reporting import View, reporter
from flowlang.reporting.visible import visible

_UNBUILT_OPTIONS = {"check": "--check", "config": "--config"}

_EXAMPLES = """
flowlang compile                       the project around the working directory, as JSON
flowlang compile .neuro/train.yml      one flow file
flowlang compile --relocatable -o flows.json
flowlang compile --project-name demo --param lr=0.1 --param train:epochs=3
flowlang compile --keep-going          what can be compiled, in spite of errors
"""


@click.command("compile", cls=Program, examples=_EXAMPLES)
@click.argument("path", required=False, metavar="[PATH]")
@stack(
    option("Output", "--format", type=click.Choice(["json", "yaml"]), default="json", show_default=True, help="How the document is written."),
    output_option(),
    option("Output", "--relocatable", is_flag=True, help="Paths relative to the project, nothing of this machine: an output to commit."),
    option("Output", "--keep-going", is_flag=True, help="Compile what can be compiled in spite of errors."),
    option("Output", "--only", metavar="JOB|TASK", help="Compile this live job or batch task alone."),
    engine_options(),
    environment_options(),
    color_option(),
    option("Not built yet", "--check", metavar="FILE", help="Compare with a committed output."),
    option("Not built yet", "--config", metavar="FILE", help="Read the settings from FILE."),
)
def _compile(**given: Any) -> int:
    """Compile a flow project to normalized job specs.

    PATH is a project, its config folder or one flow file; without one, the project around the
    working directory. The document goes to standard output, findings to standard error.

    \b
    Exit status: 0 compiled; 1 errors in the configs; 2 the command line is
    wrong; 3 a mistake of this program.
    """
    refuse(given, _UNBUILT_OPTIONS)
    from flowlang.analysis import Options, UsageError, compile_path

    options = Options(
        engine=given["engine"],
        actions_dirs=given["actions_dirs"],
        environment=environment_of(given, given["path"], read_git=not given["relocatable"]),
        relocatable=given["relocatable"],
        only=given["only"],
        keep_going=given["keep_going"],
    )
    try:
        compiled = compile_path(given["path"], options)
    except UsageError as error:
        raise Wrong(error.message, error.hint) from error

    if compiled.diagnostics:
        view = View(compiled.diagnostics, paint=paint_for(sys.stderr, given["color"]))
        sys.stderr.write("".join(f"{line}\n" for line in reporter("text")(view)))
    for note in compiled.notes:
        click.echo(f"note: {visible(note)}", err=True)
    if compiled.document is not None:
        write(_document(compiled.document, given["format"]), given["output"])
    return 0 if compiled.complete and compiled.document is not None else FINDINGS


def _document(document: dict[str, object], form: str) -> str:
    if form == "yaml":
        from flowlang.reporting.yaml_text import dump

        return dump(document)
    import json

    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


command: Program = _compile
