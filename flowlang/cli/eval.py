"""`flowlang eval`: what a template gives in a place of a project."""

from __future__ import annotations

from typing import Any

import click

from flowlang.cli.environment import environment_options
from flowlang.cli.options import color_option, engine_options, path_argument, stack
from flowlang.cli.output import write
from flowlang.cli.places import Told, answering, dump, json_option, place_options, tell
from flowlang.cli.program import FINDINGS, Program
from flowlang.reporting.visible import visible

VERSION = 1
"""Of the JSON; grows when a key is taken away or changes its meaning."""

_EXAMPLES = """
flowlang eval 'flow.title'                           braces may be left out
flowlang eval 'volumes.data.ref_rw' --job train      what the job 'train' would get
flowlang eval 'lr-${{ params.lr }}' --job train --param lr=0.1
flowlang eval 'matrix.name' --flow search --task train_slow
flowlang eval 'needs.train.outputs.path' --task test what it waits for
flowlang eval "hash_files('src/**/*.py')" --json
"""


@click.command("eval", cls=Program, examples=_EXAMPLES)
@click.argument("template")
@path_argument()
@stack(place_options(), json_option(), engine_options(), environment_options(), color_option())
def _eval(**given: Any) -> int:
    """Evaluate TEMPLATE as an attribute of a job, a task or a flow would be.

    TEMPLATE is a text with expressions in it, or one expression without braces. PATH is a project,
    its config folder or one flow file; without one, the project around the working directory.

    Printed are the value and its type. What is only known at the run (outputs of other tasks, a
    fact that no option gives) leaves an expression: it is printed with what it waits for. Mistakes
    in the template are shown below it, on standard error.

    \b
    Exit status: 0 there is a value, or what is left; 1 there is none;
    2 the command line is wrong; 3 a mistake of this program.
    """
    try:
        with answering(given, given["path"]) as opened:
            from flowlang.queries import Refused, find_place
            from flowlang.queries.evaluation import evaluate_text

            place = find_place(opened, given["flow"], given["job"], given["task"])
            answer = evaluate_text(given["template"], place.scope)
            if answer.failed and not answer.diagnostics:
                # the template is right, and what it reads is not
                raise Refused(opened.refused(place.flow))
    except Told:
        return FINDINGS
    if given["as_json"]:
        from flowlang.reporting import View
        from flowlang.reporting.json_report import document

        problems = document(View(answer.diagnostics))["diagnostics"]
        write(dump({"version": VERSION, "place": place.document(), **answer.document(), "problems": problems}), None)
    else:
        tell(answer.diagnostics, given["color"], quiet=True)
        if not answer.failed:
            write("".join(f"{visible(line)}\n" for line in answer.lines()), None)
    return FINDINGS if answer.failed else 0


command: Program = _eval
