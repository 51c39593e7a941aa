"""Time the commands against yardsticks, as ratios: ``python tests/bench/run.py``; ``--write`` puts the table into ``docs/performance.md``.

Each figure is the median over paired runs of whole processes: ours and the yardstick alternate, so
that whatever else the machine does meets both. The targets are goals, not asserted anywhere. A row whose
yardstick is not there (zizmor, the engine, pygls) says so. `docs/performance.md` tells what to install.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.generate import batch, matrix, write, write_workflows  # noqa: E402

_PAGE = ROOT / "docs" / "performance.md"
_BEGIN, _END = "<!-- figures: written by tests/bench/run.py -->\n", "<!-- end of figures -->\n"

_FLOWLINT = "import sys; from flowlang.cli.entry import flowlint; sys.argv[0] = 'flowlint'; sys.exit(flowlint())"
_FLOWLANG = "import sys; from flowlang.cli.entry import flowlang; sys.argv[0] = 'flowlang'; sys.exit(flowlang())"
_COMPOSE = """
import sys, yaml
loader = getattr(yaml, "CLoader", yaml.Loader)
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        yaml.compose(file.read(), Loader=loader)
"""
_IMPORTS = "import click, yaml"
_ENGINE_PARSER = """
import sys
from pathlib import Path
from apolo_flow.parser import parse_batch, parse_live
for path in map(Path, sys.argv[1:]):
    (parse_live if path.stem == "live" else parse_batch)(path.parents[1], path)
"""
# The seconds are told by the process itself: importing the engine takes longer than building the flow.
_ENGINE_BUILD = """
import sys, time
from pathlib import Path
from tests.conformance.workspace_engine import Engine
engine, small, large = Engine(), *map(Path, sys.argv[1:3])
engine.judge(small, ".neuro")
begin = time.process_time()
engine.judge(large, ".neuro")
print(time.process_time() - begin)
"""
_OUR_BUILD = """
import gc, sys, time
from flowlang import compile
gc.set_threshold(100_000, 20, 20)  # as the command does
facts = dict(project_name="p", cluster="c", username="u", git_sha="a", git_branch="b", git_tags=["t"], bake_id="x")
compile(sys.argv[1], **facts)
begin = time.process_time()
assert compile(sys.argv[2], **facts).document is not None
print(time.process_time() - begin)
"""
# What the language server does between an edit and its diagnostics, without the protocol; told beside composing the file.
_EDIT = """
import gc, sys, time, yaml
from lsprotocol.types import TextDocumentContentChangeWholeDocument as Change
from flowlang.lsp.analyst import Analyst, State
from flowlang.lsp.documents import Document
gc.set_threshold(100_000, 20, 20)  # as the command does
path, text = sys.argv[1], open(sys.argv[1], encoding="utf-8").read()
texts = [text.replace("Generated flow", f"Generated flow {number}") for number in range(60)]
analyst, document = Analyst(), Document("file://" + path, 0, text, "yaml")
def edit(number):
    global document
    document = document.changed(number, [Change(texts[number])], None)
    checked = analyst.around(State({document.uri: document}), path)
    assert path in checked.diagnostics
for number in range(1, 20):
    edit(number)
begin = time.process_time()
for number in range(20, 60):
    edit(number)
between = time.process_time()
for number in range(20, 60):
    yaml.compose(texts[number].encode(), Loader=yaml.CLoader)
