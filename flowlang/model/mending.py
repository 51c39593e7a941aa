"""Fixes of config files: text edits that leave everything else of the file byte for byte."""

from __future__ import annotations

import re

from flowlang.diagnostics import Fix, SourceEdit
from flowlang.patterns import pattern
from flowlang.text import Edit, Source, Span, quoted
from flowlang.text.source import BOM
from flowlang.yamltree import Mapping, Node, Pair, Scalar, Sequence
from flowlang.yamltree.values import LINE_BREAK, line_end, line_start
from flowlang.yamltree.writing import whole_scalar, written_in

ANCHOR_OR_ALIAS = pattern(r"(?:^|[\s:\[{,])[&*][^\s\[\]{},]")
"""An anchor or alias: what is copied must hold none."""
_ANCHOR = pattern(r"(?<![^\s:\[{,])&([\w-]+)")
_ALIAS = pattern(r"[ \t]*:[ \t]*[*][\w-]+")
# What a plain scalar outside of brackets cannot hold, of texts that begin with a letter or an expression.
_NO_PLAIN = pattern(r"^[^\w$]|:(?:\s|$)|\s#|[\n\t]|\s$")
_COMMA_AFTER = pattern(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = pattern(r",\s*$")
_NOTHING_MORE = pattern(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?:\r\n|\n|\r|$)")


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


def as_expression(source: Source, node: Node, text: str, *, flow: bool, safe: bool) -> tuple[Fix, ...]:
    """The fix that writes a text with expressions as a scalar; none for a block scalar.

    `flow`: the scalar stands in brackets, where braces need quotes. Quotes that are there stay.
    """
    if not isinstance(node, Scalar) or node.style in ("|", ">") or node.start == node.end:
        return ()
    written = text if node.style == "" and not flow and not _NO_PLAIN.search(text) else whole_scalar(node.style, text)
    assert written is not None
    return (one_edit(f"Write {text}", source, node.start, node.end, written, safe=safe),)


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
    """The fix that takes a key and its value out of its mapping: whole lines, with the comment at their end, where nothing else is on them."""
    pair = _pair(owner, key)
    if pair is None or not isinstance(owner, Mapping) or (len(owner.pairs) == 1 and not owner.flow):
        # the last pair of a block: without it there would be no mapping
        return ()
    text = source.text
    start, end = key.start, _end_of(text, pair)
    if end is None or _is_needed(text, start, end):
        return ()
    if owner.flow:
        start, end = _with_comma(text, start, end)
    first, last = line_start(text, start), _rest_of_line(text, end)
    before = text[first:start].strip(" \ufeff")
    if last is not None and not before:
        start, end = first + text.startswith(BOM, first), last
    elif last is not None and not before.strip("- ") and pair is owner.pairs[0] and not text[last : owner.pairs[1].key.start].strip():
        # the first key behind the dash of an item: the next one takes its place
        end = owner.pairs[1].key.start
    title = f"Delete {quoted(key.value)}" if isinstance(key, Scalar) else "Delete it"
    return (one_edit(title, source, start, end, ""),)


def item_deletion(source: Source, owner: Node, item: Node, *, safe: bool) -> tuple[Fix, ...]:
    """The fix that takes an item out of a list: its whole line where it stands on a line of its own; none for the only item."""
    if not isinstance(owner, Sequence) or len(owner.items) == 1 or item.start == item.end or not owner.start <= item.start < owner.end:
        return ()
    text, start, end = source.text, item.start, item.end
    if _is_needed(text, start, end):
        return ()
    if owner.flow:
        start, end = _with_comma(text, start, end)
    first, last = line_start(text, start), _rest_of_line(text, end)
    if last is not None and text[first:start].strip() == ("" if owner.flow else "-"):
        start, end = first, last
    elif not owner.flow:
        return ()
    return (one_edit(f"Delete {quoted(source.slice(item.span))}", source, start, end, "", safe=safe),)


def _pair(owner: Node, key: Node) -> Pair | None:
    """The pair of a key; None for one that stands elsewhere, brought in by a merge."""
    if not isinstance(owner, Mapping) or not owner.start <= key.start < owner.end:
        return None
    return next((pair for pair in owner.pairs if pair.key is key), None)


def _is_block(pair: Pair | None) -> bool:
    return pair is not None and isinstance(pair.value, Scalar) and pair.value.style in ("|", ">")


def _end_of(text: str, pair: Pair) -> int | None:
    """Where a pair ends in the text: an alias stands elsewhere than its value. None where that cannot be told."""
    if pair.value.start >= pair.key.end:
        return pair.value.end
    alias = _ALIAS.match(text, pair.key.end)
    return alias.end() if alias else None


def _is_needed(text: str, start: int, end: int) -> bool:
    """Whether the text holds an anchor that an alias elsewhere asks for."""
    names = _ANCHOR.findall(text, start, end)
    return any(not start <= alias.start() < end for name in names for alias in re.finditer(rf"[*]{re.escape(name)}(?![\w-])", text))


def _with_comma(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a pair in braces and the comma that goes with it: the one behind it, else the one before."""
    after = _COMMA_AFTER.match(text, end)
    if after is not None:
        return start, after.end()
    before = _COMMA_BEFORE.search(text, 0, start)
    return (before.start() if before is not None else start), end


def _rest_of_line(text: str, end: int) -> int | None:
    """Where the next line begins, if nothing but a comment follows on this one; None otherwise."""
    if text[end - 1 : end] == "\n":
        return end
    rest = _NOTHING_MORE.match(text, end)
    return rest.end() if rest is not None else None


def added_after(source: Source, owner: Node, key: Node, name: str, value: str) -> tuple[Fix, ...]:
    """The fix that adds a key to a mapping, after the pair of another key."""
    pair = _pair(owner, key)
    text, title = source.text, f"Add '{name}: {value}'"
    end = _end_of(text, pair) if pair is not None else None
    if end is None or not isinstance(owner, Mapping) or _is_block(pair):
        return ()
    if owner.flow:
        return (one_edit(title, source, end, end, f", {name}: {_within_braces(value)}"),)
    end = line_end(text, end)
    column = key.start - line_start(text, key.start)
    return (one_edit(title, source, end, end, f"{line_break(text)}{' ' * column}{name}: {value}"),)


def added_first(source: Source, owner: Node, name: str, value: str) -> tuple[Fix, ...]:
    """The fix that adds a key to a mapping, before its first."""
    if not isinstance(owner, Mapping) or not owner.pairs or _pair(owner, owner.pairs[0].key) is None:
        return ()
    text, first, title = source.text, owner.pairs[0].key, f"Add '{name}: {value}'"
    if owner.flow:
        return (one_edit(title, source, first.start, first.start, f"{name}: {_within_braces(value)}, "),)
    start = line_start(text, first.start)
    indent = " " * (first.start - start - text.startswith(BOM, start))
    return (one_edit(title, source, first.start, first.start, f"{name}: {value}{line_break(text)}{indent}"),)


def _within_braces(value: str) -> str:
    """A value as it must be written within braces: an expression needs quotes there."""
    return f'"{written_in(chr(34), value)}"' if "$" in value and value[:1] not in "'\"" else value


def line_break(text: str) -> str:
    """How lines of a text end."""
    found = LINE_BREAK.search(text)
    return text[found.start() : found.start() + (2 if text.startswith("\r\n", found.start()) else 1)] if found else "\n"
