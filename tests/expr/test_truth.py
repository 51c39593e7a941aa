"""What a condition can come to: nothing that happens is said to be impossible, and what is impossible is seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr import ALWAYS, Node, Record, Scope, Status, evaluate, parse_template
from flowlang.expr.guards import output_reads
from flowlang.expr.mismatch import RESULTS
from flowlang.expr.truth import FALSE, MARK, REST, TRUE, Condition, asks_for_results, constant_truth

ATOMS = st.sampled_from(
    (
        *("success()", "failure()", "always()", "success('a')", "failure('b')", "success('a', 'c')", "True", "False", "params.y"),
        *("needs.a.result == 'failed'", "needs['b'].result != 'skipped'", "'succeeded' == needs.a.result", "needs.a.result == needs.b.result"),
        *("params.x == 'p'", "params.x != 'q'", "'p' != params.x", "params['y'] == ''", "lower(params.x) == 'p'", "params.x == params.x", "len(params.y) > 0"),
    )
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda parts: st.one_of(
        st.tuples(parts, st.sampled_from(("and", "or")), parts).map(lambda made: f"({made[0]}) {made[1]} ({made[2]})"),
        st.tuples(parts, parts, parts).map(lambda made: f"({made[0]}) and ({made[1]}) or ({made[2]})"),
        st.tuples(parts, parts, parts).map(lambda made: f"({made[0]}) if ({made[1]}) else ({made[2]})"),
        parts.map(lambda part: f"not ({part})"),
    ),
    max_leaves=6,
)


def tree_of(text: str) -> Node:
    whole = parse_template(f"${{{{ {text} }}}}").whole
    assert whole is not None
    return whole.tree


def truth(text: str, results: dict[str, str], x: str, y: str) -> int:
    """What a condition comes to with all values known."""
    needs = {name: Record("need", {"result": Status(result), "outputs": {}}) for name, result in results.items()}
    value = evaluate(parse_template(f"${{{{ {text} }}}}"), Scope({"needs": needs, "params": {"x": x, "y": y}})).value
    return MARK if value is ALWAYS else TRUE if value else FALSE


@given(CONDITIONS, st.tuples(*[st.sampled_from(RESULTS)] * 3), st.sampled_from("pqz"), st.sampled_from(("", "v")))
@settings(max_examples=400, deadline=None)
def test_what_happens_is_never_said_to_be_impossible(text: str, results: tuple[str, str, str], x: str, y: str) -> None:
    tree = tree_of(text)
    happens = truth(text, dict(zip("abc", results, strict=True)), x, y)
    condition = Condition(tree)
    by_name = dict(zip("abc", results, strict=True))
    by_rest = {name: result for name, result in by_name.items() if name in condition.named}
    if len(by_rest) == 2:
        by_rest[REST] = next(result for name, result in by_name.items() if name not in condition.named)
        assert condition.outcomes(by_rest) & happens
    assert condition.outcomes(by_name) & happens
    assert condition.outcomes(None) & happens
    assert constant_truth(tree) in (None, happens != FALSE)
    known = Condition(tree, {"params.x": x, "params.y": y})
    assert known.outcomes(by_name) & happens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("params.x == 'a' and params.x == 'b'", False),
        ("params.x != 'a' or params.x != 'b'", True),
        ("params.x != 'a' and params.x != 'b'", None),
        ("params.x == 'a' or params.x == 'b'", None),
        ("params.x == params.x", True),
        ("needs.a.result == 'failed' and needs.a.result == 'skipped'", False),
        ("needs.a.result == 'failed' or needs.b.result == 'failed'", None),
        ("success() and failure()", False),
        ("success() or failure()", None),
        ("not success() or not failure()", True),
        ("success('a') and needs.a.result == 'failed'", False),
        ("needs.a.result == 'oops'", None),
        ("1 == 2", False),
        ("True or params.x", True),
        ("params.x and False", False),
        ("params.x", None),
        ("params.x > 'a' and params.x < 'a'", None),
        ("(params.x == 'a' if True else params.y) and params.x != 'a'", False),
        ("not not (params.x == 'a' and params.x == 'b')", False),
        ("- 1 == params.x", None),
    ],
)
def test_what_is_always_so(text: str, expected: bool | None) -> None:
    assert constant_truth(tree_of(text)) is expected


def test_a_condition_that_is_too_large_may_be_anything() -> None:
    many = " and ".join(f"params.p{number} == 'a'" for number in range(20))
    assert constant_truth(tree_of(f"{many} and params.p0 == 'b'")) is None
    deep = "not (params.x and " * 60 + "params.x" + ")" * 60
    assert constant_truth(parse_template(f"${{{{ {deep} }}}}").expressions[0].tree) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [("success()", True), ("needs.a.result == 'failed'", True), ("to_json(needs) != ''", True), ("needs.a.outputs.x == '1'", False), ("params.x", False)],
)
def test_whether_a_condition_asks_for_results(text: str, asks: bool) -> None:
    assert asks_for_results(tree_of(text)) is asks


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("needs.a.outputs.x", [("a", "x", False, None)]),
        ("needs['a'].outputs['x']", [("a", "x", False, None)]),
        ("needs.a.outputs.x if needs.a.result == 'succeeded' else needs.a.outputs.y", [("a", "x", True, None), ("a", "y", True, None)]),
        ("needs.a.outputs.x if success() else ''", [("a", "x", True, None)]),
        ("needs.a.outputs.x if needs.b.result == 'succeeded' else ''", [("a", "x", False, None)]),
        ("needs.a.outputs.x if needs.a.outputs.y else ''", [("a", "y", False, None), ("a", "x", False, None)]),
        ("success('a') and needs.a.outputs.x == '1'", [("a", "x", False, 1)]),
        ("success('b') and needs.a.outputs.x == '1'", [("a", "x", False, None)]),
        ("True and success() and lower(needs.a.outputs.x) and needs.a.outputs.y", [("a", "x", False, 2), ("a", "y", False, 3)]),
        ("needs.a.outputs.x == '1' and success()", [("a", "x", False, None)]),
        ("success() and (needs.a.outputs.x if success('a') else '')", [("a", "x", True, 1)]),
        ("[needs.a.outputs.x, needs.a.result, needs.a]", [("a", "x", False, None)]),
        ("needs[params.n].outputs.x", []),
    ],
)
def test_reads_of_outputs(text: str, reads: list[tuple[str, str, bool, int | None]]) -> None:
    found = list(output_reads(tree_of(text)))
    assert [(read.need, read.name, read.guarded, read.logic and read.logic.operand) for read in found] == reads
    assert all(f"${{{{ {text} }}}}"[read.start : read.end] == read.name for read in found)
