"""Random documents, whole and damaged: the schemas and the engine's parser must agree on their structure."""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest

from tests.schemas.engine import refusal
from tests.schemas.generate import Generator, Site
from tests.schemas.rows import BASES, ROWS, UNKNOWN, with_value
from tests.schemas.values import At
from tests.schemas.vocabulary import KINDS, accepts

ROUNDS = int(os.environ.get("FLOWLANG_SCHEMA_ROUNDS", "150"))
SEED = int(os.environ.get("FLOWLANG_SCHEMA_SEED", "1"))

# The engine reads a list or mapping in place of such a scalar as '[]' or '{}', whatever is in it; the schemas refuse it.
BETRAYED = frozenset({"str", "image", "bash", "python", "bool", "enable", "primitive", "ref", "context-path"})


def taken_later(site: Site, done: str) -> bool:
    """What the parser takes and the engine refuses or betrays afterwards, in every use of the place."""
    if done in ("list", "mapping"):
        return site.kind == "scalar" and site.node.get("x-flow", {}).get("type") in BETRAYED
    # a null list that nothing is merged into fails when the job, task or image is built (rows in test_rows)
    return done == "null" and site.kind in ("list", "scalar") and site.path[-1] in ("build_args", "volumes", "tags", "port_forward")


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_schema_accepts_the_engine_accepts(kind: str) -> None:
    generator = Generator(kind, Random(f"good {kind} {SEED}"))
    for _ in range(ROUNDS):
        made = generator.document().value
        assert refusal(kind, made) is None, made


@pytest.mark.parametrize("kind", KINDS)
def test_both_see_the_same_damage(kind: str) -> None:
    generator = Generator(kind, Random(f"bad {kind} {SEED}"))
    for _ in range(ROUNDS):
        value, site, done = generator.damaged()
        refused, why = not accepts(kind, value), refusal(kind, value)
        if refused and why is None and taken_later(site, done):
            continue
        assert refused == (why is not None), (done, site.path, value, why)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_refuses_no_scalar_that_the_engine_takes(kind: str) -> None:
    generator = Generator(kind, Random(f"odd {kind} {SEED}"))
    for _ in range(ROUNDS):
        value, site, scalar = generator.surprised()
        if not accepts(kind, value) and not (scalar is None and taken_later(site, "null")):
            assert refusal(kind, value) is not None, (site.path, scalar, value)


@pytest.mark.parametrize(("base", "path", "good", "bad"), [pytest.param(*row, id=f"{row[0]}:{row[1]}") for row in ROWS])
def test_the_rows_tell_the_truth(base: str, path: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        # `$<<` is ours alone; an empty section written as false or zero is looked at after the parser
        if "$<<" not in str(value) and value is not False and value != 0:
            assert refusal(*with_value(base, path, value)) is None, value
    for item in bad:
        value = item.value if isinstance(item, At) else item
        lazy = isinstance(value, (list, dict)) or (value is None and path.endswith(("build_args", "volumes", "tags", "port_forward")))
        assert lazy or refusal(*with_value(base, path, value)) is not None, value


@pytest.mark.parametrize(("base", "more", "path"), UNKNOWN)
def test_the_engine_knows_no_other_keys_either(base: str, more: dict[str, Any], path: str) -> None:
    kind, document = BASES[base]
    assert refusal(kind, {**document, **more}) is not None
