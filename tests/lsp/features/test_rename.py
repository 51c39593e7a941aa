from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.analysis import analyze
from flowlang.lsp.features import Index
from flowlang.lsp.features.rename import Refusal, Renaming, prepare_rename, rename
from flowlang.project import FileStore, workspace_of
from flowlang.runs import Options
from flowlang.text import apply_edits
from tests.lsp.features.indexed import indexed
from tests.marked import unmark
from tests.workspaces import write

FILES = {
    ".neuro/project.yml": """\
        id: demo
        images: {base: {ref: ubuntu}}
        volumes: {cache: {remote: "storage:c", mount: /c}}
        mixins:
          m: {volumes: ["${{ volumes.data.ref }}"], mixins: []}
        """,
    ".neuro/live.yml": """\
        kind: live
        defaults: {env: {TOKEN: a}}
        volumes: {data: {remote: "storage:a", mount: /a}, other: {remote: "storage:o", mount: /o}}
        jobs:
          train:
            image: ${{ images['base'].ref }}
            mixins: [m]
            params: {lr: 1}
            cmd: echo ${{ params.lr }} $[[ env.TOKEN ]] ${{ volumes["data"].ref }}
          call:
            action: ws:act
            args: {"n": "${{ 1 }}"}
        """,
    ".neuro/b.yml": """\
        kind: batch
        volumes:
          'data': {remote: "storage:b", mount: /b}
        tasks:
          - id: one
            image: ubuntu
            mixins: [m]
            bash: echo "::set-output name=acc::1"
          - id: two_${{ matrix.x }}
            strategy: {matrix: {x: [1]}}
            needs: {one: completed}
            image: ubuntu
            cmd: ${{ needs.one.outputs.acc }} ${{ success("one") }}
          - {needs: [two_1], image: ubuntu}
          - {image: ubuntu}
        """,
    "act.yml": """\
        kind: live
        inputs: {n: {type: int}}
        job: {image: ubuntu, cmd: "${{ inputs.n }}"}
        """,
}


def opened(root: Path) -> Index:
    workspace = workspace_of(str(root))
    assert workspace is not None
    return Index(analyze(workspace, Options(actions_dirs=(str(root / "remote"),)), FileStore(str(root))))


def where(index: Index, place: str) -> tuple[str, int]:
    """The place that ``FILE: text‸text`` means."""
    path, _, text = place.partition(": ")
    before, _, after = text.partition("‸")
    at = index.configs[path].source.text.index(before + after)
    return path, at + len(before)


RENAMED = {
    "act.yml: inp‸uts: ": None,
    ".neuro/project.yml: {ba‸se: ": {".neuro/project.yml": ["{new: {ref"], ".neuro/live.yml": ["images['new']"]},
    '.neuro/live.yml: volumes["da‸ta"]': {
        ".neuro/project.yml": ["volumes.new.ref"],
        ".neuro/live.yml": ["{new: {remote", 'volumes["new"]'],
        ".neuro/b.yml": ["'new': {remote"],
    },
    ".neuro/b.yml: id: on‸e": {".neuro/b.yml": ["id: new", "{new: completed}", "needs.new.outputs", 'success("new")']},
    ".neuro/b.yml: outputs.ac‸c": {".neuro/b.yml": ["name=new::1", "outputs.new }}"]},
    ".neuro/b.yml: matrix.x‸ ": {".neuro/b.yml": ["matrix.new }}", "{new: [1]}"]},
    ".neuro/live.yml: env.TOKEN‸": {".neuro/live.yml": ["{new: a}", "env.new ]]"]},
    ".neuro/live.yml: params.lr‸ ": {".neuro/live.yml": ["{new: 1}", "params.new }}"]},
    "act.yml: inputs.n‸ ": {"act.yml": ["{new: {type", "inputs.new }}"], ".neuro/live.yml": ['{"new": "']},
    ".neuro/live.yml: ‸train:": {".neuro/live.yml": ["new:\n"]},
    ".neuro/b.yml: [‸m]": {".neuro/project.yml": ["new: {volumes"], ".neuro/live.yml": ["[new]"], ".neuro/b.yml": ["[new]"]},
}


@pytest.mark.parametrize("place", RENAMED)
def test_every_place_gets_the_new_name(tmp_path: Path, place: str) -> None:
    index = opened(write(tmp_path, FILES))
    edits = rename(index, *where(index, place), "new")
    expected = RENAMED[place]
    if expected is None:
        assert isinstance(edits, Refusal)
        return
    assert not isinstance(edits, Refusal)
    assert isinstance(prepare_rename(index, *where(index, place)), Renaming)
    texts: dict[str, str] = {}
    for path in {edit.source.path for edit in edits}:
        texts[path] = apply_edits(index.configs[path].source.text, [edit.edit for edit in edits if edit.source.path == path])
    assert {path: text.count("new") for path, text in texts.items()} == {path: len(parts) for path, parts in expected.items()}
    assert all(part in texts[path] for path, parts in expected.items() for part in parts)
    for path, text in texts.items():
        (tmp_path / "demo" / path).write_text(text, encoding="utf-8")
    again = opened(tmp_path / "demo")
    assert {symbol.name for symbol in again.symbols.all} >= {"new"}
    assert isinstance(prepare_rename(again, *where(again, f"{min(expected)}: {expected[min(expected)][0].replace('new', 'ne‸w', 1)}")), Renaming)


