"""What is being written at a cursor: the file is read with a word put in there, so that the reader itself says where it is.

A text that is being written is broken more often than not. The line of the cursor is tried as it is, as
a key without its colon, and with what it leaves open closed; lines elsewhere that break the file are
mended (`flowlang.yamltree.recovery`). Nothing is guessed from blanks: what the reader makes of the word
is the place.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.light import NamedTuple
from flowlang.lsp.features.unfinished import WORD, Unfinished, unfinished
from flowlang.model import ConfigFile
from flowlang.model.config import as_whole
from flowlang.text import Source, Span
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, Tree
from flowlang.yamltree.parse import parse_if_whole
from flowlang.yamltree.recovery import Mended, mend, unclosed

PROBE = "qzprobezq"
"""The word that is put in. No name of anybody's."""


class Probe(NamedTuple):
    """A file with the word put in at the cursor.

    `tree` is that of the file as it would be read then, `nodes` lead from its root to `scalar`, which
    holds the word; `is_key` tells whether that is a key. `before` and `after` are its decoded text
    around the cursor. `insert` is the range of the source that is about to be written (a word up to the cursor),
    `replace` the same up to the word's end. `expression` is the expression that the cursor is in, if any.
    """

    source: Source
    tree: Tree
    nodes: tuple[Node, ...]
    scalar: Scalar
    is_key: bool
    before: str
    after: str
    insert: Span
    replace: Span
    expression: Unfinished | None

    @property
    def word(self) -> str:
        """What of the word is written already."""
        return self.source.slice(self.insert)

    def config(self, kind: str) -> ConfigFile:
        """The file with the word in it, as a file of a kind."""
        return as_whole(self.tree.source, self.tree, kind)

    @property
    def offset(self) -> int:
        """Where the scalar stands in the file with the word in it."""
        return self.scalar.start

    @property
    def starts_line(self) -> bool:
        """Whether nothing but blanks and dashes stands before what is written."""
        line = self.source.line_span(self.source.position(self.insert.start).line)
        return not self.source.text[line.start : self.insert.start].strip(" -'\"")


def probe(source: Source, offset: int) -> Probe | None:
    """What is being written at an offset; None where that is nothing: in comments, and where the text is too broken to tell."""
    line = source.line_span(source.position(offset).line)
    before, after = source.text[line.start : offset], source.text[offset : line.end]
    word = WORD.match(after)
    rest = after[word.end() :] if word is not None else after
    variants = list(_variants(before, after, rest))
    texts = [source.text[: line.start] + variant + source.text[line.end :] for variant in variants]
    for mending in (False, True):
        for text in texts:
            mended = mend(text, Span(line.start, line.start)) if mending else Mended(text)
            found = _found(source, offset, mended)
            if found is not None:
                return found
    # whatever comes behind the line does not count for where it is
    for variant in variants:
        text = source.text[: line.start] + variant
        found = _found(source, offset, Mended(text))
        if found is not None:
            return found
    return None


def _variants(before: str, after: str, rest: str) -> Iterator[str]:
    """The line with the word in it, the ways it may be meant, the likeliest first."""
    closers = unclosed(before)
    closed = before + PROBE + closers
    if closers[:1] in ("'", '"') and closers[:1] not in after:
        yield closed
    yield before + PROBE + after
    if not rest.strip() or rest.lstrip().startswith("#"):
        yield before + PROBE + ":"
    yield closed
    if closers:
        yield before + PROBE + ": ~" + closers


def _found(source: Source, offset: int, mended: Mended) -> Probe | None:
    """The probe, if the word is where something can be written."""
    tree = parse_if_whole(Source(source.path, mended.text))
    nodes = _way(tree.root, mended.text.find(PROBE)) if tree is not None else None
    if tree is None or nodes is None:
        return None
    scalar = nodes[-1]
    assert isinstance(scalar, Scalar)
    before, _, after = scalar.value.partition(PROBE)
    expression = unfinished(before, after)
    line = source.line_span(source.position(offset).line)
    if scalar.style in ("'", '"') and expression is None and "\n" in mended.text[scalar.start : scalar.end]:
        # quotes that were not meant to reach over lines
        return None
    start = mended.original(scalar.start)
    if not scalar.style and start < line.start and expression is None:
        # a line that goes on a text without quotes
        return None
    word = WORD.match(source.text, offset)
    end = word.end() if word is not None else offset
    if expression is not None:
        written = len(expression.word) if source.text[:offset].endswith(expression.word) else 0
    elif scalar.style in ("|", ">"):
        return None
    else:
        written = len(before) if source.text[:offset].endswith(before) else 0
    insert = Span(offset - written, offset)
    return Probe(source, tree, nodes, scalar, _is_key(nodes), before, after, insert, Span(insert.start, max(end, offset)), expression)


def _way(root: Node | None, at: int) -> tuple[Node, ...] | None:
    """The nodes from the root to the scalar that holds the word; None where none does, as in comments."""
    way: list[Node] = []
    node = root
    while node is not None:
        way.append(node)
        if isinstance(node, Scalar):
            return tuple(way) if PROBE in node.value else None
        children: list[Node] = []
        if isinstance(node, Mapping):
            children = [part for pair in node.pairs for part in (pair.key, pair.value)]
        elif isinstance(node, Sequence):
            children = node.items
        node = next((child for child in children if child.start <= at < max(child.end, child.start + 1)), None)
    return None


def _is_key(nodes: tuple[Node, ...]) -> bool:
    owner = nodes[-2] if len(nodes) > 1 else None
    return isinstance(owner, Mapping) and any(pair.key is nodes[-1] for pair in owner.pairs)
