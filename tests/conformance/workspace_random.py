"""Random workspaces that make sense."""

from __future__ import annotations

from random import Random

from tests.conformance.workspace_flows import Declared, Maker, Workspace
from tests.conformance.workspace_live import LiveMaker


def make_workspace(random: Random, kinds: frozenset[str]) -> Workspace:
    """A workspace with flows of these kinds."""
    config = random.choice((".neuro", ".apolo"))
    made = Workspace(random.choice(("demo", "my-flow", "v1.2", "x.y.z", "Train")), config, seed=str(random.random()))
    suffix = random.choice((".yml", ".yml", ".yaml"))
    declared = Declared()
    if random.random() < 0.5:
        project, declared = Maker(random).project()
        made.trees[random.choice((f"{config}/project.yml", f"{config}/project.yml", f"{config}/project.yaml", "project.yml"))] = project
    if "live" in kinds:
        made.trees[f"{config}/live{suffix}"] = LiveMaker(random, declared).flow()
    return made
