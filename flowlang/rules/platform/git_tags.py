"""Facts of git that are not what they seem."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Attr, Binary, Call, Item, Literal, Lookup, Node, children
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis


class GitTagsEmpty(CheckedRule):
    """
    ## What it does

    Finds expressions that take `git.tags` for a list that may be empty.

    ## Why

    Where no tag points at the commit, `git.tags` is not `[]` but `['']`, a list of one empty text. Its
    length is never 0, it is always true, and its first item is an empty text, not a tag.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        env:
          RELEASE: ${{ 'yes' if len(git.tags) > 0 else 'no' }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        env:
          RELEASE: ${{ 'no' if git.tags == [''] else 'yes' }}
    ```

    ## Fix

    None: compare with `['']`.
    """

    name = "git-tags-empty"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such use, in expressions that do not compare with the empty text anywhere."""
        for leaf in file.leaves:
            if not isinstance(leaf.value, str) or "git" not in leaf.value or "tags" not in leaf.value:
                continue
            for part in leaf.template.expressions:
                if not any(_is_guard(node) for node in _below(part.tree)):
                    for found in _uses(part.tree):
                        message = "without a tag 'git.tags' is [''], not an empty list"
                        help = "compare it with [''], or its item with ''"
                        yield Diagnostic(cls.row(), leaf.source, leaf.place(found.start, found.end), message, help=help)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from _below(child)


def _is_tags(node: Node) -> bool:
    """Whether it is ``git.tags``, or an item of it."""
    if not isinstance(node, Lookup) or node.name != "git" or not node.trailers:
        return False
    first = node.trailers[0]
    return isinstance(first, Attr) and first.name == "tags" and all(isinstance(more, Item) for more in node.trailers[1:])


def _is_guard(node: Node) -> bool:
    """Whether it compares ``git.tags`` with the list of one empty text, or an item of it with the empty text."""
    if not isinstance(node, Binary) or node.op not in ("==", "!="):
        return False
    sides = (node.left, node.right)
    return any(_is_tags(side) for side in sides) and any(isinstance(text, Literal) and text.value == "" for side in sides for text in _below(side))


def _uses(node: Node) -> Iterator[Node]:
    """The lookups of ``git.tags`` but those that are joined, which gives an empty text as it should."""
    if isinstance(node, Call) and node.function == "join":
        return
    if _is_tags(node):
        yield node
    for child in children(node):
        yield from _uses(child)
