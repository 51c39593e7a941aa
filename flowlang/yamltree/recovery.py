"""Reading on behind what breaks a file: while somebody writes it, it is broken most of the time.

The lines that the reader cannot get over are mended (what is not closed is closed, a name alone gets a
colon where something stands below it) or taken for blank, one after the other, until the rest can be
read. Places stay those of the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.text import Source, Span
from flowlang.yamltree.nodes import Alias, Anchor
from flowlang.yamltree.reader import IS_FAST, Failure, TooDeep, compose, events
from flowlang.yamltree.tree import Tree, walk

_MOST_MENDS = 12
_LINES_ABOVE = 40
_KEY = pattern(r"[ ]*(?:-[ ]+)*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s#'\"{\[][^#]*?)[ ]*:(?:\s|$)")
_ITEM = pattern(r"[ ]*-(?:\s|$)")
_NAME = pattern(r"[ ]*(?:-[ ]+)*[\w.-]*\w[ ]*")
_CLOSERS = {"{": "}", "[": "]"}


class Mended(NamedTuple):
    """A text that can be read, and where in it which texts were put in that are not the author's."""

    text: str
    inserted: tuple[tuple[int, str], ...] = ()

    def original(self, offset: int) -> int:
        """The offset in the text as it was."""
        before = 0
        for at, text in self.inserted:
            before += min(max(offset - at, 0), len(text))
        return offset - before

    def with_inserted(self, at: int, text: str) -> Mended:
        """The same with a text put in."""
        moved = [(start + (len(text) if start >= at else 0), old) for start, old in self.inserted]
        return Mended(self.text[:at] + text + self.text[at:], tuple(sorted([*moved, (at, text)])))

    def without(self, start: int, end: int) -> Mended:
        """The same with a range blanked, as far as it is the author's."""
        return self._replace(text=self.text[:start] + " " * (end - start) + self.text[end:])


def recover(tree: Tree) -> Tree:
    """The tree of a broken file as far as the lines can be read that are not broken themselves; others as they are.

    Its places are offsets into the same source. Total.
    """
    from flowlang.yamltree.parse import parse

    if tree.complete:
        return tree
    mended = mend(tree.source.text)
    read = parse(Source(tree.source.path, mended.text))
    if read.root is None or (not read.complete and read.reach <= tree.reach):
        return tree
    for node in walk(read.root):
        node.start, node.end = mended.original(node.start), mended.original(node.end)

    def moved(span: Span) -> Span:
        return Span(mended.original(span.start), mended.original(span.end))

    aliases = tuple(Alias(name, moved(span), target) for name, span, target in read.aliases)
    anchors = tuple(Anchor(name, moved(span), target) for name, span, target in read.anchors)
    return Tree(tree.source, read.root, tree.problems, False, aliases, anchors, mended.original(read.reach))


def mend(text: str, keep: Span | None = None) -> Mended:
    """A text that can be read, as near to `text` as its lines allow; the line that `keep` is in stays as it is.

    Where nothing helps the text comes back as far as it could be mended.
    """
    mended = Mended(text)
    for _ in range(_MOST_MENDS):
        failure = failure_of(mended.text)
        if failure is None:
            return mended
        better = _better(mended, failure, keep)
        if better is None:
            return mended
        mended = better
    return mended


def failure_of(text: str) -> Failure | None:
    """What keeps a text from being read; None where nothing does."""
    try:
        if IS_FAST:
            compose(text)
        if not IS_FAST or "\t" in text or not text.isascii():
            # where the engine's reader may judge otherwise, it is asked
            for _ in events(text):
                pass
    except Failure as failure:
        return failure
    except TooDeep:
        return None
    return None


def _better(mended: Mended, failure: Failure, keep: Span | None) -> Mended | None:
    """The mend that lets the reader come to the end, else the one with which it comes farthest."""
    best: tuple[int, Mended] | None = None
    for candidate in _mends(mended, failure, keep):
        left = failure_of(candidate.text)
        if left is None:
            return candidate
        if best is None or left.at > best[0]:
            best = (left.at, candidate)
    return best[1] if best is not None and best[0] > failure.at else None


def _mends(mended: Mended, failure: Failure, keep: Span | None) -> Iterator[Mended]:
    lines = _lines(mended.text)
    kept = mended.original
    for index in _suspects(mended.text, lines, failure):
        start, end = lines[index]
        if keep is not None and kept(start) <= keep.start <= kept(end):
            continue
        line = mended.text[start:end]
        below = next((lines[after] for after in range(index + 1, len(lines)) if mended.text[slice(*lines[after])].strip()), None)
        if below is not None and _NAME.fullmatch(line) and _indent(mended.text, *below) > _indent(mended.text, start, end):
            yield mended.with_inserted(start + len(line.rstrip()), ":")
        closers = unclosed(line)
        if closers:
            yield mended.with_inserted(end, closers)
        yield mended.without(start, end)


def _suspects(text: str, lines: list[Span], failure: Failure) -> list[int]:
    """The numbers of the lines that may be to blame, the most suspicious first."""
    at = _line_of(lines, min(failure.at, len(text)))
    filled = [index for index in range(max(0, at - _LINES_ABOVE), min(at + 1, len(lines))) if text[slice(*lines[index])].strip()]
    near = list(reversed(filled))[:4]
    if failure.context_at is not None:
        near.append(_line_of(lines, failure.context_at))
    open_ended = [index for index in reversed(filled) if unclosed(text[slice(*lines[index])])][:4]
    several = list(dict.fromkeys([*near, *open_ended]))
    strange = [index for index in several if index in open_ended or _is_strange(text[slice(*lines[index])])]
    return list(dict.fromkeys([*strange, *several]))


def _is_strange(line: str) -> bool:
    """Whether a line is neither a key, nor an item, nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#") and _KEY.match(line) is None and _ITEM.match(line) is None


def unclosed(line: str) -> str:
    """What closes the brackets and quotes that a line (or its begin) opens and does not close."""
    stack: list[str] = []
    due = True  # a value may begin here
    index = 0
    while index < len(line):
        char = line[index]
        if char in "'\"" and due:
            end = _quoted_end(line, index)
            if end < 0:
                return char + "".join(reversed(stack))
            index, due = end, False
            continue
        if char == "#" and (index == 0 or line[index - 1] in " \t"):
            break
        if char in _CLOSERS and (due or stack):
            stack.append(_CLOSERS[char])
            due = True
        elif stack and char == stack[-1]:
            stack.pop()
            due = False
        elif (char in ":-" and line[index + 1 : index + 2] in (" ", "")) or (char == "," and stack):
            due = True
        elif char not in " \t":
            due = False
        index += 1
    return "".join(reversed(stack))


def _quoted_end(line: str, start: int) -> int:
    """Where a quoted text ends that begins at `start`; -1 where it does not."""
    quote = line[start]
    text_form = r'"(?:[^"\\]|\\.)*"' if quote == '"' else r"'(?:[^']|'')*'(?!')"
    found = re.compile(text_form).match(line, start)
    return found.end() if found is not None else -1


def _lines(text: str) -> list[Span]:
    source = Source("", text)
    return [source.line_span(number) for number in range(1, len(source.line_starts) + 1)]


def _line_of(lines: list[Span], offset: int) -> int:
    for index, line in enumerate(lines):
        if offset <= line.end:
            return index
    return len(lines) - 1


def _indent(text: str, start: int, end: int) -> int:
    line = text[start:end]
    return len(line) - len(line.lstrip(" "))
