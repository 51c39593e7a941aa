"""Whether a YAML file means the same outside of edits."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.fixing.shift import Shift
from flowlang.light import NamedTuple
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, Tree


class _Place(NamedTuple):
    """A scalar in a tree: the collections, pairs and items around it, from the root down; whether it is a key."""

    scalar: Scalar
    around: tuple[object, ...]
    is_key: bool


def unchanged(old: Tree, new: Tree, shift: Shift) -> bool:
    """Whether everything that no edit touches has kept its value and its place among the rest.

    That is: every scalar outside the edits is still there, with its value, in the collections it was
    in; and no text outside the edits has become a scalar. A broken file (`old` is not complete) is
    only compared as far as it was understood.
    """
    places = list(_places(old.root))
    if not old.complete and places:
        # the last one may be a part of what it was meant to be
        places.remove(max(places, key=lambda place: place.scalar.end))
    before = {shift.moved(place.scalar.span): place for place in places if shift.outside(place.scalar.span)}
    after = {place.scalar.span: place for place in _places(new.root)}
    if not all(span in after and _value(after[span].scalar) == _value(place.scalar) for span, place in before.items()):
        return False
    if not _same_shape((before[span], after[span]) for span in before):
        return False
    if not old.complete:
        return True
    images = shift.images()
    return new.complete and all(span in before or any(span.touches(image) for image in images) for span in after)


def _places(root: Node | None) -> Iterator[_Place]:
    """Every scalar once, where it stands first."""
    seen: set[int] = set()
    stack: list[tuple[Node, tuple[object, ...], bool]] = [(root, (), False)] if root is not None else []
    while stack:
        node, around, is_key = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            yield _Place(node, around, is_key)
        elif isinstance(node, Mapping):
            for pair in reversed(node.pairs):
                stack += (pair.value, (*around, node, pair), False), (pair.key, (*around, node, pair), True)
        elif isinstance(node, Sequence):
            # an item has no object of its own: its sequence and number stand for it
            stack += ((item, (*around, node, (id(node), at)), False) for at, item in reversed(list(enumerate(node.items))))


def _value(scalar: Scalar) -> tuple[object, ...]:
    return scalar.value, scalar.tag, scalar.style


def _same_shape(pairs: Iterator[tuple[_Place, _Place]]) -> bool:
    """Whether scalars that were together in a collection, pair or item still are, and the others are not."""
    there: dict[object, object] = {}
    back: dict[object, object] = {}
    for old, new in pairs:
        if len(old.around) != len(new.around) or old.is_key != new.is_key:
            return False
        for one, other in zip(old.around, new.around, strict=True):
            if type(one) is not type(other) or there.setdefault(_key(one), _key(other)) != _key(other) or back.setdefault(_key(other), _key(one)) != _key(one):
                return False
    return True


def _key(part: object) -> object:
    return part if isinstance(part, tuple) else id(part)
