"""Whatever a workspace holds is judged within the limits, and what is too much is told in words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.limits.cases import CASES
from tests.limits.run import judge

if sys.platform == "win32":
    pytest.skip("limits of processes are those of POSIX", allow_module_level=True)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.often])
def test_too_much(tmp_path: Path, name: str) -> None:
    """Linted and compiled in one process within 20 s and 2 GB; ``python -m tests.limits.run`` tries all the others too."""
    case = CASES[name]
    case.make(tmp_path)
    got = judge(tmp_path)
    assert not got.failed, got
    assert set(case.told) <= set(got.rules)
    assert not case.told or "too-deep" in case.told or got.statuses[0] == 1
    assert "internal" not in got.stderr
