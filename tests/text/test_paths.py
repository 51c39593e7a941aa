"""Paths in reports are those of the system with ``/`` in place of its separator, whatever system it is."""

from __future__ import annotations

import ntpath
import posixpath
from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.expr.texts import path_text, text_of
from flowlang.text import shown_path

NAMES = st.text("abcé .-_", min_size=1, max_size=4).map(lambda name: f"x{name}x")


@pytest.mark.parametrize(
    ("path", "base", "shown"),
    [
        (r"C:\work\demo\.neuro\live.yml", r"C:\work\demo", ".neuro/live.yml"),
        (r"C:\work\demo\.neuro\live.yml", r"C:\work\other\deep", "../../demo/.neuro/live.yml"),
        (r"c:\Work\demo\live.yml", r"C:\work", "demo/live.yml"),
        (r"D:\demo\live.yml", r"C:\work", "D:/demo/live.yml"),
        (r"\\server\share\demo\live.yml", r"\\server\share", "demo/live.yml"),
        (r"\\server\share\demo\live.yml", r"C:\work", "//server/share/demo/live.yml"),
        (r"C:\work", r"C:\work", "."),
    ],
)
def test_windows_paths(path: str, base: str, shown: str) -> None:
    assert shown_path(path, base, flavour=ntpath) == shown


def test_a_backslash_is_a_letter_elsewhere() -> None:
    assert shown_path(r"/work/a\b/c.yml", "/work", flavour=posixpath) == r"a\b/c.yml"


@given(st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4), st.sampled_from([("C:\\", PureWindowsPath, ntpath), ("/", PurePosixPath, posixpath)]))
def test_what_is_shown_leads_to_the_file(path: list[str], base: list[str], system: tuple[str, type[PurePath], object]) -> None:
    root, flavour, module = system
    shown = shown_path(str(flavour(root, *path)), str(flavour(root, *base)), flavour=module)
    assert "\\" not in shown
    back = module.normpath(str(flavour(root, *base) / shown))  # type: ignore[attr-defined]
    assert back == str(flavour(root, *path))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PureWindowsPath(r"data\train set"), "data/train set"),
        (PureWindowsPath(r"C:\work\data"), r"C:\work\data"),
        (PurePosixPath("data/x"), "data/x"),
        (PurePosixPath(r"data\x"), r"data\x"),
        (PurePosixPath("/data"), "/data"),
    ],
)
def test_paths_as_values(path: PurePath, text: str) -> None:
    """Documents that are committed are the same whatever system makes them."""
    assert path_text(path) == text_of(path) == text
