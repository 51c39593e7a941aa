from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from flowlang.cli import output
from flowlang.cli.program import Wrong


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    target.chmod(0o640)
    output.write("new ü\n", str(target))
    assert target.read_bytes() == "new ü\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    output.write("x", str(tmp_path / "out"))
    (tmp_path / "usual").write_text("x")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_failure_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(Wrong) as caught:
        output.write("new", str(target))
    assert caught.value.message == f"cannot write '{target}': no space left on device"
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_links_and_devices_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to("file")
    output.write("new", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"
    if hasattr(os, "mkfifo"):  # one of our own: were the machine's devices replaced, all else on it would suffer
        os.mkfifo(tmp_path / "pipe")
        reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        output.write("x", str(tmp_path / "pipe"))
        assert os.read(reader, 10) == b"x"
        os.close(reader)
        assert stat.S_ISFIFO(os.stat(tmp_path / "pipe").st_mode)


@pytest.mark.parametrize("name", ["", "folder", "none/out"])
def test_what_cannot_be_written(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Wrong, match="cannot write"):
        output.write("x", name)


def test_a_dash_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    output.write("x\n", "-")
    assert capsys.readouterr().out == "x\n"
