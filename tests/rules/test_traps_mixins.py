"""The known traps of mixins: each is told, by which rule and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.traps import Trap, check, rows

TRAPS = [
    Trap(
        "T-X1",
        """
        # .neuro/train.yml
        kind: batch
        mixins:
          m:
            tags: [one]
            volumes: ['storage:data:/data']
        tasks:
        - id: t_${{ matrix.x }}
          mixins: [«m»]
          image: ubuntu
          strategy: {matrix: {x: [1, 2]}}
        """,
        "mixin-list-in-matrix warning advice",
    ),
    Trap(
        "T-X1 tags alone",
        """
        # .neuro/train.yml
        kind: batch
        mixins:
          m: {tags: [one]}
        tasks:
        - id: t_${{ matrix.x }}
          mixins: [m]
          image: ubuntu
          strategy: {matrix: {x: [1, 2]}}
        """,
    ),
    Trap(
        "T-X1 one row",
        """
        # .neuro/train.yml
        kind: batch
        mixins:
          m: {volumes: ['storage:data:/data']}
        tasks:
        - id: t_${{ matrix.x }}
          mixins: [m]
          image: ubuntu
          strategy: {matrix: {x: [1]}}
        """,
    ),
    Trap(
        "T-X2",
        """
        # .neuro/train.yml
        kind: batch
        mixins:
          m:
            «needs»: []
            «enable»: ${{ False }}
            «cache»: {strategy: none}
            «strategy»: {matrix: {x: [1]}}
        tasks:
        - id: t
          mixins: [m]
          image: ubuntu
        """,
        "mixin-ignored-field error betrayed",
        "mixin-ignored-field error betrayed",
        "mixin-ignored-field error betrayed",
        "mixin-ignored-field error betrayed",
    ),
    Trap(
        "T-X2 condition in a matrix",
        """
        # .neuro/train.yml
        kind: batch
        mixins:
          m:
            «enable»: ${{ False }}
        tasks:
        - id: t_${{ matrix.x }}
          mixins: [m]
          image: ubuntu
          strategy: {matrix: {x: [1, 2]}}
        """,
        "mixin-ignored-field error betrayed",
    ),
    Trap(
        "T-X2 crash in a matrix",
        """
        # .neuro/train.yml
        kind: batch
        mixins:
          m:
            «cache»: {strategy: none}
        tasks:
        - id: t_${{ matrix.x }}
          mixins: [m]
          image: ubuntu
          strategy: {matrix: {x: [1, 2]}}
        """,
        "mixin-ignored-field error refused",
    ),
    Trap(
        "T-X3",
        """
        kind: live
        mixins:
          m:
            «params»: {a: b}
        jobs:
          j:
            mixins: [m]
            image: ubuntu
        """,
        "mixin-params error refused",
    ),
    Trap(
        "T-X3 dropped",
        """
        kind: live
        mixins:
          m:
            «params»: {a: b}
        jobs:
          j:
            mixins: [m]
            params: {c: d}
            image: ubuntu
            cmd: ls ${{ params.c }}
        """,
        "mixin-params error betrayed",
    ),
    Trap(
        "T-X4",
        """
        kind: live
        mixins:
          base: {volumes: ['storage:a:/b']}
          more: {mixins: [base]}
        jobs:
          j:
            mixins: [«base», more]
            image: ubuntu
        """,
        "mixin-applied-twice warning advice safe",
    ),
    Trap(
        "T-X4 named twice",
        """
        kind: live
        mixins:
          base: {volumes: ['storage:a:/b']}
        jobs:
          j:
            mixins: [«base», base]
            image: ubuntu
        """,
        "mixin-applied-twice warning advice safe",
    ),
    Trap(
        "T-X4 to the right",
        """
        kind: live
        mixins:
          base: {volumes: ['storage:a:/b']}
          more: {mixins: [base]}
        jobs:
          j:
            mixins:
            - more
            - «base»
            image: ubuntu
        """,
        "mixin-applied-twice warning advice unsafe",
    ),
    Trap(
        "T-X4 behind two others",
        """
        kind: live
        mixins:
          base: {port_forward: ['22:22']}
          one: {mixins: [base]}
          two: {mixins: [base]}
        jobs:
          j:
            mixins: [one, «two»]
            image: ubuntu
        """,
        "mixin-applied-twice warning advice",
    ),
    Trap(
        "T-X4 nothing is doubled",
        """
        kind: live
        mixins:
          base: {preset: cpu, env: {A: b}, tags: [a]}
          more: {mixins: [base]}
        jobs:
          j:
            mixins: [base, more]
            image: ubuntu
        """,
    ),
    Trap(
        "T-X5",
        """
        kind: live
        jobs:
          j:
            mixins: [«nope»]
            image: ubuntu
        """,
        "unknown-mixin error refused",
    ),
    Trap(
        "T-X6",
        """
        kind: live
        mixins:
          a: {mixins: [«b»]}
          b: {mixins: [a]}
        jobs:
          j:
            mixins: [a]
            image: ubuntu
        """,
        "mixin-cycle error refused",
    ),
    Trap(
        "T-X6 no cycle at all",
        """
        kind: live
        mixins:
          d: {«mixins»: [b, c]}
          b: {mixins: [a]}
          c: {mixins: [a]}
          a: {image: ubuntu}
        jobs:
          j:
            mixins: [d]
        """,
        "order-false-cycle error refused unsafe",
    ),
    Trap(
        "T-X7",
        """
        kind: live
        jobs:
          j: {action: 'ws:a'}
        # a.yml
        kind: live
        job:
          image: ubuntu
          «mixins»: [nope]
        """,
        "mixins-ignored-in-action warning advice",
    ),
    Trap(
        "T-X8",
        """
        # .neuro/train.yml
        kind: batch
        mixins:
          m: {tags: [a]}
        tasks:
        - id: x
          action: ws:a
        - {id: y, image: ubuntu, mixins: [m]}
        # a.yml
        kind: batch
        tasks:
        - id: t
          image: ubuntu
          mixins: [«m»]
        """,
        "unknown-mixin error refused",
    ),
    Trap(
        "T-X9",
        """
        kind: live
        mixins:
          m: {preset: cpu-small}
        jobs:
          j:
            mixins: [m]
            image: ubuntu
            «preset»:
        """,
        "null-overrides-mixin warning advice safe",
    ),
    Trap(
        "T-X9 meant",
        """
        kind: live
        mixins:
          m: {preset: cpu-small}
        jobs:
          j:
            mixins: [m]
            image: ubuntu
            preset: ~
        """,
    ),
    Trap(
        "T-X10",
        """
        # .neuro/project.yml
        id: p
        mixins:
          m: {preset: a}
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: a, image: ubuntu, mixins: [m]}
        # .neuro/live.yml
        kind: live
        mixins:
          «m»: {workdir: /x}
        jobs:
          j:
            mixins: [m]
            image: ubuntu
        """,
        "mixin-shadows-project info advice",
    ),
    Trap(
        "T-X10 keys of jobs",
        """
        # .neuro/project.yml
        id: p
        mixins:
          m: {«detach»: true}
        # .neuro/live.yml
        kind: live
        jobs:
          j:
            mixins: [m]
            image: ubuntu
        """,
        "unknown-key error refused",
    ),
    Trap(
        "T-X11",
        """
        kind: live
        mixins:
          m: {preset: a}
        jobs:
          j:
            «inherits»: [m]
            image: ubuntu
        """,
        "deprecated-inherits error refused safe",
    ),
]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_the_trap_is_told_at_its_place(trap: Trap, tmp_path: Path) -> None:
    check(tmp_path, trap)


def test_every_row_of_the_list_is_here() -> None:
    assert {trap.row for trap in TRAPS} == rows("X", 11)
