"""What an action declares, checked by itself: defaults of inputs, values of outputs."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit, rule
from flowlang.expr import type_of
from flowlang.model import Block, ConfigFile, Leaf, MapItem
from flowlang.semantics.inputs import INPUT_CLASSES, input_type
from flowlang.semantics.leaves import is_poisoned
from flowlang.text import Edit, Span, quoted
from flowlang.yamltree import Scalar


def check_declarations(file: ConfigFile) -> Iterator[Diagnostic]:
    """Findings about the inputs and outputs of an action file."""
    block = file.block
    if block is None:
        return
    for section in (block.map("inputs"), *(loser.item for loser in file.losers)):
        if isinstance(section, MapItem) and section.notes.defines == "input":
            for name, item in section.entries.items():
                if isinstance(item, Block):
                    yield from _default(str(name), item)
    for loser in file.losers:
        if isinstance(loser.item, Block) and loser.item.name == "input" and isinstance(loser.key, Scalar):
            yield from _default(loser.key.value, loser.item)
    kind = block.leaf("kind")
    outputs = block.map("outputs")
    if outputs is not None and kind is not None and kind.value == "batch":
        yield from _outputs(outputs)


def _default(name: str, item: Block) -> Iterator[Diagnostic]:
    """Engine 26.7: a default must be of the declared type exactly; a bool passes for an int, an int not for a float."""
    leaf = item.leaf("default")
    if leaf is None or leaf.value is None or is_poisoned(leaf):
        return
    wanted = input_type(item)
    value = leaf.value if isinstance(leaf.value, int | float | str) else str(leaf.value)
    if isinstance(value, INPUT_CLASSES[wanted]):
        return
    declared = f"input {quoted(name)} is declared as {wanted}" if "type" in item.fields else f"input {quoted(name)} has no type and so is a str"
    yield Diagnostic(
        rule("input-default-type"),
        leaf.source,
        leaf.span,
        f"{declared}, its default is {type_of(value).words}",
        help=_help(wanted, value),
        fixes=tuple(_fix(item, leaf, wanted, value)),
    ).put_at(leaf.use, there=True)


def _help(wanted: str, value: object) -> str:
    if wanted == "str":
        return "put the default in quotes, or declare a type"
    if wanted == "float" and isinstance(value, int):
        return "write it with a point"
    return f"give a default of type {wanted}, or declare another type"


def _fix(item: Block, leaf: Leaf, wanted: str, value: object) -> Iterator[Fix]:
    text = leaf.source.slice(leaf.span)
    if wanted == "float" and isinstance(value, int) and not isinstance(value, bool) and text.lstrip("+-").isdigit():
        yield Fix(f"Write {text}.0", True, (SourceEdit(leaf.source, Edit(leaf.span, f"{text}.0")),))
    elif wanted == "str" and not isinstance(value, str):
        yield Fix("Put it in quotes", True, (SourceEdit(leaf.source, Edit(leaf.span, f'"{text}"')),))


def _outputs(outputs: MapItem) -> Iterator[Diagnostic]:
    for name, item in outputs.entries.items():
        leaf = item.leaf("value") if isinstance(item, Block) else None
        if isinstance(item, Block) and (leaf is None or leaf.value is None) and not ("value" in item.fields and leaf is None):
            place = outputs.key_span(name)
            message = f"output {quoted(str(name))} has no value: the call fails after all its tasks ran"
            yield Diagnostic(
                rule("output-without-value"), item.source, Span(place.start, place.end), message, help="add 'value: ${{ needs.TASK.outputs.NAME }}'"
            )
