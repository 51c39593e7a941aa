"""Symbols: every place where a name stands, found from any of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.semantics.symbols import Symbols, symbols_of
from tests.marked import Place, analysis_of, unmark


def found(symbols: Symbols, path: str, offset: int) -> tuple[list[Place], list[Place]]:
    """The definitions and references of what is named at a place."""
    occurrence = symbols.at(path, offset)
    assert occurrence is not None, "there is no name here"
    definitions = [(symbol.source.path, symbol.span) for symbol in occurrence.symbols]
    uses = [(label.source.path, label.span) for symbol in occurrence.symbols for label in symbols.references(symbol)]
    return sorted(set(definitions)), sorted(set(uses))


CASES = {
    "image": {
        ".neuro/live.yml": """\
            kind: live
            images:
              «=train»: {ref: "image:x", dockerfile: a, context: .}
            jobs:
              one:
                image: ${{ images.«train».ref }}
                env: {A: "${{ images['«train»'].ref }}", B: '$[[ images["«train»"].context ]]', C: $<< images.«train».id >>}
                bash: |
                  echo ${{ (images.«train»).ref }} '${{ images.«train».ref }}'
              two: {image: "\\x41${{ images['«train»'].ref }}"}
            """
    },
    "image of the project, hidden in one flow": {
        ".neuro/project.yml": """\
            id: demo
            images: {"«=base»": {ref: ubuntu}}
            mixins: {m: {image: "${{ images.«base».ref }}"}}
            """,
        ".neuro/live.yml": """\
            kind: live
            jobs: {a: {image: "${{ images.«base».ref }}", mixins: [m]}}
            """,
        ".neuro/b.yml": """\
            kind: batch
            images: {base: {ref: mine}}
            tasks: [{image: "${{ images.base.ref }}"}]
            """,
    },
    "volume in a comprehension": {
        ".neuro/live.yml": """\
            kind: live
            volumes: {«=data»: {remote: "storage:a", mount: /a}}
            jobs:
              a:
                image: ubuntu
                cmd: ${{ [volumes for volumes in [volumes.«data».ref] if volumes.data] }} ${{ len(keys(volumes.«data»)) }}
            """
    },
    "param of a job, read in a mixin": {
        ".neuro/live.yml": """\
            kind: live
            mixins:
              m: {cmd: "echo ${{ params.«lr» }}"}
            jobs:
              a: {image: ubuntu, mixins: [m], params: {«=lr»: 1}, env: {L: "${{ params.«lr» }}"}}
              b: {image: ubuntu, params: {lr: 1}, env: {L: "${{ params.lr }}"}}
            """
    },
    "params of a batch flow": {
        ".neuro/b.yml": """\
            kind: batch
            params:
              «=rate»:
                default: 0.1
            volumes: {v: {remote: "storage:${{ params.«rate» }}", mount: /v}}
            tasks:
              - image: ubuntu
                env: {A: "${{ params['«rate»'] }}"}
              - module: ws:mod
                args: {}
            """,
        "mod.yml": """\
            kind: batch
            tasks: [{image: ubuntu, cmd: "${{ params.«rate» }}"}]
            """,
    },
    "inputs, by args": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - {action: ws:act, args: {'«n»': 1}}
              - module: "ws:act.yml"
                args:
                  «n»: ${{ 1 }}
            """,
        "act.yml": """\
            kind: batch
            inputs:
              "«=n»": {type: int}
            outputs:
              o: {value: "${{ inputs.«n» }}"}
            tasks: [{image: ubuntu, cmd: "${{ inputs.«n» }}"}]
            """,
    },
    "tasks": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - id: '«=a»'
                image: ubuntu
              - id: b
                needs: [«a»]
                image: ubuntu
                enable: ${{ success('«a»') and needs.«a».result == 'succeeded' }}
              - id: c
                needs: {"«a»": running, b: completed}
                image: ubuntu
            """,
        "other.yml": "kind: batch\ntasks: [{id: a, image: ubuntu}]\n",
    },
    "a task with rows": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - id: «=train_${{ matrix.x }}»
                strategy: {matrix: {x: [a, b]}}
                image: ubuntu
              - id: eval_${{ matrix.x }}
                strategy: {matrix: {x: [a, b]}}
                needs: ["«train_${{ matrix.x }}»"]
                image: ubuntu
              - needs: [«train_a», «train_b»]
                image: ubuntu
                cmd: ${{ needs.«train_a».outputs.x }}
            """
    },
    "a task without id": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - «=image»: ubuntu
              - {image: ubuntu, enable: "${{ success('«task-1»') }}"}
            """
    },
    "matrix keys": {
        ".neuro/b.yml": """\
            kind: batch
            mixins: {m: {cmd: "${{ matrix.«x» }}"}}
            tasks:
              - id: t_${{ matrix.«x» }}
                strategy:
                  matrix:
                    «=x»: [1, 2]
                    y: [1]
                    include: [{«x»: 1, y: 1}]
                    exclude:
                      - «x»: 2
                mixins: [m]
                image: ubuntu
              - strategy: {matrix: {x: [3]}}
                image: ubuntu-${{ matrix.x }}
            """
    },
    "mixins": {
        ".neuro/project.yml": """\
            id: demo
            mixins:
              «=m»: {image: ubuntu}
              n: {image: ubuntu}
            """,
        ".neuro/live.yml": """\
            kind: live
            mixins: {o: {mixins: ["«m»"]}}
            jobs: {a: {mixins: [o, «m»]}}
            """,
        ".neuro/b.yml": "kind: batch\ntasks: [{mixins: ['«m»']}, {module: ws:mod}]\n",
        ".neuro/c.yml": "kind: batch\nmixins: {m: {image: ubuntu}}\ntasks: [{mixins: [m]}]\n",
        "mod.yml": "kind: batch\ntasks: [{mixins: [«m»]}]\n",
    },
    "variables of the defaults": {
        ".neuro/project.yml": "id: demo\ndefaults: {env: {«=A»: 1, B: 2}}\n",
        ".neuro/live.yml": """\
            kind: live
            defaults: {env: {B: 1}}
            jobs:
              a:
                image: ubuntu
                env: {A: "${{ env.«A» }}${{ env['«A»'] }}${{ env.B }}"}
            """,
    },
    "jobs that are inspected": {
        ".neuro/live.yml": """\
            kind: live
            jobs:
              «=my_db»: {image: ubuntu}
              b: {image: ubuntu, cmd: "${{ inspect_job('«my_db»').id }}"}
              c: {image: ubuntu, cmd: "${{ inspect_job('«my-db»').id }}"}
            """
    },
    "outputs of an action": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - {id: call, action: ws:act, args: {}}
              - {image: ubuntu, cmd: "${{ needs.call.outputs.«out» }} ${{ needs['call']['outputs']['«out»'] }}"}
            """,
        "act.yml": """\
            kind: batch
            outputs: {«=out»: {value: "${{ needs.x.outputs.in }}"}}
            tasks: [{id: x, image: ubuntu}]
            """,
    },
    "outputs that a script prints": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - id: a
                image: ubuntu
                bash: |
                  if true; then
                    echo "::set-output name=«=acc»::1"
                  else
                    echo ::set-output name=«acc»::${{ 2 }}
                  fi
              - {image: ubuntu, cmd: "${{ needs.a.outputs.«acc» }}"}
            """
    },
    "outputs that a mixin's script prints": {
        ".neuro/b.yml": """\
            kind: batch
            mixins:
              m: {python: 'print("::set-output name=«=acc»::1")'}
            tasks:
              - {id: a, image: ubuntu, mixins: [m]}
              - {image: ubuntu, cmd: "${{ needs.a.outputs.«acc» }}"}
            """
    },
    "outputs that a local action declares": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - {id: a, action: ws:act}
              - {image: ubuntu, cmd: "${{ needs.a.outputs.«acc» }}"}
            """,
        "act.yml": """\
            kind: local
            outputs: {«=acc»: {descr: it}}
            cmd: echo "::set-output name=«acc»::1"
            """,
    },
    "state of a stateful action": {
        ".neuro/b.yml": "kind: batch\ntasks: [{id: a, action: ws:act}]\n",
        "act.yml": """\
            kind: stateful
            main: {image: ubuntu, bash: "echo ::save-state name=«=key»::1"}
            post: {image: ubuntu, cmd: "${{ state.«key» }}"}
            """,
    },
    "actions by file": {
        ".neuro/live.yml": """\
            kind: live
            jobs:
              a: {action: "«ws:act»"}
              b:
                module: «ws:act.yml»
            """,
        "act.yml": "«=»kind: live\njob: {image: ubuntu}\n",
    },
    "the caller's names in the post task of a stateful action": {
        ".neuro/b.yml": """\
            kind: batch
            images: {«=i»: {ref: ubuntu}}
            tasks: [{id: a, action: ws:act}]
            """,
        "act.yml": """\
            kind: stateful
            main: {image: "${{ images.i.ref }}"}
            post: {image: "${{ images.«i».ref }}"}
            post_if: ${{ images.«i».id == '' }}
            """,
    },
    "around mistakes": {
        ".neuro/live.yml": """\
            kind: live
            bad: [1]
            images: {«=i»: {reff: ubuntu}, j: 5}
            jobs:
              a: {image: "${{ images.«i».ref }}", colour: red, env: 5}
              b: 7
              c: {imag: x, cmd: "${{ 1 + }} ${{ images.«i» + }} ${{ images.«i».nothing"}
            """
    },
    "in a file that breaks off": {
        ".neuro/live.yml": """\
            kind: live
            images: {«=i»: {ref: ubuntu}}
            jobs:
              a: {image: "${{ images.«i».ref }}"}
              b
              c: {image: "${{ images.i.ref }}"}
            """
    },
}