print((between - begin) / (time.process_time() - between))
"""
_NO_ZIZMOR = "zizmor is not installed"
_NO_ENGINE = "no `--engine-python` was given"


class Run(NamedTuple):
    """What one process took: seconds, of the clock and of the one that is asked for, the most memory in bytes, and what it printed."""

    clock: float
    seconds: float
    memory: int
    output: str


class Row(NamedTuple):
    """A line of the table: what was measured, the figure, its unit, the target if there is one, and both times in milliseconds where there are any.

    A `figure` of None was not measured; `times` says why.
    """

    name: str
    figure: float | None
    target: float | None
    unit: str = "×"
    times: str = ""

    @property
    def verdict(self) -> str:
        """Whether the figure is as good as the target; the one for cores is better when it is larger."""
        if self.target is None or self.figure is None:
            return ""
        met = self.figure >= self.target if self.unit == "× as fast" else self.figure <= self.target
        return "yes" if met else "**no**"


class Bench:
    """The files to measure with, and the processes that are measured."""

    def __init__(self, folder: Path, given: argparse.Namespace) -> None:
        self.folder = folder
        self.runs: int = given.runs
        self.cpu: bool = given.cpu
        self.engine: str | None = given.engine_python
        self.corpus: str | None = os.path.abspath(given.corpus) if given.corpus is not None else None
        files: int = given.files
        for name in ("few", "many", "workflows"):
            (folder / name).mkdir()
        (self.one,) = (str(path) for path in write(folder / "one", 1))
        self.few = [str(path) for path in write(folder / "few", 100)]
        write(folder / "many", files)
        self.many = str(folder / "many")
        self.files = files
        self.workflows = [str(path) for path in write_workflows(folder / "workflows", 100)]
        self.zizmor: str | None = given.zizmor or shutil.which("zizmor") or shutil.which("zizmor", path=os.path.dirname(sys.executable))
        # byte code is kept, as in an installation, whatever the surroundings say
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "FLOWLINT_CACHE_DIR": str(folder / "cache")}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(self, command: Sequence[str]) -> Run:
        """Run a process; ends the program when that fails in another way than by findings."""
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            begin = time.perf_counter()
            process = subprocess.Popen(command, env=self.environment, cwd=self.folder, stdout=output, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            errors.seek(0)
            if process.returncode not in (0, 1):
                sys.exit(f"{command[0]} failed with {process.returncode}: {errors.read().decode()}")
            return Run(
                seconds,
                usage.ru_utime + usage.ru_stime if self.cpu else seconds,
                usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
                output.read().decode(),
            )

    def pairs(self, ours: Callable[[], float], yardstick: Callable[[], float], runs: int) -> tuple[float, str]:
        """The median of the ratios, and both medians in words."""
        found = [(ours(), yardstick()) for _ in range(runs + 1)][1:]  # the first warms up
        mine, its = (statistics.median(column) * 1000 for column in zip(*found, strict=True))
        return statistics.median(one / other for one, other in found), f"{mine:,.0f} ms against {its:,.0f} ms"

    def against(self, name: str, ours: Sequence[str], yardstick: Sequence[str], target: float | None, runs: int | None = None) -> Row:
        """A row for two commands."""
        ratio, times = self.pairs(lambda: self.run(ours).seconds, lambda: self.run(yardstick).seconds, runs or self.runs)
        return Row(name, ratio, target, times=times)

    # --- what is measured -------------------------------------------------------------------

    def rows(self) -> Iterator[Row]:
        """All rows, measured one after the other."""
        python, lint = sys.executable, [sys.executable, "-c", _FLOWLINT]
        fresh, one_core = [*lint, "--no-cache", "--jobs", "1"], ["taskset", "-c", "0"] if shutil.which("taskset") else []
        imports, few = [python, "-c", _IMPORTS], max(3, self.runs // 3)
        yield self.against("`--version`, to `import click, yaml`", [*lint, "--version"], imports, 0.5)
        yield self.against("one file, to `import click, yaml`", [*fresh, self.one], imports, 1.6)
        yield self.against("100 files, to a bare libyaml compose", [*fresh, *self.few], [python, "-c", _COMPOSE, *self.few], 3.5)
        one, hundred = "one file, to zizmor on a workflow of its size", "100 files on one core, to zizmor on 100 workflows"
        if self.zizmor is not None:
            audit = [*one_core, self.zizmor, "--offline", "--no-progress", "--quiet"]
            yield self.against(one, [*one_core, *fresh, self.one], [*audit, self.workflows[0]], 1.7)
            yield self.against(hundred, [*one_core, *fresh, *self.few], [*audit, *self.workflows], 1.0)
        else:
            yield from (Row(name, None, target, times=_NO_ZIZMOR) for name, target in ((one, 1.7), (hundred, 1.0)))
        parsing = "100 files, to the engine's parser alone"
        if self.engine is not None:
            parser = [self.engine, "-c", _ENGINE_PARSER, *self.few]
            yield self.against(parsing, [*fresh, *self.few], parser, None, few)
        else:
            yield Row(parsing, None, None, times=_NO_ENGINE)
        if self.corpus is not None:
            flows = [str(path) for path in sorted(Path(self.corpus).rglob("*.y*ml")) if path.parent.name in (".neuro", ".apolo")]
            yield self.against(f"the corpus, {len(flows)} files", [*fresh, self.corpus], [python, "-c", _COMPOSE, *flows], None)
        yield self.second_run(few)
        yield self.cores(fresh, few)
        yield Row(f"memory at most, {self.files} files", self.run([*fresh, self.many]).memory / 1e6, 60, "MB")
        yield self.compiling(few)
        yield self.edit(few)
        yield from self.growth(fresh, few)

    def edit(self, runs: int) -> Row:
        """What the language server does after an edit; both are timed within one process, as the server has long started."""
        name = "an edit judged again by the language server, to a compose of the file"
        if importlib.util.find_spec("lsprotocol") is None:
            return Row(name, None, 5, times="pygls is not installed")
        return Row(name, statistics.median(float(self.run([sys.executable, "-c", _EDIT, self.one]).output) for _ in range(runs)), 5)

    def second_run(self, runs: int) -> Row:
        """Files that have not changed since the run before."""
        lint = [sys.executable, "-c", _FLOWLINT, "--jobs", "1", self.many]

        def first() -> float:
            shutil.rmtree(self.folder / "cache", ignore_errors=True)
            return self.run(lint).seconds

        # the yardstick comes first here: it writes the cache
        ratio, times = self.pairs(first, lambda: self.run(lint).seconds, runs)
        return Row(f"second run on {self.files} unchanged files, to the first", 1 / ratio, 0.1, times=" against ".join(reversed(times.split(" against "))))

    def cores(self, fresh: Sequence[str], runs: int) -> Row:
        """Two processes in place of one."""
        two = [*fresh[:-1], "2", self.many]
        ratio, times = self.pairs(lambda: self.run(two).clock, lambda: self.run([*fresh, self.many]).clock, runs)
        return Row(f"{self.files} files in two processes, to one", 1 / ratio, 1.6, "× as fast", times)

    def compiling(self, runs: int) -> Row:
        """A task with many rows, compiled; and built by the engine. Neither counts its imports: both take the same with few rows first."""
        name = "compiling a matrix of 256 rows, to the engine's time to build it"
        if self.engine is None:
            return Row(name, None, 0.05, times=_NO_ENGINE)
        small, large = self._workspace("small", matrix(16)), self._workspace("large", matrix(256))
        ours, theirs = [sys.executable, "-c", _OUR_BUILD, small, large], [self.engine, "-c", _ENGINE_BUILD, small, large]
        ratio, times = self.pairs(lambda: float(self.run(ours).output), lambda: float(self.run(theirs).output), runs)
        return Row(name, ratio, 0.05, times=times)

    def growth(self, fresh: Sequence[str], runs: int) -> Iterator[Row]:
        """Ten times as much."""
        import random

        more = self.folder / "more"
        write(more, self.files * 10)
        # each takes a minute or more, in which the machine may become faster or slower: the small set is measured before and behind it
        rounds = [[self.run([*fresh, folder]).seconds for folder in (self.many, str(more), self.many)] for _ in range(2)]
        shutil.rmtree(more)
        large, small = statistics.median(each[1] for each in rounds), statistics.median((each[0] + each[2]) / 2 for each in rounds)
        times = f"{large * 1000:,.0f} ms against {small * 1000:,.0f} ms"
        yield Row(f"{self.files * 10} files, to {self.files}", large / small, 10.5, times=times)

        short, long = (self._workspace(f"list{size}", batch(random.Random(1), size)) for size in (50_000, 500_000))
        yield self.against("a list of tasks ten times as long", [*fresh, long], [*fresh, short], 11, runs)

    def _workspace(self, name: str, text: str) -> str:
        folder = self.folder / name / ".neuro"
        folder.mkdir(parents=True)
        (folder / "train.yml").write_text(text, encoding="utf-8")
        return str(folder.parent)


def _shown(row: Row) -> str:
    figure = "not measured" if row.figure is None else f"{row.figure:.0f} {row.unit}" if row.unit == "MB" else f"{row.figure:.2f} {row.unit}"
    target = f"{'at least' if row.unit == '× as fast' else 'at most'} {row.target:g}" if row.target is not None else ""
    return f"| {row.name} | {figure} | {target} | {row.verdict} | {row.times} |"


def _write(lines: Sequence[str]) -> None:
    """Put the table in place of the one on the page."""
    text = _PAGE.read_text(encoding="utf-8")
    before, after = text[: text.index(_BEGIN) + len(_BEGIN)], text[text.index(_END) :]
    _PAGE.write_text(before + "\n" + "".join(f"{line}\n" for line in lines) + "\n" + after, encoding="utf-8")


def _besides(given: argparse.Namespace) -> str:
    """Which time is meant, and what else the machine does."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    busy = f" on a machine with {load:.0f} other processes at work" if load > 1 else ""
    return (", in the processor's time" if given.cpu else "") + busy


def main() -> None:
    """Measure all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=9, help="paired runs of each case, a third of them for the long ones (default 9)")
    parser.add_argument("--files", type=int, default=1000, help="files of the large set (default 1000)")
    parser.add_argument("--cpu", action="store_true", help="take the processor's time in place of the clock's, on a machine that does other things besides")
    parser.add_argument("--zizmor", metavar="COMMAND", help="zizmor, where it is neither on PATH nor beside this Python")
    parser.add_argument("--engine-python", metavar="PYTHON", help="a Python that has the engine (apolo-flow)")
    parser.add_argument("--corpus", metavar="FOLDER", help="a folder of flow projects to measure with as well")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), given)
        size = sum(os.path.getsize(path) for path in bench.few) // len(bench.few)
        lines = [
            f"Python {platform.python_version()}, {os.cpu_count()} cores, files of {size:,} bytes, medians of {given.runs} paired runs{_besides(given)}.",
            "",
            "| what | measured | target | met | |",
            "|---|---|---|---|---|",
        ]
        print("\n".join(lines))
        for row in bench.rows():
            lines.append(_shown(row))
            print(lines[-1], flush=True)
    if given.write:
        _write(lines)


if __name__ == "__main__":
    main()
