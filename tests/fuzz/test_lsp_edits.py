"""A short session of editing, and undoing: `lsp_edits` runs long ones."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(find_spec("lsprotocol") is None, reason="the language server's packages are not installed")

FIXTURES = Path(__file__).parents[2] / "fixtures" / "projects"


@pytest.mark.parametrize("seed", [1, 2])
def test_findings_after_each_edit_are_those_of_a_fresh_lint(tmp_path: Path, seed: int) -> None:
    from tests.fuzz.lsp_edits import play

    root = shutil.copytree(FIXTURES / "demo", tmp_path / "demo")
    assert play(root, 60, seed) == 60
