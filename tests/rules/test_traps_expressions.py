"""The known traps of expressions: each is told, by which rule and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.traps import Trap, check, rows

TRAPS = [
    Trap(
        "T-E1",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            params: {a: x}
            env:
              A: ${{ params.a«!=»'x' }}
              B: ${{ 1«+»1 }}
              C: |-
                two lines
                ${{ «-»len('x') }}
              D: ${{ 1 «<=»2 }}
        """,
        "operator-spacing error refused safe",
        "operator-spacing error refused safe",
        "operator-spacing error refused safe",
        "operator-spacing error refused safe",
    ),
    Trap(
        "T-E2",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ len('x') «-»1 }}
              B: ${{ len('x')«-»1 }}
        """,
        "operator-spacing error refused safe",
        "operator-spacing error refused safe",
    ),
    Trap(
        "T-E3",
        """
        kind: live
        defaults:
          env: {B: c}
        jobs:
          j:
            image: ubuntu
            env:
              A: "${{ {'a': {'b': 1«}}» }}"
              B: ${{ env[keys(env)[0«]]» }}
              C: ${{ [[1], [2«]]» }}
        """,
        "nested-closer error refused safe",
        "nested-closer error refused safe",
        "nested-closer error refused safe",
    ),
    Trap(
        "T-E4",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            bash: |
              ls ${{ 'a' if«
        »         True else 'b' }}
        """,
        "multiline-expression error refused safe",
    ),
    Trap(
        "T-E5",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ «true» }}
              B: ${{ «null» }}
              C: ${{ 1 == 1 «&&» True }}
              D: ${{ True «||» False }}
              E: ${{ «!»True }}
              F: ${{ 'a' «in» 'b' }}
              G: ${{ 1 «is» 2 }}
              H: ${{ 3 «//» 2 }}
              I: ${{ 2 «**» 3 }}
              J: ${{ «1e10» }}
              K: ${{ «.5» }}
              L: ${{ «007» }}
              M: "${{ 1 «?» 2 : 3 }}"
        """,
        "foreign-syntax error refused safe",
        "foreign-syntax error refused safe",
        "foreign-syntax error refused safe",
        "foreign-syntax error refused safe",
        "foreign-syntax error refused safe",
        "foreign-syntax error refused",
        "foreign-syntax error refused",
        "foreign-syntax error refused",
        "foreign-syntax error refused",
        "foreign-syntax error refused safe",
        "foreign-syntax error refused safe",
        "foreign-syntax error refused",
        "foreign-syntax error refused safe",
    ),
    Trap(
        "T-E6",
        r"""
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ 'a«\'»b' }}
              B: ${{ «'it''s'» }}
              C: ${{ «'C:\new'» }}
              D: ${{ 'abc«\'» }}
        """,
        "string-escape error refused safe",
        "string-escape error refused safe",
        "string-escape warning advice unsafe",
        "string-escape error refused safe",
    ),
    Trap(
        "T-E7",
        """
        kind: live
        defaults:
          env: {_X: a, True1: b}
        jobs:
          j:
            image: ubuntu
            params: {or: a, notx: b, Nonesuch: c}
            env:
              A: ${{ env.«_X» }}
              B: ${{ env.«True1» }}
              C: ${{ params.«or» }}
              D: ${{ params.notx }}
              E: ${{ params.«Nonesuch» }}
              F: ${{ params['or'] }}
        """,
        "unaddressable-name error refused safe",
        "unaddressable-name error refused safe",
        "unaddressable-name error refused safe",
        "unaddressable-name error refused safe",
    ),
    Trap(
        "T-E8",
        """
        kind: live
        volumes:
          v: {remote: 'storage:a', mount: /m}
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ flow«['workspace']» }}
              B: ${{ volumes.v«['mount']» }}
        """,
        "index-on-object error refused safe",
        "index-on-object error refused safe",
    ),
    Trap(
        "T-E9",
        r"""
        kind: live
        jobs:
          j:
            image: ubuntu
            bash: |
              one
                ${{ «nope».a }}
            env:
              A: >-
                folded
                ${{ «nope».b }}
              B: 'it''s ${{ «nope».c }}'
              C: "tab\t ${{ «nope».d }}"
        """,
        "unknown-context error refused",
        "unknown-context error refused",
        "unknown-context error refused",
        "unknown-context error refused",
    ),
    Trap(
        "T-E10",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ «lowre»('x') }}
              B: ${{ «lower()» }}
              C: ${{ «lower('a','b')» }}
              D: ${{ 1 +«» }}
              E: ${{ «(»1 }}
        """,
        "unknown-function error refused unsafe",
        "bad-arity error refused",
        "bad-arity error refused",
        "expr-syntax error refused",
        "expr-syntax error refused",
    ),
    Trap(
        "T-E11",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ range(5, «0») }}
              B: ${{ range(3, «0», -1) }}
        """,
        "range-zero-stop warning advice",
        "range-zero-stop warning advice",
    ),
    Trap(
        "T-E12",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            params: {n: '5', name: a}
            env:
              A: ${{ «params.n == 5» }}
              B: ${{ «params.n > 3» }}
              C: ${{ «params.n + 1» }}
              D: ${{ «params.n * 2» }}
              E: ${{ params.name * 2 }} ${{ '-' * 20 }}
        """,
        "always-unequal warning advice unsafe",
        "type-mismatch error refused unsafe",
        "type-mismatch error refused unsafe",
        "type-mismatch warning advice unsafe",
    ),
    Trap(
        "T-E12 rows of several types",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: t_${{ matrix.x }}
          image: ubuntu
          env: {A: "${{ matrix.x == 'auto' }}"}
          strategy: {matrix: {x: [1, auto]}}
        - id: u_${{ matrix.x }}
          image: ubuntu
          env: {A: "${{ «matrix.x == 'auto'» }}"}
          strategy: {matrix: {x: [1, 2]}}
        """,
        "always-unequal warning advice",
    ),
    Trap(
        "T-E13",
        """
        kind: live
        volumes:
          v: {remote: 'storage:a', mount: /m}
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ «volumes.v.mount + '/x'» }}
              B: ${{ lower(«flow.workspace») }}
        """,
        "type-mismatch error refused safe",
        "type-mismatch error refused safe",
    ),
    Trap(
        "T-E14",
        """
        kind: live
        images:
          i: {ref: 'image:a'}
        volumes:
          v: {remote: 'storage:a', mount: /m}
        jobs:
          j:
            image: ${{ «images.i» }}
            volumes: ["${{ «volumes.v» }}"]
        """,
        "object-to-string error betrayed safe",
        "object-to-string error betrayed safe",
    ),
    Trap(
        "T-E15",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ «project.owner» }}
              B: a${{ «None» }}b
        """,
        "none-to-string warning advice",
        "none-to-string warning advice",
    ),
    Trap(
        "T-E16",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            params: {a: abc}
            env:
              A: ${{ join(',', «tags») }}
              B: ${{ join(',', «params.a») }}
        """,
        "type-mismatch error refused",
        "type-mismatch warning advice",
    ),
    Trap(
        "T-E17",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ hash_files(«'nope*'») }}
              B: ${{ «hash_files()» }}
              C: ${{ hash_files(«'/abs'») }}
              D: ${{ hash_files(«'../x'») }}
        """,
        "hash-files-no-match warning advice",
        "hash-files-no-match warning advice",
        "evaluation-error error refused",
        "evaluation-error error refused",
    ),
    Trap(
        "T-E18",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: a
          image: ubuntu
          env: {A: "${{ «hash_files('.neuro/*')» }}"}
        """,
        "hash-files-remote warning advice",
    ),
    Trap(
        "T-E19",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ «fmt('{} {}', 1)» }}
              B: ${{ «fmt('{}', 1, 2)» }}
        """,
        "fmt-arity error refused",
        "fmt-arity warning advice",
    ),
    Trap(
        "T-E20",
        """
        kind: live
        images:
          i: {ref: 'image:a'}
        jobs:
          j:
            image: ${{ images.i.ref }}
            multi: true
            env:
              A: ${{ «parse_json»('1') }}
              B: ${{ multi.«args» }}
              C: ${{ flow.«id» }}
              D: ${{ images.i.«full_context_path» }}
              E: ${{ images.i.«full_dockerfile_path» }}
        """,
        "removed-name error refused safe",
        "removed-name error refused",
        "removed-name error refused safe",
        "removed-name error refused",
        "removed-name error refused",
    ),
    Trap(
        "T-E20 of no multi job",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env: {B: "${{ multi.«args» }}"}
        """,
        "removed-name error refused",
    ),
    Trap(
        "T-E21",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env: {OWN: a}
            cmd: echo ${{ env.«OWN» }}
        """,
        "env-context-scope error refused",
    ),
    Trap(
        "T-E22",
        """
        kind: live
        volumes:
          v: {remote: 'storage:a', mount: /m}
        defaults:
          env: {A: b}
          volumes: ["${{ «volumes».v.ref }}"]
          preset: ${{ «env».A }}
        jobs:
          j:
            image: ubuntu
        """,
        "context-not-available error refused",
        "context-not-available error refused",
    ),
    Trap(
        "T-E23",
        """
        # .neuro/train.yml
        kind: batch
        params: {p: a}
        tasks:
        - id: t
          image: ${{ images.«typo».ref }}
          env:
            A: ${{ params.«typo» }} ${{ params.p }}
            B: ${{ params[«'lit'»] }}
            C: ${{ [x for x in [1] if «nope»] }}
          volumes: ["${{ volumes.«typo».ref }}"]
        """,
        "unknown-image error refused",
        "unknown-param error refused",
        "unknown-param error refused",
        "unknown-context error refused",
        "unknown-volume error refused",
    ),
    Trap(
        "T-E24",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            cmd: ${{ params.«typo» }}
          k:
            image: ${{ images.«typo».ref }}
        """,
        "unknown-param error refused",
        "unknown-image error refused",
    ),
    Trap(
        "T-E25",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ «1 < 2 < 3» }}
              B: ${{ «3 > 2 > 1» }}
        """,
        "chained-comparison warning advice unsafe",
        "chained-comparison warning advice unsafe",
    ),
    Trap(
        "T-E26",
        """
        # .neuro/train.yml
        kind: batch
        tasks:
        - id: a
          image: |
            ubuntu«
        »  enable: |
            ${{ True }}«
        »  http_port: "${{ 80 }}« »"
          preset: "« »cpu"
          volumes:
          - |
            storage:a:/b«
        »  - >-
            storage:c:/d
          cmd: |
            ls
          env:
            A: |
              ${{ 'x' }}«
        »    B: |
              two
              lines
            C: "blank "
        """,
        "stray-whitespace error betrayed safe",
        "stray-whitespace error refused safe",
        "stray-whitespace error refused safe",
        "stray-whitespace warning advice safe",
        "stray-whitespace warning advice safe",
        "stray-whitespace warning advice safe",
    ),
    Trap(
        "T-E27",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            params: {x: a}
            env:
              A: '«{{ params.x }}»'
              B: «${ params.x }»
              C: «$ {{ params.x }}»
              D: '{{ x }} ${x} $(( 1 + 2 )) ${{ params.x }}'
        """,
        "looks-like-expression warning advice unsafe",
        "looks-like-expression warning advice unsafe",
        "looks-like-expression warning advice unsafe",
    ),
    Trap(
        "T-E28",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            params: {msg: a}
            bash: |
              echo "«${{ params.msg }}»"
        """,
        "template-in-script info advice unsafe",
    ),
    Trap(
        "T-E29",
        """
        kind: live
        jobs:
          j:
            image: ubuntu
            env:
              A: ${{ (((((((1))))))) }}
              B: «${{ ((((((((1)))))))) }}»
              C: «${{ ((((((((((((1)))))))))))) }}»
        """,
        "expression-too-deep warning advice",
        "expression-too-deep error betrayed",
    ),
]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_the_trap_is_told_at_its_place(trap: Trap, tmp_path: Path) -> None:
    check(tmp_path, trap)


def test_every_row_of_the_list_is_here() -> None:
    assert {trap.row for trap in TRAPS} == rows("E", 29)
