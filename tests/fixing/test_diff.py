"""Diffs: what `patch` makes of them is the fixed file."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowlang.fixing import Changed, diff


def shown(before: str, after: str, name: str = ".neuro/live.yml") -> str:
    return "".join(diff(Changed(f"/{name}", name, before, after)))


def test_a_diff_names_both_sides_and_keeps_breaks() -> None:
    assert shown("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n") == "--- a/.neuro/live.yml\n+++ b/.neuro/live.yml\n@@ -1,2 +1,2 @@\n a: 1\r\n-b: 2\r\n+b: 3\r\n"


def test_a_file_without_a_break_at_its_end_says_so() -> None:
    tail = "\\ No newline at end of file\n"
    assert shown("a: 1", "a: 2").endswith(f"\n-a: 1\n{tail}+a: 2\n{tail}")
    assert shown("a: 1\nb: 2", "a: 0\nb: 2").endswith(f"\n b: 2\n{tail}")
    assert shown("a: 1", "a: 1\n").endswith(f"\n-a: 1\n{tail}+a: 1\n")


def test_unusual_names_are_written_as_git_does() -> None:
    assert shown("a", "b", "with blank.yml").startswith("--- a/with blank.yml\t\n+++ b/with blank.yml\t\n")
    assert shown("a", "b", 'ü"\\\n\x01.yml').startswith('--- "a/ü\\"\\\\\\n\\001.yml"\n')
    assert shown("a", "b", "ü.yml").startswith("--- a/ü.yml\n")


TEXTS = st.lists(st.sampled_from(["a: 1", "b: 2", "c: ü", "", "  d", "-e", "+f", "\\ g", "@@"]), max_size=12).map("\n".join)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, st.sampled_from(["\n", "\r\n"]))
def test_git_makes_the_fixed_file_of_it(tmp_path: Path, before: str, after: str, newline: str) -> None:
    before, after = before.replace("\n", newline), after.replace("\n", newline)
    if before == after or not before or not after:  # an empty file is a file that is not there to git
        return
    (tmp_path / "a.yml").write_bytes(before.encode())
    command = ["git", "apply", "--unidiff-zero", "--whitespace=nowarn", "-"]
    environment = {**os.environ, "GIT_DIR": "none"}
    subprocess.run(command, cwd=tmp_path, input=shown(before, after, "a.yml").encode(), check=True, capture_output=True, env=environment)
    assert (tmp_path / "a.yml").read_bytes() == after.encode()
