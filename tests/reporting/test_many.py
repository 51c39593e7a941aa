"""Of very many findings alike the first are told, and how many more there are."""

from __future__ import annotations

from flowlang.runs import at_most
from flowlang.runs.report import MOST_ALIKE
from tests.reporting.make import FLOATING, UNKNOWN_IMAGE, found


def test_of_many_findings_alike_the_first_are_told() -> None:
    many = [found("key: value\n", "value", UNKNOWN_IMAGE, f"unknown image {number}") for number in range(MOST_ALIKE + 7)]
    other = found("key: value\n", "value", FLOATING)
    told, notes = at_most([*many, other])
    assert told == (*many[:MOST_ALIKE], other)
    assert notes == (f"{other.source.path}: 7 more findings of FL201 unknown-image",)
    assert at_most(many[:MOST_ALIKE]) == (tuple(many[:MOST_ALIKE]), ())
