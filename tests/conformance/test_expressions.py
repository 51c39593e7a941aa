"""Random templates mean to us what they mean to the engine."""

from __future__ import annotations

import pytest

from tests.conformance.expression_differences import INTENDED

pytest.importorskip("apolo_flow", reason="the engine is not installed")

SEED, COUNT = 20_260_702, 3_000


@pytest.mark.filterwarnings("ignore")
def test_templates_are_judged_as_by_the_engine() -> None:
    from tests.conformance.expressions import run

    accepted, refused, found = run(SEED, COUNT)
    assert not found, "\n".join(f"{'task' if task else 'live'} {template!r}: {difference}" for template, task, difference in found)
    assert accepted + refused == COUNT
    assert min(accepted, refused) > COUNT // 4, "the generator makes too few of one kind"


def test_intended_differences_have_reasons() -> None:
    assert len({difference.reason for difference in INTENDED}) == len(INTENDED)
