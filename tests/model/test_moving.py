"""Entries in another order: the same entries, each with its comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flowlang.model.moving import in_order, reordered
from flowlang.text import Source, apply_edits
from flowlang.yamltree import Mapping, parse


def moved(text: str, order: Sequence[int]) -> str | None:
    """The text with the entries under its first key in that order; None where there is no such fix."""
    source = Source("a.yml", text)
    root = parse(source).root
    assert isinstance(root, Mapping)
    fixes = reordered(source, root.pairs[0].value, order, "Move them")
    return apply_edits(text, (part.edit for part in fixes[0].edits)) if fixes else None


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("a:\n- x\n- y\n- z\n", [2, 0, 1], "a:\n- z\n- x\n- y\n"),
        ("a:\n- x\n- y\n- z\n", [0, 2, 1], "a:\n- x\n- z\n- y\n"),
        ("a:\n  # of x\n  - x  # x\n  - y: |\n      t\n\n    # of z\n  - z", [1, 2, 0], "a:\n  - y: |\n      t\n    # of z\n  - z\n\n  # of x\n  - x  # x\n"),
        ("a:\n- x\n\n# apart\n\n# of y\n- y\n\n- z\nb: 1\n", [1, 2, 0], "a:\n# of y\n- y\n\n# apart\n\n- z\n\n- x\nb: 1\n"),
        ("a:\r\n  x: 1 # x\r\n  y:\r\n    z: 2\r\nb: 3", [1, 0], "a:\r\n  y:\r\n    z: 2\r\n  x: 1 # x\r\nb: 3"),
        ("a:\n- # one\n  # two\n  x: 1\n- y: 2\n", [1, 0], "a:\n- y: 2\n- # one\n  # two\n  x: 1\n"),
        ("a: [x, {y: 1}, z]\n", [2, 1, 0], "a: [z, {y: 1}, x]\n"),
        ("a: {x: 1,\n  y: 2} # c\n", [1, 0], "a: {y: 2,\n  x: 1} # c\n"),
        ("a:\n- &x 1\n- y\n- *x\n", [1, 0, 2], None),  # an alias stands for what is elsewhere
        ("a:\n- k: &x 1\n- y\n- k: [*x]\n", [1, 0, 2], "a:\n- y\n- k: &x 1\n- k: [*x]\n"),
        ("a:\n- k: &x 1\n- y\n- k: [*x]\n", [2, 0, 1], None),
        ("a: [&x 1, y]\n", [1, 0], None),
        ("a:\n- - x\n- y\n", [1, 0], "a:\n- y\n- - x\n"),
        ("a:\n- x: |+\n    t\n\n- y\n", [1, 0], None),
        ("a:\n- x\n- y\n", [0, 1], None),
        ("a: text\n", [0], None),
    ],
)
def test_what_moves_and_what_stays(text: str, order: list[int], expected: str | None) -> None:
    assert moved(text, order) == expected


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, list[int]]:
    """A list or mapping with comments and empty lines, and an order for its entries."""
    number = draw(st.integers(2, 5))
    as_list, newline = draw(st.booleans()), draw(st.sampled_from(["\n", "\r\n"]))
    indent = " " * draw(st.integers(0 if as_list else 1, 3))
    lines = ["a:"]
    for at in range(number):
        lines += draw(st.lists(st.sampled_from(["", f"{indent}# above {at}", "# far left"]), max_size=2))
        body = draw(st.sampled_from([f"t{at}", f"{{k: {at}}}", f"|\n{indent}    line {at}\n\n{indent}    more", f'"q{at}"  # end']))
        lines += (f"{indent}- {body}" if as_list else f"{indent}k{at}: {body}").split("\n")
        lines += draw(st.lists(st.just(f"{indent}   # below {at}"), max_size=1)) if "|" not in body else []
    text = newline.join(lines) + draw(st.sampled_from(["", newline, f"{newline}b: 1{newline}"]))
    return text, draw(st.permutations(range(number)))


@given(lists())
def test_entries_move_and_nothing_is_lost(case: tuple[str, list[int]]) -> None:
    text, order = case
    after = moved(text, order)
    if after is None:
        assert list(order) == sorted(order)
        return
    before, now = yaml.safe_load(text), yaml.safe_load(after)
    entries = list(before["a"].items()) if isinstance(before["a"], dict) else before["a"]
    found = list(now["a"].items()) if isinstance(now["a"], dict) else now["a"]
    clipped = [repr(entry).replace("more\\n", "more") for entry in entries]  # the text at the end of a file may lack its break
    assert [repr(entry).replace("more\\n", "more") for entry in found] == [clipped[number] for number in order]
    assert now.get("b") == before.get("b")
    assert Counter(after.splitlines()) == Counter(text.splitlines())


def test_order() -> None:
    assert in_order({0: [1, 2], 1: [3], 2: [3], 3: []}) == [3, 1, 2, 0]
    assert in_order({0: [], 1: [], 2: [0]}) == [0, 1, 2]
    assert in_order({0: [1], 1: [0]}) is None
