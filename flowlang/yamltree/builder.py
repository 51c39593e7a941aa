"""From the events of a reader to our tree, as far as the reader comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flowlang.text import Span, quoted
from flowlang.yamltree.nodes import Alias, Anchor, Mapping, Node, Pair, Scalar, Sequence, YamlProblem
from flowlang.yamltree.places import BLOCK_HEADER, Properties, block_end, empty_value
from flowlang.yamltree.reader import DEPTH_LIMIT, KNOWN_TAGS, Failure
from flowlang.yamltree.unquoted import misread

MOST_NODES = 100_000
"""How many nodes a file may have with its aliases written out: nested aliases can make billions of a few lines."""


class Stop(Exception):
    """A problem behind which the tree cannot go on."""

    def __init__(self, problem: YamlProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Open:
    """A collection that is not closed yet.

    `first` is where its first child starts, `last` where the latest ends, as they are written: the
    place of an alias is not that of the node it stands for.
    """

    __slots__ = ("anchor", "before", "first", "key", "last", "node")

    def __init__(self, node: Sequence | Mapping, anchor: str | None, before: int) -> None:
        self.node = node
        self.anchor = anchor
        self.before = before
        self.first = -1
        self.last = node.start
        self.key: Node | None = None


class Builder:
    """Builds a tree from events. After `feed` (however it ended) all that was read is there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.problems: list[YamlProblem] = []
        self.aliases: list[Alias] = []
        self.anchors: list[Anchor] = []
        self.last: Scalar | None = None
        self.uncommon = False
        """Whether there was anything that libyaml may take in another way than the engine's reader."""
        self._named: dict[str, Node] = {}
        self._sizes: dict[str, int] = {}
        self._open: list[_Open] = []
        self._count = 0
        self._documents = 0

    def feed(self, events: Iterable[Any]) -> None:
        """Take the events in; raises `Stop` at a problem, and whatever `events` raises."""
        try:
            for event in events:
                handler = _HANDLERS.get(event.__class__.__name__)
                if handler is not None:
                    handler(self, event)
        except Failure as failure:
            self._drop_broken(failure.at)
            raise
        finally:
            self._close_all()

    def _drop_broken(self, at: int) -> None:
        """Take back the scalar that the reader choked right behind of: it is half of what was meant."""
        last = self.last
        if last is None or last.end > at or self.text[last.end : at].strip(" "):
            return
        if self.root is last:
            self.root = None
        if not self._open:
            return
        parent = self._open[-1].node
        if isinstance(parent, Sequence) and parent.items and parent.items[-1] is last:
            parent.items.pop()
            self._open[-1].last = self._end_of(parent.items[-1]) if parent.items else parent.start
        elif isinstance(parent, Mapping) and parent.pairs and parent.pairs[-1].value is last:
            parent.pairs.pop()
            self._open[-1].last = self._end_of(parent.pairs[-1].value) if parent.pairs else parent.start

    def _end_of(self, last: Node) -> int:
        """Where the last thing that was read ends: an alias where it stands, not what it stands for."""
        alias = self.aliases[-1] if self.aliases else None
        return alias.span.end if alias is not None and alias.target is last else last.end

    def _close_all(self) -> None:
        while self._open:
            self._close(None)

    def _add(self, node: Node, start: int, end: int) -> None:
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        parent = top.node
        if top.first < 0:
            top.first = start
        top.last = end
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif top.key is None:
            top.key = node
        else:
            parent.pairs.append(Pair(top.key, node))
            top.key = None

    def _properties(self, event: Any) -> Properties | None:
        # The mark of an empty node, or of a block mapping, may be the place of the next node's anchor.
        if event.anchor is None and event.tag is None:
            return None
        return Properties(self.text, event.start_mark.index)

    def _name(self, event: Any, node: Node, properties: Properties | None) -> None:
        """Note the anchor and judge the tag of a node."""
        if properties is None:
            return
        self.uncommon = self.uncommon or node.tag is not None
        name = event.anchor
        if name is not None and properties.anchor:
            span = Span(*properties.anchor)
            if name in self._named:
                self.problems.append(
                    YamlProblem("duplicate-anchor", span, f"anchor {quoted(name)} is defined twice", "an anchor's name may be used once in a file; rename one")
                )
            self._named[name] = node
            self.anchors.append(Anchor(name, span, node))
        if node.tag not in (None, "!") and node.tag not in KNOWN_TAGS and properties.tag:
            span = Span(*properties.tag)
            shown = self.text[span.start : span.end]
            self.problems.append(
                YamlProblem("unknown-tag", span, f"unknown tag {quoted(shown)}", "configs need no tags: delete it, or quote the value if the '!' belongs to it")
            )

    def document(self, event: Any) -> None:
        """A document starts: there may be one."""
        self._documents += 1
        if self._documents > 1:
            start = event.start_mark.index
            span = Span(start, start + 3 if self.text.startswith("---", start) else start)
            message = "a second document starts here, and a config may hold only one"
            raise Stop(YamlProblem("multiple-documents", span, message, "move it to a file of its own, or delete this line"))

    def scalar(self, event: Any) -> None:
        """A scalar."""
        text = self.text
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        properties = self._properties(event)
        if properties is not None:
            start = properties.content
        if not style and not event.value:
            if properties is not None:
                start = end = properties.end
            elif self._open and self._open[-1].key is not None:
                start = end = empty_value(text, start, self._open[-1].last)
        elif style in ("|", ">"):
            end = block_end(text, start, end)
            # libyaml: a comment or a tab may follow the header without a blank
            self.uncommon = self.uncommon or BLOCK_HEADER.match(text, start) is None
        node = Scalar(start, end, event.tag, event.value, style)
        self._count += 1
        self._name(event, node, properties)
        if event.anchor is not None:
            self._sizes[event.anchor] = 1
        if start < end:
            self.last = node
        self._add(node, start, end)

    def _start(self, event: Any, node: Sequence | Mapping) -> None:
        if len(self._open) >= DEPTH_LIMIT:
            raise Stop(too_deep(node.start))
        properties = self._properties(event)
        if properties is not None:
            node.start = properties.content
            self._name(event, node, properties)
        self._open.append(_Open(node, event.anchor, self._count))
        self._count += 1

    def sequence(self, event: Any) -> None:
        """A sequence starts."""
        self._start(event, Sequence(event.start_mark.index, -1, event.tag, [], bool(event.flow_style)))

    def mapping(self, event: Any) -> None:
        """A mapping starts."""
        self._start(event, Mapping(event.start_mark.index, -1, event.tag, [], bool(event.flow_style)))

    def end(self, event: Any) -> None:
        """A collection ends."""
        self._close(event.end_mark.index)

    def _close(self, mark: int | None) -> None:
        """Close the innermost collection; `mark` is None when the text broke off."""
        top = self._open.pop()
        node = top.node
        lead = self.text[node.start : node.start + 1]
        if isinstance(node, Mapping):
            # `[a: b]` holds a mapping without braces; the key may have some.
            implied = top.first == node.start or lead not in ("{", "?")
            if implied and top.first >= 0:
                node.start = top.first
            if implied or lead == "?":
                mark = None
        node.end = mark if mark is not None and node.flow else max(top.last, node.start)
        if top.anchor is not None:
            self._sizes[top.anchor] = self._count - top.before
        if isinstance(node, Mapping) and len(node.pairs) == 1 and top.anchor is None and (found := misread(self.text, node)):
            self.problems.append(found[0])
            self._add(found[1], found[1].start, found[1].end)
            return
        self._add(node, node.start, node.end)

    def alias(self, event: Any) -> None:
        """An alias: the node it stands for takes its place."""
        name = event.anchor
        span = Span(event.start_mark.index, event.end_mark.index)
        target = self._named.get(name)
        if target is None:
            raise Stop(_undefined(name, span, self._named))
        if any(opened.node is target for opened in self._open):
            message = f"'*{name}' stands inside the very value that it names"
            raise Stop(YamlProblem("recursive-alias", span, message, "a value cannot contain itself; write it out"))
        self._count += self._sizes.get(name, 1)
        if self._count > MOST_NODES:
            message = f"with its aliases written out this file would have more than {MOST_NODES} values"
            raise Stop(YamlProblem("too-deep", span, message, "aliases that hold aliases multiply; write the values out"))
        self.aliases.append(Alias(name, span, target))
        self._add(target, span.start, span.end)


_HANDLERS = {
    "DocumentStartEvent": Builder.document,
    "ScalarEvent": Builder.scalar,
    "SequenceStartEvent": Builder.sequence,
    "MappingStartEvent": Builder.mapping,
    "SequenceEndEvent": Builder.end,
    "MappingEndEvent": Builder.end,
    "AliasEvent": Builder.alias,
}


def too_deep(at: int) -> YamlProblem:
    """The problem of a file nested beyond the limit, at the first collection that is too deep."""
    message = f"values are nested more than {DEPTH_LIMIT} levels deep"
    return YamlProblem("too-deep", Span(at, at + 1), message, "a config never needs more than ten or so; look for a bracket too many")


def _undefined(name: str, span: Span, anchors: dict[str, Node]) -> YamlProblem:
    from flowlang.text import closest, listing

    guess = closest(name, anchors)
    message = f"unknown alias '*{name}'" + (f"; did you mean '*{guess}'?" if guess else "")
    nothing = "no anchor is defined above it; put the value in quotes if the '*' belongs to it"
    known = f"anchors defined above: {listing(anchors)}" if anchors else nothing
    return YamlProblem("undefined-alias", span, message, known)
