"""A workspace that has something of everything a compiled document can hold."""

from __future__ import annotations

FILES = {
    ".neuro/project.yml": """
        id: every
        owner: someone
        volumes:
          shared:
            remote: storage:shared
            mount: /shared
            read_only: true
        """,
    ".neuro/live.yml": """
        kind: live
        title: Everything
        defaults:
          env: {origin: here, COMMIT: "${{ git.sha }}"}
          tags: [one, "${{ git.branch }}"]
          preset: cpu
          life_span: 1d
        images:
          own:
            ref: image:own:v1
            context: .
            dockerfile: Dockerfile
            build_args: [A=1]
            env: {B: "2"}
            volumes: ["storage:cache:/cache:rw"]
            build_preset: big
            force_rebuild: true
        volumes:
          data:
            remote: storage:data
            mount: /data
            local: data
        jobs:
          plain:
            image: ${{ images.own.ref }}
            params:
              lr: "0.1"
              who: {default: ~, descr: a name}
            volumes: ["${{ upload(volumes.data).ref }}"]
            bash: |
              echo ${{ params.lr }} it's ${{ params.who }} ${{ git.sha }}
            http_port: 8080
            http_auth: false
            port_forward: ["2211:22"]
            schedule_timeout: 10m
            restart: on-failure
            workdir: ${{ flow.workspace }}/x
            detach: true
          many:
            image: ubuntu
            multi: true
            cmd: echo ${{ multi.suffix }}
          origin:
            image: ubuntu
            entrypoint: sh
            env: {P: "${{ inspect_job('plain').id }}"}
          called:
            action: ws:live_action
            args: {n: "${{ git.sha }}"}
          away:
            action: gh:nobody/nothing@v1
            args: {a: b}
        """,
    "live_action.yml": """
        kind: live
        inputs:
          n: {}
          path: {default: nowhere}
        job:
          image: ubuntu
          cmd: echo ${{ inputs.n }} ${{ inputs.path }} ${{ flow.action_path }}
        """,
    ".neuro/train.yml": """
        kind: batch
        life_span: 2d
        params:
          epochs: {default: "3", descr: how many}
        defaults:
          fail_fast: false
          max_parallel: 4
          cache: {strategy: default, life_span: 1h}
        tasks:
          - id: first
            image: ubuntu
            cmd: echo ${{ params.epochs }}
          - id: grid_${{ matrix.x }}_${{ matrix.y }}
            needs: [first]
            image: ubuntu
            env: {GOT: "${{ needs.first.outputs.res }}"}
            strategy:
              matrix:
                x: [1, b]
                y: [true]
                include: [{x: 5, y: 6}]
            cmd: echo
          - image: ubuntu
            needs: {first: running}
            enable: ${{ always() }}
            cmd: echo
          - id: act
            needs: [first]
            action: ws:batch_action
            args: {n: "${{ needs.first.outputs.res }}"}
          - id: state
            action: ws:stateful_action
            args: {n: "1"}
          - id: here
            needs: []
            action: ws:local_action
          - id: away
            action: gh:nobody/nothing@v1
            args: {a: "${{ params.epochs }}"}
          - id: mod
            module: ws:module
        """,
    "batch_action.yml": """
        kind: batch
        inputs: {n: {}}
        outputs:
          res: {value: "${{ needs.inner.outputs.res }}"}
        cache: {strategy: none}
        images:
          own: {ref: "image:inner", context: "${{ flow.action_path }}", dockerfile: "${{ flow.action_path }}/Dockerfile"}
        tasks:
          - id: inner
            image: ubuntu
            bash: echo ${{ inputs.n }}
        """,
    "stateful_action.yml": """
        kind: stateful
        inputs: {n: {}}
        main: {image: ubuntu, cmd: "echo ${{ inputs.n }}"}
        post: {image: ubuntu, cmd: "echo ${{ state.id }}"}
        """,
    "local_action.yml": """
        kind: local
        cmd: git rev-parse HEAD
        """,
    "module.yml": """
        kind: batch
        tasks:
          - id: inside
            image: ubuntu
            cmd: echo ${{ params.epochs }}
        """,
}
