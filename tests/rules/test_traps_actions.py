"""The known traps of actions and modules: each is told, by which rule and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.traps import Trap, check, rows

TRAPS = [
    Trap(
        "T-A1",
        """
        kind: live
        jobs:
          j: {action: 'ws:a', args: {}}
        # a.yml
        kind: live
        inputs:
          name1: «default1»
        job:
          image: ubuntu
          cmd: ls ${{ inputs.name1 }}
        """,
        "input-short-form error refused safe",
    ),
    Trap(
        "T-A2",
        """
        kind: live
        jobs:
          j: {«action»: 'ws:a'}
        # a.yml
        kind: live
        inputs:
          n: {default: x}
        job:
          image: ubuntu
          cmd: echo ${{ inputs.n }} ${{ inputs.n }}
        """,
        "call-without-args error refused safe",
    ),
    Trap(
        "T-A3",
        """
        kind: live
        jobs:
          j:
            action: ws:a
            args: {n: «5», b: «true»}
        # a.yml
        kind: live
        inputs:
          n: {type: int}
          b: {type: bool}
        job:
          image: ubuntu
          cmd: echo ${{ inputs.n }} ${{ inputs.b }}
        """,
        "typed-arg-literal error refused safe",
        "typed-arg-literal error refused safe",
    ),
    Trap(
        "T-A4",
        """
        kind: live
        jobs:
          j:
            action: ws:a
            args: {g: «"${{ 2 }}"»}
        # a.yml
        kind: live
        inputs:
          f: {type: float, default: «1»}
          g: {type: float, default: 1.0}
          i: {type: int, default: true}
        job:
          image: ubuntu
          cmd: a ${{ inputs.f }} ${{ inputs.g }} ${{ inputs.i }}
        """,
        "typed-arg-literal error refused safe",
        "input-default-type error refused safe",
    ),
    Trap(
        "T-A5",
        """
        kind: live
        jobs:
          j: {action: 'ws:a', args: {}}
        # a.yml
        kind: live
        inputs:
          f: {default: «42»}
        job:
          image: ubuntu
          cmd: a ${{ inputs.f }}
        """,
        "input-default-type error refused safe",
    ),
    Trap(
        "T-A6",
        """
        kind: live
        jobs:
          j: {«action»: 'ws:a', args: {}}
          k:
            image: ubuntu
            params:
              p: ~
              q: {default: «~», descr: x}
            cmd: echo ${{ params.p }} ${{ params.q }}
        # a.yml
        kind: live
        inputs:
          f:
            «default»:
        job:
          image: ubuntu
          cmd: a ${{ inputs.f }}
        """,
        "missing-arg error refused",
        "null-default-is-required warning advice",
        "null-default-is-required warning advice",
    ),
    Trap(
        "T-A7",
        """
        kind: live
        jobs:
          j: {action: 'ws:a', args: {f: x}}
        # a.yml
        kind: live
        inputs:
          f: {type: «string»}
        job:
          image: ubuntu
          cmd: a ${{ inputs.f }}
        """,
        "bad-enum error refused safe",
    ),
    Trap(
        "T-A8",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:a'}
        # a.yml
        kind: batch
        outputs:
          «needs»: [t]
          o: {value: "${{ needs.t.outputs.o }}"}
        tasks:
        - {id: t, image: ubuntu, bash: 'echo "::set-output name=o::1"'}
        """,
        "deprecated-outputs-needs error refused safe",
    ),
    Trap(
        "T-A9",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:a'}
        # a.yml
        kind: batch
        outputs:
          «o»: {descr: nothing}
        tasks:
        - {id: t, image: ubuntu}
        """,
        "output-without-value error betrayed",
    ),
    Trap(
        "T-A10",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:a'}
        # a.yml
        kind: stateful
        «cache»: {strategy: none}
        main:
          image: ubuntu
        """,
        "stateful-cache error refused safe",
    ),
    Trap(
        "T-A11",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:l'}
        - {id: y, action: 'ws:s'}
        # l.yml
        kind: local
        outputs:
          o: {value: «x»}
        cmd: echo '::set-output name=o::x'
        # s.yml
        kind: stateful
        outputs:
          o: {value: «x»}
        main: {image: ubuntu, bash: 'echo "::set-output name=o::x"'}
        """,
        "output-value-not-allowed error refused",
        "output-value-not-allowed error refused",
    ),
    Trap(
        "T-A11 params",
        """
        kind: live
        jobs:
          j: {action: 'ws:a'}
        # a.yml
        kind: live
        job:
          image: ubuntu
          «params»: {a: b}
        """,
        "action-job-params error refused",
    ),
    Trap(
        "T-A12",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: x
          «action»: ws:l
          needs: []
        - id: y
          action: ws:s
          args: {«typo»: 1, src: a}
        # s.yml
        kind: stateful
        inputs:
          src: {}
        main:
          image: ubuntu
          cmd: ls ${{ inputs.src }}
        # l.yml
        kind: local
        inputs:
          src: {}
        cmd: ls ${{ inputs.src }}
        """,
        "missing-arg error refused",
        "unknown-arg error refused",
    ),
    Trap(
        "T-A13",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: x
          action: ws:outer
          args: {src: a}
        # outer.yml
        kind: batch
        inputs:
          src: {}
        tasks:
        - id: x
          action: ws:s
          args: {path: "${{ inputs.«src» }}"}
        # s.yml
        kind: stateful
        inputs:
          path: {}
        main:
          image: ubuntu
          cmd: ls ${{ inputs.path }}
        """,
        "nested-input-name-clash error refused",
    ),
    Trap(
        "T-A14",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: x
          action: ws:s
          args: {path: a}
        # s.yml
        kind: stateful
        inputs:
          path: {}
        main:
          image: ubuntu
          cmd: ls ${{ inputs.path }}
        post:
          image: ubuntu
          cmd: rm ${{ «inputs».path }}
        """,
        "context-not-available error refused",
    ),
    Trap(
        "T-A15",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: x
          action: ws:a
          args: {path: a}
        # a.yml
        kind: batch
        inputs:
          path: {}
        images:
          i:
            ref: image:${{ «inputs».path }}
        tasks:
        - id: t_${{ matrix.x }}
          image: ${{ images.i.ref }}
          strategy:
            matrix:
              x: ["${{ «inputs».path }}"]
        """,
        "context-not-available error refused",
        "context-not-available error refused",
    ),
    Trap(
        "T-A16",
        """
        # .neuro/train.yml
        kind: batch
        images:
          base: {ref: "image:x"}
        tasks:
        - {id: w, image: "${{ images.base.ref }}"}
        - id: x
          module: ws:m
        # m.yml
        kind: batch
        tasks:
        - id: t
          image: ${{ images.«base».ref }}
        """,
        "unknown-image error refused",
    ),
    Trap(
        "T-A16 the module has images",
        """
        # .neuro/train.yml
        kind: batch
        images:
          base: {ref: "image:x"}
        tasks:
        - {id: w, image: "${{ images.base.ref }}"}
        - id: x
          module: ws:m
        # m.yml
        kind: batch
        images:
          own: {ref: ubuntu}
        tasks:
        - id: t
          image: ${{ images.own.ref }}
        - id: u
          image: ${{ images.«base».ref }}
        """,
        "unknown-image error refused",
    ),
    Trap(
        "T-A17",
        """
        kind: live
        jobs:
          j: {action: 'ws:a'}
        # a.yml
        kind: live
        job:
          image: ubuntu
          env:
            A: ${{ «git».sha }}
            B: ${{ «project».id }}
            C: ${{ flow.title }}
        """,
        "context-not-available error refused",
        "context-not-available error refused",
    ),
    Trap(
        "T-A17 batch",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:a'}
        # a.yml
        kind: batch
        tasks:
        - id: t
          image: ubuntu
          env:
            A: ${{ git.sha }}
            B: ${{ «project».id }}
            D: ${{ «params».x }}
            E: ${{ «volumes».x }}
            F: ${{ «env».x }}
            G: ${{ len(«tags») }}
        """,
        "context-not-available error refused",
        "context-not-available error refused",
        "context-not-available error refused",
        "context-not-available error refused",
        "context-not-available error refused",
    ),
    Trap(
        "T-A17 stateful and local",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:l'}
        - {id: y, action: 'ws:s'}
        # l.yml
        kind: local
        cmd: echo ${{ «flow».title }}
        # s.yml
        kind: stateful
        main:
          image: ubuntu
          cmd: ${{ «flow».title }}
        """,
        "context-not-available error refused",
        "context-not-available error refused",
    ),
    Trap(
        "T-A18",
        """
        kind: live
        title: «${{ 'a' }}»
        id: «${{ 'b' }}»
        jobs:
          j:
            action: «${{ 'ws:a' }}»
          k:
            image: ubuntu
            multi: «${{ True }}»
        """,
        "expression-not-allowed error refused",
        "expression-not-allowed error refused",
        "expression-not-allowed error refused",
        "expression-not-allowed error refused",
    ),
    Trap(
        "T-A18 action",
        """
        kind: live
        jobs:
          j: {action: 'ws:a'}
        # a.yml
        kind: live
        name: «${{ 'a' }}»
        descr: «${{ 'b' }}»
        job:
          image: ubuntu
        """,
        "expression-not-allowed error refused",
        "expression-not-allowed error refused",
    ),
    Trap(
        "T-A19",
        """
        kind: live
        jobs:
          j: {action: «'gh:o/r@v1'»}
        # actions/o/r@v1/config.yml
        kind: live
        job: {image: ubuntu}
        """,
        "gh-action-file-name error refused",
    ),
    Trap(
        "T-A20",
        """
        kind: live
        jobs:
          j:
            action: gh:o/r@«0123456789abcdef0123456789abcdef01234567»
        # actions/o/r@0123456789abcdef0123456789abcdef01234567/action.yml
        kind: live
        job: {image: ubuntu}
        """,
        "gh-sha-ref error betrayed",
    ),
    Trap(
        "T-A20 a branch",
        """
        kind: live
        jobs:
          j: {action: 'gh:o/r@«main»'}
        # actions/o/r@main/action.yml
        kind: live
        job: {image: ubuntu}
        """,
        "gh-mutable-ref info advice",
    ),
    Trap(
        "T-A21",
        """
        kind: live
        jobs:
          j: {action: «'ws:acts/foo'»}
        # acts/foo/x.yml
        kind: live
        job: {image: ubuntu}
        # acts/foo.yml
        kind: live
        job: {image: ubuntu}
        """,
        "ws-path-is-directory error refused safe",
    ),
    Trap(
        "T-A22",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:acts/a'}
        # acts/a.yml
        kind: batch
        tasks:
        - id: t
          action: «ws:./x.yml»
        # acts/x.yml
        kind: batch
        tasks: []
        """,
        "action-not-found error refused",
    ),
    Trap(
        "T-A22 outside",
        """
        kind: live
        jobs:
          j: {action: «'ws:../x'»}
        """,
        "outside-workspace error betrayed",
    ),
    Trap(
        "T-A23",
        """
        kind: live
        jobs:
          j: {action: «'ws:a'»}
        # a.yml
        kind: batch
        tasks: []
        """,
        "action-kind-mismatch error refused",
    ),
    Trap(
        "T-A24",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: x, action: 'ws:l'}
        # l.yml
        kind: local
        cmd: echo a «&&» echo $HOME > f
        """,
        "shell-syntax-in-cmd warning advice unsafe",
    ),
    Trap(
        "T-A26",
        """
        kind: live
        jobs:
          j:
            action: ws:a
            args: {«on»: x}
        # a.yml
        kind: live
        inputs:
          n: {default: x}
        job:
          image: ubuntu
          cmd: echo ${{ inputs.n }}
        """,
        "yaml11-bool-key error refused safe",
    ),
    Trap(
        "T-A26 declared in quotes",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: x
          action: ws:a
          args: {«on»: x}
        # a.yml
        kind: batch
        inputs:
          "on": {}
        tasks:
        - {id: t, image: ubuntu, cmd: "ls ${{ inputs.on }}"}
        """,
        "yaml11-bool-key error refused safe",
    ),
    Trap(
        "T-A26 declared without",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: x
          action: ws:a
          args: {"on": x}
        # a.yml
        kind: batch
        inputs:
          «on»: {}
        tasks: []
        """,
        "bad-id error refused",
    ),
]


NOTHING_TO_FIND = {
    "T-A25": "the documentation says that a call without outputs always succeeds; it fails with a task inside it, as one would think",
}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_the_trap_is_told_at_its_place(trap: Trap, tmp_path: Path) -> None:
    check(tmp_path, trap)


def test_every_row_of_the_list_is_here() -> None:
    assert {trap.row for trap in TRAPS} | NOTHING_TO_FIND.keys() == rows("A", 26)
