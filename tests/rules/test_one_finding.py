"""One mistake is one finding, also where several rules could tell of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.traps import Trap, check

CASES = [
    Trap(
        "a misspelt key is not missing too",
        """
        # .neuro/live.yml
        «kin»: live
        jobs: {a: {image: ubuntu}}
        # .neuro/project.yml
        «id1»: demo
        """,
        "unknown-key error refused unsafe",
        "unknown-key error refused unsafe",
    ),
    Trap(
        "but one that is called something else is",
        """
        # .neuro/live.yml
        kind: live
        jobs: {a: {image: "${{ images.b.ref }}"}}
        images: {«b»: {«source»: x}}
        """,
        "missing-key error refused",
        "unknown-key error refused",
    ),
    Trap(
        "a value of a wrong kind is no wrong word too",
        """
        # .neuro/train.yml
        kind: «[batch]»
        tasks: []
        """,
        "wrong-type error refused",
    ),
    Trap(
        "a list in place of a key",
        """
        # .neuro/live.yml
        kind: live
        jobs:
          a:
            image: ubuntu
            ? «[x, y]»
            : z
            ? «{x: y}»
            :
        """,
        "bad-key error refused",
        "bad-key error refused",
    ),
    Trap(
        "arguments without a comma are not too few as well",
        """
        # .neuro/live.yml
        kind: live
        jobs: {a: {image: ubuntu, cmd: "echo ${{ replace('v', 'a' «'_'») }}"}}
        """,
        "expr-syntax error refused",
    ),
    Trap(
        "the job of an action has no image, whoever calls it",
        """
        # .neuro/live.yml
        kind: live
        jobs:
          a: {action: ws:act, args: {}}
          b: {action: ws:act, args: {}}
        # act.yml
        kind: live
        «job»: {cmd: ls}
        """,
        "missing-image error refused",
    ),
    Trap(
        "no row of a matrix has an image",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - «id»: t_${{ matrix.x }}
          strategy: {matrix: {x: [1, 2]}}
        """,
        "missing-image error refused",
    ),
    Trap(
        "a quote that is open in an action",
        """
        # .neuro/live.yml
        kind: live
        jobs:
          a: {action: ws:act, args: {}}
        # act.yml
        kind: live
        job: {image: ubuntu, cmd: "it«'»s ${{ 'v' }}"}
        """,
        "cmd-quoting error betrayed",
    ),
    Trap(
        "a limit of none that is written as a truth value",
        """
        # .neuro/train.yml
        kind: batch
        defaults: {max_parallel: «off»}
        tasks: [{id: a, image: ubuntu}]
        """,
        "max-parallel-nonpositive error betrayed",
    ),
    Trap(
        "one need without brackets is a need all the same",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: a, image: 'ubuntu:24.04', needs: []}
        - {id: b, image: 'ubuntu:24.04', needs: «a», enable: "${{ needs.a.result == needs.«c».result }}"}
        """,
        "needs-form error refused safe",
        "unknown-need error refused",
    ),
    Trap(
        "a need of a level that is none is a need",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - {id: a, image: 'ubuntu:24.04'}
        - {id: b, image: 'ubuntu:24.04', needs: {a: «done»}, enable: "${{ needs.a.result == 'succeeded' }}"}
        """,
        "bad-enum error refused",
    ),
    Trap(
        "a misspelt argument is not missing too",
        """
        # .neuro/live.yml
        kind: live
        jobs: {a: {action: ws:act, args: {«chanel»: x}}}
        # act.yml
        kind: live
        inputs: {channel: {descr: where}}
        job: {image: ubuntu, cmd: "echo ${{ inputs.channel }}"}
        """,
        "unknown-arg error refused unsafe",
    ),
    Trap(
        "a misspelt context is no missing one",
        """
        # .neuro/live.yml
        kind: live
        images: {a: {ref: 'image:a:v1', dockerfile: Dockerfile, «contxt»: .}}
        jobs: {a: {image: "${{ images.a.ref }}"}}
        """,
        "unknown-key error refused unsafe",
    ),
    Trap(
        "an empty time span",
        """
        # .neuro/live.yml
        kind: live
        jobs: {a: {image: ubuntu, life_span: «""»}}
        """,
        "empty-value error refused",
    ),
]


@pytest.mark.parametrize("trap", CASES, ids=lambda trap: trap.id)
def test_it_is_told_once(trap: Trap, tmp_path: Path) -> None:
    check(tmp_path, trap)
