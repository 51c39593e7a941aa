"""Adding the inputs that a call lacks and its action needs."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import SourceEdit
from flowlang.light import NamedTuple
from flowlang.model import Block, Item, ListItem, MapItem
from flowlang.model.mending import line_break
from flowlang.semantics import FileAnalysis
from flowlang.semantics.actions import Action, Actions
from flowlang.semantics.inputs import declared_inputs, input_type, is_mandatory
from flowlang.text import Edit, Span, quoted
from flowlang.yamltree import Mapping
from flowlang.yamltree.writing import whole_scalar

_EMPTY = {"int": "${{ 0 }}", "float": "${{ 0.0 }}", "bool": "${{ False }}", "str": ""}
"""A value of each type to begin with. Plain values of ``args`` are texts: one whole expression keeps its type (engine 26.7)."""


class Completed(NamedTuple):
    """What adds the missing inputs of one call: in words, and the edit."""

    title: str
    edit: SourceEdit


def add_missing_inputs(file: FileAnalysis, actions: Actions, place: Span) -> Iterator[Completed]:
    """For each call in a file whose head `place` touches: what adds the inputs that it lacks."""
    for call in _calls(file.config.block):
        key = "module" if "module" in call.fields else "action"
        leaf = call.leaf(key)
        if leaf is None or not isinstance(leaf.value, str) or not place.touches(Span(call.key_span(key).start, leaf.span.end)):
            continue
        action = actions.find(leaf.value)
        if not isinstance(action, Action):
            continue
        edit = _edit(call, key, list(_missing(call, action)))
        if edit is not None:
            yield Completed(f"Add the inputs that {quoted(leaf.value)} needs", SourceEdit(file.config.source, edit))


def _calls(item: Item | None) -> Iterator[Block]:
    if isinstance(item, Block):
        if "module" in item.fields or "action" in item.fields:
            yield item
        for child in item.fields.values():
            yield from _calls(child)
    elif isinstance(item, MapItem):
        for child in item.entries.values():
            yield from _calls(child)
    elif isinstance(item, ListItem):
        for child in item.items:
            yield from _calls(child)


def _missing(call: Block, action: Action) -> Iterator[tuple[str, str]]:
    """Name and type of each input that is needed and not given."""
    section, args = declared_inputs(action), call.map("args")
    given = {str(name) for name in args.entries} if args is not None else set()
    for name, item in section.entries.items() if section is not None else ():
        if isinstance(name, str) and name not in given and is_mandatory(item):
            yield name, input_type(item)


def _edit(call: Block, key: str, missing: list[tuple[str, str]]) -> Edit | None:
    source, text = call.source, call.source.text
    if not missing or not isinstance(call.node, Mapping):
        return None
    args = call.fields.get("args")
    inline = [f"{name}: {whole_scalar(chr(34), _EMPTY[kind])}" for name, kind in missing]
    if args is None or not source.slice(args.span).strip():
        return None if call.node.flow else _new(call, key, missing, args)
    if not isinstance(args, MapItem) or not isinstance(args.node, Mapping):
        return None
    pairs = args.node.pairs
    if args.node.flow:
        at = pairs[-1].value.end if pairs else args.node.start + 1
        return Edit(Span(at, at), "".join(f", {each}" for each in inline) if pairs else ", ".join(inline))
    first = pairs[0].key.start
    column = first - source.line_starts[source.position(first).line - 1]
    if text[first - column : first].strip():
        return None
    # before the first one: what stands last may be a text of many lines, whose end is hard to tell
    lines = [f"{name}: {_plain(kind)}" for name, kind in missing]
    return Edit(Span(first, first), "".join(f"{line}{line_break(text)}{' ' * column}" for line in lines))


def _new(call: Block, key: str, missing: list[tuple[str, str]], args: Item | None) -> Edit | None:
    """A section of its own, behind the line that names the action, or behind the key that has nothing yet."""
    source, text = call.source, call.source.text
    owner = call.key_span("args" if args is not None else key)
    line = source.position(owner.start).line
    column = owner.start - source.line_starts[line - 1]
    head = call.leaf(key)
    if head is None or source.position(head.span.end).line != source.position(call.key_span(key).start).line:
        return None
    end = source.line_span(line).end
    newline, indent = line_break(text), " " * column
    lines = [f"{newline}{indent}  {name}: {_plain(kind)}" for name, kind in missing]
    return Edit(Span(end, end), "".join([*([f"{newline}{indent}args:"] if args is None else []), *lines]))


def _plain(kind: str) -> str:
    return _EMPTY[kind] or '""'