@pytest.mark.parametrize("name", CASES)
def test_every_place_is_found_from_every_other(tmp_path: Path, name: str) -> None:
    marked = unmark(CASES[name])
    symbols = symbols_of(analysis_of(tmp_path, marked.files))
    expected = (sorted(marked.special), sorted(marked.ranges))
    for path, span in {*marked.ranges, *marked.special}:
        for offset in {span.start, span.end}:
            assert found(symbols, path, offset) == expected, (path, span)


SEVERAL = {
    "the volumes of all flows that use a mixin of the project": {
        ".neuro/project.yml": 'id: demo\nmixins: {m: {volumes: ["${{ volumes.da‸ta.ref }}"]}}\n',
        ".neuro/live.yml": 'kind: live\nvolumes: {«data»: {remote: "storage:a", mount: /a}}\njobs: {a: {image: ubuntu, mixins: [m]}}\n',
        ".neuro/b.yml": 'kind: batch\nvolumes: {«data»: {remote: "storage:b", mount: /b}}\ntasks: [{image: ubuntu, mixins: [m]}]\n',
        ".neuro/c.yml": 'kind: batch\nvolumes: {data: {remote: "storage:c", mount: /c}}\ntasks: [{image: ubuntu}]\n',
    },
    "what a mixin includes that nothing uses": {
        ".neuro/project.yml": "id: demo\nmixins: {«m»: {image: ubuntu}, n: {mixins: [‸m]}}\n",
        ".neuro/live.yml": "kind: live\njobs: {}\n",
        ".neuro/b.yml": "kind: batch\nmixins: {«m»: {image: ubuntu}}\ntasks: []\n",
    },
    "tasks that rows need": {
        ".neuro/b.yml": """\
            kind: batch
            tasks:
              - {id: «t_a», image: ubuntu}
              - {id: «t_b», image: ubuntu}
              - id: u_${{ matrix.x }}
                strategy: {matrix: {x: [a, b]}}
                needs: ["‸t_${{ matrix.x }}", s]
                image: ubuntu
            """
    },
    "tasks of one id": {
        ".neuro/b.yml": "kind: batch\ntasks: [{id: «a», image: u}, {id: «a», image: u}, {needs: [‸a], image: u}]\n",
    },
    "params of every job that calls a module": {
        ".neuro/live.yml": """\
            kind: live
            jobs:
              a: {module: ws:mod, params: {«p»: 1}}
              b: {module: ws:mod, params: {«p»: 1}}
              c: {action: ws:mod, params: {p: 1}}
            """,
        "mod.yml": "kind: live\njob: {image: '${{ params.p‸ }}'}\n",
    },
}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_place_may_stand_for_several(tmp_path: Path, name: str) -> None:
    marked = unmark(SEVERAL[name])
    symbols = symbols_of(analysis_of(tmp_path, marked.files))
    place = symbols.at(*marked.cursors[0])
    assert place is not None
    assert sorted((symbol.source.path, symbol.span) for symbol in place.symbols) == sorted(marked.ranges)


