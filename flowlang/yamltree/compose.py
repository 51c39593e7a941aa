"""From libyaml's nodes to ours: the way of every clean file, so the hot path."""

from __future__ import annotations

from typing import Any

from flowlang.yamltree.nodes import Mapping, Node, Pair, Scalar, Sequence, YamlProblem
from flowlang.yamltree.places import BLOCK_HEADER, block_end, empty_value
from flowlang.yamltree.reader import MappingNode, ScalarNode
from flowlang.yamltree.unquoted import misread


class HasProperties(Exception):
    """There is an anchor or a tag: they need the events."""


class ReadersDiffer(Exception):
    """libyaml takes something in another way than the engine's reader."""


def convert(root: Any, text: str) -> tuple[Node, list[YamlProblem]]:
    """Our tree for the nodes that libyaml composed of `text`, and what is wrong with it.

    Raises `HasProperties` at an anchor or tag, and `ReadersDiffer`.
    """
    problems: list[YamlProblem] = []
    return _node(root, text, -1, problems), problems


# One function for all three kinds, tests in the order of frequency: this runs for every node of every
# file, so keys and values that are plain words are made where they stand in their mapping. Recursion
# is safe: the reader has bounded the depth.
def _node(given: Any, text: str, key_end: int, problems: list[YamlProblem]) -> Node:
    start = given.start_mark.index
    value = given.value
    if given.__class__ is ScalarNode:
        style = given.style
        end = given.end_mark.index
        if style == "":
            # A length that agrees with the value's leaves no room for an anchor or a tag.
            if end - start != len(value) or not value:
                if start < end and text[start] in "&!":
                    raise HasProperties
                if not value and key_end >= 0:
                    start = end = empty_value(text, start, key_end)
        elif text[start] != style:
            raise HasProperties
        elif style == "|" or style == ">":
            if BLOCK_HEADER.match(text, start) is None:
                raise ReadersDiffer  # libyaml: a comment or a tab may follow the header without a blank
            end = block_end(text, start, end)
        return Scalar(start, end, None, value, style)
    if text[start] in "&!":
        raise HasProperties
    flow = given.flow_style
    if given.__class__ is MappingNode:
        pairs = []
        for given_key, given_value in value:
            key: Node
            if given_key.__class__ is ScalarNode and given_key.style == "" and (word := given_key.value):
                start_of, end_of = given_key.start_mark.index, given_key.end_mark.index
                key = Scalar(start_of, end_of, None, word, "") if end_of - start_of == len(word) else _node(given_key, text, -1, problems)
            else:
                key = _node(given_key, text, -1, problems)
            if given_value.__class__ is ScalarNode and given_value.style == "" and (word := given_value.value):
                start_of, end_of = given_value.start_mark.index, given_value.end_mark.index
                if end_of - start_of == len(word):
                    pairs.append(Pair(key, Scalar(start_of, end_of, None, word, "")))
                    continue
            pairs.append(Pair(key, _node(given_value, text, key.end, problems)))
        # In `[a: b]` there is a mapping without braces; its key may have some.
        braces = flow and text[start] == "{" and not (pairs and pairs[0].key.start == start)
        end = given.end_mark.index if braces else pairs[-1].value.end
        mapping = Mapping(start, end, None, pairs, flow)
        if len(pairs) == 1 and "$" in value[0][0].value and (found := misread(text, mapping)):
            problems.append(found[0])
            return found[1]
        return mapping
    items = [_node(item, text, -1, problems) for item in value]
    end = given.end_mark.index if flow else items[-1].end
    return Sequence(start, end, None, items, flow)
