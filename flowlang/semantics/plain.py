"""Plain scalars that YAML makes other values of, so that another text arrives than was written."""

from __future__ import annotations

import re

from flowlang.diagnostics import Fix
from flowlang.model import Leaf
from flowlang.model.mending import replacement
from flowlang.patterns import pattern
from flowlang.yamltree import Scalar

# Some expression or script tells the capital spelling apart: the value is to stay as it is.
_CAPITAL = pattern(r"['\"](?:True|False)['\"]")
# Other ways to write a decimal number: another text, but the same number to whoever reads it.
_NUMBER = pattern(r"[+-]?(?:0|[1-9][0-9]*|[0-9]*\.(?:[0-9]*[1-9])?|[0-9]*\.[0-9]*[eE][+-]?[0-9]+)", re.ASCII)


def misread(leaf: Leaf) -> str | None:
    """The text of a plain scalar whose value makes another text (engine 26.7: Python's `str`); None for one that arrives as it is written."""
    node = leaf.node
    if leaf.value is None or isinstance(leaf.value, str) or not isinstance(node, Scalar) or node.style or node.tag is not None:
        return None
    return node.value if node.value != str(leaf.value) and not _NUMBER.fullmatch(node.value) else None


def read_as(text: str, value: object) -> str:
    """What YAML reads a plain text as, in words; `value` is what it makes of it."""
    if isinstance(value, bool):
        return f"the truth value {value}"
    if not isinstance(value, int | float):
        return "a date"
    digits = text.lstrip("+-")
    if ":" in text:
        base = " (base 60)"
    elif isinstance(value, int) and digits[:1] == "0" and len(digits) > 1:
        base = {"0x": " (hexadecimal)", "0b": " (binary)"}.get(digits[:2], " (octal)")
    else:
        base = ""
    return f"the number {value}{base}"


def in_quotes(leaf: Leaf, text: str) -> tuple[Fix, ...]:
    """The fix that puts a value in quotes as it is written, or as it is read where a comparison in the file counts on that."""
    if isinstance(leaf.value, bool) and _CAPITAL.search(leaf.source.text):
        text = str(leaf.value)
    return replacement(leaf.source, leaf.node, text, safe=True)
