"""Time the commands against bare minimums, as ratios: ``python tests/bench/run.py``.

Each figure is the median over paired runs of whole processes: ours and the yardstick alternate, so
that whatever else the machine does meets both. The budgets are goals, not asserted anywhere.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.generate import write  # noqa: E402

_FLOWLINT = "import sys; from flowlang.cli.entry import flowlint; sys.argv[0] = 'flowlint'; sys.exit(flowlint())"
_COMPOSE = """
import sys, yaml
loader = getattr(yaml, "CLoader", yaml.Loader)
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        yaml.compose(file.read(), Loader=loader)
"""
_IMPORTS = "import click, yaml"


class Case(NamedTuple):
    """A command of ours, the yardstick, and the ratio to stay below."""

    name: str
    ours: Sequence[str]
    yardstick: Sequence[str]
    budget: float


def seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """Wall time of one process; ends the program when it fails in another way than by findings."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    elapsed = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} failed with {done.returncode}: {done.stderr.decode()}")
    return elapsed


def measure(case: Case, runs: int, environment: dict[str, str]) -> str:
    """One line: the median of the paired ratios and both medians."""
    pairs = [(seconds(case.ours, environment), seconds(case.yardstick, environment)) for _ in range(runs + 1)][1:]  # the first warms up
    ratio = statistics.median(ours / yardstick for ours, yardstick in pairs)
    ours, yardstick = (statistics.median(column) for column in zip(*pairs, strict=True))
    verdict = "ok" if ratio <= case.budget else "over budget"
    return f"{case.name:<34} {ratio:5.2f} x (budget {case.budget} x, {verdict})   {ours * 1000:7.1f} ms against {yardstick * 1000:7.1f} ms"


def main() -> None:
    """Measure all cases and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=9, help="paired runs of each case (default 9)")
    runs: int = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as compiled:
        # byte code is kept, as in an installation, whatever the surroundings say
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        paths = [str(path) for path in write(Path(folder))]
        size = sum(os.path.getsize(path) for path in paths)
        python = sys.executable
        cases = (
            Case("100 files, libyaml compose", [python, "-c", _FLOWLINT, "--jobs", "1", "--no-cache", *paths], [python, "-c", _COMPOSE, *paths], 8),
            Case("one file, import click and yaml", [python, "-c", _FLOWLINT, "--no-cache", paths[0]], [python, "-c", _IMPORTS], 2),
            Case("--version, import click and yaml", [python, "-c", _FLOWLINT, "--version"], [python, "-c", _IMPORTS], 0.5),
        )
        print(f"Python {sys.version.split()[0]}, {len(paths)} files of {size // len(paths)} bytes, medians of {runs} paired runs")
        for case in cases:
            print(measure(case, runs, environment))


if __name__ == "__main__":
    main()