@pytest.mark.parametrize(
    ("place", "name", "message"),
    [
        (".neuro/project.yml: {ba‸se: ", "a-b", "'a-b' is no identifier: only letters, digits and '_', not starting with a digit"),
        (".neuro/project.yml: {ba‸se: ", "BASE", "'BASE' is reserved: names without a lower-case letter are kept for internal use"),
        (".neuro/live.yml: params.lr‸ ", "é", "'é' cannot follow a dot in an expression: only the letters a to z, digits and '_', starting with a letter"),
        (
            ".neuro/live.yml: params.lr‸ ",
            "Nonesuch",
            "'Nonesuch' cannot follow a dot in an expression: only the letters a to z, digits and '_', starting with a letter",
        ),
        (".neuro/b.yml: matrix.x‸ ", "include", "'include' cannot be a key of a matrix: it has a meaning of its own there"),
        (".neuro/live.yml: {da‸ta: ", "other", "there is a volume 'other' already, in line 3 of .neuro/live.yml"),
        (".neuro/live.yml: {da‸ta: ", "cache", "there is a volume 'cache' already, in line 3 of .neuro/project.yml"),
        (".neuro/live.yml: ‸train:", "call", "there is a job 'call' already, in line 10 of .neuro/live.yml"),
        (".neuro/live.yml: {TOK‸EN: ", "1x", "'1x' is no name of a variable: only letters, digits and '_', not starting with a digit"),
        (".neuro/live.yml: {TOK‸EN: ", "_x", "'_x' cannot follow a dot in an expression: only the letters a to z, digits and '_', starting with a letter"),
        (".neuro/b.yml: name=ac‸c", "ä", "'ä' cannot be printed as a name: only the letters a to z, digits and '_', starting with a letter"),
        (".neuro/b.yml: ‸two_1", "two", "this task has no id that is written out: give it one without expressions"),
        (".neuro/live.yml: ws:‸act", "two", "an action is named by its file: rename the file"),
        (".neuro/live.yml: ki‸nd: ", "two", "there is no name here that this project defines"),
    ],
)
def test_what_cannot_be(tmp_path: Path, place: str, name: str, message: str) -> None:
    index = opened(write(tmp_path, FILES))
    assert rename(index, *where(index, place), name) == Refusal(message)


def test_copies_of_other_repositories_stay_as_they_are(tmp_path: Path) -> None:
    files = {
        ".neuro/live.yml": "kind: live\njobs: {a: {action: 'gh:o/r@v1', args: {n: 1}}}\n",
        "remote/o/r@v1/action.yml": "kind: live\ninputs: {n: {}}\njob: {image: ubuntu}\n",
    }
    index = opened(write(tmp_path, files))
    message = "input 'n' belongs to an action of another repository: this is a copy of its file"
    assert prepare_rename(index, *where(index, ".neuro/live.yml: {n‸: 1}")) == Refusal(message)


def test_what_an_expression_names_as_well(tmp_path: Path) -> None:
    files = {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - {id: t‸_a, image: u}
              - {id: x, needs: ["t_${{ matrix.x }}"], strategy: {matrix: {x: [a]}}, image: u}
            """
    }
    index, marked = indexed(tmp_path, files)
    message = "task 't_a' is also meant by 't_${{ matrix.x }}' in line 4 of .neuro/b.yml, which an expression makes"
    assert prepare_rename(index, *marked.cursors[0]) == Refusal(message)


def test_a_name_that_yaml_reads_as_something_else_is_put_in_quotes(tmp_path: Path) -> None:
    text = "kind: live\nimages: {‸one: {ref: u}}\njobs: {a: {image: \"${{ images.one.ref }}${{ images['one'].id }}\"}}\n"
    index, marked = indexed(tmp_path, {".neuro/live.yml": text})
    edits = rename(index, *marked.cursors[0], "yes")
    assert not isinstance(edits, Refusal)
    made = apply_edits(unmark({"a": text}).files["a"], [edit.edit for edit in edits])
    assert made == 'kind: live\nimages: {"yes": {ref: u}}\njobs: {a: {image: "${{ images.yes.ref }}${{ images[\'yes\'].id }}"}}\n'


def test_the_same_name_changes_nothing(tmp_path: Path) -> None:
    index = opened(write(tmp_path, FILES))
    assert rename(index, *where(index, ".neuro/project.yml: {ba‸se: "), "base") == ()
