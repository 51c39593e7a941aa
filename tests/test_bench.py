"""What the benchmark measures with is what it says: the same bytes every time, and no mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.generate import SIZE, matrix, write, write_workflows


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", 5, seed=3), write(tmp_path / "b", 5, seed=3)
    texts = [path.read_text(encoding="utf-8") for path in first]
    assert texts == [path.read_text(encoding="utf-8") for path in second]
    assert len(set(texts)) == 5
    assert all(SIZE <= len(text) < SIZE * 1.2 for text in texts)


def test_the_files_are_clean(tmp_path: Path) -> None:
    import flowlang

    paths = write(tmp_path, 6)
    report = flowlang.lint(tmp_path)
    assert [finding.message for finding in report.diagnostics] == []
    assert report.files == 6
    assert {path.name for path in paths} == {"live.yml", "train.yml"}


def test_a_file_has_about_fifty_expressions(tmp_path: Path) -> None:
    for path in (*write(tmp_path, 6), *write_workflows(tmp_path, 2)):
        assert 40 <= path.read_text(encoding="utf-8").count("${{") <= 62


def test_the_matrix_has_its_rows(tmp_path: Path) -> None:
    import flowlang

    (tmp_path / ".neuro").mkdir()
    (tmp_path / ".neuro" / "train.yml").write_text(matrix(256), encoding="utf-8")
    document = flowlang.compile(tmp_path, project_name="p", cluster="c").document
    assert document is not None
    assert len(document["flows"][".neuro/train.yml"]["tasks"]) == 256  # type: ignore[index]


@pytest.mark.parametrize("marker", ["_BEGIN", "_END"])
def test_the_page_has_a_place_for_the_table(marker: str) -> None:
    from tests.bench import run

    assert run._PAGE.read_text(encoding="utf-8").count(getattr(run, marker)) == 1


@pytest.mark.parametrize(
    ("figure", "target", "unit", "verdict"),
    [
        (1.0, 1.6, "×", "yes"),
        (1.7, 1.6, "×", "**no**"),
        (1.7, 1.6, "× as fast", "yes"),
        (1.5, 1.6, "× as fast", "**no**"),
        (1.0, None, "×", ""),
        (None, 1.6, "×", ""),
    ],
)
def test_a_row_says_whether_its_target_is_met(figure: float | None, target: float | None, unit: str, verdict: str) -> None:
    from tests.bench.run import Row

    assert Row("name", figure, target, unit).verdict == verdict


def test_a_row_that_was_not_measured_says_why() -> None:
    from tests.bench.run import Row, _shown

    assert _shown(Row("name", None, 1.0, times="zizmor is not installed")) == "| name | not measured | at most 1 |  | zizmor is not installed |"
