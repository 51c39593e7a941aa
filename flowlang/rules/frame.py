"""What a rule is made of: its page, and for most rules one function."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from flowlang.diagnostics import Diagnostic, Rule, rule
from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.semantics import Analysis, FileAnalysis

HEADINGS = ("What it does", "Why", "Bad", "Good", "Fix")
"""The headings of every page, in this order."""

_FENCE = pattern(r"^```yaml[ ]?(?P<path>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)


class Example(NamedTuple):
    """One file of an example on a page."""

    path: str
    text: str


class RulePage:
    """A rule's page: its docstring, in Markdown, under the fixed headings.

    The files fenced under *Bad* make the finding when they are linted as one workspace, those
    under *Good* do not; the tests run them all. Problems that the reader, the schemas or the
    expressions find by themselves have a page and no function.
    """

    name: ClassVar[str]

    @classmethod
    def row(cls) -> Rule:
        """The rule's row in the catalogue."""
        return rule(cls.name)

    @classmethod
    def page(cls) -> str:
        """The page as Markdown."""
        import inspect

        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def sections(cls) -> dict[str, str]:
        """The page's text under each heading."""
        parts = re.split(r"^## (.+)$", cls.page(), flags=re.M)
        return {title.strip(): text.strip() for title, text in zip(parts[1::2], parts[2::2], strict=True)}

    @classmethod
    def examples(cls, heading: str) -> list[Example]:
        """The files fenced under a heading."""
        text = cls.sections().get(heading, "")
        return [Example(found["path"].strip() or ".neuro/live.yml", found["text"]) for found in _FENCE.finditer(text + "\n")]


class CheckedRule(RulePage):
    """A rule with a function of its own, asked about every file that is linted.

    Its module has a row in `flowlang.rules.table`. What stands in an action's file is met at each of
    its calls, from the flow that calls it; equal findings are made one.
    """

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Yield the findings in one file. May raise nothing but by a mistake of ours."""
        raise NotImplementedError


class ProjectRule(RulePage):
    """A rule with a function of its own, asked once about a whole project: what one file alone cannot tell.

    Its module has a row in `flowlang.rules.table`.
    """

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Yield the findings in all files. May raise nothing but by a mistake of ours."""
        raise NotImplementedError
