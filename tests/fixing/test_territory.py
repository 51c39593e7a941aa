"""Which files fixes may change: those of the workspaces given whole, or the files given, and no others."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from flowlang.fixing import Territory
from flowlang.project import Workspace
from flowlang.runs import Target


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path.resolve() / "demo"
    (root / ".neuro").mkdir(parents=True)
    for name in ("demo/.neuro/live.yml", "demo/.neuro/b.yml", "demo/act.yml", "demo2.yml", "other.yml"):
        (tmp_path / name).write_text("kind: live\n")
    return root


def test_what_lies_outside_of_a_workspace_is_left_and_told(root: Path) -> None:
    territory = Territory([Target(Workspace(str(root), str(root / ".neuro")), None)])
    assert [territory.allows(str(root / name)) for name in (".neuro/live.yml", "act.yml")] == [True, True]
    outside = [str(root.parent / name) for name in ("other.yml", "demo2.yml")]
    assert [territory.allows(path) for path in outside] == [False, False]
    assert territory.left == dict.fromkeys(outside, "it lies outside the workspace")


def test_beside_files_that_are_given_no_others_are_touched(root: Path) -> None:
    """That goes without saying."""
    live = str(root / ".neuro" / "live.yml")
    territory = Territory([Target(Workspace(str(root), str(root / ".neuro")), (live,))])
    assert [territory.allows(path) for path in (live, str(root / ".neuro" / "b.yml"), str(root / "act.yml"))] == [True, False, False]
    assert territory.left == {}


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
def test_a_config_folder_that_is_a_link_is_part_of_its_workspace(root: Path, tmp_path: Path) -> None:
    (root / ".neuro").rename(tmp_path / "configs")
    (root / ".neuro").symlink_to(tmp_path / "configs")
    territory = Territory([Target(Workspace(str(root), str(root / ".neuro")), None)])
    assert territory.allows(str((tmp_path / "configs" / "live.yml").resolve()))
