"""libyaml and the engine's reader: same tree, same places, same verdict, on random texts and on each disagreement ever found."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.text import Source
from flowlang.yamltree import Mapping, Scalar, Sequence, Tree, offsets, parse, walk
from flowlang.yamltree.parse import judge
from tests.yamltree.documents import KINDS
from tests.yamltree.engine import compose, of_engine, of_ours, placed, source

# Texts that one of the readers takes in another way, or that a version of ours did.
DISAGREEMENTS = [
    "a:\tb\n",
    "a: b\tc\n",
    "a: b\t# c\n",
    "- \ta\n",
    "a: |#c\n  x\n",
    "a: &x |#c\n  x\n",
    "a: |\t\n  x\n",
    "a: |\n  x\n\t\nb: 1\n",
    "[a?b]\n",
    "[? a : b]\n",
    "{a?: b}\n",
    'a: "it\\\'s"\n',
    "a: ! 'yes'\n",
    "a: !!str 1\n",
    "a: !foo b\n",
    "! \n",
    "%FOO\n---\na: b\n",
    "%YAML 1.3\n---\na: b\n",
    "a: &x {b: c}\nd:\n  e: *x\n  f:   e: 1\n",
    "a: b\n...\nc\n",
    "a: b\n...\n%X\n",
    "{a: }\n",
    "{a: , b}\n",
    "{a, 'b': c}\n",
    "{a:, b}\n",
    "[a: b, {c: d}: e]\n",
    "[{a: b}: c]\n",
    "? a\n? b\n: c\n",
    "? a\n&x b: c\n",
    "&a\n*a : x\n",
    "k: &a x\n*a : z\n",
    "k: &a x\n- *a\n",
    "a: &x\nb: *x\n",
    "-\n-\n",
    "a: >-\n  b\n ...\n",
    "a: |+1  \n\n\nb: c\n",
    "a: >-\n\nb: c\n",
    "\ufeffa: b\n",
    "a: b\ufeffc\n",
    "a: 'b\x85 c'\n",
    "a: b\u2028  c\n",
    "a: |\n  b\u2029  c\n",
    'a: "\\ud83d"\n',
    'a: "\\U00110000"\n',
    "a: 'x\r\n\r\n  y'\r\n",
    "a: b\r  c\rd: e\r",
    "a: 😀\nb: 'é'\n",
    "]\n",
    "a: }\n",
    "a" * 1030 + ": b\n",
    '"' + "é" * 1021 + '": b\n',
    '"' + "é" * 1022 + '": b\n',
    '"' + "é" * 1023 + '": b\n',
    '"' + "é" * 1024 + '": b\n',
    "[" + "a, " * 341 + "]: b\n",
    "[" + "a, " * 342 + "]: b\n",
]


def said(tree: Tree) -> object:
    """All that a tree says."""
    return (
        placed(tree.root),
        tree.problems,
        tree.complete,
        [alias[:2] for alias in tree.aliases],
        [anchor[:2] for anchor in tree.anchors],
    )


def check(text: str) -> None:
    """The two ways of reading agree, with each other and with the engine, and every place is where it should be."""
    given_source = source(text)
    tree, judged = parse(given_source), judge(given_source)
    if not any(problem.rule == "merge-key" for problem in tree.problems):
        assert said(tree) == said(judged)
    try:
        composed = compose(text)
        refused = False
    except (yaml.YAMLError, ValueError, IndexError, OverflowError):
        composed, refused = None, True
    ours = {problem.rule for problem in judged.problems}
    own_ideas = {"empty-file", "recursive-alias"}
    if judged.complete:  # else these are words for what the reader choked on
        own_ideas |= {"unknown-tag", "unquoted-expression"}
    if "recursive-alias" not in ours:
        assert refused == bool(ours - own_ideas), judged.problems
    if not refused and judged.root is not None and not ours:
        assert of_ours(judged.root) == of_engine(composed)
    check_places(given_source, tree)


def check_places(given_source: Source, tree: Tree) -> None:
    """Nodes lie in the text and in their parents; scalars are what stands there, character by character."""
    text = given_source.text
    elsewhere = {id(alias.target) for alias in tree.aliases}
    merged = any(problem.rule == "merge-key" for problem in tree.problems)
    for node in walk(tree.root):
        assert 0 <= node.start <= node.end <= len(text)
        if isinstance(node, Scalar):
            assert offsets(given_source, node).exact
            if node.style:
                assert text[node.start] == node.style
            elif node.value:
                assert (text[node.start], text[node.end - 1]) == (node.value[0], node.value[-1])
            if node.style in ("'", '"') and node.style:
                assert text[node.end - 1] == node.style
            continue
        if merged:
            continue
        children = [child for pair in node.pairs for child in (pair.key, pair.value)] if isinstance(node, Mapping) else []
        if isinstance(node, Sequence):
            children = list(node.items)
        last = node.start
        for child in children:
            if id(child) not in elsewhere:
                assert last <= child.start
                assert child.end <= node.end
                last = child.end
    for comment in tree.comments():
        assert text[comment.span.start] == "#"
        assert text[comment.span.start : comment.span.end] == comment.text


@pytest.mark.parametrize("text", DISAGREEMENTS)
def test_each_disagreement(text: str) -> None:
    check(text)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**64), st.sampled_from(range(len(KINDS))))
def test_random_texts(seed: int, kind: int) -> None:
    check(KINDS[kind](random.Random(seed)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all(text: str) -> None:
    tree = parse(source(text))
    tree.comments()
    if "special-character" not in {problem.rule for problem in tree.problems}:  # these are read as U+FFFD
        check_places(tree.source, tree)
