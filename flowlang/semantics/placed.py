"""Values of lists beside the scalars that they were written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from flowlang.light import NamedTuple
from flowlang.model import Leaf, ListItem
from flowlang.semantics.merge import Piece

if TYPE_CHECKING:
    from flowlang.semantics.flow import Flow
    from flowlang.semantics.visit import Unit


class PlacedItem(NamedTuple):
    """One value of a list and the scalar that gave it: its own, or that of the whole list."""

    value: object
    leaf: Leaf


def unit_volumes(unit: Unit) -> Sequence[PlacedItem]:
    """The volumes that a job or task mounts itself, without those of the flow's defaults; found once, as many rules ask."""
    known: Sequence[PlacedItem] | None = vars(unit.of).get("placed")
    if known is None:
        values, pieces = unit.values.get("volumes"), unit.merged.pieces.get("volumes", ())
        inherited = len(unit.flow.default_volumes) if unit.inherits else 0
        known = vars(unit.of)["placed"] = tuple(placed(pieces, values[inherited:])) if isinstance(values, list) else ()
    return known


def default_volumes(flow: Flow) -> Iterator[PlacedItem]:
    """The volumes of a flow's defaults, those of the project among them."""
    yield from placed(flow.defaults.pieces.get("volumes", ()) if flow.defaults is not None else (), flow.default_volumes)


def placed(pieces: Iterable[Piece], values: Sequence[object]) -> Iterator[PlacedItem]:
    """`values` of a list attribute, each with its scalar; nothing where the two cannot be told to belong together.

    Scalars whose value was dropped as empty are passed over: those that are written empty. One
    expression for a whole list may give any number of values; where two of them do, nobody can say
    which value is whose. What it gives as a text is passed over: its characters are no values that
    anybody meant, and that is told where it is evaluated.
    """
    leaves: list[tuple[Leaf, bool]] = []
    for piece in pieces:
        if isinstance(piece.item, ListItem):
            leaves += ((leaf, False) for leaf in piece.item.items if isinstance(leaf, Leaf) and leaf.value not in (None, ""))
        elif isinstance(piece.item, Leaf) and piece.item.value is not None:
            leaves.append((piece.item, True))
    whole = [index for index, (_, is_whole) in enumerate(leaves) if is_whole]
    if len(whole) > 1 or (not whole and len(leaves) != len(values)):
        return
    more = len(values) - len(leaves)
    at = 0
    for leaf, is_whole in leaves:
        own = values[at : at + (1 + more if is_whole else 1)]
        if not (is_whole and len(own) > 1 and all(isinstance(value, str) and len(value) == 1 for value in own)):
            yield from (PlacedItem(value, leaf) for value in own)
        at += 1 + more if is_whole else 1
