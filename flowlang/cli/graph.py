"""`flowlang graph`: the tasks of a batch flow as a picture or as data."""

from __future__ import annotations

import sys
from typing import Any

import click

from flowlang.cli.environment import environment_options
from flowlang.cli.options import color_option, engine_options, option, output_option, path_argument, stack
from flowlang.cli.output import write, write_bytes
from flowlang.cli.places import Told, answering, tell
from flowlang.cli.program import FINDINGS, Program, Wrong

FORMATS = ("text", "dot", "mermaid", "json", "svg", "pdf", "png")
_NO_TEXT = frozenset({"pdf", "png"})

_EXAMPLES = """
flowlang graph search                  an outline: what runs after what
flowlang graph search --format mermaid for a README on GitHub
flowlang graph search --format svg -o search.svg
flowlang graph search --format dot | dot -Tpng > search.png
"""


@click.command("graph", cls=Program, examples=_EXAMPLES)
@click.argument("flow")
@path_argument()
@stack(
    option("Output", "--format", type=click.Choice(FORMATS), default="text", show_default=True, help="How the graph is written; svg, pdf, png: by Graphviz."),
    output_option(),
    engine_options(),
    environment_options(),
    color_option(),
)
def _graph(**given: Any) -> int:
    """Draw the tasks of the batch flow FLOW.

    FLOW is the name of its file, or the file. Tasks inside called actions and modules are shown in
    a frame. Arrows go from a task to those that need it, dashed where it must only have been
    started. Tasks with an 'enable' of their own have a dashed border and say what they run under.
    PATH is a project or its config folder; without one, the project around the working directory.

    \b
    Exit status: 0 drawn; 1 the engine refuses the flow (what can be drawn is
    drawn); 2 the command line is wrong, or Graphviz is not there; 3 a mistake
    of this program.
    """
    form = given["format"]
    to_stdout = given["output"] in (None, "-")
    if form in _NO_TEXT and to_stdout and sys.stdout.isatty():
        raise Wrong(f"--format {form} is not for a terminal", "write it to a file with -o FILE")
    name, path = _named(given["flow"], given["path"])
    try:
        with answering(given, path) as opened:
            from flowlang.graphing import task_graph
            from flowlang.queries import batch_flow

            flow = batch_flow(opened, name)
            graph = task_graph(flow)
            refused = opened.refused(flow)
    except Told:
        return FINDINGS
    from flowlang.graphing.formats import DRAWN, NoGraphviz, draw_graph, write_graph

    tell(refused, given["color"])
    if form in DRAWN:
        try:
            write_bytes(draw_graph(graph, form), given["output"])
        except NoGraphviz as error:
            raise Wrong(error.message, error.hint) from error
    else:
        write(write_graph(graph, form), given["output"])
    return FINDINGS if refused else 0


def _named(flow: str, path: str | None) -> tuple[str | None, str | None]:
    """The flow's name and the path to look in; the path of a file names both."""
    import os

    if path is None and flow.endswith((".yml", ".yaml")) and os.path.lexists(flow):
        return os.path.basename(flow), flow
    return flow, path


command: Program = _graph
