"""Ever larger ranges around a cursor: a step of a lookup, the expression, the value, its pair, what is around that."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr import Call, Lookup
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.spot import Inside, inside, spot_at
from flowlang.semantics.symbols.definitions import content
from flowlang.text import Source, Span
from flowlang.yamltree import Mapping, Node, Scalar, Sequence


def selection(index: Index, path: str, offset: int) -> list[Span]:
    """The ranges around a place, from the smallest to the whole file, each inside the next; none where there is no such file."""
    config = index.config(path)
    if config is None:
        return []
    spot = spot_at(config, offset)
    within = inside(spot) if spot is not None else None
    expression = _expression(within) if within is not None else ()
    nodes = reversed(list(_nodes(config.tree.root, offset, config.source)))
    return _growing([*expression, *nodes, Span(0, len(config.source.text))], offset)


def _growing(spans: list[Span], offset: int) -> list[Span]:
    """The spans that hold the place, each truly larger than the one before."""
    result: list[Span] = []
    for span in spans:
        if span.start <= offset <= span.end and (not result or (span.covers(result[-1]) and span != result[-1])):
            result.append(span)
    return result


def _expression(within: Inside) -> Iterator[Span]:
    node = within.node
    if isinstance(node, Lookup | Call):
        if within.trailer is not None:
            trailer = node.trailers[within.trailer]
            yield within.span(trailer.start, trailer.end)
            yield from (within.span(node.at, node.trailers[number].end) for number in range(within.trailer, len(node.trailers)))
        elif isinstance(node, Lookup):
            yield within.span(node.at, node.name_end)
        elif within.at <= node.at + len(node.function):
            yield within.span(node.at, node.at + len(node.function))
        if isinstance(node, Call):
            yield within.span(node.at, node.close)
    for around in reversed(within.around):
        yield within.span(around.start, around.end)
    yield within.span(within.part.start, within.part.end)


def _nodes(root: Node | None, offset: int, source: Source) -> Iterator[Span]:
    """The nodes around a place, the outermost first, pairs among them."""
    node = root
    while node is not None:
        yield node.span
        below: Node | None = None
        if isinstance(node, Scalar):
            yield content(source, node)
        elif isinstance(node, Mapping):
            for pair in node.pairs:
                end = max(pair.key.end, pair.value.end)
                # what an alias stands for, and what a merge brings, is elsewhere
                if node.start <= pair.key.start <= min(offset, pair.value.start) and offset <= end:
                    yield Span(pair.key.start, end)
                    below = pair.key if offset <= pair.key.end else pair.value if pair.value.start <= offset else None
                    break
        elif isinstance(node, Sequence):
            below = next((item for item in node.items if node.start <= item.start <= offset <= item.end), None)
        node = below
