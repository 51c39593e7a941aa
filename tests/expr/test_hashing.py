"""The digest of files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from flowlang.expr.budget import Budget
from flowlang.expr.hashing import HashError, Outside, hash_files, matching
from flowlang.filesystem import DISK
from tests.conformance.expressions import workspace


def digest(*chunks: bytes) -> str:
    return hashlib.sha256(b"".join(chunks)).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path.resolve())


@pytest.mark.parametrize(
    ("patterns", "chunks"),
    [
        ([], []),
        (["nope"], []),
        (["a.txt"], [b"a.txt", b"alpha\n"]),
        (["*.txt"], [b"a.txt", b"alpha\n", b"b.txt"]),
        (["b.txt", "a.txt"], [b"b.txt", b"a.txt", b"alpha\n"]),
        (["**"], [b".", b"sub", b"sub/deep"]),
        (["**/*.py"], [b"sub/deep/d.py", b"print()\n"]),
        (["sub/*"], [b"sub/c.txt", b"gamma", b"sub/deep"]),
        (["sub/*/"], [b"sub/deep"]),
        ([".*"], [b".hidden", b"h"]),
        (["sub/../a.txt"], [b"a.txt", b"alpha\n"]),
        (["[ab].txt"], [b"a.txt", b"alpha\n", b"b.txt"]),
    ],
)
def test_digests(root: Path, patterns: list[str], chunks: list[bytes]) -> None:
    assert hash_files(root, patterns, workspace=root)[0] == digest(*chunks)


def test_patterns_without_a_match_are_named(root: Path) -> None:
    assert hash_files(root, ["a.txt", "x*"], workspace=root)[1] == ["x*"]


@pytest.mark.parametrize("pattern", ["", "/a", "../a", "a**", "."])
def test_patterns_that_are_refused(root: Path, pattern: str) -> None:
    with pytest.raises(HashError):
        hash_files(root, [pattern], workspace=root)


def test_a_link_out_of_the_folder_is_refused(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret"
    outside.write_text("x")
    (root / "link").symlink_to(outside)
    with pytest.raises(HashError, match="outside"):
        hash_files(root, ["link"], workspace=root)


def test_only_the_workspace_is_looked_at(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret").write_text("x")
    (root / "link").symlink_to(outside)
    with pytest.raises(Outside):
        matching(root / "link", ["*"], root, DISK, Budget())
    with pytest.raises(HashError):
        matching(root, ["link/*"], root, DISK, Budget())


def test_only_the_workspace_is_read(root: Path) -> None:
    with pytest.raises(Outside):
        hash_files(root, ["a.txt"], workspace=root / "sub")
