"""Fixes that put the entries of a list or mapping into another order, each with its comments."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from collections.abc import Sequence as Seq
from itertools import pairwise

from flowlang.diagnostics import Fix, SourceEdit
from flowlang.model.mending import line_break, one_edit
from flowlang.patterns import pattern
from flowlang.text import Edit, Source, Span
from flowlang.yamltree import Mapping, Node, Sequence
from flowlang.yamltree.values import indentation, line_end, line_start

_COMMENT = pattern(r"[ \t]*#")
# The dash of an item, with nothing but comments between it and what begins the item.
_DASH = pattern(r"(?:^|(?<=[\r\n]))([ ]*)-[ \t]*(?:(?:#[^\r\n]*)?[\r\n]+[ \t]*)*\Z")
_KEPT_BREAKS = pattern(r"[|>][1-9]?\+")
_SHARED = pattern(r"(?<![^\s:\[{,])[&*]([\w-]+)")


def in_order(graph: Map[int, Iterable[int]]) -> list[int] | None:
    """The numbers 0 to n - 1, each behind those that the graph has for it, otherwise as they are; None where there is a cycle."""
    left = list(graph)
    order: list[int] = []
    while left:
        free = next((number for number in left if all(other in order for other in graph[number])), None)
        if free is None:
            return None
        order.append(free)
        left.remove(free)
    return order


def reordered(source: Source, owner: Node, order: Seq[int], title: str) -> tuple[Fix, ...]:
    """The unsafe fix that writes the entries of a collection, numbered from 0, in another order.

    Comments above an entry and at its end move with it; what is set apart by empty lines stays where
    it is. None where entries are not on lines of their own, or an alias would come before its anchor.
    """
    spans = _spans(owner)
    if spans is None or list(order) == sorted(order):
        return ()
    text = source.text
    if owner.flow:  # type: ignore[attr-defined]
        if _SHARED.search(text, owner.start, owner.end):
            return ()
        edits = (Edit(span, text[slice(*spans[number])]) for span, number in zip(spans, order, strict=True))
        return (Fix(title, False, tuple(SourceEdit(source, edit) for edit in edits if edit.text != text[slice(*edit.span)])),)
    chunks = _chunks(text, spans, is_list=isinstance(owner, Sequence))
    texts = [text[slice(*chunk)] for chunk in chunks or ()]
    if chunks is None or any(map(_KEPT_BREAKS.search, texts)) or not _in_sight(texts, order):
        return ()
    first = next(at for at, number in enumerate(order) if at != number)
    last = next(at for at in range(len(order) - 1, -1, -1) if order[at] != at)
    gaps = [text[chunk.end : after.start] for chunk, after in pairwise(chunks)]
    written = texts[order[first]]
    for at in range(first + 1, last + 1):
        written += gaps[at - 1] + texts[order[at]]
    if chunks[last].end == len(text):
        written += line_break(text)  # the line that was the last had no break, which a text at its end would miss
    return (one_edit(title, source, chunks[first].start, chunks[last].end, written, safe=False),)


def _spans(owner: Node) -> list[Span] | None:
    """Where the entries stand; None where one stands elsewhere: it is an alias, or a merge brought it in."""
    if isinstance(owner, Mapping):
        spans = [Span(pair.key.start, max(pair.key.end, pair.value.end)) for pair in owner.pairs]
    elif isinstance(owner, Sequence):
        spans = [item.span for item in owner.items]
    else:
        return None
    inside = all(owner.start <= span.start and span.end <= owner.end for span in spans)
    return spans if inside and all(one.end <= other.start for one, other in pairwise(spans)) else None


def _chunks(text: str, spans: Seq[Span], *, is_list: bool) -> list[Span] | None:
    """Each entry with the comments that go with it: from the start of a line to the end of one, without its break."""
    chunks: list[Span] = []
    for span in spans:
        after = chunks[-1].end if chunks else 0
        head = _head(text, after, span.start, is_list=is_list)
        if head is None:
            return None
        chunks.append(Span(_with_comments_above(text, head, after), _with_comments_below(text, head, span.end)))
    return chunks if all(one.end <= other.start for one, other in pairwise(chunks)) else None


def _head(text: str, after: int, start: int, *, is_list: bool) -> int | None:
    """The start of the line that an entry begins on, with its key or its dash; None where anything else is on it."""
    head = line_start(text, start)
    if not is_list:
        return head if not text[head:start].strip(" ") else None
    dash = _DASH.search(text, after, start)
    return dash.start(1) if dash is not None else None


def _with_comments_above(text: str, head: int, after: int) -> int:
    column = indentation(text, head)
    while head > 0:
        above = line_start(text, head - (2 if text[head - 2 : head] == "\r\n" else 1))
        if above < after or not _COMMENT.match(text, above) or indentation(text, above) < column:
            break
        head = above
    return head


def _with_comments_below(text: str, head: int, end: int) -> int:
    """The end of an entry's last line, and of the comments below that are deeper than the entry itself."""
    column, end = indentation(text, head), line_end(text, end)
    while True:
        below = end + (2 if text.startswith("\r\n", end) else 1)
        if below >= len(text) or not _COMMENT.match(text, below) or indentation(text, below) <= column:
            return end
        end = line_end(text, below)


def _in_sight(texts: Seq[str], order: Seq[int]) -> bool:
    """Whether every alias still comes behind the anchor it names, where both are in the entries."""
    homes = {found[1]: number for number, text in enumerate(texts) for found in _SHARED.finditer(text) if found[0][0] == "&"}
    place = {number: at for at, number in enumerate(order)}
    return all(
        place[homes[found[1]]] <= place[number]
        for number, text in enumerate(texts)
        for found in _SHARED.finditer(text)
        if found[0][0] == "*" and found[1] in homes
    )
