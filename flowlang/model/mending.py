"""Fixes of config files: text edits that leave everything else of the file byte for byte."""

from __future__ import annotations

import re

from flowlang.diagnostics import Fix, SourceEdit
from flowlang.text import Edit, Source, Span, quoted
from flowlang.yamltree import Mapping, Node, Scalar
from flowlang.yamltree.writing import whole_scalar

ANCHOR_OR_ALIAS = re.compile(r"(?:^|[\s:\[{,])[&*][^\s\[\]{},]")
"""An anchor or alias: what is deleted or moved must hold none, for other places may hang on it."""
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r",[ \t]*$")


def one_edit(title: str, source: Source, start: int, end: int, text: str, *, safe: bool = True) -> Fix:
    """The fix that puts `text` in place of what stands from `start` to `end`."""
    return Fix(title, safe, (SourceEdit(source, Edit(Span(start, end), text)),))


def replacement(source: Source, node: Node, text: str, *, safe: bool) -> tuple[Fix, ...]:
    """The fix that writes another text as a scalar, in its own style; none for a block scalar."""
    written = whole_scalar(node.style, text) if isinstance(node, Scalar) else None
    if written is None or node.start == node.end:
        return ()
    title = "Put it in quotes" if isinstance(node, Scalar) and text == node.value else f"Replace by {quoted(text)}"
    return (one_edit(title, source, node.start, node.end, written, safe=safe),)


def in_brackets(source: Source, node: Node) -> tuple[Fix, ...]:
    """The fix that makes a list of a scalar; none for a block scalar."""
    if not isinstance(node, Scalar) or node.style in ("|", ">") or node.start == node.end:
        return ()
    text = source.slice(Span(node.start, node.end))
    inside = whole_scalar(node.style, node.value)
    if node.style == "" and inside is not None and inside != text and "\n" not in text:
        text = inside
    return (one_edit("Put it in brackets", source, node.start, node.end, f"[{text}]"),)


def deletion(source: Source, owner: Node, key: Node) -> tuple[Fix, ...]:
    """The fix that takes a key and its value out of its mapping: whole lines where they stand on lines of their own."""
    if not isinstance(owner, Mapping):
        return ()
    pair = next((pair for pair in owner.pairs if pair.key is key), None)
    if pair is None or _is_shared(source, key, pair.value) or (len(owner.pairs) == 1 and not owner.flow):
        # the last pair of a block: without it there would be no mapping
        return ()
    text = source.text
    start, end = key.start, max(key.end, pair.value.end)
    if owner.flow:
        after = _COMMA_AFTER.match(text, end)
        before = _COMMA_BEFORE.search(text, 0, start)
        end = after.end() if after else end
        start = before.start() if before and not after else start
    else:
        line_start, line_end = _line(text, start, end)
        if not text[line_start:start].strip() and not text[end:line_end].strip():
            start, end = line_start, line_end
    return (one_edit("Delete it", source, start, end, ""),)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole lines of a range, the last with its break."""
    line_start = text.rfind("\n", 0, start) + 1
    if end > start and text[end - 1] == "\n":
        return line_start, end
    line_end = text.find("\n", end)
    return line_start, len(text) if line_end < 0 else line_end + 1


def _is_shared(source: Source, key: Node, value: Node) -> bool:
    """Whether the value is an alias, or holds anchors or aliases."""
    return value.start < key.end or ANCHOR_OR_ALIAS.search(source.text, key.end, max(key.end, value.end)) is not None


def added_after(source: Source, owner: Node, key: Node, name: str, value: str) -> tuple[Fix, ...]:
    """The fix that adds a key to a mapping, after the pair of another key."""
    pair = next((pair for pair in owner.pairs if pair.key is key), None) if isinstance(owner, Mapping) else None
    if pair is None or pair.value.start < key.end:
        return ()
    assert isinstance(owner, Mapping)
    text, title = source.text, f"Add '{name}: {value}'"
    if owner.flow:
        end = max(key.end, pair.value.end)
        return (one_edit(title, source, end, end, f", {name}: {value}"),)
    if isinstance(pair.value, Scalar) and pair.value.style in ("|", ">"):
        return ()
    end = text.find("\n", max(key.end, pair.value.end))
    end = len(text) if end < 0 else end
    newline = "\n"
    if text[end - 1 : end + 1] == "\r\n":
        end, newline = end - 1, "\r\n"
    column = key.start - text.rfind("\n", 0, key.start) - 1
    return (one_edit(title, source, end, end, f"{newline}{' ' * column}{name}: {value}"),)


def added_first(source: Source, owner: Node, name: str, value: str) -> tuple[Fix, ...]:
    """The fix that adds a key to a mapping, before its first."""
    if not isinstance(owner, Mapping) or not owner.pairs:
        return ()
    text, first, title = source.text, owner.pairs[0].key, f"Add '{name}: {value}'"
    if owner.flow:
        return (one_edit(title, source, first.start, first.start, f"{name}: {value}, "),)
    line_start = text.rfind("\n", 0, first.start) + 1
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = " " * (first.start - line_start - (1 if text[line_start : line_start + 1] == "\ufeff" else 0))
    return (one_edit(title, source, first.start, first.start, f"{name}: {value}{newline}{indent}"),)
