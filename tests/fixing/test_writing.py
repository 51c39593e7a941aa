"""Fixed files on the disk: whole or not at all, and never over what somebody else has written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from flowlang.fixing import Changed, write
from flowlang.fixing.territory import is_writable
from flowlang.fixing.writing import MOVED_ON


def changed(path: Path, before: str, after: str) -> Changed:
    """A file that has the text `before` and is to have `after`."""
    if not path.exists():
        path.write_bytes(before.encode())
    return Changed(os.path.realpath(path), path.name, before, after)


def alone(*files: Changed) -> list[frozenset[str]]:
    return [frozenset({file.path}) for file in files]


def test_a_file_keeps_its_mode_its_breaks_and_its_mark(tmp_path: Path) -> None:
    file = changed(tmp_path / "a.yml", "\ufeffa: 1\r\nb: ü\r\n", "\ufeffa: 2\r\nb: ü\r\n")
    os.chmod(file.path, 0o640)
    assert write([file], alone(file)) == {}
    assert Path(file.path).read_bytes() == "\ufeffa: 2\r\nb: ü\r\n".encode()
    assert stat.S_IMODE(os.stat(file.path).st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.yml"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "b.yml").write_text("a: 1\n")
    (tmp_path / "a.yml").symlink_to(Path("there") / "b.yml")
    file = changed(tmp_path / "a.yml", "a: 1\n", "a: 2\n")
    assert write([file], alone(file)) == {}
    assert (tmp_path / "a.yml").is_symlink()
    assert (tmp_path / "there" / "b.yml").read_text() == "a: 2\n"


def test_what_was_saved_meanwhile_is_left_alone_and_the_others_go_on(tmp_path: Path) -> None:
    stale, gone, other = (changed(tmp_path / name, "a: 1\n", "a: 2\n") for name in ("a.yml", "b.yml", "c.yml"))
    Path(stale.path).write_text("a: 3\n")
    os.unlink(gone.path)
    failed = write([stale, gone, other], alone(stale, gone, other))
    assert failed == {stale.path: MOVED_ON, gone.path: "it cannot be written: no such file or directory"}
    assert Path(stale.path).read_text() == "a: 3\n"
    assert Path(other.path).read_text() == "a: 2\n"
    assert sorted(os.listdir(tmp_path)) == ["a.yml", "c.yml"]


def test_files_that_belong_together_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (changed(tmp_path / name, "a: 1\n", "a: 2\n") for name in ("a.yml", "b.yml"))
    Path(two.path).write_text("a: 3\n")
    group = [frozenset({one.path, two.path})]
    assert write([one, two], group) == {one.path: f"a fix changes 'b.yml' too, and {MOVED_ON}", two.path: MOVED_ON}
    assert Path(one.path).read_text() == "a: 1\n"

    Path(two.path).write_text("a: 1\n")
    replace = os.replace

    def fail(source: str, target: str) -> None:
        if target == two.path and Path(source).read_text() == "a: 2\n":
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    assert write([one, two], group)[one.path] == "a fix changes 'b.yml' too, and it cannot be written: no space left on device"
    assert [Path(each.path).read_text() for each in (one, two)] == ["a: 1\n", "a: 1\n"]
    assert sorted(os.listdir(tmp_path)) == ["a.yml", "b.yml"]


def test_a_file_without_a_writing_bit_is_read_only_for_everybody(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    assert not is_writable(str(file))
    file.write_text("a: 1\n")
    assert is_writable(str(file))
    file.chmod(0o444)
    assert not is_writable(str(file))
