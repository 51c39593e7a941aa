"""Writing text into a scalar so that it reads back as meant."""

from __future__ import annotations

_DOUBLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def written_in(style: str, text: str) -> str:
    """`text` as it must stand inside a scalar of that style (``'``, ``"``, plain or a block)."""
    if style == "'":
        return text.replace("'", "''")
    if style == '"':
        return "".join(_DOUBLE.get(char, char) for char in text)
    return text
