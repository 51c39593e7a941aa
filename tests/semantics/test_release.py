"""What was judged is free at once: nothing of it waits for Python's search for cycles."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from flowlang.linting import lint
from flowlang.runs import Options
from tests.bench.generate import write

_FIXTURES = Path(__file__).parents[2] / "fixtures" / "projects"


def _left(path: Path) -> list[str]:
    """The types of our objects that are in cycles after a run."""
    lint((str(path),), Options())  # what is made once stays
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        lint((str(path),), Options())
        gc.collect()
        return sorted({type(found).__name__ for found in gc.garbage if type(found).__module__.startswith("flowlang")})
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="counts references")
@pytest.mark.parametrize("path", sorted(_FIXTURES.iterdir()), ids=lambda path: path.name)
def test_nothing_of_a_fixture_is_left_in_cycles(path: Path) -> None:
    assert _left(path) == []


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="counts references")
def test_nothing_of_generated_flows_is_left_in_cycles(tmp_path: Path) -> None:
    write(tmp_path, 4)
    assert _left(tmp_path) == []
