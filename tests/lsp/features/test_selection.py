from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from flowlang.lsp.features.selection import selection
from tests.lsp.features.indexed import NOTATIONS, STYLES, indexed

LIVE = ".neuro/live.yml"


def grown(folder: Path, text: str) -> list[str]:
    index, marked = indexed(folder, {LIVE: text})
    return [marked.files[LIVE][span.start : span.end] for span in selection(index, *marked.cursors[0])]


JOB = "{image: u, cmd: 'run ${{ len(volumes.da‸ta.ref) + 1 }} it'}"


def test_from_a_step_to_the_file(tmp_path: Path) -> None:
    job = JOB.replace("‸", "")
    assert grown(tmp_path, f"kind: live\njobs:\n  a: {JOB}\n") == [
        "data",
        "volumes.data",
        "volumes.data.ref",
        "len(volumes.data.ref)",
        "len(volumes.data.ref) + 1",
        "${{ len(volumes.data.ref) + 1 }}",
        "run ${{ len(volumes.data.ref) + 1 }} it",
        "'run ${{ len(volumes.data.ref) + 1 }} it'",
        "cmd: 'run ${{ len(volumes.data.ref) + 1 }} it'",
        job,
        f"a: {job}",
        f"jobs:\n  a: {job}",
        f"kind: live\njobs:\n  a: {job}",
        f"kind: live\njobs:\n  a: {job}\n",
    ]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("opener", "closer"), NOTATIONS)
def test_every_style_and_notation(tmp_path: Path, style: str, opener: str, closer: str) -> None:
    ranges = grown(tmp_path, f"kind: live\njobs:\n  a:\n    image: u\n    cmd: {style.format(f'{opener}env.TO‸KEN{closer}')}\n")
    assert ranges[:3] == ["TOKEN", "env.TOKEN", f"{opener}env.TOKEN{closer}"]
    assert all(inner in outer for inner, outer in pairwise(ranges))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kind: live\njobs: {a: {tags: [one, t‸wo]}}\n", ["two", "[one, two]", "tags: [one, two]"]),
        ("kind: live\njobs: {a: {im‸age: u}}\n", ["image", "image: u", "{image: u}"]),
        ("kind: live\njobs: {a: {cmd: '${{ f‸mt(1) }}'}}\n", ["fmt", "fmt(1)", "${{ fmt(1) }}"]),
        ("kind: live\njobs: {a: {cmd: '${{ e‸nv.A }}'}}\n", ["env", "env.A", "${{ env.A }}"]),
        ("kind: live\njobs:\n  a:\n    cmd: |\n      on‸e\n      two\n", ["|\n      one\n      two", "cmd: |\n      one\n      two"]),
        ("kind: live\n# com‸ment\njobs: {}\n", ["kind: live\n# comment\njobs: {}", "kind: live\n# comment\njobs: {}\n"]),
        ("‸", [""]),
    ],
)
def test_elsewhere(tmp_path: Path, text: str, first: list[str]) -> None:
    assert grown(tmp_path, text)[: len(first)] == first


def test_in_a_broken_file(tmp_path: Path) -> None:
    assert grown(tmp_path, "kind: live\njobs:\n  a:\n    cmd: ${{ env.A‸B }}\n    env: {A: [\n")[:3] == ["AB", "env.AB", "${{ env.AB }}"]


def test_there_is_no_such_file(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, {LIVE: "kind: live\njobs: {}\n"})
    assert selection(index, "nothing.yml", 3) == []
