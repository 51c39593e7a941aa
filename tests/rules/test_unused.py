"""Names that nothing uses: what counts as a use, and what is not judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.traps import Trap, check

CASES = [
    Trap(
        "every kind",
        """
        kind: live
        images: {«i»: {ref: 'image:i'}}
        volumes: {«v»: {remote: 'storage:v', mount: /v}}
        mixins: {«m»: {preset: cpu}}
        jobs:
          a: {image: ubuntu, params: {«p»: x}}
        # action.yml
        kind: live
        inputs: {«n»: {default: x}}
        job: {image: ubuntu}
        """,
        "unused-image warning advice",
        "unused-volume warning advice",
        "unused-mixin warning advice",
        "unused-param warning advice",
        "unused-input warning advice",
    ),
    Trap(
        "for commands",
        """
        kind: live
        images: {«i»: {ref: 'image:i', context: src, dockerfile: src/Dockerfile}}
        volumes: {«v»: {remote: 'storage:v', mount: /v, local: data}}
        jobs: {}
        """,
        "unused-image info advice",
        "unused-volume info advice",
    ),
    Trap(
        "read as a whole",
        """
        kind: live
        images: {i: {ref: 'image:i'}}
        volumes: {v: {remote: 'storage:v', mount: /v}}
        jobs:
          a:
            image: ${{ images[params.which].ref }}
            params: {which: i, other: x}
            cmd: echo ${{ join(' ', values(params)) }}
            volumes: "${{ [volumes[x].ref for x in keys(volumes)] }}"
        """,
    ),
    Trap(
        "in project.yml",
        """
        # .neuro/project.yml
        id: demo
        images: {used: {ref: 'image:used'}, «lost»: {ref: 'image:lost'}}
        mixins: {base: {preset: cpu}, more: {mixins: [base]}, «idle»: {preset: gpu}}
        # .neuro/live.yml
        kind: live
        jobs: {a: {image: ubuntu, mixins: [more]}}
        # .neuro/train.yml
        kind: batch
        tasks: [{image: "${{ images.used.ref }}"}]
        """,
        "unused-image warning advice",
        "unused-mixin warning advice",
    ),
    Trap(
        "hidden by the flow's own",
        """
        # .neuro/project.yml
        id: demo
        images: {«base»: {ref: 'image:base'}}
        # .neuro/train.yml
        kind: batch
        images: {base: {ref: 'image:own'}}
        tasks: [{image: "${{ images.base.ref }}"}]
        """,
        "unused-image warning advice",
    ),
    Trap("a project without flows", "# .neuro/project.yml\nid: demo\nimages: {base: {ref: 'image:base'}}\n"),
    Trap(
        "given and not read",
        """
        kind: live
        jobs:
          a: {action: 'ws:a', args: {n: x}}
        # a.yml
        kind: live
        inputs: {«n»: {}}
        job: {image: ubuntu}
        """,
        "unused-input warning advice",
    ),
    Trap(
        "read by a module",
        """
        # .neuro/train.yml
        kind: batch
        params: {rate: x}
        volumes: {v: {remote: 'storage:v', mount: /v}}
        mixins: {m: {preset: cpu}}
        tasks: [{module: 'ws:m', args: {}}]
        # m.yml
        kind: batch
        tasks: [{image: ubuntu, mixins: [m], cmd: "x ${{ params.rate }}", volumes: ["${{ volumes.v.ref }}"]}]
        """,
    ),
    Trap(
        "a module that is not there",
        """
        # .neuro/train.yml
        kind: batch
        params: {rate: x}
        tasks: [{module: «'ws:nope'», args: {}}]
        """,
        "action-not-found error refused",
    ),
    Trap(
        "in a comment",
        """
        kind: live
        volumes: {v: {remote: 'storage:v', mount: /v}}
        jobs:
          a:
            image: ubuntu
            # volumes: ["${{ volumes.v.ref }}"]
        """,
    ),
    Trap(
        "misspelt",
        """
        kind: live
        images: {train: {ref: 'image:train'}}
        mixins: {base: {preset: cpu}}
        jobs:
          a: {image: "${{ images.«trian».ref }}", mixins: [«bsae»]}
        """,
        "unknown-image error refused unsafe",
        "unknown-mixin error refused unsafe",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_names_that_nothing_uses(case: Trap, tmp_path: Path) -> None:
    check(tmp_path, case)
