"""A project to ask about."""

from __future__ import annotations

FILES = {
    ".neuro/project.yml": "id: demo\nproject_name: research\n",
    ".neuro/live.yml": """\
        kind: live
        title: Live "one"
        defaults:
          env: {A: "1"}
        volumes:
          data: {remote: "storage:data", mount: /data}
        jobs:
          train:
            multi: true
            image: ubuntu
            params: {lr: ~, n: "3"}
            cmd: echo ${{ params.lr }}
          plain:
            image: ubuntu
            detach: true
            cmd: echo "a b"
          far:
            action: gh:someone/something@v1
            args: {x: "1"}
        """,
    ".neuro/train.yml": """\
        kind: batch
        params: {epochs: "10"}
        tasks:
          - id: one_${{ matrix.x }}
            strategy: {matrix: {x: [a, b]}}
            image: ubuntu
          - id: act
            needs: {one_a: completed, one_b: running}
            action: ws:act
            args: {n: "${{ needs.one_a.outputs.n }}"}
          - id: last
            needs: [act]
            enable: ${{ needs.act.outputs.out == 'yes' }}
            image: ubuntu
        """,
    ".neuro/other.yml": """\
        kind: batch
        tasks:
          - {id: last, image: ubuntu}
          - {matrix: 1}
        """,
    "act.yml": """\
        kind: batch
        inputs: {n: {descr: a number}}
        outputs: {out: {value: "${{ needs.inner.outputs.x }}"}}
        tasks:
          - {id: inner, image: ubuntu, cmd: "echo ${{ inputs.n }}"}
          - {id: 'after', needs: [inner], image: ubuntu}
        """,
}
"""A live flow, a batch flow with an action, and a flow that the engine refuses."""
