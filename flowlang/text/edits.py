"""Edits: replacements of spans, applied together."""

from __future__ import annotations

from collections.abc import Iterable

from flowlang.light import NamedTuple
from flowlang.text.span import Span


class Edit(NamedTuple):
    """Put `text` in place of `span` (an empty span inserts, an empty text deletes)."""

    span: Span
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` made; their spans refer to `text` and must not overlap.

    Raises `ValueError` when two edits overlap.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < done:
            raise ValueError(f"edits overlap at {edit.span.start}")
        pieces += text[done : edit.span.start], edit.text
        done = edit.span.end
    pieces.append(text[done:])
    return "".join(pieces)
