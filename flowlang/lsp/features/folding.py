"""Ranges of lines that can be folded away: keys with what stands below them, items of lists, scripts, comments."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.text import Source, Span
from flowlang.yamltree import Mapping, Node, Sequence, Tree, walk


class Fold(NamedTuple):
    """The lines from `first`, which stays, to `last`, both counted from 1; `comment`: they are comments."""

    first: int
    last: int
    comment: bool = False


def folds(index: Index, path: str) -> list[Fold]:
    """The ranges of a file, each of two lines or more, at most one from each line: the largest."""
    config = index.config(path)
    if config is None:
        return []
    found: dict[int, Fold] = {}
    for fold in (*_nodes(config.source, config.tree), *_comments(config.source, config.tree)):
        known = found.get(fold.first)
        if fold.first < fold.last and (known is None or known.last < fold.last):
            found[fold.first] = fold
    return sorted(found.values())


def _nodes(source: Source, tree: Tree) -> Iterator[Fold]:
    for node in walk(tree.root):
        if isinstance(node, Mapping):
            for pair in node.pairs:
                # what an alias stands for, and what a merge brings, is elsewhere
                if node.start <= pair.key.start <= pair.value.start:
                    yield _fold(source, pair.key.start, pair.value)
        elif isinstance(node, Sequence):
            yield from (_fold(source, item.start, item) for item in node.items if node.start <= item.start)


def _fold(source: Source, start: int, node: Node) -> Fold:
    """From a place to the end of a node; a bracket that closes it on a line of its own stays to be seen."""
    last = source.position(node.end).line
    if isinstance(node, Mapping | Sequence) and node.flow:
        line = source.line_span(last)
        if not source.text[line.start : node.end].strip(" \t]}"):
            last -= 1
    return Fold(source.position(start).line, last)


def _comments(source: Source, tree: Tree) -> Iterator[Fold]:
    """Comments on lines that follow one another."""
    block: Fold | None = None
    for comment in tree.comments():
        if not comment.own_line:
            continue
        line = source.position(comment.span.start).line
        if block is not None and line != block.last + 1:
            yield block
            block = None
        block = Fold(block.first if block is not None else line, line, True)
    if block is not None:
        yield block


def covered(source: Source, fold: Fold) -> Span:
    """The text that is folded away: from the end of the first line to that of the last."""
    return Span(source.line_span(fold.first).end, source.line_span(fold.last).end)
