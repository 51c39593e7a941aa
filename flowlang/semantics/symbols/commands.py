"""Outputs and state that scripts set by what they print.

Engine 26.7: a line ``::set-output name=NAME::VALUE`` that a task prints sets an output,
``::save-state name=NAME::VALUE`` in the main task of a stateful action a variable of its state. Only
names that stand in the script itself can be told; a program that it starts may set more.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr import TextPart
from flowlang.light import NamedTuple
from flowlang.model import Block, Leaf
from flowlang.patterns import pattern
from flowlang.text import Span

SCRIPTS = ("cmd", "bash", "python")
"""The attributes that say what runs."""
_COMMAND = pattern(r"::[ \t]*(?P<what>set-output|save-state)[ \t]+name[ \t]*=[ \t]*(?P<name>[A-Za-z][A-Za-z0-9_]*)[ \t]*::")
_KINDS = {"set-output": "output", "save-state": "state"}


class Command(NamedTuple):
    """One such line: the kind of what it sets (``output`` or ``state``), its name, and where the name stands."""

    kind: str
    name: str
    leaf: Leaf
    span: Span


def commands(block: Block) -> Iterator[Command]:
    """The commands in the scripts of a job, task or mixin, or of a local action."""
    for key in SCRIPTS:
        leaf = block.leaf(key)
        if leaf is None or not isinstance(leaf.value, str) or "::" not in leaf.value:
            continue
        for part in leaf.template.parts:
            if not isinstance(part, TextPart):
                continue
            for found in _COMMAND.finditer(part.text):
                start, end = found.span("name")
                yield Command(_KINDS[found["what"]], found["name"], leaf, leaf.place(part.start + start, part.start + end))
