"""Completion in the shells themselves."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tools import needs_program

ROOT = Path(__file__).parents[2]
PROGRAMS = ("flowlint", "flowlang")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with the two programs on its path, as an installation has them."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in PROGRAMS:
        start = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom flowlang.cli.entry import {name}\nsys.exit({name}())\n"
        (programs / name).write_text(f"#!{sys.executable}\n{start}", encoding="utf-8")
        (programs / name).chmod(0o755)
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path), "ZDOTDIR": str(tmp_path), "TERM": "dumb"}


def run(shell: list[str], environment: dict[str, str]) -> list[str]:
    done = subprocess.run(shell, env=environment, cwd=environment["HOME"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


CASES = [
    (["flowlint", "--explain", "removed"], ["removed-name"]),
    (["flowlint", "--ignore", "FL2,unknown-im"], ["FL2,unknown-image"]),
    (["flowlang", "lint", "--format", "sa"], ["sarif"]),
]


@pytest.mark.parametrize(("words", "values"), [*CASES, (["flowlint", "--format", "=", "sa"], ["sarif"])])
def test_bash(environment: dict[str, str], words: list[str], values: list[str]) -> None:
    needs_program("bash")
    program = words[0]
    setup = f'eval "$(_{program.upper()}_COMPLETE=bash_source {program})"'
    ask = f"COMP_WORDS=({' '.join(words)}) COMP_CWORD={len(words) - 1}; _{program}_completion {program}"
    assert run(["bash", "--norc", "-c", f"{setup}\n{ask}\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""], environment) == values


@pytest.mark.parametrize(("words", "values"), [*CASES, (["flowlint", "--format=sa"], ["--format=sarif"]), (["flowlint", "be"], ["below/"])])
def test_fish(environment: dict[str, str], words: list[str], values: list[str]) -> None:
    needs_program("fish")
    Path(environment["HOME"], "below").mkdir()
    setup = "; ".join(f"_{program.upper()}_COMPLETE=fish_source {program} | source" for program in PROGRAMS)
    shown = run(["fish", "--no-config", "-c", f"{setup}; complete -C '{' '.join(words)}'"], environment)
    assert [line.partition("\t")[0] for line in shown] == values


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("flowlint --explain removed", "--explain removed-name "),
        ("flowlint --ignore FL2,unknown-im", "--ignore FL2,unknown-image "),
        ("flowlang lint --format sa", "--format sarif "),
        ("flowlint --format=sa", "--format=sarif "),
        ("flowlint be", "flowlint below/"),
    ],
)
def test_zsh(environment: dict[str, str], typed: str, completed: str) -> None:
    """zsh completes for a terminal alone."""
    needs_program("zsh")
    import pty

    Path(environment["HOME"], "below").mkdir()
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(environment["HOME"])
        os.execvpe("zsh", ["zsh", "-f", "-i"], environment)
    try:
        setup = " ".join(f'eval "$(_{program.upper()}_COMPLETE=zsh_source {program})";' for program in PROGRAMS)
        os.write(terminal, f"unsetopt zle_bracketed_paste; PS1='$ '; autoload -U compinit; compinit -u -D; {setup} echo rea''dy\n".encode())
        assert "\nready" in until(terminal, "\nready")
        os.write(terminal, f"{typed}\t".encode())
        assert completed in until(terminal, completed)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(terminal)
        os.waitpid(pid, 0)


def until(terminal: int, text: str) -> str:
    """What the terminal shows until the text appears, or for as long as it may take."""
    shown = ""
    deadline = time.monotonic() + 30
    while text not in shown and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.5)[0]:
            shown += os.read(terminal, 1 << 16).decode(errors="replace").replace("\r\n", "\n")
    return shown
