"""What surrounds a run may be closed, gone, full, or of another language: a clear message, the right exit status, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from flowlang import __version__
from flowlang.cli.programs import COMMANDS
from flowlang.reporting.formats import FORMATS
from tests.audit import watched
from tests.cli.conftest import ROOT
from tests.faults.world import ended_well, flowlang, flowlint, project
from tests.tools import interruptible, needs_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells and processes of POSIX")
FULL = "cannot write to standard output: no space left on device"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, in the working directory."""
    root = project(tmp_path)
    monkeypatch.chdir(root)
    return root


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell; in it ``$flowlint`` and ``$flowlang`` are the commands, without the cache unless the environment names one."""
    start = f"{sys.executable} -c 'import sys; from flowlang.cli.entry import %s as start; sys.argv[0] = \"%s\"; sys.exit(start())'"
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "FLOWLINT_CACHE_DIR": "", **environment}
    commands = "".join(f'{name}() {{ {start % (name, name)} "$@"; }}\n' for name in ("flowlint", "flowlang"))
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", commands + line],
        env=variables,
        capture_output=True,
        timeout=300,
        check=False,
        encoding="utf-8",
        errors="surrogateescape",
    )


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        # closed by whoever started it
        ("flowlint >&-", 1, ""),
        ("flowlint >&- 2>&-", 1, ""),
        ("flowlint nowhere 2>&-", 2, ""),
        ("flowlint --fix >&- 2>&-", 0, ""),
        ("flowlint - --stdin-filename .neuro/live.yml --fix >&- 2>&- < .neuro/live.yml", 0, ""),
        ("flowlang compile >&- 2>&-", 1, ""),
        ("flowlint --version >&-", 0, ""),
        ("flowlint - <&-", 2, "error: standard input is closed\nhint: '-' as PATH reads a file from it\n"),
        ("flowlint - < /proc/self/mem", 2, "error: cannot read standard input: input/output error\n"),
        # full
        ("flowlint > /dev/full", 2, f"error: {FULL}\n"),
        ("flowlint --version > /dev/full", 2, f"error: {FULL}\n"),
        ("flowlang compile --help > /dev/full", 2, f"error: {FULL}\n"),
        ("flowlint --explain FL101 > /dev/full", 2, f"error: {FULL}\n"),
        ("flowlang graph train > /dev/full", 2, None),
        ("flowlint nowhere 2> /dev/full", 2, ""),
        ("flowlint --fix 2> /dev/full", 0, ""),
        ("flowlang compile 2> /dev/full", 1, ""),
        ("flowlint > /dev/full 2> /dev/full", 2, ""),
    ],
)
def test_streams(root: Path, line: str, status: int, told: str | None) -> None:
    if "/proc" in line and not os.path.exists("/proc/self/mem"):
        pytest.skip("no such file here")
    done = shell(line)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert told is None or done.stderr == told


def test_a_reader_that_has_seen_enough(root: Path) -> None:
    """The exit status still tells what was found; long reports do not mind."""
    (root / ".neuro" / "live.yml").write_text("kind: live\njobs:\n" + "".join(f"  j{n}: {{image: a, cmd: '${{{{ a }}}}'}}\n" for n in range(300)), "utf-8")
    lines = [f"flowlint --format {form} | head -c 1" for form in ("text", "json")]
    lines += ["flowlang compile --keep-going | head -c 1", "flowlint --diff | true", "flowlint nowhere 2>&1 >/dev/null | true"]
    done = shell("\n".join(f"{line} > /dev/null; echo ${{PIPESTATUS[0]}}" for line in lines))
    assert done.stdout.split() == ["1", "1", "1", "1", "2"]
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
    quiet = shell("for line in --version --help --list-rules '--explain FL101'; do flowlint $line | true; echo ${PIPESTATUS[0]}; done")
    assert (quiet.stdout.split(), quiet.stderr) == (["0"] * 4, "")


_TO_NOBODY = [
    "flowlint",
    "flowlint --help",
    "flowlint --version",
    "flowlint --list-rules",
    "flowlint --explain FL101",
    "flowlint --show-config",
    "flowlint --diff",
    "flowlint --format json",
    "flowlang",
    "flowlang --help",
    "flowlang --version",
    "flowlang compile --keep-going",
    "flowlang compile --help",
    "flowlang contexts train",
    "flowlang eval 1",
    "flowlang graph b",
    "flowlang run-args train --project-name x",
    "flowlang schema live",
    "flowlang fetch",
    "_FLOWLINT_COMPLETE=bash_source flowlint",
    "_FLOWLANG_COMPLETE=zsh_source flowlang",
    "COMP_WORDS='flowlang ' COMP_CWORD=1 _FLOWLANG_COMPLETE=bash_complete flowlang",
]


# a pipe whose other end is closed for good before anything is written
_NOBODY = "mkfifo gone; (exec 3< gone) & exec 3> gone; wait; rm gone;"


@pytest.mark.parametrize("line", _TO_NOBODY)
def test_a_reader_that_is_gone_from_the_start(root: Path, line: str) -> None:
    """The same status as to somebody who reads, and no word about it."""
    status = '; echo "status $?" >&2'
    usual = shell(line + status)
    done = shell(f"{_NOBODY} {line} >&3{status}")
    assert done.stderr == usual.stderr


def test_ctrl_c_before_anything_is_loaded() -> None:
    """While the program loads itself as well: status 130, and no word."""
    code = (
        "import sys\n"
        "from flowlang.cli.entry import flowlint\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'flowlang.cli.programs': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.exit(flowlint())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_ctrl_c_while_judging(root: Path) -> None:
    """Status 130, and no word."""
    code = (
        "import os, signal, sys, time\n"
        "from flowlang import analysis\n"
        "import flowlang.cli.lint\n"
        "def slow(*arguments, **named):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    while True: time.sleep(0.01)\n"
        "analysis.judge_target = slow\n"
        "import flowlang.linting\n"
        "from flowlang.cli.entry import flowlint\n"
        "sys.argv = ['flowlint', '--no-cache']\n"
        "sys.exit(flowlint())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=interruptible,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")  # click ends the line of the terminal's ^C


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs rights to become another user")
def test_a_user_whom_the_system_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """No home, no name, no right to read one of the files, nor to write anywhere."""
    code = (
        "import os, sys\n"
        "from flowlang.cli.entry import flowlint\n"
        "sys.argv[0] = 'flowlint'\n"
        "sys.stdout = open(os.devnull, 'w'); flowlint()\n"  # that user may not even read the modules
        "sys.stdout = sys.__stdout__\n"
        "os.setgid(54321); os.setuid(54321)\n"
        "os.environ.pop('FLOWLINT_CACHE_DIR', 0)\n"
        "status = flowlint()\n"
        "sys.stdout.flush()\n"
        "os._exit(status)\n"
    )
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "FLOWLINT_CACHE_DIR": ""}
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        root = project(Path(folder))
        (root / ".neuro" / "b.yml").chmod(0)
        root.chmod(0o777)
        monkeypatch.chdir(root)
        arguments = ["--format", "concise", "--ignore", "foreign-syntax"]
        done = subprocess.run([sys.executable, "-c", code, *arguments], env=variables, capture_output=True, text=True, check=False)
        monkeypatch.undo()
        assert not (root / "~").exists(), "what has no home has no cache"
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0] == ".neuro/b.yml:1:1: error FL002 unreadable-file: cannot read this file: permission denied"


@pytest.mark.parametrize("folder", ["/proc/none", "/dev/null/none"])
def test_a_cache_that_cannot_be_written(root: Path, folder: str) -> None:
    usual = flowlint()
    done = shell("flowlint", FLOWLINT_CACHE_DIR=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, usual.stdout, "")


LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LANG": "de_DE.ISO-8859-1", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252:strict"},
    {"LC_ALL": "nowhere"},
]
_COMMANDS = """
import sys
from flowlang.cli.programs import PROGRAMS
for program, *arguments in (["flowlint", sys.argv[1]], ["flowlint", "--format", "json"], ["flowlang", "compile", "--keep-going"], ["flowlint", sys.argv[2]]):
    status = PROGRAMS[program]().run(arguments, program)
    print(status, flush=True)
