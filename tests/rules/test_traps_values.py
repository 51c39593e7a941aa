"""The known traps of YAML and of values: each is told, by which rule and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.traps import Trap, check, rows

TRAPS = [
    Trap(
        "T-Y1",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            «image»: debian
        """,
        "duplicate-key error betrayed",
    ),
    Trap(
        "T-Y2",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            port_forward: [«2222:22»]
        """,
        "sexagesimal error refused safe",
    ),
    Trap(
        "T-Y3",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: «yes»
              B: «1.10»
              C: «010»
              D: «12:30:45»
              E: «1_000»
              F: «true»
              G: «0x1F»
              H: «2001-12-14t21:59:43Z»
              «on»: x
              «NO»: y
        """,
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
        "yaml11-bool-key error betrayed safe",
        "yaml11-bool-key error betrayed safe",
    ),
    Trap(
        "T-Y3 arrives as it is written",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env: {A: 1, B: 1.5, C: True, D: 2001-01-01, E: 1e3, F: .5, G: "yes", H: 'true', I: y, J: 08, K: -1}
        """,
    ),
    Trap(
        "T-Y3 a name that is equal to another",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env: {1: a, «on»: b}
        """,
        "duplicate-key error betrayed",
    ),
    Trap(
        "T-Y3 arguments",
        """
        kind: live
        jobs:
          j:
            action: ws:a
            args: {text: «yes», number: "${{ 1 }}"}
          k: {action: 'gh:o/r@v1', args: {any: «1.10»}}
        # a.yml
        kind: live
        inputs:
          text: {}
          number: {type: int}
        job:
          image: ubuntu
          cmd: ls ${{ inputs.text }} ${{ inputs.number }}
        # actions/o/r@v1/action.yml
        kind: live
        inputs: {any: {}}
        job: {image: ubuntu, cmd: "${{ inputs.any }}"}
        """,
        "yaml11-coercion warning advice safe",
        "yaml11-coercion warning advice safe",
    ),
    Trap(
        "T-Y4",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            params:
              a: «true»
              b: «yes»
              c: {default: «false»}
              d: "true"
              e: True
            cmd: ls ${{ params.a }} ${{ params.b }} ${{ params.c }} ${{ params.d }} ${{ params.e }}
        """,
        "param-bool-default warning advice safe",
        "param-bool-default warning advice safe",
        "param-bool-default warning advice safe",
    ),
    Trap(
        "T-Y5",
        """
        kind: live
        jobs:
          j:
            image: «3.10»
        """,
        "yaml11-coercion warning advice safe",
    ),
    Trap(
        "T-Y6",
        """
        kind: live
        jobs:
          j:
            cmd: «[python, train.py]»
            image: «{ref: x}»
            entrypoint: «[sh]»
        """,
        "collection-for-scalar error betrayed unsafe",
        "collection-for-scalar error betrayed",
        "collection-for-scalar error betrayed unsafe",
    ),
    Trap(
        "T-Y7",
        """
        # .neuro/train.yml
        kind: batch
        images:
          i: {ref: 'image:a', context: ., dockerfile: ./Dockerfile, build_args: «X=1»}
        tasks:
        - id: a_${{ matrix.x }}
          image: ${{ images.i.ref }}
          tags: «a»
          volumes: «storage:a:/b»
          strategy: {matrix: {x: «abc»}}
        """,
        "scalar-for-list error refused safe",
        "scalar-for-list error refused safe",
        "scalar-for-list error refused safe",
        "scalar-for-list error refused safe",
    ),
    Trap(
        "T-Y8",
        """
        kind: live
        defaults:
          «volumes»:
        jobs:
          j:
            image: ubuntu
            «volumes»:
            «tags»:
            «port_forward»:
        """,
        "null-list error refused",
        "null-list error refused safe",
        "null-list error refused safe",
        "null-list error refused safe",
    ),
    Trap(
        "T-Y9",
        """
        kind: live
        volumes:
          v: {remote: 'storage:a', mount: /a, read_only: «"false"»}
        jobs:
          j:
            image: ubuntu
            volumes: ["${{ volumes.v.ref }}"]
            pass_config: «'false'»
            http_auth: «"no"»
            detach: «'off'»
            browse: 'True'
          k:
            image: ubuntu
            multi: «'false'»
            detach: «perhaps»
          l:
            image: ubuntu
            params: {x: 'false', y: ''}
            pass_config: ${{ «params.x» }}
            http_auth: ${{ «'no'» }}
            detach: ${{ params.x == 'true' }}
            browse: ${{ params.y }}
            cmd: run ${{ '--x' if «params.x» else '' }} ${{ '--y' if params.y else '' }}
        """,
        "bool-from-string error betrayed safe",
        "bool-from-string error betrayed safe",
        "bool-from-string error betrayed safe",
        "bool-from-string error betrayed safe",
        "bool-from-string error betrayed safe",
        "bool-from-string warning advice",
        "bool-from-string warning advice unsafe",
        "bool-from-string warning advice unsafe",
        "bool-from-string warning advice unsafe",
    ),
    Trap(
        "T-Y9 conditions",
        """
        # .neuro/train.yml
        kind: batch
        params: {run: 'false'}
        tasks:
        - id: a
          image: ubuntu
          bash: echo "::set-output name=flag::1"
        - id: b
          image: ubuntu
          enable: «'false'»
        - id: c
          image: ubuntu
          enable: ${{ success() and «params.run» }}
        - id: d
          image: ubuntu
          needs: [a]
          enable: ${{ success() and not «needs.a.outputs.flag» }}
        - id: e
          image: ubuntu
          needs: [a]
          enable: ${{ success() and needs.a.outputs.flag == 'true' }}
        - id: f
          image: ubuntu
          needs: [a]
          enable: ${{ «needs.a.result» and success() }}
        """,
        "bool-from-string warning advice unsafe",
        "bool-from-string warning advice unsafe",
        "bool-from-string warning advice unsafe",
        "bool-from-string warning advice unsafe",
    ),
    Trap(
        "T-Y10",
        """
        # .neuro/live.yml
        «»
        # .neuro/train.yml
        kind: batch
        tasks: []
        """,
        "empty-file error refused",
    ),
    Trap(
        "T-Y10 kind",
        """
        kind: «batch»
        tasks: []
        """,
        "wrong-kind error betrayed",
    ),
    Trap(
        "T-Y11",
        """
        kind: live
        «jobs»:
        # .neuro/a.yml
        kind: batch
        «tasks»:
        """,
        "section-type error refused",
        "section-type error refused",
    ),
    Trap(
        "T-Y11 text",
        """
        kind: live
        jobs: «abc»
        """,
        "section-type error refused",
    ),
    Trap(
        "T-Y11 list",
        """
        kind: live
        jobs: «[a]»
        """,
        "section-type error refused",
    ),
    Trap(
        "T-Y12",
        """
        kind: live
        «life_span»: 1d
        «params»: {a: b}
        «tasks»: []
        jobs: {}
        # .neuro/b.yml
        kind: batch
        «jobs»: {}
        tasks: []
        """,
        "unknown-key error refused",
        "unknown-key error refused",
        "unknown-key error refused",
        "unknown-key error refused",
    ),
    Trap(
        "T-Y13",
        """
        kind: live
        jobs:
          a: &x
            image: ubuntu
          b:
            «<<»: *x
            cmd: ls
        """,
        "merge-key error refused safe",
    ),
    Trap(
        "T-Y14",
        """
        kind: live
        jobs:
          a:
            image: ubuntu
            env: «${{ {'A': 'b'} }}»
        """,
        "unquoted-expression error refused safe",
    ),
    Trap(
        "T-Y14 text",
        """
        kind: live
        jobs:
          a:
            image: ubuntu
            cmd: «${{ fmt("x: {}", 1) }}»
        """,
        "unquoted-expression error refused safe",
    ),
    Trap(
        "T-Y15",
        """
        kind: live
        jobs:
          a:
            image: ubuntu
            tags: [ «${{ flow.title }}», b ]
        """,
        "unquoted-expression error refused safe",
    ),
    Trap(
        "T-Y15 mapping",
        """
        kind: live
        jobs:
          a:
            image: ubuntu
            env: { a: «${{ flow.title }}» }
        """,
        "unquoted-expression error refused safe",
    ),
    Trap(
        "T-Y16",
        """
        kind: live
        jobs:
          a:
            image: ubuntu
            cmd: ${{ fmt('a «#b', 1) }}»
        """,
        "comment-cuts-expression error refused safe",
    ),
    Trap(
        "T-Y17",
        """
        kind: live
        jobs:
        «\t»a:
        \t\timage: ubuntu
        """,
        "tab-indent error refused safe",
    ),
    Trap(
        "T-Y18",
        """
        kind: live
        jobs:
          a: {image: ubuntu, life_span: «1:30:00»}
          b: {image: ubuntu, life_span: «1:30»}
          c: {image: ubuntu, life_span: «30»}
          d: {image: ubuntu, life_span: «0.5»}
          e: {image: ubuntu, life_span: «-5»}
          f: {image: ubuntu, life_span: «nan»}
          g: {image: ubuntu, life_span: «0»}
          h: {image: ubuntu, schedule_timeout: «0s»}
          i: {image: ubuntu, schedule_timeout: 30}
          k: {image: ubuntu, life_span: 1m}
        """,
        "life-span-value warning advice safe",
        "life-span-value warning advice",
        "life-span-value warning advice",
        "life-span-value warning advice",
        "life-span-value error betrayed",
        "life-span-value error betrayed",
        "life-span-value warning advice",
        "life-span-value warning advice",
    ),
    Trap(
        "T-Y19",
        """
        kind: live
        jobs:
          a: {image: ubuntu, life_span: «1.5h»}
          b: {image: ubuntu, life_span: «1w»}
          c: {image: ubuntu, life_span: «6h1d»}
          d: {image: ubuntu, life_span: «1h 30m»}
        """,
        "bad-timedelta error refused safe",
        "bad-timedelta error refused safe",
        "bad-timedelta error refused safe",
        "bad-timedelta error refused safe",
    ),
    Trap(
        "T-Y20",
        """
        kind: live
        jobs:
          a: {image: ubuntu, restart: «no»}
          b: {image: ubuntu, restart: «on_failure»}
        """,
        "bad-enum error refused safe",
        "bad-enum error refused safe",
    ),
    Trap(
        "T-Y21",
        """
        kind: live
        jobs:
          a: {image: ubuntu, http_port: «true»}
          b: {image: ubuntu, http_port: «80.9»}
          c: {image: ubuntu, http_port: «99999»}
          d: {image: ubuntu, http_port: "80", port_forward: [«"99999:80"»]}
          e: {image: ubuntu, http_port: «"${{ 88888 }}"»}
        """,
        "int-range warning advice",
        "int-range warning advice",
        "int-range warning advice",
        "int-range warning advice",
        "int-range warning advice",
    ),
    Trap(
        "T-Y21 batch",
        """
        # .neuro/train.yml
        kind: batch
        defaults: {max_parallel: «2.7»}
        tasks: []
        """,
        "int-range warning advice",
    ),
    Trap(
        "T-Y22",
        """
        kind: live
        «typo»: 1
        jobs:
          a:
            image: ubuntu
            http_port: «x»
            cmd: ${{ «nope» }}
        """,
        "unknown-key error refused",
        "bad-number error refused",
        "unknown-context error refused",
    ),
]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_the_trap_is_told_at_its_place(trap: Trap, tmp_path: Path) -> None:
    check(tmp_path, trap)


def test_every_row_of_the_list_is_here() -> None:
    assert {trap.row for trap in TRAPS} == rows("Y", 22)
