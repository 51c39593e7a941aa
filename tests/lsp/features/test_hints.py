from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.hints import hints
from flowlang.text import Span
from tests.lsp.features.indexed import NOTATIONS, STYLES, indexed

LIVE = ".neuro/live.yml"
FLOW = "kind: live\nvolumes: {data: {remote: 'storage:data', mount: /data}}\njobs:\n  a:\n    params: {lr: 0.1, must: {}}\n    image: ubuntu\n"


def shown(folder: Path, files: dict[str, str], path: str = LIVE) -> list[tuple[str, str]]:
    """The hints of a file, each with the part of its line before it that ends the expression."""
    index, marked = indexed(folder, files)
    text = marked.files[path]
    return [(text[: hint.at].splitlines()[-1].lstrip(" -"), hint.label) for hint in hints(index, path, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("life_span: 1d6h", [("life_span: 1d6h", "= 108000 seconds")]),
        ("schedule_timeout: '90m'", [("schedule_timeout: '90m'", "= 5400 seconds")]),
        ("life_span: 90", []),
        ("life_span: '90'", []),
        ("life_span: '90.0'", []),
        ("life_span: '90.5'", []),
        ("life_span: inf", []),
        ("life_span: '-inf'", []),
        ("life_span: nan", []),
        ("life_span: Infinity", [("life_span: Infinity", "= inf seconds")]),
        ("cmd: ${{ params.lr }}", [("cmd: ${{ params.lr }}", "= 0.1")]),
        ("cmd: a ${{ len('abc') }} b ${{ params.lr }}", [("cmd: a ${{ len('abc') }}", "= 3"), ("cmd: a ${{ len('abc') }} b ${{ params.lr }}", "= 0.1")]),
        ("cmd: ${{ ['a', 'b'] }}", [("cmd: ${{ ['a', 'b'] }}", "= ['a', 'b']")]),
        ("cmd: ${{ '' }}${{ lower('') }}", [("cmd: ${{ '' }}${{ lower('') }}", "= ''")]),
        ("volumes: ['${{ volumes.data.ref_ro }}']", [("volumes: ['${{ volumes.data.ref_ro }}", "= storage:data:/data:ro")]),
        ("cmd: ${{ 'constant' }}", []),
        ("cmd: ${{ git.branch }}", []),
        ("cmd: ${{ params.must }}", []),
        ("cmd: ${{ nope }}", []),
        ("cmd: ${{ upload(volumes.data) }}", []),
        ("cmd: ${{ len( }}", []),
    ],
)
def test_values(tmp_path: Path, line: str, expected: list[tuple[str, str]]) -> None:
    assert shown(tmp_path, {LIVE: f"{FLOW}    {line}\n"}) == expected


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("opener", "closer"), NOTATIONS)
def test_every_style_and_notation(tmp_path: Path, style: str, opener: str, closer: str) -> None:
    ((before, label),) = shown(tmp_path, {LIVE: f"{FLOW}    cmd: {style.format(f'{opener}params.lr{closer}')}\n"})
    assert (before.endswith(f"{opener}params.lr{closer}"), label) == (True, "= 0.1")


def test_what_is_long_is_cut_and_told_whole(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, {LIVE: f"{FLOW}    cmd: ${{{{ upper('{'a' * 70}') }}}}\n"})
    (hint,) = hints(index, LIVE, Span(0, len(marked.files[LIVE])))
    assert (hint.label, hint.tooltip) == (f"= {'A' * 59}…", f"`{'A' * 70}`")


def test_only_what_is_the_same_for_all(tmp_path: Path) -> None:
    flow = "kind: live\nmixins: {m: {cmd: '${{ params.n }} ${{ params.same }}'}}\njobs:\n"
    flow += "  a: {mixins: [m], image: u, params: {n: 1, same: x}}\n  b: {mixins: [m], image: u, params: {n: 2, same: x}}\n"
    assert shown(tmp_path, {LIVE: flow}) == [("mixins: {m: {cmd: '${{ params.n }} ${{ params.same }}", "= x")]


def test_rows_of_a_matrix(tmp_path: Path) -> None:
    flow = "kind: batch\ntasks:\n  - image: u\n    strategy: {matrix: {x: [1, 2]}}\n    cmd: ${{ matrix.x }}\n    title: ${{ len(keys(matrix)) }}\n"
    assert shown(tmp_path, {".neuro/b.yml": flow}, ".neuro/b.yml") == [("title: ${{ len(keys(matrix)) }}", "= 2")]


def test_only_in_the_range(tmp_path: Path) -> None:
    text = f"{FLOW}    cmd: ${{{{ params.lr }}}}\n    title: ${{{{ params.lr }}}}\n"
    index, marked = indexed(tmp_path, {LIVE: text})
    start = marked.files[LIVE].index("title")
    assert [hint.at for hint in hints(index, LIVE, Span(start, len(text)))] == [len(text) - 1]


def test_what_an_alias_repeats_is_shown_once(tmp_path: Path) -> None:
    flow = "kind: live\njobs:\n  a: {image: u, env: &e {A: '${{ len(''a'') }}'}}\n  b: {image: u, env: *e}\n"
    assert [label for _, label in shown(tmp_path, {LIVE: flow})] == ["= 1"]


def test_a_file_that_is_broken_or_none(tmp_path: Path) -> None:
    broken = f"{FLOW}    cmd: ${{{{ params.lr }}}}\n    env: {{A: [\n  other:\n    image\n"
    assert shown(tmp_path, {LIVE: broken}) == [("cmd: ${{ params.lr }}", "= 0.1")]
    index, _ = indexed(tmp_path / "2", {LIVE: FLOW})
    assert hints(index, "nothing.yml", Span(0, 9)) == []
