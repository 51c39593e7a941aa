"""An analysis looks at the disk through one door, and what it saw there can be asked again."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from threading import Thread

import pytest

from flowlang.filesystem import DISK, Disk, Recorder, replay
from tests.test_layers import MODULES, part

_PARTS = {"text", "diagnostics", "yamltree", "expr", "model", "semantics", "rules", "suppression", "shellcheck"}
_MODULES = {"flowlang.project.files", "flowlang.project.naming", "flowlang.project.reading", "flowlang.analysis"}
_OF_OS = {"access", "exists", "getcwd", "getmtime", "getsize", "isdir", "isfile", "islink", "lexists", "listdir", "lstat", "open"}
_OF_OS |= {"readlink", "realpath", "samefile", "scandir", "stat", "walk"}
_NO_PATHS = {"disk", "entry", "_RESOLVER"}
_OF_PATHS = {"resolve", "is_file", "is_dir", "is_symlink", "read_text", "read_bytes", "iterdir", "glob", "rglob", "exists", "absolute", "readlink", "stat"}


@pytest.mark.parametrize("module", sorted(name for name in MODULES if part(name) in _PARTS or name in _MODULES))
def test_no_other_door(module: str) -> None:
    """Neither `os`, nor `open`, nor methods of paths: an answer that is not written down makes a remembered finding stale."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open" or module == "flowlang.expr.grammar", f"{module}:{node.lineno}"  # its own table
        if isinstance(node, ast.Attribute):
            of = ast.unparse(node.value)
            assert not (of in ("os", "os.path") and node.attr in _OF_OS), f"{module}:{node.lineno}"
            assert not (node.attr in _OF_PATHS and of.rpartition(".")[2] not in _NO_PATHS), f"{module}:{node.lineno}: {of}.{node.attr}"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_bytes(b"text")
    (tmp_path / "link").symlink_to("in/file")
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path


def ask_all(disk: Disk, root: Path) -> list[object]:
    """Every question about every path."""
    answers: list[object] = []
    for name in ("in", "in/file", "link", "broken", "loop", "gone", "in/file/below", ".", "a\0b", "\ud800"):
        path = str(root / name)
        questions = (
            disk.is_dir,
            disk.is_file,
            disk.size,
            disk.exists,
            disk.lexists,
            disk.is_link,
            disk.realpath,
            disk.resolve,
            disk.names,
            disk.entries,
            disk.read,
        )
        for question in (*questions, lambda path: [*disk.blocks(path)]):
            try:
                answers.append(question(path))
            except (OSError, RuntimeError) as error:
                answers.append((type(error), str(error)))
    return answers


def test_a_recorder_answers_like_the_disk(tree: Path) -> None:
    recorder = Recorder()
    assert ask_all(recorder, tree) == ask_all(DISK, tree) == ask_all(recorder, tree)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "in/file").write_bytes(b"texT"),
        lambda root: (root / "in/file").unlink(),
        lambda root: (root / "in/more").touch(),
        lambda root: (root / "gone").touch(),
        lambda root: (root / "nowhere").touch(),
        lambda root: (root / "in").rename(root / "gone"),
    ],
)
def test_a_trace_tells_changes(tree: Path, change: object) -> None:
    recorder = Recorder()
    (tree / "loop").unlink()  # what `resolve` says of it is no OSError on every Python
    ask_all(recorder, tree)
    assert recorder.trace is not None
    trace = [(*question, answer) for question, answer in recorder.trace.items()]
    contents = replay(trace)
    assert contents is not None
    assert contents[str(tree / "link")] == b"text"
    change(tree)  # type: ignore[operator]
    assert replay(trace) is None


def test_a_link_that_leads_to_itself_since_is_a_change(tree: Path) -> None:
    recorder = Recorder()
    recorder.resolve(str(tree / "in/file"))
    assert recorder.trace is not None
    trace = [(*question, answer) for question, answer in recorder.trace.items()]
    (tree / "in/file").unlink()
    (tree / "in/file").symlink_to("file")
    assert replay(trace) is None


def test_an_answer_that_changes_within_a_run_is_no_trace(tree: Path) -> None:
    recorder = Recorder()
    recorder.read(str(tree / "link"))
    (tree / "in/file").write_bytes(b"other")
    assert recorder.read(str(tree / "link")) == b"other"
    assert recorder.trace is None


def test_what_was_read_in_part_is_no_trace(tree: Path) -> None:
    recorder = Recorder()
    blocks = recorder.blocks(str(tree / "link"))
    next(blocks)
    blocks.close()  # type: ignore[attr-defined]
    assert recorder.trace is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    # whoever opens it in spite of that gets something and its end: the test fails and does not hang
    writer = Thread(target=(tmp_path / "pipe").write_bytes, args=(b"x",))
    writer.start()
    try:
        with pytest.raises(OSError, match="no regular file"):
            DISK.read(str(tmp_path / "pipe"))
    finally:
        if writer.is_alive():
            (tmp_path / "pipe").read_bytes()
        writer.join()


@pytest.mark.parametrize("name", ["gone", "a\0b", "\ud800", "loop", "in/file"])
def test_what_cannot_be_seen_is_not_there(tree: Path, name: str) -> None:
    path = str(tree / name)
    assert DISK.entries(path) == []
    assert [DISK.is_dir(path), DISK.is_file(path), DISK.realpath(path)] == [False, name == "in/file", path]
    if name != "in/file":
        with pytest.raises(OSError, match=r"(?i)no such file|too many"):
            DISK.read(path)
        with pytest.raises(OSError, match=r"(?i)no such file|too many"):
            list(DISK.blocks(path))