@pytest.mark.parametrize("text", ["kind: live\njobs: {a: {image: ub‸untu}}", "ki‸nd: live\njobs: {}", "kind: live\njobs: {a: {image: '${{ fl‸ow.title }}'}}"])
def test_there_is_no_name(tmp_path: Path, text: str) -> None:
    marked = unmark({".neuro/live.yml": text})
    assert symbols_of(analysis_of(tmp_path, marked.files)).at(*marked.cursors[0]) is None


def test_an_alias_is_the_same_place(tmp_path: Path) -> None:
    files = {
        ".neuro/live.yml": """\
            kind: live
            images: {i: {ref: ubuntu}}
            jobs:
              a: &it {image: "${{ images.i.ref }}", params: {p: 1}, cmd: "${{ params.p }}"}
              b: *it
            """
    }
    analysis = analysis_of(tmp_path, unmark(files).files)
    symbols = symbols_of(analysis)
    params = [symbol for symbol in symbols.all if symbol.kind == "param"]
    assert [(symbol.owner, symbol.name) for symbol in params] == [("a", "p"), ("b", "p")]
    assert params[0].span == params[1].span
    assert [symbols.references(symbol) for symbol in params] == [[symbols.references(params[0])[0]]] * 2


def test_titles(tmp_path: Path) -> None:
    symbols = symbols_of(analysis_of(tmp_path, {".neuro/live.yml": "kind: live\njobs: {a: {image: ubuntu, params: {p: 1}}}\n"}))
    assert [(symbol.title, symbol.owner) for symbol in symbols.all] == [("job 'a'", None), ("param 'p'", "a")]
    assert symbols.all[0].definition.message == "job 'a' is defined here"


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("keys(env)", ["A", "B"]),
        ("env.A", []),
        ("env['A']", []),
        ("env[params.p]", ["A", "B"]),
        ("to_json(params)", ["p"]),
        ("[env for env in params]", ["p"]),
        ("env.A + lower(params['p'])", []),
    ],
)
def test_what_may_be_read_without_its_name(tmp_path: Path, expression: str, names: list[str]) -> None:
    text = f'kind: live\ndefaults: {{env: {{A: 1, B: 2}}}}\njobs: {{a: {{image: ubuntu, params: {{p: 1}}, cmd: "${{{{ {expression} }}}}"}}}}\n'
    symbols = symbols_of(analysis_of(tmp_path, {".neuro/live.yml": text}))
    assert sorted(symbol.name for symbol in symbols.read_as_whole) == names
