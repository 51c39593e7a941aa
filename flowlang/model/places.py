"""From the steps of a schema's violation to nodes and places of the file."""

from __future__ import annotations

from typing import NamedTuple

from flowlang.model.build import key_of
from flowlang.schema import Notes
from flowlang.text import Source, Span
from flowlang.yamltree import Mapping, Node, Scalar, Sequence


class Document(NamedTuple):
    """What the translation of violations needs: the source, its tree, and what the walk found broken."""

    source: Source
    root: Node
    broken: dict[Node, Notes]


def key_text(node: Node) -> str:
    """A key as the JSON-like document has it: always a text."""
    if not isinstance(node, Scalar):
        return f"(key at {node.start})"
    key = key_of(node)
    return key if isinstance(key, str) else node.value


def find(root: Node, path: tuple[str | int, ...]) -> tuple[Node, Node | None]:
    """The node at `path` and the node of its key (None for an item of a list or the root)."""
    node, key = root, None
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int):
            node, key = node.items[step], None
        elif isinstance(node, Mapping):
            pair = next(pair for pair in reversed(node.pairs) if key_text(pair.key) == step)
            node, key = pair.value, pair.key
    return node, key


def span_of(node: Node) -> Span:
    """Where a node stands."""
    return Span(node.start, node.end)


def value_span(node: Node, key: Node | None) -> Span:
    """Where a wrong value is shown: the value, or its key when the value is empty."""
    return span_of(key) if node.start == node.end and key is not None else span_of(node)


def owner_span(node: Node, key: Node | None) -> Span:
    """Where what is missing in a block is shown: its key, else its first key, else the place where it begins."""
    if key is not None:
        return span_of(key)
    if isinstance(node, Mapping) and node.pairs:
        return span_of(node.pairs[0].key)
    return Span(node.start, node.start)
