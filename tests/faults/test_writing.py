"""Fixes written while the disk fails, or the run is ended: every file is the old one or the new one, whole, and what was not fixed is told."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from flowlang.cli.program import Wrong
from flowlang.disk import write_file
from flowlang.fixing import holding
from flowlang.signals import unbroken
from tests.audit import watched
from tests.cli.conftest import ROOT, script
from tests.faults.world import FLOWS, ended_well, flowlang, flowlint, project, texts

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="processes of POSIX")
STEPS = frozenset({"tempfile.mkstemp", "open", "os.chmod", "os.chown", "os.rename"})


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, in the working directory."""
    root = project(tmp_path)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The texts after all fixes."""
    root = project(tmp_path_factory.mktemp("fixed"))
    assert flowlint("--fix", str(root)).exit_code == 0
    return texts(root)


class Writing:
    """Watches the steps in which a run writes below a folder; does something at one of them."""

    def __init__(self, root: Path, step: int, act: Callable[[], object], events: frozenset[str] = STEPS) -> None:
        self.root = str(root)
        self.step = step
        self.act = act
        self.events = events
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in self.events or (event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if isinstance(arguments[0], int) or str(arguments[0]).startswith(self.root):
            self.seen.append(event)
            if len(self.seen) - 1 == self.step:
                self.act()


def whole(root: Path, before: dict[str, bytes], fixed: dict[str, bytes]) -> dict[str, bool]:
    """Whether each flow is the new one; it is the old one otherwise, and nothing else is there."""
    after = texts(root)
    assert set(after) == set(before)
    assert all(after[name] == before[name] for name in before if name not in FLOWS)
    assert all(after[name] in (before[name], fixed[name]) for name in FLOWS)
    return {name: after[name] == fixed[name] for name in FLOWS}


def _failing(number: int) -> Callable[[], object]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_step_of_writing_that_fails(root: Path, fixed: dict[str, bytes], number: int) -> None:
    """The file is left alone, that is told, and the others are written."""
    before = texts(root)
    watching = Writing(root, -1, lambda: None)
    with watched(watching):
        flowlint("--fix")
    steps = len(watching.seen)
    assert steps >= 8
    for step in range(steps):
        for name, data in before.items():
            Path(name).write_bytes(data)
        with watched(Writing(root, step, _failing(number))):
            result = flowlint("--fix")
        ended_well(result)
        done = whole(root, before, fixed)
        (left,) = (name for name in FLOWS if not done[name])
        assert result.exit_code == 1
        assert f"note: {left} was not fixed: it cannot be written: {os.strerror(number).lower()}\n" in result.stderr, result.output
        assert f"{left}:" in result.stdout, "what remains is reported"
        assert "fixed 1 finding in 1 file\n" in result.stdout


def test_ctrl_c_in_any_step(root: Path, fixed: dict[str, bytes]) -> None:
    before = texts(root)

    def interrupt() -> None:
        raise KeyboardInterrupt

    done: list[dict[str, bool]] = []
    for step in range(100):
        for name, data in before.items():
            Path(name).write_bytes(data)
        watching = Writing(root, step, interrupt)
        with watched(watching):
            result = flowlint("--fix")
        if step >= len(watching.seen):
            break
        ended_well(result, (130,))
        done.append(whole(root, before, fixed))
    assert {sum(each.values()) for each in done} == {0, 1}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes of POSIX")
def test_a_run_that_is_killed_at_any_step(root: Path, fixed: dict[str, bytes]) -> None:
    """What it may leave beside the files is no config; the next run makes all fixes."""
    before = texts(root)
    number: set[int] = set()
    flowlint()  # so that the processes have all that they need
    for step in range(100):
        for name, data in before.items():
            Path(name).write_bytes(data)
        child = os.fork()
        if child == 0:
            watching = Writing(root, step, lambda: os.kill(os.getpid(), signal.SIGKILL), STEPS | {"os.remove"})
            with watched(watching):
                flowlint("--fix")
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        after = texts(root)
        assert all(after[name] in (before[name], fixed[name]) for name in FLOWS)
        assert all(name.startswith(".neuro/.") and name.endswith(".tmp") for name in after.keys() - before.keys())
        number.add(sum(after[name] == fixed[name] for name in FLOWS))
        ended_well(flowlint("--fix"), (0,))
        assert {name: data for name, data in texts(root).items() if name in before} == fixed
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    assert number == {0, 1, 2}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_asked_to_end_leaves_nothing_behind(root: Path, fixed: dict[str, bytes], number: int) -> None:
    """What it has begun with a file it ends; then it ends as asked."""
    before = texts(root)
    flowlint()  # so that the processes have all that they need
    done: list[int] = []
    for step in range(100):
        for name, data in before.items():
            Path(name).write_bytes(data)
        child = os.fork()
        if child == 0:
            signal.signal(number, signal.SIG_DFL)  # in the background of a script it may be ignored
            with watched(Writing(root, step, lambda: os.kill(os.getpid(), number), STEPS | {"os.remove"})):
                flowlint("--fix")
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        done.append(sum(whole(root, before, fixed).values()))
        if status == 0:
            break
        assert os.WTERMSIG(status) == number
    assert sorted(set(done)) == [1, 2]


@POSIX
def test_an_output_is_written_or_not_when_a_run_is_asked_to_end(root: Path) -> None:
    before = texts(root)
    child = os.fork()
    if child == 0:
        with watched(Writing(root, 0, lambda: os.kill(os.getpid(), signal.SIGTERM), frozenset({"os.rename"}))):
            flowlint("-o", "report")
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGTERM
    assert set(texts(root)) == {*before, "report"}


def test_signals_that_a_program_has_taken_itself_are_left_to_it() -> None:
    came: list[int] = []
    usual = signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    try:
        with unbroken():
            signal.raise_signal(signal.SIGTERM)
            assert came == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, usual)


def test_what_killed_runs_have_left_is_taken_away(root: Path) -> None:
    """After an hour; nothing that is anybody else's."""
    old, young, others = (root / ".neuro" / name for name in (".live.yml.flowlang-a_3xyz09.tmp", ".b.yml.flowlang-12345678.tmp", ".live.yml.original.tmp"))
    for path in (old, young, others):
        path.write_text("kind: live\n")
    for path in (old, others):
        os.utime(path, (0, 0))
    flowlint("--fix")
    assert [path.exists() for path in (old, young, others)] == [False, True, True]


