"""Writing text into a scalar, or as one, so that it reads back as meant."""

from __future__ import annotations

import re

from flowlang.patterns import pattern
from flowlang.yamltree.nodes import Scalar

_DOUBLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# What needs no quotes in any place, brackets included: words, and marks that mean nothing there.
_PLAIN = pattern(r"[\w./](?:[\w./@=+-]|:(?=[\w./])|[ ](?=[\w./]))*", re.ASCII)


def written_in(style: str, text: str) -> str:
    """`text` as it must stand inside a scalar of that style (``'``, ``"``, plain or a block)."""
    if style == "'":
        return text.replace("'", "''")
    if style == '"':
        return "".join(_DOUBLE.get(char, char) for char in text)
    return text


def whole_scalar(style: str, text: str) -> str | None:
    """A scalar that reads as `text`, to stand in place of one of that style; None in place of a block."""
    if style in ("'", '"'):
        return f"{style}{written_in(style, text)}{style}"
    if style:
        return None
    return text if _needs_no_quotes(text) else f'"{written_in(chr(34), text)}"'


def _needs_no_quotes(text: str) -> bool:
    from flowlang.yamltree.scalars import resolve

    return _PLAIN.fullmatch(text) is not None and resolve(Scalar(0, len(text), None, text, "")) == text
