"""The digest of files."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flowlang.expr import Scope, Unknown, evaluate, parse_template
from flowlang.expr.budget import Budget
from flowlang.expr.hashing import HashError, Outside, TooManyFiles, hash_files, matching
from flowlang.expr.records import Record
from flowlang.filesystem import DISK, Disk
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


class Asked(Disk):
    """The disk; remembers what was asked about."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def _ask(self, question: str, path: str) -> Any:
        self.paths.append(path)
        return super()._ask(question, path)


@pytest.mark.parametrize("place", ["/ '..' / 'x'", "/ '..'", "/ 'sub' / '..' / '..' / 'x'", "/ '/etc'"])
def test_nothing_is_even_asked_about_a_folder_outside_of_the_workspace(root: Path, place: str) -> None:
    disk = Asked()
    scope = Scope({"flow": Record("flow", {"workspace": Path("/said")})}, workspace=root, disk=disk)
    outcome = evaluate(parse_template(f"${{{{ hash_files_relative(flow.workspace {place}, '*') }}}}"), scope)
    assert [problem.rule for problem in outcome.problems] == ["outside-file"]
    assert isinstance(outcome.value, Unknown)
    assert disk.paths == []


def test_each_folder_is_listed_once_for_each_part_of_a_pattern(tmp_path: Path) -> None:
    """However many folders around it a part begins in."""
    deep = tmp_path.resolve()
    for _ in range(20):
        deep /= "d"
    deep.mkdir(parents=True)
    disk = Asked()
    hash_files(tmp_path.resolve(), ["**/*/**/nope"], workspace=tmp_path.resolve(), disk=disk)
    assert max(Counter(path for path in disk.paths if path != str(tmp_path.resolve())).values()) <= 5


class Reading(Disk):
    """The disk; remembers what is read, and lets files grow while they are."""

    def __init__(self, grows: bool = False) -> None:
        self.read_names: list[str] = []
        self._grows = grows

    def blocks(self, path: str) -> Iterator[bytes]:
        """The content, and the same again for long where files grow."""
        self.read_names.append(os.path.basename(path))
        yield from super().blocks(path)
        for _ in range(10_000 * self._grows):
            yield from super().blocks(path)


def test_what_is_too_large_is_not_read_at_all(root: Path) -> None:
    budget, disk = Budget(bytes=10), Reading()
    assert hash_files(root, ["**/*.txt", "nope"], workspace=root, disk=disk, budget=budget) == (None, ["nope"])
    assert disk.read_names == []
    assert budget.unread == {("**/*.txt", "nope")}
    assert hash_files(root, ["a.txt"], workspace=root, disk=disk, budget=budget)[0] == digest(b"a.txt", b"alpha\n")
    assert hash_files(root, ["sub/c.txt"], workspace=root, disk=disk, budget=budget)[0] is None, "all calls together"
    assert disk.read_names == ["a.txt"]


def test_files_that_grow_while_they_are_read(root: Path) -> None:
    budget, disk = Budget(bytes=1000), Reading(grows=True)
    assert hash_files(root, ["a.txt"], workspace=root, disk=disk, budget=budget)[0] is None


def test_files_that_were_read_are_not_read_again(root: Path) -> None:
    budget, disk = Budget(), Reading()
    assert hash_files(root, ["a.txt"], workspace=root, disk=disk, budget=budget) == hash_files(root, ["a.txt"], workspace=root, disk=disk, budget=budget)
    assert disk.read_names == ["a.txt"]


def test_more_files_than_may_be_looked_at(root: Path) -> None:
    budget = Budget()
    budget.files = 3
    with pytest.raises(TooManyFiles):
        hash_files(root, ["**/*"], workspace=root, budget=budget)