def test_a_folder_that_cannot_be_listed_can_be_written_to(root: Path, fixed: dict[str, bytes]) -> None:
    with watched(Writing(root, 0, _failing(errno.EACCES), frozenset({"os.scandir"}))):
        write_file(FLOWS[0], fixed[FLOWS[0]])
    assert Path(FLOWS[0]).read_bytes() == fixed[FLOWS[0]]


def test_other_threads_write_as_well(root: Path) -> None:
    """They may not say what is done about signals."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(write_file, FLOWS[0], b"new").result()
    assert Path(FLOWS[0]).read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs rights to give files away")
def test_a_file_keeps_its_owner(root: Path) -> None:
    os.chown(FLOWS[0], 54321, 54322)
    assert flowlint("--fix", FLOWS[0]).exit_code == 0
    found = os.stat(FLOWS[0])
    assert (found.st_uid, found.st_gid) == (54321, 54322)


def test_the_disk_has_the_new_content_before_it_takes_the_place_of_the_old(root: Path, fixed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash of the system leaves the one or the other: each file is complete on the disk when it is put in place."""
    steps: list[tuple[str, int, int]] = []
    fsync, replace = os.fsync, os.replace

    def synced(number: int) -> None:
        found = os.fstat(number)
        steps.append(("fsync", found.st_ino, found.st_size))
        fsync(number)

    def replaced(source: str, target: str) -> None:
        found = os.stat(source)
        steps.append(("replace", found.st_ino, found.st_size))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    flowlint("--fix")
    for name in FLOWS:
        number, size = os.stat(name).st_ino, len(fixed[name])
        assert [step for step in steps if step[1] == number] == [("fsync", number, size), ("replace", number, size)]
    steps.clear()
    flowlint("--fix", "-o", "report")
    assert [name for name, *_ in steps] == ["fsync", "replace"]


@pytest.mark.skipif(sys.platform == "win32", reason="names of Linux are counted in bytes")
def test_a_name_that_is_as_long_as_a_name_can_be(root: Path) -> None:
    name = root / ".neuro" / f"{'😀' * 62}.yml"
    name.write_bytes((root / FLOWS[0]).read_bytes())
    result = flowlint("--fix", str(name))
    assert (result.exit_code, result.stderr) == (0, "")


