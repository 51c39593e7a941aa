"""`flowlang schema`: the published schemas."""

from __future__ import annotations

import click

from flowlang import resources
from flowlang.cli.options import argument, output_option
from flowlang.cli.output import write
from flowlang.cli.program import Program, Wrong
from flowlang.text import closest, listing, quoted

_SUFFIX = ".schema.json"

_EXAMPLES = """
flowlang schema                        the names there are
flowlang schema live -o live.schema.json
"""


@click.command("schema", cls=Program, examples=_EXAMPLES)
@argument("name", "[SCHEMA]", required=False)
@output_option()
def _schema(name: str | None, output: str | None) -> None:
    """Print the JSON SCHEMA of that name; without one, the names there are."""
    names = known()
    if name is None:
        write("".join(f"{name}\n" for name in names), output)
        return
    name = name.removesuffix(_SUFFIX)
    if name not in names:
        near = closest(name, names)
        raise Wrong(f"unknown schema {quoted(name)}", (f"did you mean '{near}'? " if near else "") + f"available: {listing(names)}")
    write(resources.read_text("schemas", name + _SUFFIX), output)


def known() -> list[str]:
    """The names of the schemas."""
    return [file.removesuffix(_SUFFIX) for file in resources.names("schemas") if file.endswith(_SUFFIX)]


command: Program = _schema
