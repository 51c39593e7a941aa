"""Whatever is wrong with the cache's folder or its entries, a run shows what it would show without."""

from __future__ import annotations

import errno
import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowlang.cache import entries
from tests.cache.runs import Counter, cached, fresh

DEMO = "fixtures/projects/demo"


def entries_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _json(change: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        entry = json.loads(zlib.decompress(data))
        return zlib.compress(json.dumps(change(entry)).encode())

    return changed


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: b"\0" + data,
        lambda data: data[:50] + bytes([data[50] ^ 1]) + data[51:],
        lambda data: zlib.compress(b"[" * 100_000),
        lambda data: zlib.compress(b"no JSON"),
        lambda data: zlib.compress(b'"\xff"'),
        _json(lambda entry: None),
        _json(lambda entry: []),
        _json(lambda entry: {}),
        _json(lambda entry: {**entry, "trace": [["eat", "x", 1]]}),
        _json(lambda entry: {**entry, "trace": [1]}),
        _json(lambda entry: {**entry, "trace": [["read", 1, None]]}),
        _json(lambda entry: {**entry, "part": {"found": []}}),
        _json(lambda entry: {**entry, "part": {**entry["part"], "found": [["FL999", 0, 0, 0, "", None, [], [], None, None]]}}),  # type: ignore[dict-item]
        _json(lambda entry: {**entry, "part": {**entry["part"], "found": [["FL201", 99, 0, 0, "", None, [], [], None, None]]}}),  # type: ignore[dict-item]
    ],
)
def test_a_damaged_entry_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]) -> None:
    expected = cached(tmp_path, DEMO)
    (entry,) = entries_in(tmp_path)
    entry.write_bytes(damage(entry.read_bytes()))
    counter = Counter(monkeypatch)
    assert cached(tmp_path, DEMO) == expected
    assert counter.count == 1
    assert cached(tmp_path, DEMO) == expected
    assert counter.count == 1, "it was mended"


@given(st.binary(max_size=200))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_no_entry(tmp_path: Path, data: bytes) -> None:
    expected = cached(tmp_path, DEMO)
    (entry,) = entries_in(tmp_path)
    entry.write_bytes(data)
    assert cached(tmp_path, DEMO) == expected


def test_a_folder_in_place_of_an_entry(tmp_path: Path) -> None:
    expected = cached(tmp_path, DEMO)
    (entry,) = entries_in(tmp_path)
    entry.unlink()
    entry.mkdir()
    assert cached(tmp_path, DEMO) == expected
    assert entries_in(tmp_path) == []


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("mine")
    assert cached(tmp_path / "cache", DEMO) == fresh(DEMO)
    assert (tmp_path / "cache").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert cached(tmp_path, DEMO) == fresh(DEMO)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("function", ["replace", "makedirs"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int) -> None:
    asked = []

    def fail(*arguments: object, **named: object) -> None:
        asked.append(arguments)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(entries.os, function, fail)
    assert cached(tmp_path, (DEMO, f"{DEMO}/.neuro/live.yml")) == fresh((DEMO, f"{DEMO}/.neuro/live.yml"))
    assert entries_in(tmp_path) == []
    assert len(asked) == 1, "the first failure ends it"


def test_a_killed_write_leaves_no_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(entries.os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            cached(tmp_path, DEMO)
    assert entries_in(tmp_path) == []


def test_a_bucket_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go first, what a killed run has left among them; the newest stays."""
    cached(tmp_path, DEMO)
    (entry,) = entries_in(tmp_path)
    size = entry.stat().st_size
    for age in range(5):
        path = entry.with_name(f"old{age}{'.tmp' if age == 4 else ''}")
        path.write_bytes(b"x" * size)
        os.utime(path, (1000 - age, 1000 - age))
    entry.unlink()
    monkeypatch.setattr(entries, "MOST_BYTES", size * 3)
    cached(tmp_path, DEMO)
    assert {path.name for path in entries_in(tmp_path)} == {entry.name, "old0", "old1"}


def test_an_entry_that_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST_BYTES", 10)
    assert cached(tmp_path, DEMO) == fresh(DEMO)
    assert entries_in(tmp_path) == []


def test_too_many_questions_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang import filesystem

    monkeypatch.setattr(filesystem, "MOST_QUESTIONS", 3)
    assert cached(tmp_path, DEMO) == fresh(DEMO)
    assert entries_in(tmp_path) == []


def test_what_is_too_large_takes_the_place_of_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached(tmp_path, DEMO)
    (entry,) = entries_in(tmp_path)
    size = entry.stat().st_size
    entry.unlink()
    other = entry.with_name("other")
    other.write_bytes(b"x" * 10)
    monkeypatch.setattr(entries, "MOST_BYTES", size - 1)
    cached(tmp_path, DEMO)
    assert entries_in(tmp_path) == [other]


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_nobody_else_sees_what_is_remembered(tmp_path: Path) -> None:
    """Findings quote what is in files that others may not read."""
    cached(tmp_path / "cache", DEMO)
    (entry,) = entries_in(tmp_path)
    assert entry.parent.stat().st_mode & 0o077 == 0
