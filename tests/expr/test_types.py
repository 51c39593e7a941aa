"""The lattice of types agrees with what operators do to values of those types."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from flowlang.expr import ALWAYS, Record, Status, StrSet, Uri, type_of
from flowlang.expr import operators as ops
from flowlang.expr import types as t

SAMPLES: dict[str, list[object]] = {
    "none": [None],
    "bool": [True],
    "int": [2],
    "float": [1.5],
    "str": ["ab", "%s", "", "1"],
    "status": [Status("failed")],
    "path": [Path("/a")],
    "remote-path": [PurePosixPath("/a")],
    "uri": [Uri("storage:a")],
    "list": [[1], [], ["ab"], [["a", "b"]]],
    "mapping": [{"a": 1}, {}],
    "set": [StrSet({"ab"}), StrSet()],
    "object": [Record("multi", {"suffix": "x"})],
    "mark": [ALWAYS],
}


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(t.KINDS)
    assert all(type_of(value).kinds == {kind} for kind, values in SAMPLES.items() for value in values)


@pytest.mark.parametrize("op", ["+", "-", "*", "/", "%", "|", "<", "<=", ">", ">="])
def test_binary_operators(op: str) -> None:
    pytest.importorskip("yarl")
    for left_kind, lefts in SAMPLES.items():
        for right_kind, rights in SAMPLES.items():
            made = t.binary(op, t.Type.of(left_kind), t.Type.of(right_kind))
            for left in lefts:
                for right in rights:
                    try:
                        value = ops.binary(op, left, right)
                    except (TypeError, AttributeError, ValueError, ArithmeticError):
                        continue
                    # A format without fields gives the text itself, be it a status.
                    kinds = t.STR.kinds if isinstance(value, str) else type_of(value).kinds
                    assert kinds <= made.kinds, (op, left, right, value)


@pytest.mark.parametrize("op", ["not", "+", "-"])
def test_unary_operators(op: str) -> None:
    for kind, values in SAMPLES.items():
        for value in values:
            try:
                made = ops.unary(op, value)
            except TypeError:
                continue
            assert type_of(made).kinds <= t.unary(op, t.Type.of(kind)).kinds


def test_words() -> None:
    assert t.ANY.words == "any value"
    assert t.PRIMITIVE.words == "a number or text"
    assert (t.STR | t.NONE).words == "None or text"
    assert (t.list_of(t.STR) | t.list_of(t.INT)).item == t.STR | t.INT
    assert (t.list_of(t.STR) | t.NONE).item == t.STR
    assert t.list_of(t.ANY).item is None
