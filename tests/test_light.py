"""Our named tuples and cached properties are those of the standard library, as far as they are used."""

from __future__ import annotations

import pickle

import pytest

from flowlang.light import NamedTuple, cached_property


class Pair(NamedTuple):
    """Two things."""

    left: int
    right: "list[Missing]" = []  # type: ignore[name-defined]  # noqa: F821, RUF012, UP037  annotations stay unread

    @property
    def turned(self) -> tuple[object, int]:
        """The other way round."""
        return self.right, self.left

    @classmethod
    def of(cls, left: int) -> Pair:
        """One of them."""
        return cls(left)


class Holder:
    """Counts what it computes."""

    def __init__(self) -> None:
        self.asked = 0

    @cached_property
    def answer(self) -> int:
        """What is computed once."""
        self.asked += 1
        return 42


def test_a_named_tuple_is_a_tuple_with_names() -> None:
    pair = Pair(1, [2])
    left, right = pair
    assert (left, right) == (pair.left, pair.right) == pair == (1, [2])
    assert pair.turned == ([2], 1)
    assert Pair.of(3) == (3, [])
    assert pair._replace(left=4) == (4, [2])
    assert (pair._asdict(), Pair._fields, Pair._field_defaults) == ({"left": 1, "right": [2]}, ("left", "right"), {"right": []})
    assert repr(pair) == "Pair(left=1, right=[2])"
    assert Pair.__doc__ == "Two things."
    assert pickle.loads(pickle.dumps(pair)) == pair
    with pytest.raises(TypeError, match="left"):
        Pair()  # type: ignore[call-arg]


def test_a_cached_property_is_computed_once_and_can_be_cleared() -> None:
    holder = Holder()
    assert (holder.answer, holder.answer, holder.asked) == (42, 42, 1)
    assert vars(holder)["answer"] == 42
    vars(holder).pop("answer")
    assert (holder.answer, holder.asked) == (42, 2)
    assert Holder.answer.__doc__ == "What is computed once."
