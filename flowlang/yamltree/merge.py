"""Merge keys: reported, and read as they were meant, so that one mistake stays one finding.

Engine 26.7 constructs every key by itself and has no constructor for ``<<``: it refuses the file.
Other readers of YAML 1.1 take the keys of the mapping that ``<<`` names where the mapping itself
does not have them.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.patterns import pattern
from flowlang.text import Edit, Span
from flowlang.yamltree.nodes import Alias, Mapping, Node, Pair, Scalar, Sequence, YamlFix, YamlProblem
from flowlang.yamltree.scalars import MERGE
from flowlang.yamltree.values import line_end, line_start

_CANDIDATE = pattern(r"<<[ \t]*(?::|[\r\n])")
_HELP = "write the keys out; a plain alias ('key: *name') is fine"


def may_merge(text: str) -> bool:
    """Whether a text can hold a merge key at all."""
    return "<<" in text and _CANDIDATE.search(text) is not None


def merge(text: str, nodes: list[Node], aliases: tuple[Alias, ...]) -> list[YamlProblem]:
    """Replace every merge key among `nodes` by the pairs it stands for; gives the problems.

    `nodes` are all nodes of a tree, parents before children. Mappings are changed in place.
    """
    problems: list[YamlProblem] = []
    done: set[int] = set()
    mappings = {id(node): node for node in nodes if isinstance(node, Mapping)}
    for mapping in mappings.values():
        _merge(text, mapping, aliases, problems, done)
    return sorted(problems, key=lambda problem: problem.span)


def _is_merge(key: Node) -> bool:
    return isinstance(key, Scalar) and key.value == "<<" and (key.tag == "!" or (not key.style and key.tag is None))


def _merge(text: str, mapping: Mapping, aliases: tuple[Alias, ...], problems: list[YamlProblem], done: set[int]) -> None:
    if id(mapping) in done:
        return
    done.add(id(mapping))
    own = [pair for pair in mapping.pairs if not _is_merge(pair.key)]
    if len(own) == len(mapping.pairs):
        return
    names = {_name(pair.key) for pair in own}
    merged: list[Pair] = []
    for pair in mapping.pairs:
        if not _is_merge(pair.key):
            continue
        added: list[Pair] = []
        for target in _targets(pair.value):
            _merge(text, target, aliases, problems, done)
            for other in target.pairs:
                name = _name(other.key)
                if name not in names:
                    names.add(name)
                    added.append(other)
        merged += added
        problems.append(YamlProblem("merge-key", pair.key.span, MERGE, _HELP, _expanded(text, mapping, pair, added, aliases)))
    mapping.pairs[:] = own + merged


def _name(key: Node) -> object:
    return (key.value, key.style == "") if isinstance(key, Scalar) else id(key)


def _targets(value: Node) -> Iterator[Mapping]:
    for node in value.items if isinstance(value, Sequence) else (value,):
        if isinstance(node, Mapping):
            yield node


def _expanded(text: str, mapping: Mapping, pair: Pair, added: list[Pair], aliases: tuple[Alias, ...]) -> tuple[YamlFix, ...]:
    """The fix that writes the merged keys out, where they can be copied as they stand: whole lines of a block mapping."""
    target = pair.value
    alias = next((alias for alias in aliases if alias.target is target and alias.span.start > pair.key.end), None)
    if alias is None or not isinstance(target, Mapping) or target.flow or mapping.flow or text[pair.key.end : alias.span.start].strip(" ") != ":":
        return ()
    inside = [other for other in aliases if target.start <= other.span.start < target.end]
    if inside or "&" in text[target.start : target.end] or text[alias.span.end : line_end(text, alias.span.end)].strip():
        return ()
    first = line_start(text, pair.key.start)
    column = pair.key.start - first
    pieces = []
    for other in added:
        if not target.start <= other.key.start <= other.value.end <= target.end:
            return ()
        shift = column - (other.key.start - line_start(text, other.key.start))
        lines = text[other.key.start : other.value.end].splitlines(keepends=True)
        rest = [_shifted(line, shift) for line in lines[1:]]
        if None in rest:
            return ()
        pieces.append("".join([lines[0], *(line for line in rest if line is not None)]))
    line_break = "\r\n" if "\r\n" in text else "\n"
    written = (line_break + " " * column).join(pieces)
    span = Span(pair.key.start, alias.span.end)
    if not pieces:
        if text[first : pair.key.start].strip(" "):
            return ()
        span, written = Span(first, min(line_end(text, span.end) + len(line_break), len(text))), ""
    return (YamlFix("Write the merged keys out", True, (Edit(span, written),)),)


def _shifted(line: str, shift: int) -> str | None:
    """A line indented by so many more blanks, or None where it has not enough to take away."""
    if not line.strip():
        return line
    if shift >= 0:
        return " " * shift + line
    return line[-shift:] if not line[:-shift].strip(" ") else None