_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
from flowlang.cli.programs import PROGRAMS
sys.exit(PROGRAMS["{program}"]().run({arguments!r}, "{program}"))
"""


def _limited(program: str, *arguments: str, most: int, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command that cannot write files of more than so many bytes."""
    code = _LIMITED.format(most=most, program=program, arguments=list(arguments))
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False, timeout=300)


@POSIX
def test_files_that_may_not_be_so_large(root: Path) -> None:
    """A limit of the process, in place of a disk that is full after some bytes."""
    before = texts(root)
    done = _limited("flowlint", "--fix", most=40)
    assert done.returncode == 1, done.stderr
    assert [line for line in done.stderr.splitlines() if "was not fixed" in line] == [
        f"note: {name} was not fixed: it cannot be written: file too large" for name in (".neuro/b.yml", ".neuro/live.yml")
    ]
    assert "found 2 errors" in done.stdout
    assert texts(root) == before

    for arguments in (("flowlint", "--write-baseline", "accepted.json"), ("flowlint", "-o", "accepted.json"), ("flowlang", "compile", "-o", "accepted.json")):
        done = _limited(*arguments, most=10)
        assert (done.returncode, done.stdout) == (1 if "compile" in arguments else 2, ""), done.stderr
        assert "compile" in arguments or "error: cannot write 'accepted.json': file too large\n" in done.stderr
        assert texts(root) == before


@POSIX
def test_a_cache_that_may_not_be_so_large(root: Path, tmp_path: Path) -> None:
    usual = flowlint()
    done = _limited("flowlint", most=10, FLOWLINT_CACHE_DIR=str(tmp_path / "cache"))
    assert (done.returncode, done.stdout, done.stderr) == (usual.exit_code, usual.stdout, "")
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A project on a disk of its own that has no room left."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)], capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no file system can be mounted here")
    try:
        root = project(place)
        with pytest.raises(OSError, match="No space"):
            (root / "filler").write_bytes(b"x" * 100_000)
        yield root
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_full_disk(full: Path, tmp_path: Path) -> None:
    before = texts(full)
    result = script("flowlint", "--fix", "--no-cache", cwd=full)
    assert result.returncode == 1
    assert b"note: .neuro/live.yml was not fixed: it cannot be written: no space left on device\n" in result.stderr
    assert b"found 2 errors" in result.stdout
    cached = script("flowlint", cwd=full, env={"FLOWLINT_CACHE_DIR": str(full / "cache")})
    assert (cached.returncode, cached.stderr) == (1, b"")
    assert texts(full) == before
    written = script("flowlint", "-o", "accepted.json", cwd=full, env={"FLOWLINT_CACHE_DIR": ""})
    assert (written.returncode, written.stderr) == (2, b"error: cannot write 'accepted.json': no space left on device\n")
    assert texts(full) == before


@POSIX
def test_runs_that_fix_the_same_files_at_the_same_time(root: Path, fixed: dict[str, bytes]) -> None:
    code = "import sys; sys.stdin.read(1); from flowlang.cli.entry import flowlint; sys.argv = ['flowlint', '--fix', '--no-cache']; sys.exit(flowlint())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("x")
        run.stdin.flush()
    for run in runs:
        out, errors = run.communicate(timeout=300)
        assert run.returncode in (0, 1), errors
        # who comes too late says so and leaves what the other has written
        assert all(line.endswith("was not fixed: it has changed on the disk since it was read") for line in errors.splitlines()), errors
        assert "no problems found in 5 files" in out
    assert texts(root) == fixed


def test_what_another_run_has_written_is_not_overwritten(root: Path) -> None:
    """Between reading and writing: whoever comes second says so."""

    def write_another() -> None:
        Path(FLOWS[0]).write_text("kind: live\njobs: {}\n")

    with watched(Writing(root, 0, write_another, frozenset({"tempfile.mkstemp"}))):
        result = flowlint("--fix", FLOWS[0])
    ended_well(result)
    assert Path(FLOWS[0]).read_text() == "kind: live\njobs: {}\n"
    assert result.stderr == f"note: {FLOWS[0]} was not fixed: it has changed on the disk since it was read\n"


