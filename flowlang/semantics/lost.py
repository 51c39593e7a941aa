"""What the mixins of a flow lose on their way through a mixin of project.yml."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label, rule
from flowlang.model import Block, Item, Leaf
from flowlang.semantics.merge import Merged
from flowlang.semantics.mixins import OF_ALL_UNITS, Mixins, mixin_names
from flowlang.text import quoted
from flowlang.yamltree import Mapping, Sequence

_HANDED_ON = OF_ALL_UNITS | {"bash", "python", "mixins"}


def lost_fields(mixins: Mixins, block: Block, unit: Merged) -> Iterator[Diagnostic]:
    """The attributes of the flow's mixins that a job includes by way of project.yml, and does not get.

    `block` is the job's own, `unit` what its mixins made of it.
    """
    for name, (outer, through) in _behind(mixins, block).items():
        mixin = mixins.blocks[name]
        for field, item in mixin.fields.items():
            if field in _HANDED_ON or _says_nothing(item) or _arrives(unit, field, item):
                continue
            place = Label(through.source, through.span, f"included here, where {quoted(field)} is not taken over")
            yield Diagnostic(
                rule("mixin-lost-field"),
                mixin.source,
                mixin.key_span(field),
                f"{quoted(field)} of mixin {quoted(name)} is lost: jobs include it by way of {quoted(outer)} in project.yml",
                help=f"include {quoted(name)} in the jobs themselves, or move {quoted(outer)} to this file",
                related=(place,),
            )


def _behind(mixins: Mixins, block: Block) -> dict[str, tuple[str, Leaf]]:
    """The flow's mixins that `block` reaches through one of project.yml: the last such on the way, and where it names the next."""
    found: dict[str, tuple[str, Leaf]] = {}
    todo: list[tuple[str, tuple[str, Leaf] | None]] = [(name, None) for name, _ in mixin_names(block)]
    seen: set[tuple[str, bool]] = set()
    while todo:
        name, through = todo.pop()
        if name not in mixins.blocks or (name, through is None) in seen:
            continue
        seen.add((name, through is None))
        if through is not None and mixins.is_of_flow(name):
            found.setdefault(name, through)
        for inner, leaf in mixin_names(mixins.blocks[name]):
            todo.append((inner, through if mixins.is_of_flow(name) else (name, leaf)))
    return found


def _says_nothing(item: Item) -> bool:
    """Whether an attribute is the same as none: ``detach: false``, an empty list."""
    if isinstance(item, Leaf):
        return not item.value
    node = item.node
    return not (node.pairs if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ())


def _arrives(unit: Merged, field: str, item: Item) -> bool:
    """Whether the job gets the attribute all the same, on another way, or has a stronger one."""
    pieces = unit.pieces.get(field, ())
    return any(piece.item is item for piece in pieces) or (bool(pieces) and item.notes.merge == "override")
