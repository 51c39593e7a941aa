"""Random workspaces: what the engine builds and refuses, we build and refuse."""

from __future__ import annotations

import random
import sys

import pytest
import yaml

from tests.conformance.workspace_yaml import dump, meaning

pytest.importorskip("apolo_flow", reason="the engine is not installed (extra 'conformance', Python 3.11 or newer)")

from tests.conformance.workspace_random import make_workspace
from tests.conformance.workspaces import report, run

KINDS = frozenset({"live", "actions", "batch"})

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="the engine needs Python 3.11")


def test_trees_are_written_with_the_meaning_they_have() -> None:
    for seed in range(40):
        workspace = make_workspace(random.Random(seed), KINDS)
        for path, tree in workspace.trees.items():
            text = dump(tree, f"{workspace.seed}{path}")
            assert repr(yaml.safe_load(text)) == repr(meaning(tree)), text


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kinds", [frozenset({"live", "actions"}), frozenset({"batch", "actions"})], ids=["live", "batch"])
def test_whole_workspaces_are_built_alike(seed: int, kinds: frozenset[str]) -> None:
    tally = run(seed, 50, 0, kinds)
    assert tally.made["whole, accepted"] > 25
    assert not tally.findings, "\n".join(map(report, tally.findings.values()))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kinds", [frozenset({"live", "actions"}), frozenset({"batch", "actions"})], ids=["live", "batch"])
def test_damaged_workspaces_are_refused_alike(seed: int, kinds: frozenset[str]) -> None:
    tally = run(seed, 0, 100, kinds)
    assert tally.made["damaged, refused"] > 40
    assert not tally.findings, "\n".join(map(report, tally.findings.values()))
