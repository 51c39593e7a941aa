"""The pages of rules FL0: each is there, its bad example makes the finding, its fix leads to the good one."""

from __future__ import annotations

import pytest

from flowlang.diagnostics.codes.yaml import ROWS
from flowlang.rules import all_pages
from flowlang.rules.frame import HEADINGS
from flowlang.text import apply_edits
from flowlang.yamltree import Scalar, parse, walk
from flowlang.yamltree.nodes import YamlProblem
from flowlang.yamltree.unquoted import cut_by_comment
from tests.yamltree.engine import source

NAMES = [row.name for row in ROWS]


def problems(text: str) -> list[YamlProblem]:
    """All that the reader, or who asks it about an unclosed expression, finds."""
    tree = parse(source(text))
    cut = [cut_by_comment(tree.source, node) for node in walk(tree.root) if isinstance(node, Scalar)]
    return [*tree.problems, *(problem for problem in cut if problem is not None)]


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_page_with_all_headings(name: str) -> None:
    assert list(all_pages()[name].sections()) == list(HEADINGS)


# Found by what knows the sections and keys of configs.
ABOVE_YAML = {"duplicate-key", "misread-alias"}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ABOVE_YAML])
def test_the_examples(name: str) -> None:
    page = all_pages()[name]
    for example in page.examples("Good"):
        assert problems(example.text) == []
    for example in page.examples("Bad"):
        (problem,) = problems(example.text)
        assert problem.rule == name
        for fix in problem.fixes:
            if fix.safe:
                assert apply_edits(example.text, fix.edits) == page.examples("Good")[0].text
