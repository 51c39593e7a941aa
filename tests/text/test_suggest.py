"""Suggestions: the word that was probably meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.text import closest, listing, quoted


@pytest.mark.parametrize(
    ("word", "allowed", "guess"),
    [
        ("trian", ["train", "test"], "train"),
        ("Train", ["train"], "train"),
        ("life-span", ["life_span", "lifespan"], "life_span"),
        ("x", ["y"], None),
        ("ab", ["a", "b"], "a"),
        ("image", ["images", "imagen"], "imagen"),
        ("completely", ["different"], None),
        ("", ["a"], None),
        ("a", [], None),
        ("preset", ["preset_name", "presets"], "presets"),
    ],
)
def test_closest(word: str, allowed: list[str], guess: str | None) -> None:
    assert closest(word, allowed) == guess


@given(st.text("abc_-", max_size=8), st.lists(st.text("abc_-", max_size=8), max_size=5))
def test_a_guess_is_allowed_and_does_not_depend_on_order(word: str, allowed: list[str]) -> None:
    guess = closest(word, allowed)
    assert guess is None or guess in allowed
    assert closest(word, reversed(allowed)) == guess
    if word and word in allowed:
        assert guess is not None


@pytest.mark.parametrize(("word", "shown"), [("a", "'a'"), ("a\nb", "'a\\nb'"), ("\x1b[0m", "'\\x1b[0m'"), ("é😀", "'é😀'"), ("", "''")])
def test_quoted(word: str, shown: str) -> None:
    assert quoted(word) == shown


def test_listing() -> None:
    assert listing([]) == ""
    assert listing(["b", "a"]) == "b, a"
    assert listing("abcde", most=3) == "a, b, c, and 2 more"
    assert listing("abc", most=3) == "a, b, c"
