"""The engine's reader, built as the engine builds it, and comparable forms of trees."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import Resolver
from yaml.scanner import Scanner

from flowlang.text import Source
from flowlang.yamltree import Mapping, Node, Scalar, Sequence


class EngineReader(Reader, Scanner, Parser, Composer, Resolver):
    """PyYAML in pure Python, as the engine (26.7) derives its loaders."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        Resolver.__init__(self)


def compose(text: str) -> Any:
    """The node that the engine composes of a file with that text (it opens files with universal newlines)."""
    return EngineReader(text.replace("\r\n", "\n").replace("\r", "\n")).get_single_node()


def of_engine(node: Any) -> object:
    """What an engine's node says, without places."""
    if node is None:
        return None
    if isinstance(node, yaml.ScalarNode):
        return ("scalar", node.value, node.style or "")
    if isinstance(node, yaml.SequenceNode):
        return ("sequence", [of_engine(item) for item in node.value])
    return ("mapping", [(of_engine(key), of_engine(value)) for key, value in node.value])


def of_ours(node: Node | None) -> object:
    """What our node says, without places."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return ("scalar", node.value, node.style)
    if isinstance(node, Sequence):
        return ("sequence", [of_ours(item) for item in node.items])
    assert isinstance(node, Mapping)
    return ("mapping", [(of_ours(pair.key), of_ours(pair.value)) for pair in node.pairs])


def placed(node: Node | None) -> object:
    """Our node with all its places."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return (node.start, node.end, node.tag, node.value, node.style)
    if isinstance(node, Sequence):
        return (node.start, node.end, node.tag, node.flow, [placed(item) for item in node.items])
    assert isinstance(node, Mapping)
    return (node.start, node.end, node.tag, node.flow, [(placed(pair.key), placed(pair.value)) for pair in node.pairs])


def source(text: str) -> Source:
    """A source of that text."""
    return Source("live.yml", text)
