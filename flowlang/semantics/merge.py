"""Blocks laid over one another: mixins under a job, project.yml's defaults under a flow's.

Engine 26.7: what the stronger block does not have comes from the weaker; lists are concatenated
(stronger first), mappings united key by key (stronger wins), anything else is the stronger's, an
explicit null included. ``bash`` and ``python`` count as ``cmd``.
"""

from __future__ import annotations

from flowlang.light import NamedTuple
from flowlang.model import Block, Item

_AS_CMD = frozenset({"bash", "python"})
# Sections that are looked up by name, never merged.
_NOT_MERGED = frozenset({"mixins"})


class Piece(NamedTuple):
    """One contribution to an attribute: the item and the block it was written in."""

    item: Item
    origin: Block


class Merged:
    """A block with what others contribute: for each attribute its pieces, the strongest first.

    `complete` is False when a mixin it names could not be found, so that what is absent may only
    seem to be.
    """

    __slots__ = ("complete", "own", "pieces")

    def __init__(self, own: Block, pieces: dict[str, tuple[Piece, ...]], complete: bool = True) -> None:
        self.own = own
        self.pieces = pieces
        self.complete = complete

    def first(self, name: str) -> Item | None:
        """The item that counts for an attribute that is not merged."""
        pieces = self.pieces.get(name)
        return pieces[0].item if pieces else None


def merged(block: Block) -> Merged:
    """The block alone."""
    pieces: dict[str, tuple[Piece, ...]] = {
        ("cmd" if name in _AS_CMD else name): (Piece(item, block),) for name, item in block.fields.items() if name not in _NOT_MERGED
    }
    return Merged(block, pieces)


def lay_over(strong: Merged, weak: Merged, only: frozenset[str] | None = None) -> Merged:
    """`strong` over `weak`; `only` names the attributes that the stronger kind of block has at all."""
    pieces = dict(strong.pieces)
    for name, more in weak.pieces.items():
        if only is not None and name not in only:
            continue
        if name not in pieces:
            pieces[name] = more
        elif more[0].item.notes.merge in ("concat", "update"):
            pieces[name] += more
    return Merged(strong.own, pieces, strong.complete and weak.complete)
