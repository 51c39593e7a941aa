"""Which findings ignores accept is found rule by rule, in one go; each ignore asked about each finding says the same."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.diagnostics import rule
from flowlang.suppression.apply import _accepted, _Ignore
from flowlang.text import Span

RULES = [rule(name) for name in ("unknown-key", "missing-key", "unknown-image")]
PLACES = st.integers(0, 12)
SPANS = st.one_of(st.none(), st.tuples(PLACES, PLACES).map(lambda ends: Span(min(ends), max(ends))))
IGNORES = st.lists(st.tuples(st.sets(st.sampled_from(range(3)), min_size=1), SPANS, st.sampled_from([None, "a", "b", "c"])), max_size=8)


@given(st.lists(st.tuples(st.sampled_from(range(3)), PLACES), max_size=12), IGNORES)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_as_one_by_one(findings: list[tuple[int, int]], given: list[tuple[set[int], Span | None, str | None]]) -> None:
    found: list[Any] = [SimpleNamespace(rule=RULES[number], span=Span(at, at)) for number, at in findings]
    ignores = [
        _Ignore(SimpleNamespace(reason=reason), {str(number): RULES[number] for number in numbers}, span)  # type: ignore[arg-type, misc]
        for numbers, span, reason in given
    ]
    expected: dict[int, str | None] = {}
    used: list[set[str]] = [set() for _ in ignores]
    for number, each in enumerate(found):
        fitting = [
            place
            for place, ignore in enumerate(ignores)
            if each.rule in ignore.rules.values() and (ignore.covers is None or ignore.covers.start <= each.span.start <= ignore.covers.end)
        ]
        for place in fitting:
            used[place].add(each.rule.code)
        if fitting:
            expected[number] = next((ignores[place].directive.reason for place in reversed(fitting) if ignores[place].directive.reason), None)
    assert _accepted(found, ignores) == expected
    assert [ignore.used for ignore in ignores] == used
