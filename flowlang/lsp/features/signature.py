"""The function whose arguments are being written, and which of them."""

from __future__ import annotations

from flowlang.expr import FUNCTIONS, Function
from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.probe import probe
from flowlang.queries.showing import short
from flowlang.text import Span


class Signature(NamedTuple):
    """A function as it is called: `label` with the places of its parameters in it, what it gives, and the number of the argument that is being written.

    `active` is None where the function takes no argument of that number.
    """

    label: str
    parameters: tuple[Span, ...]
    doc: str
    active: int | None


def signature(index: Index, path: str, offset: int) -> Signature | None:
    """The innermost call of a known function around a place, closed or not; None where there is none."""
    config = index.config(path)
    found = probe(config.source, offset) if config is not None else None
    if found is None or found.expression is None:
        return None
    for frame in reversed(found.expression.frames):
        function = FUNCTIONS.get(frame.of) if frame.bracket == "(" else None
        if function is not None:
            return _signature(function, frame.commas)
    return None


def _signature(function: Function, number: int) -> Signature:
    places: list[Span] = []
    at = len(f"{function.name}(")
    for shown in function.shown:
        places.append(Span(at, at + len(shown)))
        at += len(f"{shown}, ")
    last = len(places) - 1
    active = number if number <= last else last if function.more is not None else None
    doc = f"{function.doc[:1].upper()}{function.doc[1:]}."
    return Signature(f"{function.signature} → {short(function.result)}", tuple(places), doc, active)
