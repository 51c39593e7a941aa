"""Nothing crashes, nothing hangs, whatever a text is."""

from __future__ import annotations

import time

import pytest

from flowlang.expr import POISON, Budget, Scope, evaluate, parse_template
from flowlang.expr.operators import LimitError, binary

HUGE = {
    "parentheses": "${{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}",
    "open parentheses": "${{ " + "(" * 5_000_000,
    "sums": "${{ " + "1 + " * 1_000_000 + "1 }}",
    "items": "${{ [" + "1, " * 40_000 + "1 ] }}",
    "signs": "${{ " + "- " * 40_000 + "1 }}",
    "a string": "${{ '" + "x" * 5_000_000 + "' }}",
    "openers": "${{ " * 300_000,
    "shifts": "$<< a " * 200_000 + ">>",
    "quoted shifts": '$<<"' * 200_000 + ">>",
    "closers": "${{ " + "[1]] " * 100_000,
    "quotes": "${{ " + "' " * 200_000,
    "values": "${{ " + "a " * 90_000 + " }}",
    "stray characters": "${{ " + "@ " * 90_000 + " }}",
    "attributes": "${{ a" + ".b" * 40_000 + " }}",
    "line breaks": "${{" + "\n" * 500_000 + "}}",
    "commas": "${{ len(" + "," * 90_000 + ") }}",
    "questions": "${{ " + "a ? b : " * 20_000 + "c }}",
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_templates(name: str) -> None:
    begin = time.monotonic()
    template = parse_template(HUGE[name])
    evaluate(template, Scope({"a": 1}))
    assert time.monotonic() - begin < 20


@pytest.mark.parametrize(
    "expression",
    [
        "'a' * 1000000000",
        "[1] * 1000000000",
        "range(1000000000)",
        "fmt('{:>1000000000}', 1)",
        "'%1000000000d' % 1",
        "[[y for y in range(1000)] for x in range(100000)]",
        "replace('a' * 1000000, 'a', 'b' * 1000000)",
        "join('x' * 1000000, range(1000), True)",
        "[fmt('{0}{0}{0}{0}{0}{0}', x) for x in ['a' * 900000] ]",
    ],
)
def test_large_values_are_not_made(expression: str) -> None:
    begin = time.monotonic()
    outcome = evaluate(parse_template(f"${{{{ {expression} }}}}"), Scope())
    assert [problem.rule for problem in outcome.problems] == ["evaluation-limit"]
    assert outcome.value is POISON
    assert time.monotonic() - begin < 20


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (" + ".join(["1"] * 300), 300),
        ("- " * 400 + "1", 1),
        ("not " * 200 + "1", True),
        ("1 if False else " * 300 + "2", 2),
        ("[" + ", ".join(["1"] * 3000) + "]", [1] * 3000),
        ("'" + "x" * 200_000 + "'", "x" * 200_000),
    ],
)
def test_what_the_engine_reads_is_read(expression: str, expected: object) -> None:
    template = parse_template(f"${{{{ {expression} }}}}")
    assert template.problems == ()
    assert evaluate(template, Scope()) == (expected, (), ())


@pytest.mark.parametrize(("depth", "effect"), [(7, None), (8, "advice"), (11, "advice"), (12, "betrayed"), (65, "betrayed"), (9999, "betrayed")])
def test_nested_brackets(depth: int, effect: str | None) -> None:
    found = [problem.effective.value for problem in parse_template("${{ " + "(" * depth + "1" + ")" * depth + " }}").problems]
    assert found == ([effect] if effect else [])


_LARGE = "a" * 600_000


@pytest.mark.parametrize(
    ("op", "left", "right"),
    [
        ("*", 1 << 600_000, 1 << 600_000),
        ("*", _LARGE, 2),
        ("*", 2, _LARGE),
        ("*", [0] * 60_000, 2),
        ("+", [0] * 60_000, [0] * 60_000),
        ("+", _LARGE, _LARGE),
        ("%", "%20000d", 1),
        ("%", "%.20000f", 1.0),
        ("%", "%s" * 1000, "x" * 2000),
    ],
    ids=lambda value: value if value in ("*", "+", "%") else type(value).__name__,
)
def test_each_operator_knows_its_bound(op: str, left: object, right: object) -> None:
    with pytest.raises(LimitError):
        binary(op, left, right)


def test_a_text_of_several_parts_is_bounded() -> None:
    outcome = evaluate(parse_template("${{ 'a' * 600000 }}${{ 'a' * 600000 }}"), Scope())
    assert (outcome.value, [problem.rule for problem in outcome.problems]) == (POISON, ["evaluation-limit"])


def test_a_number_that_python_does_not_write() -> None:
    nines = "9" * 3000
    outcome = evaluate(parse_template(f"a${{{{ {nines} * {nines} }}}}"), Scope())
    assert [problem.rule for problem in outcome.problems] == ["evaluation-error"]


@pytest.mark.parametrize("expression", ["'a' * 5000", "len([x for x in range(3000)])"])
def test_with_nothing_left_only_what_is_small_is_computed(expression: str) -> None:
    """Large values, and what takes many steps to come to a small one."""
    budget = Budget()
    template = parse_template(f"${{{{ {expression} }}}}")
    assert evaluate(template, Scope(budget=budget)).problems == ()
    budget.steps = 0
    assert [problem.rule for problem in evaluate(template, Scope(budget=budget)).problems] == ["evaluation-limit"]
    assert evaluate(parse_template("${{ 1 + 1 }}"), Scope(budget=budget)).value == 2


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_float_that_is_no_whole_number(value: float) -> None:
    outcome = evaluate(parse_template("${{ int(params.x) }}"), Scope({"params": {"x": value}}))
    assert [problem.rule for problem in outcome.problems] == ["evaluation-error"]
