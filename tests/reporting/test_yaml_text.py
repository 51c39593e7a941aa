from __future__ import annotations

import math
import random
from typing import Any

import pytest
import yaml

from flowlang.reporting.yaml_text import dump

LOADERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])

TEXTS = [
    "",
    "no",
    "Off",
    "~",
    "1",
    "1.10",
    "12:30",
    "0o7",
    "1e3",
    "-",
    "- a",
    "a: b",
    "a #b",
    "a\nb\n",
    " a",
    "a ",
    "'",
    '"',
    "\\",
    "\x00\x1b\x7f\x85",
    "\u2028\ufeff",
    "日本 \U0001f680",
    "#",
    "%a",
    "@a",
    "`",
    "{",
    "null",
    "=",
    "<<",
    "---",
    "...",
    "2001-12-14",
    "y",
    "a b(c) d",
    "http://x",
    "storage:a/b:/c:rw",
    "a:",
    "a: b",
    "a:  ",
    "a,b",
    "a=",
    "a:1",
    "a -b",
    "/a:b",
]
OTHERS = [0, -5, 1.0, 864000.0, 1e16, 1.5e300, 1e-7, math.inf, -math.inf, True, False, None]


def test_layout() -> None:
    document = {
        "version": 1,
        "empty": {},
        "none": None,
        "flows": {".neuro/live.yml": {"tags": ["flow:live", "x y"], "order": [["a", "b"], []], "items": [{"id": "a", "on": [1.5, True]}]}},
    }
    assert dump(document) == (
        "version: 1\n"
        "empty: {}\n"
        "none: null\n"
        "flows:\n"
        '  ".neuro/live.yml":\n'
        "    tags:\n"
        "      - flow:live\n"
        "      - x y\n"
        "    order:\n"
        "      - - a\n"
        "        - b\n"
        "      - []\n"
        "    items:\n"
        "      - id: a\n"
        '        "on":\n'
        "          - 1.5\n"
        "          - true\n"
    )


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("value", [*TEXTS, *OTHERS])
def test_scalars_come_back(loader: Any, value: object) -> None:
    document = {"a": value, "b": [value, {"c": value}], "d": {str(value): 1}}
    assert yaml.load(dump(document), Loader=loader) == document


def test_not_a_number() -> None:
    assert math.isnan(yaml.safe_load(dump({"a": math.nan}))["a"])


def test_any_document_comes_back() -> None:
    chance = random.Random(2)

    def make(depth: int) -> Any:
        kind = chance.randrange(6 if depth else 4)
        if kind == 5:
            return {make_text(): make(depth - 1) for _ in range(chance.randrange(4))}
        if kind == 4:
            return [make(depth - 1) for _ in range(chance.randrange(4))]
        return (make_text(), chance.randrange(-99, 99), chance.random() * 10 ** chance.randrange(-20, 20), None)[kind]

    def make_text() -> str:
        return "".join(chance.choice("ab:-=,(1/ #'\"\n\t\\{}[],&*!|>%@`é日\x01") for _ in range(chance.randrange(6)))

    for _ in range(500):
        document = {"root": make(4)}
        assert yaml.safe_load(dump(document)) == document
