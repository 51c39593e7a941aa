"""YAML with exact places: parsing, values of scalars, offsets inside scalars. `reader` is the only door to PyYAML."""

from flowlang.yamltree.nodes import Alias, Anchor, Comment, Mapping, Node, Pair, Scalar, Sequence, YamlFix, YamlProblem
from flowlang.yamltree.offsets import OffsetMap, offsets
from flowlang.yamltree.parse import parse
from flowlang.yamltree.scalars import Unresolvable, duplicate_keys, plain_text, resolve
from flowlang.yamltree.tree import Tree, walk

__all__ = [
    "Alias",
    "Anchor",
    "Comment",
    "Mapping",
    "Node",
    "OffsetMap",
    "Pair",
    "Scalar",
    "Sequence",
    "Tree",
    "Unresolvable",
    "YamlFix",
    "YamlProblem",
    "duplicate_keys",
    "offsets",
    "parse",
    "plain_text",
    "resolve",
    "walk",
]