_TWO = """\
kind: live
jobs:
  a:
    image: ubuntu:22.04
    life_span: 1h 30m
    cmd: echo ${{ flow.title && 'x' }}
"""


@pytest.mark.skipif(find_spec("fcntl") is None, reason="there are no locks here")
def test_no_run_overwrites_what_another_has_fixed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run is just about to put a file in place when another one fixes something else in it: what a run says that it has fixed stays fixed."""
    monkeypatch.setattr(holding, "TRIES", 1)
    Path(FLOWS[0]).write_text(_TWO)
    other: list[Result] = []
    with watched(Writing(root, 0, lambda: other.append(flowlint("--fix", "--select", "FL3", FLOWS[0])), frozenset({"os.rename"}))):
        result = flowlint("--fix", "--select", "bad-timedelta", FLOWS[0])
    ended_well(result)
    assert Path(FLOWS[0]).read_text() == _TWO.replace("1h 30m", "1h30m")
    assert other[0].exit_code == 1
    assert other[0].stderr == f"note: {FLOWS[0]} was not fixed: another program holds it\n"


@pytest.mark.skipif(find_spec("fcntl") is None, reason="there are no locks here")
def test_a_run_waits_for_another_that_holds_a_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And then looks at the file that is there, not at the one that it has waited for."""
    import fcntl

    before = Path(FLOWS[0]).read_text()
    with open(FLOWS[0], "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        waited: list[str] = []

        def pause() -> None:
            os.replace("new", FLOWS[0])
            fcntl.flock(file, fcntl.LOCK_UN)
            waited.append("once")

        monkeypatch.setattr(holding, "_pause", pause)
        Path("new").write_text(before + "# more\n")
        result = flowlint("--fix", FLOWS[0])
    assert waited == ["once"]
    assert result.stderr == f"note: {FLOWS[0]} was not fixed: it has changed on the disk since it was read\n"
    assert Path(FLOWS[0]).read_text() == before + "# more\n"


@pytest.mark.skipif(find_spec("fcntl") is None, reason="there are no locks here")
def test_a_file_that_was_replaced_while_it_was_waited_for(root: Path) -> None:
    """The lock on a file that is no longer there would hold nobody."""
    import fcntl

    def replace(event: str, _: object) -> None:
        if event == "fcntl.flock" and Path("new").exists():
            os.replace("new", FLOWS[0])

    Path("new").write_text("new")
    with watched(replace), holding.held([FLOWS[0]]), open(FLOWS[0], "rb") as now, pytest.raises(BlockingIOError):
        fcntl.flock(now, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.skipif(find_spec("fcntl") is None, reason="there are no locks here")
def test_a_disk_without_locks(root: Path, fixed: dict[str, bytes]) -> None:
    def refuse(event: str, _: object) -> None:
        if event == "fcntl.flock":
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with watched(refuse):
        assert flowlint("--fix").exit_code == 0
    assert {name: Path(name).read_bytes() for name in FLOWS} == {name: fixed[name] for name in FLOWS}


def test_compiled_documents_are_written_whole(root: Path) -> None:
    flowlint("--fix")
    assert flowlang("compile", "--relocatable", "-o", "out.json").exit_code == 0
    before = texts(root)
    watching = Writing(root, -1, lambda: None)
    with watched(watching):
        flowlang("compile", "-o", "out.json")
    assert texts(root) != before
    for step in range(len(watching.seen)):
        Path("out.json").write_bytes(before["out.json"])
        with watched(Writing(root, step, _failing(errno.ENOSPC))):
            result = flowlang("compile", "-o", "out.json")
        assert (result.exit_code, result.stderr) == (2, "error: cannot write 'out.json': no space left on device\n")
        assert texts(root) == before


@pytest.mark.parametrize("step", range(3))
def test_scripts_for_shellcheck_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    from flowlang.cli.shellcheck import Shellcheck

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    events = frozenset({"tempfile.mkdtemp", "os.mkdir", "open"})
    with watched(Writing(tmp_path, step, _failing(errno.ENOSPC), events)), pytest.raises(Wrong, match="temporary files: no space left on device"):
        Shellcheck("nothing")(["echo"])
    assert list(tmp_path.iterdir()) == []
