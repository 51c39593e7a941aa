"""JSON for files, pipes and terminals alike."""

from __future__ import annotations

from flowlang.patterns import pattern

UNSAFE = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON lets stand that moves a terminal's cursor, breaks its lines or turns the order of its letters."""


def json_text(document: object, *, indent: int | None = 2, sort_keys: bool = False) -> str:
    """A document as JSON with its letters as they are, but for those that a terminal would obey; without a line break at its end."""
    import json

    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(document, indent=indent, sort_keys=sort_keys, ensure_ascii=False))
