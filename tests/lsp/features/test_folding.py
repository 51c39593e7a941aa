from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.folding import Fold, covered, folds
from tests.lsp.features.indexed import indexed


def found(folder: Path, text: str) -> list[Fold]:
    index, _ = indexed(folder, {".neuro/live.yml": text})
    return folds(index, ".neuro/live.yml")


TEXT = """\
# what this is
# and why
kind: live

volumes: {
  data: {remote: storage:data,
         mount: /data},
}
jobs:
  a:
    image: ubuntu
    tags:
      - one
      - two
    bash: |
      echo 1

      echo 2

    # a single comment
  b: {image: u}
"""


def test_sections_items_scripts_and_comments(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT) == [
        Fold(1, 2, True),
        Fold(5, 7),  # the bracket that closes it stays
        Fold(6, 7),
        Fold(9, 21),
        Fold(10, 18),
        Fold(12, 14),
        Fold(15, 18),
    ]


def test_what_is_folded_away_begins_behind_the_first_line(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {".neuro/live.yml": TEXT})
    config = index.config(".neuro/live.yml")
    assert config is not None
    span = covered(config.source, Fold(12, 14))
    assert marked.files[".neuro/live.yml"][span.start : span.end] == "\n      - one\n      - two"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: live\njobs: {}\n", []),
        ("# one\nkind: live\n# two\n", []),
        ("kind: live # a\n# b\n# c\njobs: {}\n", [Fold(2, 3, True)]),
        ("kind: live\r\njobs:\r\n  a:\r\n    image: u\r\n", [Fold(2, 4), Fold(3, 4)]),
        ("kind: live\njobs:\n  a: &a\n    image: u\n  b: *a\n", [Fold(2, 5), Fold(3, 4)]),
        ("kind: live\njobs:\n  a:\n    cmd: >-\n      a\n      b\n", [Fold(2, 6), Fold(3, 6), Fold(4, 6)]),
        ("kind: live\njobs:\n  a:\n    image: u\n    env: {A: [\n", [Fold(2, 5), Fold(3, 5)]),
    ],
)
def test_odd_files(tmp_path: Path, text: str, expected: list[Fold]) -> None:
    assert found(tmp_path, text) == expected


def test_there_is_no_such_file(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {".neuro/live.yml": TEXT})
    assert folds(index, "nothing.yml") == []
