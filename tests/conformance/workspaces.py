"""Random workspaces, undamaged and damaged, judged by the engine and by us.

``python -m tests.conformance.workspaces --count 2000 --damaged 5000`` makes fresh ones and prints the seed.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.conformance.differences import excused
from tests.conformance.workspace_damage import damage
from tests.conformance.workspace_flows import Workspace
from tests.conformance.workspace_judge import Disagreement, Judge
from tests.conformance.workspace_random import make_workspace
from tests.conformance.workspace_shrink import shrink

KINDS = frozenset({"live", "actions", "batch"})
"""What is made unless less is asked for."""


@dataclass
class Finding:
    """A disagreement, how often its like was met, and a smallest workspace that shows it."""

    disagreement: Disagreement
    workspace: Workspace
    seed: str
    done: str
    times: int = 1


@dataclass
class Tally:
    """What came of a run."""

    made: collections.Counter[str] = field(default_factory=collections.Counter)
    findings: dict[str, Finding] = field(default_factory=dict)


def one(seed: int, number: int, kinds: frozenset[str], damaged: bool) -> tuple[Workspace, str]:
    """The workspace of this number, and what was done to it."""
    luck = random.Random(f"{seed}.{number}.{damaged}")
    workspace = make_workspace(luck, kinds)
    return (workspace, "") if not damaged else damage(workspace, luck)


def run(seed: int, count: int, damaged: int, kinds: frozenset[str] = KINDS, *, seconds: float = float("inf"), minimal: bool = True) -> Tally:
    """Judge `count` workspaces as they are and `damaged` more, each damaged once; stop after `seconds`."""
    tally = Tally()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(Path(folder), Path(folder) / "actions")
        for number in range(count + damaged):
            if time.monotonic() > end:
                break
            hurt = number >= count
            workspace, done = one(seed, number, kinds, hurt)
            judgement = judge.judge(workspace)
            tally.made[f"{'damaged' if hurt else 'whole'}, {'refused' if judgement.refused else 'accepted'}"] += 1
            for disagreement in judgement.disagreements:
                if excused(workspace, disagreement):
                    tally.made["intended differences"] += 1
                elif disagreement.signature in tally.findings:
                    tally.findings[disagreement.signature].times += 1
                else:
                    tally.findings[disagreement.signature] = Finding(disagreement, workspace, f"{seed}.{number}", done)
        if minimal:
            for finding in tally.findings.values():
                finding.workspace, finding.disagreement = shrink(finding.workspace, finding.disagreement, judge)
        judge.engine.close()
    return tally


def report(finding: Finding) -> str:
    """A finding with its workspace, for people."""
    texts = finding.workspace.files()
    files = "".join(f"    --- {finding.workspace.name}/{name}\n" + "".join(f"    {line}\n" for line in text.splitlines()) for name, text in texts.items())
    done = f" ({finding.done})" if finding.done else ""
    return (
        f"## {finding.disagreement.signature}  x{finding.times}  [{finding.seed}]{done}\n  engine: {finding.disagreement.theirs[:600]}\n"
        f"  we:     {finding.disagreement.ours[:600]}\n{files}"
    )


def main() -> int:
    """Run fresh workspaces and print what differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--damaged", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--kinds", default=",".join(sorted(KINDS)), help="what is made; default: %(default)s")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    tally = run(seed, arguments.count, arguments.damaged, frozenset(arguments.kinds.split(",")), seconds=arguments.seconds)
    for finding in sorted(tally.findings.values(), key=lambda finding: -finding.times):
        print(report(finding))
    print(f"seed {seed}: {dict(sorted(tally.made.items()))}, {len(tally.findings)} kinds of disagreement")
    return 1 if tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
