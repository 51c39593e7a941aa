"""Definitions in short, as hover and completion show them."""

from __future__ import annotations

from flowlang.lsp.features.index import Index
from flowlang.lsp.features.navigation import whole_of
from flowlang.model import Block, Leaf
from flowlang.semantics.symbols import Symbol
from flowlang.text import shortened

_LINES = 8
_WIDTH = 120


def symbol_doc(index: Index, symbol: Symbol, *, excerpt: bool = True) -> str:
    """A symbol in Markdown: what it is and where, its description where it has one, and with `excerpt` how it is written."""
    line = symbol.source.position(symbol.span.start).line
    owner = f" of `{symbol.owner}`" if symbol.owner is not None else ""
    parts = [f"{symbol.noun} `{symbol.name}`{owner}, in {symbol.source.path}:{line}"]
    description = _description(symbol)
    if description:
        parts.append(description)
    if excerpt and (symbol.kind not in ("output", "state", "action") or isinstance(symbol.item, Block)):
        parts.append(f"```yaml\n{_excerpt(index, symbol)}\n```")
    return "\n\n".join(parts)


def _description(symbol: Symbol) -> str:
    leaf = symbol.item.leaf("descr") if isinstance(symbol.item, Block) and symbol.kind in ("param", "input", "output", "action") else None
    return str(leaf.value).strip() if leaf is not None and leaf.value is not None else ""


def _excerpt(index: Index, symbol: Symbol) -> str:
    """The first lines of what is written, moved to the left."""
    source, span = symbol.source, whole_of(index, symbol)
    start = source.line_span(source.position(span.start).line).start
    text = source.text[span.start : span.end].rstrip()
    quote = source.text[span.start - 1 : span.start]
    if symbol.written and quote in ("'", '"') and quote:
        text = quote + text
        span = span._replace(start=span.start - 1)
    margin = " " * (span.start - start)
    lines = [line.removeprefix(margin) for line in text.splitlines()]
    shown = [shortened(line, _WIDTH) for line in lines[:_LINES]]
    return "\n".join([*shown, *(["…"] if len(lines) > _LINES else [])])


def short_value(symbol: Symbol) -> str:
    """What a name stands for in a few words, for a line beside it; empty where that takes more."""
    item = symbol.item
    if isinstance(item, Leaf):
        return _cut(str(item.value)) if item.value is not None and symbol.kind not in ("output", "state") else ""
    if not isinstance(item, Block):
        return ""
    keys = {"image": ("ref",), "volume": ("remote",), "param": ("default",), "input": ("type",)}.get(symbol.kind, ("title", "action", "module", "image"))
    leaf = next((leaf for key in keys if (leaf := item.leaf(key)) is not None and leaf.value is not None), None)
    return _cut(str(leaf.value)) if leaf is not None else ""


def _cut(text: str) -> str:
    return shortened(" ".join(text.split()), 40)
