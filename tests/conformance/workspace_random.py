"""Random workspaces that make sense."""

from __future__ import annotations

from random import Random

from tests.conformance.workspace_actions import ActionMaker
from tests.conformance.workspace_batch import BatchMaker
from tests.conformance.workspace_batch_actions import BatchActionMaker
from tests.conformance.workspace_flows import Declared, Maker, Workspace
from tests.conformance.workspace_live import LiveMaker


def make_workspace(random: Random, kinds: frozenset[str]) -> Workspace:
    """A workspace with flows of these kinds."""
    config = random.choice((".neuro", ".apolo"))
    made = Workspace(random.choice(("demo", "my-flow", "v1.2", "x-1.z", "Train", "demo2", "ünï")), config, seed=str(random.random()))
    suffix = random.choice((".yml", ".yml", ".yaml"))
    declared = Declared()
    if random.random() < 0.5:
        project, declared = Maker(random).project()
        made.trees[random.choice((f"{config}/project.yml", f"{config}/project.yml", f"{config}/project.yaml", "project.yml"))] = project
    actions = ActionMaker(random, made.trees, [0]) if "actions" in kinds else None
    if "live" in kinds:
        made.trees[f"{config}/live{suffix}"] = LiveMaker(random, declared, actions).flow()
    if "batch" in kinds:
        inner = BatchActionMaker(random, made.trees, [100]) if "actions" in kinds else None
        name = random.choice(("train", "big-batch", "x_1"))
        made.trees[f"{config}/{name}{suffix}"] = BatchMaker(random, declared, inner).flow()
    if random.random() < 0.05:
        # the flow folder that loses to the other, or the file that loses to the other
        shadowed = ".neuro/live.yml" if config == ".apolo" else f"{config}/project.yaml" if f"{config}/project.yml" in made.trees else ""
        made.trees.update({shadowed: {"kind": "live", "jobs": {"shadowed": {"image": "x"}}}} if shadowed else {})
    return made
