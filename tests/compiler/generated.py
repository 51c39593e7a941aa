"""Random workspaces on disk, for what must hold of every compiled document."""

from __future__ import annotations

import random
from pathlib import Path

from flowlang.compiling import Compiled, compile_path
from flowlang.runs import Options
from flowlang.semantics import Environment
from tests.conformance.workspace_flows import FILES
from tests.conformance.workspace_random import make_workspace

KINDS = frozenset({"live", "actions", "batch"})


def put(folder: Path, seed: int) -> Path:
    """The workspace of this seed below `folder`; copies of remote actions lie in `folder`/actions. Gives its root."""
    workspace = make_workspace(random.Random(seed), KINDS)
    root = folder / workspace.name
    for name, text in {**FILES, **workspace.files()}.items():
        path = folder / name.removeprefix("../") if name.startswith("../") else root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return root


def options(root: Path, *, relocatable: bool = True, keep_going: bool = True) -> Options:
    """How such a workspace is compiled."""
    environment = Environment(project_name="p", cluster="c", bake_id="b")
    return Options(relocatable=relocatable, keep_going=keep_going, environment=environment, actions_dirs=(str(root.parent / "actions"),))


def compile_at(root: Path, *, relocatable: bool = True, keep_going: bool = True) -> Compiled:
    """What is compiled of the workspace at `root`."""
    return compile_path(str(root), options(root, relocatable=relocatable, keep_going=keep_going))
