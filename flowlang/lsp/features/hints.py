"""What is shown in the text of a file beside what is written: the values of expressions, time spans in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowlang.expr import POISON, Evaluator, ExprPart, Forbidden, Literal, Record, text_of, unknowns
from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.readings import Reading, readings
from flowlang.lsp.features.spot import spot_at
from flowlang.lsp.features.words import code, seconds_words
from flowlang.model import ConfigFile, Leaf
from flowlang.queries.showing import value_text
from flowlang.semantics.convert import ConversionError, convert
from flowlang.text import Span, shortened

_WIDTH = 60


class Hint(NamedTuple):
    """A text that is shown behind a place of the file; `tooltip` is the whole of it in Markdown where it was cut."""

    at: int
    label: str
    tooltip: str = ""


def hints(index: Index, path: str, within: Span) -> list[Hint]:
    """The hints in a range of a file: only what is certain, and the same for all who read the place."""
    config = index.config(path)
    if config is None or config.block is None:
        return []
    found: dict[int, Hint] = {}  # what an alias repeats is found more than once
    for leaf in config.block.leaves():
        if leaf.span.touches(within) and leaf.scope not in ("none", "unevaluated"):
            found.update((hint.at, hint) for hint in _of_leaf(index, config, leaf) if within.start <= hint.at <= within.end)
    return [found[at] for at in sorted(found)]


def _of_leaf(index: Index, config: ConfigFile, leaf: Leaf) -> Iterator[Hint]:
    if leaf.notes.type == "timespan" and isinstance(leaf.value, str) and not leaf.may_hold_expressions:
        yield from _seconds(leaf)
    if not leaf.may_hold_expressions:
        return
    parts = [] if leaf.template.refused else [part for part in leaf.template.expressions if not isinstance(part.tree, Literal)]
    spot = spot_at(config, leaf.span.start) if parts else None
    if spot is None or spot.leaf is not leaf:
        return
    known = readings(index, spot, leaf)
    for part in parts:
        text = _value(part, known)
        if text is not None:
            at = leaf.place(part.start, part.end).end
            short = shortened(text, _WIDTH)
            yield Hint(at, f"= {short}", code(text) if short != text else "")


def _seconds(leaf: Leaf) -> Iterator[Hint]:
    """A time span that is not written as seconds already."""
    try:
        value = convert("timespan", leaf.value)
    except ConversionError:
        return
    if isinstance(value, float | int) and f"{str(leaf.value).strip()} seconds" not in (words := seconds_words(value), f"{value} seconds"):
        yield Hint(leaf.span.end, f"= {words}")


def _value(part: ExprPart, known: list[Reading]) -> str | None:
    """The one value of an expression in all its readings, in a line; None where it is not known, or no plain value."""
    found: set[str] = set()
    for reading in known:
        value = Evaluator(reading.scope).value(part.tree)
        if value is POISON or isinstance(value, Forbidden | Record) or unknowns(value):
            return None
        plain = not isinstance(value, list | Mapping) and text_of(value).strip()
        found.add(text_of(value) if plain else value_text(value))
    (text,) = found if len(found) == 1 else (None,)
    return " ".join(text.split()) if text is not None else None
