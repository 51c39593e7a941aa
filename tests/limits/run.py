"""One workspace linted and compiled in one process under limits, as the commands do it; by hand, all or some cases:

``python -m tests.limits.run`` or ``python -m tests.limits.run WORD …`` (cases whose names hold one of the words).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20
"""Of processor time, for both commands together: other work on the machine does not count."""
MEMORY = 2 << 30
"""Bytes of address space."""

# Both commands in one process; what is printed at the end is the time, in seconds, that each took and the most memory used, in MiB.
_PROGRAM = """
import resource, sys, time
from flowlang.cli.programs import PROGRAMS
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
status = [PROGRAMS["flowlint"]().run([".", "--no-cache", "--format", "json", "-o", "lint.json"], "flowlint")]
linted = time.process_time()
status.append(PROGRAMS["flowlang"]().run(["compile", ".", "--keep-going", "-o", "compiled.json"], "flowlang"))
print(*status, round(linted, 1), round(time.process_time() - linted, 1), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""


class Outcome(NamedTuple):
    """How the process ended, and what it left: `rules` counts the findings by name, `flows` are those that were compiled."""

    statuses: tuple[int, ...]
    rules: Counter[str]
    flows: list[str]
    spent: str
    stderr: str

    @property
    def failed(self) -> bool:
        """Whether the process died, or a command did not end as it should."""
        return len(self.statuses) != 2 or max(self.statuses) > 1 or "internal-error" in self.rules


def judge(folder: Path) -> Outcome:
    """Lint and compile the workspace in `folder` in one process with the limits."""
    program = _PROGRAM.format(memory=MEMORY, seconds=SECONDS)
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    words = done.stdout.split()
    if done.returncode != 0 or len(words) != 5:
        return Outcome((done.returncode,), Counter(), [], "", done.stderr)
    if (int(words[0]), int(words[1])) > (1, 1):
        return Outcome((int(words[0]), int(words[1])), Counter(), [], "", done.stderr)
    rules = Counter(row["name"] for row in json.loads((folder / "lint.json").read_text("utf-8"))["diagnostics"])
    compiled = folder / "compiled.json"
    flows = sorted(json.loads(compiled.read_text("utf-8"))["flows"]) if compiled.exists() else []
    return Outcome((int(words[0]), int(words[1])), rules, flows, f"{words[2]} s, {words[3]} s, {words[4]} MiB", done.stderr)


def main(wanted: list[str]) -> None:
    """Print what becomes of the cases."""
    from tests.limits.cases import CASES

    for name, case in CASES.items():
        if wanted and not any(word in name for word in wanted):
            continue
        with tempfile.TemporaryDirectory() as folder:
            case.make(Path(folder))
            got = judge(Path(folder))
        missing = [told for told in case.told if told not in got.rules]
        print(f"{name}: {got.statuses} {got.spent} {dict(got.rules.most_common(4))} {got.flows}", flush=True)
        if got.failed or missing:
            print(f"    FAILED: {missing} {got.stderr[-400:]}")


if __name__ == "__main__":
    main(sys.argv[1:])
