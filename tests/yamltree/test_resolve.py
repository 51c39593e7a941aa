"""Values of scalars: exactly what the engine's constructor makes."""

from __future__ import annotations

import datetime
import math

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.yamltree import Mapping, Scalar, Unresolvable, duplicate_keys, parse, reader, resolve
from tests.yamltree.engine import source


def ours(text: str) -> object:
    """The value of a plain scalar."""
    return resolve(Scalar(0, len(text), None, text, ""))


def engines(text: str, tag: str | None = None, implicit: tuple[bool, bool] = (True, False)) -> object:
    """What the engine makes of a plain scalar, or the exception it dies of."""
    loader = yaml.SafeLoader("")
    node = yaml.ScalarNode(tag or loader.resolve(yaml.ScalarNode, text, implicit), text)
    try:
        return loader.construct_document(node)
    except Exception as error:
        return error


def same(one: object, other: object) -> bool:
    """Same type, same value; a value that the engine fails to make is unresolvable."""
    if isinstance(other, Exception):
        return isinstance(one, Unresolvable)
    if type(one) is not type(other):
        return False
    return one == other or (isinstance(one, float) and math.isnan(one) and isinstance(other, float) and math.isnan(other))


TABLE: list[tuple[str, object]] = [
    ("", None),
    ("~", None),
    ("Null", None),
    ("nULL", "nULL"),
    ("yes", True),
    ("On", True),
    ("oN", "oN"),
    ("y", "y"),
    ("no", False),
    ("010", 8),
    ("08", "08"),
    ("0o10", "0o10"),
    ("0b11", 3),
    ("0x1F", 31),
    ("1_000", 1000),
    ("+5", 5),
    ("-5", -5),
    ("12:30", 750),
    ("2222:22", 133342),
    ("12:30:45", 45045),
    ("22:2222", "22:2222"),
    ("1.10", 1.1),
    ("1e3", "1e3"),
    ("1.0e3", "1.0e3"),
    ("1.0e+3", 1000.0),
    (".5", 0.5),
    ("1:30.5", 90.5),
    (".inf", math.inf),
    ("-.INF", -math.inf),
    ("2001-12-14", datetime.date(2001, 12, 14)),
    ("2001-12-14t21:59:43Z", datetime.datetime(2001, 12, 14, 21, 59, 43, tzinfo=datetime.timezone.utc)),
    ("-", "-"),
    (".", "."),
    ("${{ x }}", "${{ x }}"),
    ("99999999999999999999", 99999999999999999999),
]


@pytest.mark.parametrize(("text", "value"), TABLE)
def test_table(text: str, value: object) -> None:
    assert same(ours(text), value)
    assert same(ours(text), engines(text))


@pytest.mark.parametrize("text", ["<<", "=", "2001-99-99", "2001-02-30", "0b_", "0x_", "1" * 5000, "2001-01-01 25:00:00", "2001-01-01 00:00:00 +99:00"])
def test_what_the_engine_dies_of_is_unresolvable(text: str) -> None:
    value = ours(text)
    assert isinstance(value, Unresolvable)
    assert isinstance(engines(text), Exception)
    assert value.message
    assert len(value.message) < 120


_PIECES = st.sampled_from(
    [*"0123456789", *"+-._:eExXobTtZ~=<", "0x", "0b", "00", ".inf", ".nan", "12", "59", "60", "2001-", "-01", "yes", "No", "null", "on", "a", "é", " "]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=9).map("".join))
def test_any_plain_text(text: str) -> None:
    assert same(ours(text), engines(text))


_TAGS = ["str", "int", "float", "bool", "null", "timestamp", "binary", "seq", "map", "set", "omap", "pairs"]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_TAGS), st.one_of(st.lists(_PIECES, max_size=6).map("".join), st.sampled_from(["yes", "1", "1.5", "YWJj", ""])))
def test_explicit_tags(name: str, text: str) -> None:
    tag = f"tag:yaml.org,2002:{name}"
    assert same(resolve(Scalar(0, 0, tag, text, "'")), engines(text, tag))


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=5).map("".join), st.sampled_from(["", "\n"]))
def test_a_lone_exclamation_mark_resolves_like_a_plain_scalar(text: str, end: str) -> None:
    assert same(resolve(Scalar(0, 0, "!", text + end, "'")), engines(text + end))


def test_styles_other_than_plain_are_text() -> None:
    for style in ("'", '"', "|", ">"):
        assert resolve(Scalar(0, 0, None, "yes", style)) == "yes"


@pytest.mark.parametrize("text", ["0x" + "f" * 5000, "0b" + "1" * 20_000, "1" + ":59" * 3000, "1" * 5000])
def test_numbers_of_too_many_digits_are_none(text: str) -> None:
    assert isinstance(resolve(Scalar(0, len(text), None, text, "")), Unresolvable)


def test_unknown_tags_are_the_trees_business() -> None:
    assert resolve(Scalar(0, 0, "!foo", "12", "")) == "12"


def duplicates(text: str) -> list[tuple[str, str]]:
    """The texts of the keys that collide."""
    root = parse(source(text)).root
    assert isinstance(root, Mapping)
    return [(one.key.value, other.key.value) for one, other in duplicate_keys(root) if isinstance(one.key, Scalar) and isinstance(other.key, Scalar)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a: 1\nb: 2\na: 3\n", [("a", "a")]),
        ("a: 1\n'a': 2\n\"a\": 3\n", [("a", "a"), ("a", "a")]),
        ("1: a\non: b\n", [("1", "on")]),
        ("1: a\n'1': b\n", []),
        ("yes: a\ntrue: b\n1.0: c\n", [("yes", "true"), ("true", "1.0")]),
        ("~: a\nnull: b\n", [("~", "null")]),
        (".nan: a\n.NaN: b\n", [(".nan", ".NaN")]),  # one object in the engine, so one key
        ("010: a\n8: b\n", [("010", "8")]),
        ("2001-01-01: a\n2001-1-1 0:0:0: b\n", []),
        ("[a]: 1\n[a]: 2\n", []),
        ("=: 1\n'=': 2\n", []),
    ],
)
def test_duplicate_keys(text: str, pairs: list[tuple[str, str]]) -> None:
    assert duplicates(text) == pairs


def test_numbers_of_many_parts_are_not_even_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the base 60 each part is a multiplication of ever larger numbers."""

    class Computed(BaseException):
        pass

    def never(*_: object) -> object:
        raise Computed

    monkeypatch.setattr(reader, "construct", never)
    root = parse(source("1" + ":30" * 3000)).root
    assert isinstance(root, Scalar)
    assert isinstance(resolve(root), Unresolvable)
    with pytest.raises(Computed):
        resolve(Scalar(0, 4, None, "1:30", ""))