PROGRAMS["flowlint"]().run(["--fix", "--quiet", sys.argv[1]], "flowlint")
"""


def in_locale(name: str, **locale: str) -> subprocess.CompletedProcess[str]:
    """Run some commands in one process."""
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "FLOWLINT_CACHE_DIR": "", **locale}
    code = [sys.executable, "-c", _COMMANDS, name.encode("utf-8"), "nö".encode()]
    return subprocess.run(code, env=variables, capture_output=True, timeout=300, check=False, encoding="utf-8", errors="backslashreplace")  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", LOCALES)
def test_any_locale(root: Path, locale: dict[str, str]) -> None:
    """Files, names and messages in all alphabets, whatever the locale: the same report, the same fixes, the same document.

    A name of a file that the locale has no letters for is shown by its bytes, escaped.
    """
    text = "kind: live\njobs:\n  schlüssel:\n    image: ubuntu:22.04\n    life_span: 1d\n    cmd: echo 日本 ${{ flow.title && 'ß' }}\n    bäd: 1\n"
    (root / ".neuro" / "b.yml").unlink()
    name = root / ".neuro" / "größe.yml"
    name.write_text(text, "utf-8")
    usual = in_locale(".neuro/größe.yml", PYTHONUTF8="1")
    assert name.read_text("utf-8") == text.replace("&&", "and")
    assert "schlüssel" in usual.stdout
    assert "größe.yml" in usual.stdout
    name.write_text(text, "utf-8")
    done = in_locale(".neuro/größe.yml", **locale)
    shown = done.stdout
    for letter in "öß":
        for written in (r"\udc%x\udc%x", r"\\udc%x\\udc%x"):
            shown = shown.replace(written % tuple(letter.encode("utf-8")), letter)
    assert shown == usual.stdout
    assert "Traceback" not in done.stderr
    assert name.read_text("utf-8") == text.replace("&&", "and")


ELSEWHERE = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "de_DE.ISO-8859-1"},
]
_NAMED = """
flowlint --format concise
flowlint --format json .neuro/live.yml
flowlang eval "hash_files('größe/*')"
flowlang compile --keep-going --project-name ü --cluster c --username u
flowlint nö
flowlint --fix --quiet .neuro/größe.yml
flowlint --version
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a locale of an encoding that is not UTF-8."""
    folder = tmp_path_factory.mktemp("locales")
    made = subprocess.run([needs_program("localedef"), "-i", "de_DE", "-f", "ISO-8859-1", str(folder / "de_DE.ISO-8859-1")], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("the sources of locales are not installed")
    return folder


@pytest.mark.parametrize("locale", ELSEWHERE, ids=lambda locale: " ".join(locale.values()))
def test_names_of_files_are_utf8_in_any_locale(root: Path, locales: Path, locale: dict[str, str]) -> None:
    """Those on the disk, those on the command line, those that configs name; and all that is printed or written is the same."""
    (root / "größe").mkdir()
    (root / "größe" / "aktion.yml").write_text("kind: live\njob: {image: x, cmd: x, life_span: 1d}\n")
    jobs = "  a: {action: 'ws:größe/aktion'}\n  b: {image: x, cmd: x, env: {H: \"${{ hash_files('größe/*') }}\"}}\n"
    (root / ".neuro" / "live.yml").write_text(f"kind: live\ntitle: Größe 日本\njobs:\n{jobs}", "utf-8")
    text = "kind: batch\ntasks: [{image: x, cmd: \"${{ flow.title && 'ß' }}\"}]\n"
    (root / ".neuro" / "größe.yml").write_text(text, "utf-8")
    usual = shell(_NAMED, LC_ALL="C.UTF-8")
    assert ".neuro/größe.yml:2:" in usual.stdout
    assert "'größe/" not in usual.stdout, "all that is named is found"
    assert "error: nö does not exist" in usual.stderr
    (root / ".neuro" / "größe.yml").write_text(text, "utf-8")
    done = shell(_NAMED, LOCPATH=str(locales), **locale)
    assert (done.returncode, done.stdout) == (usual.returncode, usual.stdout)
    assert "Traceback" not in done.stderr
    # what goes to people is in the letters of the locale
    assert (locale.get("LC_ALL") == "de_DE.ISO-8859-1") == ("n\udcf6" in done.stderr)
    assert (locale.get("LC_ALL") != "de_DE.ISO-8859-1") == (r"n\xf6" in done.stderr)
    assert (root / ".neuro" / "größe.yml").read_text("utf-8") == text.replace("&&", "and")


def test_a_python_that_does_not_listen(root: Path) -> None:
    """One that reads no variables goes on as it is, and does not start anew without end."""
    code = "import sys; from flowlang.cli.entry import flowlint as start; sys.argv[0] = 'flowlint'; sys.exit(start())"
    environment = {"LC_ALL": "C", "PYTHONUTF8": "1", "FLOWLINT_CACHE_DIR": ""}
    line = [sys.executable, "-E", "-X", "utf8=0", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}", "--format", "concise"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_terminal_that_shows_ascii_alone(root: Path) -> None:
    """What it cannot show is escaped."""
    import pty

    (root / ".neuro" / "live.yml").write_text("kind: live\njobs:\n  größe: {image: 日本, bäd: 1}\n", "utf-8")
    master, slave = pty.openpty()
    code = "import sys; from flowlang.cli.entry import flowlint as start; sys.argv[0] = 'flowlint'; sys.exit(start())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "NO_COLOR": "1", "FLOWLINT_CACHE_DIR": ""}
    with open(slave, "wb", buffering=0) as terminal, open(master, "rb", buffering=0) as screen:
        done = subprocess.Popen([sys.executable, "-c", code, "--select", "unknown-key"], env=environment, stdout=terminal, stderr=terminal)
        shown = b""
        while b"found 1" not in shown:
            shown += screen.read(1 << 16)
        assert done.wait(300) == 1
    text = shown.decode("ascii")
    assert r"unknown key 'b\xe4d'" in text
    assert r"gr\xf6\xdfe: {image: \u65e5\u672c" in text


def test_names_that_are_no_text(root: Path) -> None:
    """File names of any bytes: shown escaped where they cannot be written."""
    with open(os.fsencode(root / ".neuro") + b"/b\xff\n.yml", "wb") as file:
        file.write(b"kind: batch\ntasks: [{image: a, cmd: '${{ a }}'}]\n")
    for form in FORMATS:
        result = flowlint("--format", form, "-o", "report")
        ended_well(result, (1,))
        Path("report").read_text("utf-8")
    done = shell("flowlint --format concise; flowlang compile --keep-going > /dev/null; flowlint --fix --quiet")
    assert done.returncode == 1
    assert "b\\udcff\\n.yml:2:" in done.stdout
    assert "Traceback" not in done.stderr


_LINES = {
    "flowlint": ((), ("--fix", "--unsafe-fixes"), ("--diff",), ("--show-config",), ("--list-rules",), ("--explain", "FL101"), ("--statistics",)),
    "lint": ((), ("--format", "sarif")),
    "compile": (("--relocatable",), ("--keep-going",), ("--check", "flows.json")),
    "contexts": (("train",), ()),
    "eval": (("${{ flow.title }}",),),
    "fetch": (("--locked",),),
    "graph": (("b",), ("b", "--format", "mermaid")),
    "run-args": (("train", "--project-name", "x"),),
    "schema": ((), ("live",)),
    "lsp": (("--help",),),  # the server itself: tests/lsp
}
_OUTSIDE = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "os.fork",
    "pty.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "imaplib.",
    "poplib.",
)


def test_no_network(root: Path) -> None:
    """Whatever a command does, no socket is made, no name looked up, no program started; `fetch` does that, but not where it keeps to its lock."""
    assert set(_LINES) == {"flowlint", *COMMANDS}
    (root / ".neuro" / "c.yml").write_text("kind: batch\ntasks:\n  - {action: 'gh:o/r@v1'}\n")
    asked: list[str] = []

    def forbid(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_OUTSIDE):
            asked.append(f"{event} {arguments}")

    with watched(forbid):
        for name, lines in _LINES.items():
            for line in lines:
                ended_well(flowlint(*line) if name == "flowlint" else flowlang(name, *line), (0, 1, 2))
    # git facts are read from the work tree around a project
    assert [each for each in asked if "git" not in each] == []


def test_the_version_is_told_in_any_case() -> None:
    assert shell("flowlint --version").stdout == f"flowlint {__version__}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("flowlint --config big", "big: these settings cannot be read: it has more than 1 megabyte"),
        ("flowlint --baseline big", "--baseline: cannot read 'big': it has more than 64 megabytes"),
        ("flowlang compile --check big", "--check: cannot read 'big': it has more than 64 megabytes"),
        ("flowlint - < big", "standard input has more than 64 megabytes"),
        (
            "ln big .flowlang/actions/flowlang-actions.lock; flowlang fetch",
            "cannot read the lock 'flowlang-actions.lock': it has more than 64 megabytes",
        ),
    ],
)
def test_files_of_more_than_the_memory(root: Path, line: str, told: str) -> None:
    """20 GB that take no room on the disk, a process of 1 GB."""
    with open("big", "wb") as file:
        os.truncate(file.fileno(), 20 << 30)
    os.makedirs(".flowlang/actions")
    done = shell(f"ulimit -v {1 << 20}; {line}")
    assert done.returncode == 2, done.stderr
    assert "internal" not in done.stderr
    assert done.stderr.startswith(f"error: {told}\n")


@pytest.mark.parametrize("line", ["flowlint --baseline deep", "flowlint --config deep", "flowlang compile --check deep"])
def test_what_is_nested_too_deep(root: Path, line: str) -> None:
    Path("deep").write_text("a=" * line.count("config") + "[" * 100_000)
    done = shell(line)
    assert (done.returncode, done.stderr[:7]) == (2, "error: ")
