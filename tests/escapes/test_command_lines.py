"""`flowlang run-args` quotes everything: what a shell makes of the line are the very words, and nothing of it is run."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.compiler.run_args import CommandLine
from tests.faults.world import flowlang
from tests.workspaces import live, write

WORDS = st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")), max_size=8)
EVIL = (
    "$(touch hacked)",
    "`touch hacked`",
    "; touch hacked",
    "' ; touch hacked ; '",
    '" ; touch hacked ; "',
    "\\'; touch hacked",
    "a\nb",
    "~",
    "*",
    "!x",
    "-h",
    "",
    "$HOME",
    "é \t",
)
BASH = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def as_bash_reads(line: str) -> list[str]:
    """The words of a command line; ``apolo`` in it does nothing."""
    script = f"apolo() {{ printf '%s\\0' apolo \"$@\"; }}\n{line}\n"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/home/me"})
    assert done.stderr == b""
    return done.stdout.decode("utf-8").split("\0")[:-1]


@given(WORDS)
@settings(max_examples=100, derandomize=True, deadline=None)
def test_words_come_back(words: list[str]) -> None:
    assert shlex.split(CommandLine(words=words).text()) == words


@BASH
@given(WORDS)
@settings(max_examples=10, derandomize=True, deadline=None)
def test_words_come_back_in_a_shell(words: list[str]) -> None:
    words = ["apolo", *words, *EVIL]
    for terminal in (False, True):
        line = CommandLine(words=words).text(terminal=terminal)
        assert as_bash_reads(line) == words
        assert not terminal or all(char.isprintable() or char == "\n" for char in line)


@BASH
def test_values_of_a_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every attribute that becomes a word."""
    env = "".join(f"      V{number}: {json.dumps(value)}\n" for number, value in enumerate(EVIL))
    tags = ", ".join(map(json.dumps, filter(None, EVIL)))
    text = json.dumps("x $(touch hacked) `touch hacked` ' \" ; touch hacked")
    cmd = json.dumps("echo '$(touch hacked)' \"`touch hacked`\" ; touch hacked")
    job = f"    image: {text}\n    title: {text}\n    preset: {text}\n    workdir: /x\n    entrypoint: {cmd}\n    cmd: {cmd}\n"
    root = write(tmp_path, live(f"kind: live\njobs:\n  a:\n{job}    tags: [{tags}]\n    env:\n{env}"))
    monkeypatch.chdir(root)
    known = ("run-args", "a", "--project-name", "p", "--cluster", "c", "--username", "u")
    words = json.loads(flowlang(*known, "--json").stdout)
    assert sum(value in word for word in words for value in EVIL if value) > 2 * len(EVIL)
    line = flowlang(*known).stdout.rstrip("\n")
    assert shlex.split(line) == words == as_bash_reads(line)
    assert not list(root.rglob("hacked"))
