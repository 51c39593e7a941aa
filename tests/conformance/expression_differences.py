"""Where we differ from the engine on purpose, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from flowlang.expr import Problem
from tests.conformance.expression_engine import Verdict


class Difference(NamedTuple):
    """One intended difference: why, and how a case of it is told."""

    reason: str
    holds: Callable[[str, Verdict, Verdict, tuple[Problem, ...]], bool]


def _rules(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.rule for problem in problems}


INTENDED = (
    Difference(
        "the order of a set's items is undefined in the engine, ours is sorted",
        lambda template, theirs, mine, problems: theirs.ok and mine.ok and "tags" in template and sorted(theirs.text) == sorted(mine.text),
    ),
    Difference(
        "the engine hands out Python's attributes in formats",
        lambda template, theirs, mine, problems: not mine.ok and any("attributes or items" in problem.message for problem in problems),
    ),
    Difference(
        "the engine hands out methods of its own classes",
        lambda template, theirs, mine, problems: bool(re.search(r"with_action", template)),
    ),
    Difference(
        "values beyond our bounds are not computed",
        lambda template, theirs, mine, problems: "evaluation-limit" in _rules(problems),
    ),
    Difference(
        "what a running job is like is not known before it runs",
        lambda template, theirs, mine, problems: "inspect_job" in template,
    ),
    Difference(
        "the engine prints the mark of 'always()' with its place in memory",
        lambda template, theirs, mine, problems: "object at 0x" in theirs.text,
    ),
    Difference(
        "an operator as the name of a context fails in the engine only when it is evaluated",
        lambda template, theirs, mine, problems: bool(re.search(r"\b(or|and|not)\b", template)) and "expr-syntax" in _rules(problems),
    ),
)


def excused(template: str, theirs: Verdict, mine: Verdict, problems: tuple[Problem, ...]) -> bool:
    """Whether a difference is one of those that are meant."""
    return any(difference.holds(template, theirs, mine, problems) for difference in INTENDED)
