"""Values and what YAML and the engine make of them: edge cases, and what fixes write."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.text import apply_edits
from tests.rules.traps import Trap, check
from tests.workspaces import findings, live

CASES = [
    Trap(
        "a text for a list",
        """
        # .neuro/live.yml
        kind: live
        volumes: {data: {remote: storage:data, mount: /data}}
        jobs:
          a:
            image: ubuntu
            volumes: «${{ volumes.data.ref }}»
            port_forward: «${{ '80:80' }}»
            tags: ["${{ params.tag }}"]
            params: {tag: x}
        """,
        "list-expr-type error betrayed unsafe",
        "list-expr-type error refused unsafe",
    ),
    Trap(
        "texts in every place",
        """
        # .neuro/live.yml
        kind: live
        title: «yes»
        defaults: {env: {A: «no»}, tags: [«1.20»], preset: «010»}
        mixins: {m: {env: {C: «off»}}}
        jobs:
          a: {image: ubuntu, mixins: [m], entrypoint: «0b11», cmd: «1_0»}
        """,
        *["yaml11-coercion warning advice safe"] * 7,
    ),
    Trap(
        "what is no text, is not read, or has a tag",
        """
        # .neuro/train.yml
        kind: batch
        params: {a: {default: "x", descr: yes}}
        tasks:
        - image: ubuntu
          cmd: a ${{ params.a }}
          env: {A: !!str yes, B: "${{ True }}"}
          http_port: 80
          pass_config: no
          enable: yes
          life_span: 60
          strategy: {matrix: {x: [yes, 010]}, max_parallel: 1_0}
        """,
    ),
    Trap(
        "arguments of an action that is not at hand become text",
        """
        kind: live
        jobs:
          a: {action: «'gh:o/r@v1'», args: {x: «yes», y: 1.5}}
        """,
        "missing-action info advice",
        "yaml11-coercion warning advice safe",
    ),
    Trap(
        "truth values as texts that say yes, or as expressions",
        """
        kind: live
        jobs:
          a: {image: ubuntu, detach: 'true', browse: "Yes", pass_config: "${{ True }}", http_auth: "${{ 1 == 1 }}"}
        """,
    ),
    Trap(
        "texts that may be empty are asked for that",
        """
        # .neuro/train.yml
        kind: batch
        params: {note: '', path: data/raw, yes_no: 'no'}
        tasks:
        - image: ubuntu
          enable: ${{ success() and params.path }}
          cmd: a ${{ '-n' if params.note else '' }} ${{ '-p' if params.path else '' }} ${{ '-y' if not «params.yes_no» else '' }}
        """,
        "bool-from-string warning advice unsafe",
    ),
    Trap(
        "inputs with types",
        """
        kind: live
        jobs:
          a: {action: 'ws:a', args: {flag: "${{ False }}", word: 'no'}}
        # a.yml
        kind: live
        inputs: {flag: {type: bool}, word: {}}
        job:
          image: ubuntu
          detach: ${{ inputs.flag }}
          browse: ${{ «inputs.word» }}
        """,
        "bool-from-string warning advice unsafe",
    ),
    Trap(
        "time spans",
        """
        # .neuro/train.yml
        kind: batch
        life_span: «0»
        defaults: {life_span: 1m, schedule_timeout: «1:00», cache: {strategy: none, life_span: 30}}
        tasks:
        - {image: ubuntu, life_span: "${{ 5 }}", schedule_timeout: 30}
        - {image: ubuntu, life_span: '90'}
        """,
        "life-span-value warning advice",
        "life-span-value warning advice",
    ),
    Trap(
        "ports of each job",
        """
        # .neuro/train.yml
        kind: batch
        params: {port: '70000', ok: '80'}
        tasks:
        - {image: ubuntu, http_port: «"${{ params.port }}"»}
        - {image: ubuntu, http_port: "${{ params.ok }}"}
        - {image: ubuntu, http_port: 80.0}
        """,
        "int-range warning advice",
    ),
    Trap(
        "blanks that are the author's own",
        """
        kind: live
        jobs:
          a:
            image: >-
              ubuntu
            env: {A: " x ", B: ''}
            cmd: |
              ls
            title: ' t'
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_values(case: Trap, tmp_path: Path) -> None:
    check(tmp_path, case)


def fixed(folder: Path, text: str) -> str:
    """The text with the safe fixes of all its findings made."""
    edits = [part.edit for found in findings(folder, live(text)) for fix in found.fixes[:1] if fix.safe for part in fix.edits]
    return apply_edits(text, edits)


JOB = "kind: live\njobs:\n  a:\n    image: ubuntu\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    env: {A: yes , B: 010}\n", '    env: {A: "yes" , B: "010"}\n'),
        ("    env:\n      A: no  # never\n", '    env:\n      A: "no"  # never\n'),
        ("    params:\n      p: true\n", '    params:\n      p: "true"\n'),
        # a comparison counts on the capital: it stays
        ("    params: {p: true}\n    cmd: ${{ 'x' if params.p == 'True' else 'y' }}\n", None),
        ('    env: {A: true}\n    bash: \'[ "$A" = "True" ]\'\n', '    env: {A: "True"}\n    bash: \'[ "$A" = "True" ]\'\n'),
        ("    env: {on: x, no : y}\n", '    env: {"on": x, "no" : y}\n'),
        ("    detach: 'off'  # for now\n", "    detach: false  # for now\n"),
        ("    detach: |-\n      off\n", "    detach: |-\n      off\n"),
        ("    preset: |\n      cpu\n", "    preset: |-\n      cpu\n"),
        ("    preset: >+\n      cpu\n\n", "    preset: >-\n      cpu\n\n"),
        ("    preset: ' cpu '\n", "    preset: 'cpu'\n"),
        ("    life_span: 1:30:00  # h:m:s\n", "    life_span: 1h30m  # h:m:s\n"),
    ],
)
def test_what_fixes_write(tmp_path: Path, before: str, after: str | None) -> None:
    if after is None:
        after = before.replace("true", '"True"')
    assert fixed(tmp_path, JOB + before) == JOB + after


MIXINS = "kind: live\nmixins:\n  base: {volumes: ['storage:a:/a']}\n  more: {mixins: [base]}\n  rest: {preset: cpu}\njobs:\n  a:\n    image: ubuntu\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    mixins: [base, more, rest]\n", "    mixins: [more, rest]\n"),
        ("    mixins: [rest, base, more]\n", "    mixins: [rest, more]\n"),
        ("    mixins:\n    - base  # twice\n    - more\n", "    mixins:\n    - more\n"),
        ("    mixins: [\n      base,\n      more\n    ]\n", "    mixins: [\n      more\n    ]\n"),
        ("    mixins: ['base', \"base\"]\n", '    mixins: ["base"]\n'),
    ],
)
def test_a_mixin_is_taken_from_a_list(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, MIXINS + before) == MIXINS + after
