"""What the schemas say of a node: its shape, found along the nodes that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flowlang.light import NamedTuple
from flowlang.model.build import Looked, decide, key_of, step_shape
from flowlang.schema import BranchShape, Shape, shape_of
from flowlang.yamltree import Mapping, Node
from flowlang.yamltree import Sequence as YamlSequence


class Level(NamedTuple):
    """A node on the way: as what the schemas read it (`shape`, as they say it; `decided`, what of it holds for this node), and under which key.

    `scope` is the name of the scope that its expressions see; `key` is None for items of lists and for the root.
    """

    node: Node
    shape: Shape
    decided: Shape
    scope: str
    key: str | None


def levels(nodes: Sequence[Node], kind: str) -> list[Level]:
    """The levels along nodes that lead from a file's root to one of its values, as far as the schemas know them."""
    found: list[Level] = []
    shape: Shape | None = shape_of(kind)
    scope = "none"
    key: str | None = None
    for node, inner in zip(nodes, (*nodes[1:], None), strict=True):
        if shape is None:
            break
        decided, scope = decide(shape, node, scope)
        found.append(Level(node, shape, decided, scope, key))
        shape, key = _below(decided, node, inner)
    return found


def _below(shape: Shape, node: Node, inner: Node | None) -> tuple[Shape | None, str | None]:
    """The shape of what is inside a node, and the key that it stands under."""
    if isinstance(node, YamlSequence):
        return step_shape(shape, node, 0), None
    pair = next((pair for pair in node.pairs if pair.value is inner), None) if isinstance(node, Mapping) else None
    key = key_of(pair.key) if pair is not None else None
    return (step_shape(shape, node, key), key) if isinstance(key, str) else (None, None)


def possible(shape: Shape, node: Node | None) -> Iterator[Shape]:
    """The shapes that something may still become: branches that ask for keys which are not there yet are open.

    With a `node`, what it has already decides; without, every branch is open.
    """
    if not isinstance(shape, BranchShape):
        yield shape
        return
    condition = shape.condition
    if node is not None and (condition.kinds is not None or _has_all(condition.keys, node)):
        yield from possible(shape.then if Looked(node).holds(condition) else shape.otherwise, node)
        return
    yield from possible(shape.then, node)
    yield from possible(shape.otherwise, node)


def _has_all(keys: Sequence[str], node: Node) -> bool:
    present = {key_of(pair.key) for pair in node.pairs} if isinstance(node, Mapping) else set()
    return all(key in present for key in keys)
