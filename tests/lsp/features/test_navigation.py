from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.lsp.features.navigation import definition, highlights, references
from tests.lsp.features.indexed import NOTATIONS, STYLES, indexed

PROJECT = {
    ".neuro/project.yml": "id: demo\nimages:\n  «base»: {ref: ubuntu}\n",
    ".neuro/live.yml": "kind: live\njobs:\n  a: {image: '${{ images.ba‸se.ref }}', cmd: x}\n  b: {image: '${{ images[\"base\"].ref }}'}\n",
}


def test_definition_in_another_file(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, PROJECT)
    target = definition(index, *marked.cursors[0])[0]
    assert [(target.source.path, target.span)] == marked.ranges
    assert target.source.slice(target.whole) == "base: {ref: ubuntu}"
    assert index.configs[".neuro/live.yml"].source.slice(target.origin) == "base"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("opener", "closer"), NOTATIONS)
def test_every_style_and_notation(tmp_path: Path, style: str, opener: str, closer: str) -> None:
    expression = f"{opener}volumes.«da‸ta».ref{closer} {opener}upload(volumes['«data»']).ref{closer}".replace("'", "''" if style[0] == "'" else "'")
    text = f"kind: live\nvolumes:\n  «=data»: {{remote: 'storage:a', mount: /a}}\njobs:\n  a:\n    image: ubuntu\n    cmd: {style.format(expression)}\n"
    index, marked = indexed(tmp_path, {".neuro/live.yml": text})
    places = references(index, *marked.cursors[0], definitions=False)
    assert [(place.source.path, place.span) for place in places] == marked.ranges
    assert [(target.source.path, target.span) for target in definition(index, *marked.cursors[0])] == marked.special


def test_references_with_and_without_the_definition(tmp_path: Path) -> None:
    index, marked = indexed(tmp_path, PROJECT)
    with_it = [place.source.path for place in references(index, *marked.cursors[0])]
    assert with_it == [".neuro/live.yml", ".neuro/live.yml", ".neuro/project.yml"]
    assert [place.source.path for place in references(index, *marked.cursors[0], definitions=False)] == with_it[:2]


def test_highlights_are_those_of_the_file(tmp_path: Path) -> None:
    files = {".neuro/b.yml": "kind: batch\ntasks:\n  - {id: «=a», image: u}\n  - {needs: [‸«a»], image: u, enable: \"${{ success('«a»') }}\"}\n"}
    index, marked = indexed(tmp_path, files)
    found = highlights(index, *marked.cursors[0])
    assert [place.span for place in found if place.defines] == [span for _, span in marked.special]
    assert [place.span for place in found if not place.defines] == [span for _, span in marked.ranges]


def test_an_action_leads_to_its_file(tmp_path: Path) -> None:
    files = {".neuro/live.yml": "kind: live\njobs: {a: {action: '«ws:a‸ct»'}, b: {module: «ws:act»}}\n", "act.yml": "kind: live\njob: {image: ubuntu}\n"}
    index, marked = indexed(tmp_path, files)
    assert [(target.source.path, target.span) for target in definition(index, *marked.cursors[0])] == [("act.yml", (0, 0))]
    assert [(place.source.path, place.span) for place in references(index, *marked.cursors[0])] == marked.ranges


def test_an_action_that_only_a_broken_file_calls(tmp_path: Path) -> None:
    files = {
        ".neuro/live.yml": "kind: live\njobs:\n  a:\n    action: ws:act\n    args: {‸n: 1\n  b:\n    module: ws:act\n",
        "act.yml": "kind: live\ninputs:\n  «n»: {type: int\njob: {image: ubuntu}\n",
    }
    index, marked = indexed(tmp_path, files)
    assert [(target.source.path, target.span) for target in definition(index, *marked.cursors[0])] == marked.ranges


def test_there_and_back_in_a_broken_file(tmp_path: Path) -> None:
    files = {
        ".neuro/live.yml": """\
            kind: live
            images:
              «=one»: {ref: ubuntu}
            jobs:
              a:
                im
              b:
                env: {A: [1
                image: ${{ images.«o‸ne».ref }}
                cmd: "${{ images['«one»'].ref }}
              c:
                image: ${{ images.«one».ref }}
            """
    }
    index, marked = indexed(tmp_path, files)
    assert [(target.source.path, target.span) for target in definition(index, *marked.cursors[0])] == marked.special
    assert [(place.source.path, place.span) for place in references(index, *marked.cursors[0], definitions=False)] == marked.ranges


@pytest.mark.parametrize("text", ["ki‸nd: live\n", "kind: live\njobs: {a: {image: ubu‸ntu}}\n", "‸", "kind: live\njobs: {a: {image: '${{ flow.ti‸tle }}'}}\n"])
def test_nothing_leads_nowhere(tmp_path: Path, text: str) -> None:
    index, marked = indexed(tmp_path, {".neuro/live.yml": text})
    assert (definition(index, *marked.cursors[0]), references(index, *marked.cursors[0]), highlights(index, *marked.cursors[0])) == ([], [], [])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    index, _ = indexed(tmp_path, PROJECT)
    assert definition(index, "elsewhere.yml", 0) == []
