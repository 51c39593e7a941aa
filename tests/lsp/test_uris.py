"""Paths and the many ways in which editors write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.lsp.uris import path_of, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/me/.neuro/live.yml", "/home/me/.neuro/live.yml"),
        ("file:///home/me/with%20blank/live.yml", "/home/me/with blank/live.yml"),
        ("file:///home/me/with blank/live.yml", "/home/me/with blank/live.yml"),
        ("file:///home/m%C3%BCller/%E6%97%A5.yml", "/home/müller/日.yml"),
        ("file:///home/müller/日.yml", "/home/müller/日.yml"),
        ("file://localhost/a.yml", "/a.yml"),
        ("FILE:///a.yml", "/a.yml"),
        ("file:///a/../b/./c.yml", "/b/c.yml"),
        ("file:///a%23b%3Fc.yml", "/a#b?c.yml"),
        ("file:///a%2Fb.yml", "/a/b.yml"),
        ("file://server/share/a.yml", None),
        ("file:relative.yml", None),
        ("file:///a%00b", None),
        ("file:///a%FF.yml", None),
        ("untitled:Untitled-1", None),
        ("git:/home/me/live.yml?%7B%7D", None),
        ("vscode-notebook-cell:/a.yml", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_paths(uri: str, path: str | None) -> None:
    assert path_of(uri, windows=False) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/Users/me/live.yml", r"C:\Users\me\live.yml"),
        ("file:///C:/Users/me/live.yml", r"C:\Users\me\live.yml"),
        ("file:///c|/Users/me/live.yml", r"C:\Users\me\live.yml"),
        ("file:///d:/", "D:\\"),
        ("file://server/share/a%20b.yml", r"\\server\share\a b.yml"),
        ("file:///no/drive.yml", None),
        ("untitled:Untitled-1", None),
    ],
)
def test_windows_paths(uri: str, path: str | None) -> None:
    assert path_of(uri, windows=True) == path


@given(st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=6), min_size=1, max_size=4))
def test_every_path_comes_back(parts: list[str]) -> None:
    path = "/" + "/".join(part for part in parts if part not in (".", "..")).rstrip("/")
    if path != "/":
        assert path_of(uri_of(path, windows=False), windows=False) == path


@pytest.mark.parametrize("path", [r"C:\Users\me\a b.yml", r"\\server\share\müller.yml"])
def test_every_windows_path_comes_back(path: str) -> None:
    assert path_of(uri_of(path, windows=True), windows=True) == path
