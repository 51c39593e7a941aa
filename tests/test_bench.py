"""What the benchmark measures with is what it says: the same bytes every time, and no mistakes in them."""

from __future__ import annotations

from pathlib import Path

from tests.bench.generate import SIZE, write


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", 5, seed=3), write(tmp_path / "b", 5, seed=3)
    texts = [path.read_text(encoding="utf-8") for path in first]
    assert texts == [path.read_text(encoding="utf-8") for path in second]
    assert len(set(texts)) == 5
    assert all(SIZE <= len(text) < SIZE * 1.2 for text in texts)


def test_the_files_are_clean(tmp_path: Path) -> None:
    import flowlang

    report = flowlang.lint(write(tmp_path, 3), severity="error")
    assert [finding.message for finding in report.diagnostics] == []
    assert report.files == 3
