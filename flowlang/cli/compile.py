"""`flowlang compile`: a flow project as normalized job specs."""

from __future__ import annotations

import sys
from typing import Any

import click

from flowlang.cli.colors import paint_for
from flowlang.cli.options import color_option, engine_options, option, output_option, stack
from flowlang.cli.output import write
from flowlang.cli.program import FINDINGS, Program, Wrong
from flowlang.cli.unbuilt import refuse
from flowlang.reporting import View, reporter
from flowlang.reporting.visible import visible

_UNBUILT_OPTIONS = {"check": "--check", "config": "--config"}

# Options of the environment that take one value, and the field each one fills.
_ENVIRONMENT = {
    "project_name": ("--project-name", "NAME", "The user's current project on the platform."),
    "cluster": ("--cluster", "NAME", "The user's current cluster."),
    "org": ("--org", "NAME", "The user's current organisation; none unless given."),
    "username": ("--username", "NAME", "The user's name on the platform."),
    "git_sha": ("--git-sha", "SHA", "The commit; else read from the git work tree."),
    "git_branch": ("--git-branch", "NAME", "The branch; else read from the git work tree."),
    "bake_id": ("--bake-id", "ID", "The id of the bake."),
    "suffix": ("--suffix", "TEXT", "The suffix of a multi job."),
}

_EXAMPLES = """
flowlang compile                       the project around the working directory, as JSON
flowlang compile .neuro/train.yml      one flow file
flowlang compile --relocatable -o flows.json
flowlang compile --project-name demo --param lr=0.1 --param train:epochs=3
flowlang compile --keep-going          what can be compiled, in spite of errors
"""


def _environment() -> Any:
    return stack(
        *(option("Environment", name, metavar=metavar, help=words) for name, metavar, words in _ENVIRONMENT.values()),
        option("Environment", "--git-tag", "git_tags", multiple=True, metavar="NAME", help="A git tag; may be given more than once."),
        option(
            "Environment",
            "--param",
            "params",
            multiple=True,
            metavar="NAME=VALUE",
            help="The value of a param: NAME in every flow and job, FLOW:NAME of a flow, JOB.NAME of a live job; may be given more than once.",
        ),
    )


@click.command("compile", cls=Program, examples=_EXAMPLES)
@click.argument("path", required=False, metavar="[PATH]")
@stack(
    option("Output", "--format", type=click.Choice(["json", "yaml"]), default="json", show_default=True, help="How the document is written."),
    output_option(),
    option("Output", "--relocatable", is_flag=True, help="Paths relative to the project, nothing of this machine: an output to commit."),
    option("Output", "--keep-going", is_flag=True, help="Compile what can be compiled in spite of errors."),
    option("Output", "--only", metavar="JOB|TASK", help="Compile this live job or batch task alone."),
    engine_options(),
    _environment(),
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
    from flowlang.semantics import Environment

    options = Options(
        engine=given["engine"],
        actions_dirs=given["actions_dirs"],
        environment=Environment(params=given["params"], **_facts(given)),
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


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    """The facts given by option; those of git else read from the work tree, but for an output that is to be committed."""
    facts: dict[str, Any] = {field: given[field] for field in _ENVIRONMENT}
    facts["git_tags"] = given["git_tags"] or None
    if not given["relocatable"] and None in (facts["git_sha"], facts["git_branch"], facts["git_tags"]):
        from flowlang.cli.git import git_facts

        found = git_facts(given["path"] or ".")
        if found is not None:
            for field in ("sha", "branch", "tags"):
                if facts[f"git_{field}"] is None:
                    facts[f"git_{field}"] = getattr(found, field)
    return facts


def _document(document: dict[str, object], form: str) -> str:
    if form == "yaml":
        from flowlang.reporting.yaml_text import dump

        return dump(document)
    import json

    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


command: Program = _compile
