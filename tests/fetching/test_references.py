"""What is taken for a reference leads nowhere but to a repository, for git, and nowhere but below the folder of copies, for the disk."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flowlang.fetching.folder import Folder, Outside
from flowlang.fetching.references import Reference, Refused, read_reference, ref_problem
from tests.tools import needs_program

PIECES = st.lists(
    st.sampled_from(
        ["a", "v1", "é", "-", "--", ".", "..", "/", "//", "@", "@{", "{", "~", "^", ":", "?", "*", "[", "\\", "+", " ", "\t", "\x01", "\x7f", ".lock"]
    ),
    max_size=6,
).map("".join)


def _parts(text: str) -> tuple[str, ...]:
    try:
        return read_reference(text).parts
    except Refused:
        return ()


@given(PIECES, PIECES, PIECES)
@example("o", "r", "a/../b")
@example("..", "r", "v1")
@example("o", "r", ".." + "/.." * 3)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_a_copy_lies_below_the_folder(owner: str, repository: str, ref: str) -> None:
    for part in _parts(f"gh:{owner}/{repository}@{ref}"):
        assert part not in ("", ".", "..")
        assert not set(part) & set("/\\:*?\0")
        assert not part.startswith("-") or "@" in part


@given(PIECES)
@example("@")
@example("-v")
@example("a" * 201)
@settings(max_examples=100, derandomize=True, deadline=None)
def test_a_ref_is_one_for_git_too(ref: str) -> None:
    """What is handed to git is the name of a branch, no option and no pattern: git's own judgement (git-check-ref-format)."""
    if ref_problem(ref) is None and ref:
        assert not ref.startswith("-")
        assert len(ref) <= 200
        assert subprocess.run([needs_program("git"), "check-ref-format", f"refs/heads/{ref}"], check=False).returncode == 0


@pytest.mark.parametrize(
    "reference", [Reference("..", "r", "v1"), Reference("o", "r", "a/../b"), Reference("o", "r", "a//b"), Reference("a/b", "r", "v1"), Reference(".", "r", "v")]
)
def test_the_folder_of_copies_is_not_left_whatever_it_is_told(tmp_path: Path, reference: Reference) -> None:
    """References are looked at before; the folder looks again at what it makes folders of."""
    with pytest.raises(Outside, match="is no name of a folder"):
        Folder(str(tmp_path / "copies")).write(reference, "action.yml", b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
