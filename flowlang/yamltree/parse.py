"""Reading: which reader judges a text, and what comes of it."""

from __future__ import annotations

import re
from typing import Any

from flowlang.patterns import pattern
from flowlang.text import Source, Span
from flowlang.yamltree.compose import HasProperties, ReadersDiffer, convert
from flowlang.yamltree.nodes import Mapping, Node, Scalar, YamlProblem
from flowlang.yamltree.reader import IS_FAST, Failure, TooDeep, compose, events, fast_events
from flowlang.yamltree.tree import Tree, walk

# libyaml's marks go wrong at these, and it takes a mark inside the text for an error.
_MISREAD = pattern("[\ufeff\x85\u2028\u2029]")
_DIRECTIVE = pattern(r"^%", re.MULTILINE)


def parse(source: Source) -> Tree:
    """The tree of a source. Total: whatever the text is, a tree with its problems comes back."""
    tree = _read(source)
    if tree.root is not None and "<<" in source.text:
        from flowlang.yamltree.merge import may_merge, merge

        if not may_merge(source.text):
            return tree
        tree.problems += tuple(merge(source.text, list(walk(tree.root)), tree.aliases))
    return tree


def parse_if_whole(source: Source) -> Tree | None:
    """The tree of a source that can be read to its end; None, at little cost, for one that is broken."""
    try:
        composed = compose(source.text) if IS_FAST else None
    except (Failure, TooDeep):
        return None
    tree = _read(source, composed)
    return tree if tree.complete else None


def _read(source: Source, composed: Any = None) -> Tree:
    """The tree by the reader that is right for the text; `composed` is what libyaml makes of it, where that is known.

    libyaml reads the clean files. The pure Python reader, which is the engine's, takes over where
    libyaml fails or where the two are known to judge differently; it is the one that words errors.
    """
    text = source.text
    try:
        if (not text.isascii() and _MISREAD.search(text)) or ("%" in text and _DIRECTIVE.search(text)):
            return judge(source)
        composed = composed or compose(text)
        if composed is None:
            return judge(source)
        root, problems = convert(composed, text)
        if _is_nothing(root) or _may_differ(text, root):
            return judge(source)
        return Tree(source, root, tuple(problems))
    except HasProperties:
        return _with_anchors(source)
    except (Failure, ReadersDiffer, TooDeep):
        return judge(source)


def _is_nothing(root: Node) -> bool:
    return isinstance(root, Scalar) and not root.style and not root.value and root.tag is None


def _with_anchors(source: Source) -> Tree:
    """A file with anchors, as libyaml reads it, unless there is anything uncommon in it."""
    from flowlang.yamltree.builder import Builder, Stop

    text = source.text
    builder = Builder(text)
    try:
        builder.feed(fast_events(text))
    except (Failure, Stop):
        return judge(source)
    root = builder.root
    if root is None or _is_nothing(root) or builder.uncommon or _may_differ(text, root):
        return judge(source)
    return Tree(source, root, tuple(builder.problems), True, tuple(builder.aliases), tuple(builder.anchors))


# A tab is a blank for libyaml, but not for the engine's reader; a question mark ends a plain scalar
# inside brackets for the engine's reader only; libyaml knows the escape \' .
_DIFFER = pattern(r"[\t?]|\\'")


def _may_differ(text: str, root: Node) -> bool:
    """Whether the engine's reader may take the text in another way than libyaml did."""
    if "\t" not in text and "?" not in text and "\\'" not in text:
        return False
    spots = [match.start() for match in _DIFFER.finditer(text)]
    return any(_differs(text, spot, scalar, flow) for spot, scalar, flow in _located(spots, root))


def _located(spots: list[int], root: Node) -> list[tuple[int, Scalar | None, bool]]:
    """For each of the (ascending) spots the scalar that it is in, and whether brackets are around that."""
    scalars: list[tuple[int, Scalar, bool]] = []
    stack: list[tuple[Node, bool]] = [(root, False)]
    seen: set[int] = set()
    while stack:
        node, flow = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            scalars.append((node.start, node, flow))
        elif isinstance(node, Mapping):
            flow = flow or node.flow
            for pair in node.pairs:
                stack += (pair.key, flow), (pair.value, flow)
        else:
            flow = flow or node.flow  # type: ignore[attr-defined]
            stack += ((item, flow) for item in node.items)  # type: ignore[attr-defined]
    scalars.sort(key=lambda entry: entry[0])
    found: list[tuple[int, Scalar | None, bool]] = []
    index = 0
    for spot in spots:
        while index < len(scalars) and (scalars[index][1].end <= spot):
            index += 1
        inside = index < len(scalars) and scalars[index][0] <= spot
        found.append((spot, scalars[index][1] if inside else None, inside and scalars[index][2]))
    return found


def _differs(text: str, spot: int, scalar: Scalar | None, flow: bool) -> bool:
    char = text[spot]
    if scalar is None:
        # In a comment neither means anything. A '#' that is in a scalar of the same line makes us
        # take a tab for part of a comment, so the '#' must be in no scalar either.
        line = max(text.rfind("\n", 0, spot), text.rfind("\r", 0, spot)) + 1
        return not text[line:spot].lstrip(" ").startswith("#") and char != "\\"
    if char == "\\":
        return scalar.style == '"'
    if scalar.style:
        return False
    return char == "\t" or flow


_SPECIAL = pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_SPECIAL = 10


def judge(source: Source) -> Tree:
    """The tree as the engine's reader makes it, with the problems that it finds."""
    from flowlang.yamltree.builder import Builder, Stop

    text = source.text
    problems: list[YamlProblem] = []
    if _SPECIAL.search(text):
        from flowlang.yamltree.words import special_characters

        problems += special_characters(text, _SPECIAL, _MOST_SPECIAL)
        text = _SPECIAL.sub("\ufffd", text)
    builder = Builder(text)
    complete = True
    reach = len(text)
    try:
        builder.feed(events(text))
    except Stop as stop:
        builder.problems.append(stop.problem)
        complete = stop.problem.rule == "multiple-documents"
        reach = stop.problem.span.start
    except Failure as failure:
        from flowlang.yamltree.words import worded

        problem = worded(text, failure, builder.last)
        builder.problems.append(problem)
        complete = False
        reach = min(failure.at, problem.span.start)
    problems += builder.problems
    root = builder.root
    if root is not None and _is_nothing(root):
        root = None
    if root is None and not problems:
        problems.append(YamlProblem("empty-file", Span(0, 0), "the file is empty", "write the config, or delete the file"))
    return Tree(source, root, tuple(problems), complete, tuple(builder.aliases), tuple(builder.anchors), reach)
