"""`flowlang contexts`: what expressions see in a place of a project."""

from __future__ import annotations

from typing import Any

import click

from flowlang.cli.environment import environment_options
from flowlang.cli.options import color_option, engine_options, path_argument, stack
from flowlang.cli.output import write
from flowlang.cli.places import Told, answering, dump, json_option, place_options
from flowlang.cli.program import FINDINGS, Program
from flowlang.reporting.visible import visible

VERSION = 1
"""Of the JSON; grows when a key is taken away or changes its meaning."""

_EXAMPLES = """
flowlang contexts                      in defaults, images and volumes of the live flow
flowlang contexts --job train          in the job 'train'
flowlang contexts --flow search --task train_slow
flowlang contexts --task act.inner     in a task of the action that 'act' calls
flowlang contexts --job train --json
"""


@click.command("contexts", cls=Program, examples=_EXAMPLES)
@path_argument()
@stack(place_options(), json_option(), engine_options(), environment_options(), color_option())
def _contexts(**given: Any) -> int:
    """List what expressions see in a job, a task or a flow.

    Each name is printed as an expression would read it, with its type and its value, or what the
    value waits for; then the functions that can be called there. PATH is a project, its config
    folder or one flow file; without one, the project around the working directory.

    \b
    Exit status: 0 printed; 1 the flow cannot be read; 2 the command line is
    wrong; 3 a mistake of this program.
    """
    try:
        with answering(given, given["path"]) as opened:
            from flowlang.queries import find_place
            from flowlang.queries.contexts import document, lines

            place = find_place(opened, given["flow"], given["job"], given["task"])
            if given["as_json"]:
                text = dump({"version": VERSION, "place": place.document(), **document(place.scope)})
            else:
                text = "".join(f"{visible(line)}\n" for line in (f"{place.title}: {place.words}", "", *lines(place.scope)))
    except Told:
        return FINDINGS
    write(text, None)
    return 0


command: Program = _contexts
