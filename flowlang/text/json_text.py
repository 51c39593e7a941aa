"""JSON for files, pipes and terminals alike."""

from __future__ import annotations

from collections.abc import Callable

from flowlang.patterns import pattern

UNSAFE = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON lets stand that moves a terminal's cursor, breaks its lines or turns the order of its letters."""


_NO_NUMBERS = pattern(r'"(?:[^"\\]|\\.)*"|Infinity|NaN')
_WRITTEN = {"Infinity": "1e999", "NaN": "null"}


def json_text(document: object, *, indent: int | None = 2, sort_keys: bool = False, default: Callable[[object], object] | None = None) -> str:
    """A document as JSON with its letters as they are, but for those that a terminal would obey; without a line break at its end.

    JSON has neither infinite numbers, which are written as one that every reader takes for infinite, nor what is no number: null.
    """
    import json

    text = json.dumps(document, indent=indent, sort_keys=sort_keys, ensure_ascii=False, default=default)
    if "Infinity" in text or "NaN" in text:
        text = _NO_NUMBERS.sub(lambda match: _WRITTEN.get(match[0], match[0]), text)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
