"""Every trap of tasks, matrices and graphs, of conditions and outputs, and of the cache is found, at its place."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.workspaces import findings, marked

FLOW = ".neuro/train.yml"


class Trap(NamedTuple):
    """A trap: its flow (the tasks alone, or a whole text), what must be found as (rule, marked text), and other files."""

    name: str
    text: str
    found: tuple[tuple[str, str], ...]
    files: dict[str, str] | None = None
    effect: str | None = None

    def workspace(self) -> dict[str, str]:
        text = self.text if self.text.startswith("kind:") else f"kind: batch\ntasks:\n{self.text}"
        return {FLOW: text, **(self.files or {})}


def one_of(name: str, matrix: str, rest: str = "", id: str = "t_${{ matrix.x }}") -> str:
    """A task with a matrix."""
    return f"- id: {id}\n  image: a\n  strategy:\n    matrix: {matrix}\n{rest}"


def pair(enable: str, rest: str = "", head: str = "") -> str:
    """A task and one after it with a condition."""
    return f"kind: batch\n{head}tasks:\n- {{id: a, image: a}}\n- id: b\n  image: a\n  enable: {enable}\n{rest}"


TRAPS = [
    Trap("T-M1", "- id: train\n  image: a\n  strategy: {matrix: {x: [1, 2, 3]}}\n", (("matrix-constant-id", "train"),), effect="betrayed"),
    Trap("T-M2", "- image: a\n  strategy: {matrix: {learningRate: [1, 2]}}\n", (("matrix-mixed-case-key", "learningRate"),), effect="betrayed"),
    Trap("T-M3 replaced", "- id: a\n  image: a\n  needs: []\n- id: a\n  image: b\n  needs: []\n", (("duplicate-task-id", "a"),), effect="betrayed"),
    Trap("T-M3 circle", "- id: a\n  image: a\n- id: a\n  image: b\n", (("duplicate-task-id", "a"),), effect="refused"),
    Trap("T-M4", one_of("t", "{x: [1, 2], exclude: [{x: 1}]}"), (("matrix-exclude-type", "1"),), effect="betrayed"),
    Trap("T-M4 bool", one_of("t", "{x: [true, false], exclude: [{x: true}]}", id="t"), (("matrix-constant-id", "t"), ("matrix-exclude-type", "true"))),
    Trap("T-M4 float", "- image: a\n  strategy: {matrix: {x: [0.5, 1.5], exclude: [{x: 0.5}]}}\n", (("matrix-exclude-type", "0.5"),)),
    Trap(
        "T-M5",
        one_of("t", "{x: [1, 2], include: [{x: 3}]}", "  cmd: echo ${{ matrix.x * 2 }}\n"),
        (("matrix-include-type", "3"),),
        effect="advice",
    ),
    Trap("T-M6", one_of("t", "{x: [1, 2], exclude: [{z: 1}]}"), (("matrix-exclude-unknown-key", "z"),), effect="refused"),
    Trap("T-M7", one_of("t", "{include: [{x: 1}]}"), (("matrix-include-keys", "x"),), effect="refused"),
    Trap("T-M8", "- image: a\n  strategy: {matrix: {x: []}}\n", (("matrix-empty-dimension", "x"),), effect="advice"),
    Trap("T-M8 expression", "- image: a\n  strategy: {matrix: {x: '${{ [] }}'}}\n", (("matrix-empty-dimension", "x"),)),
    Trap("T-M9", "- image: a\n  strategy: {matrix: {x: [~, 1]}}\n", (("null-value", "~"),), effect="refused"),
    Trap("T-M10", "- image: a\n  strategy: {matrix: {x: \"${{ 'abc' }}\"}}\n", (("list-expr-type", "${{ 'abc' }}"),), effect="advice"),
    Trap(
        "T-M10 volumes",
        "kind: batch\nvolumes: {d: {remote: 'storage:d', mount: /d}}\ntasks:\n- image: a\n  volumes: ${{ volumes.d.ref }}\n",
        (("list-expr-type", "${{ volumes.d.ref }}"),),
        effect="betrayed",
    ),
    Trap("T-M10 mapping", "- image: a\n  strategy:\n    matrix:\n      x: \"${{ {'a': 1} }}\"\n", (("list-expr-type", "${{ {'a': 1} }}"),)),
    Trap("T-M11", "- image: a\n  strategy: {fail_fast: false}\n", (("strategy-without-matrix", "strategy"),), effect="refused"),
    Trap("T-M12 number", one_of("t", "{n: [1, 2]}", id="${{ matrix.n }}"), (("bad-id", "${{ matrix.n }}"),), effect="refused"),
    Trap("T-M12 text", one_of("t", "{v: [a-b]}", id="t_${{ matrix.v }}"), (("bad-id", "t_${{ matrix.v }}"),), effect="refused"),
    Trap("T-M12 capitals", one_of("t", "{v: [A]}", id="T_${{ matrix.v }}"), (("bad-id", "T_${{ matrix.v }}"),), effect="refused"),
    Trap("T-M13", one_of("t", "{x: [a, b]}") + "- image: a\n  needs: [t]\n", (("unknown-need", "t"),), effect="refused"),
    Trap("T-M14", "- image: a\n  strategy: {matrix: {x: '${{ range(11) }}'}}\n", (("max-parallel-default", "matrix"),), effect="advice"),
    Trap(
        "T-M15",
        "- id: serve\n  image: a\n- image: a\n  needs: []\n  strategy: {max_parallel: 1, matrix: {x: [1, 2]}}\n",
        (("task-max-parallel-is-global", "1"),),
        effect="advice",
    ),
    Trap("T-M16", "kind: batch\ndefaults: {max_parallel: 0}\ntasks:\n- image: a\n", (("max-parallel-nonpositive", "0"),), effect="betrayed"),
    Trap("T-M16 task", "- image: a\n  strategy: {max_parallel: -1, matrix: ~}\n", (("max-parallel-nonpositive", "-1"),)),
    Trap(
        "T-M17",
        "- {id: d, image: a, needs: [b, c]}\n- {id: b, image: a, needs: [a]}\n- {id: c, image: a, needs: [a]}\n- {id: a, image: a, needs: []}\n",
        (("task-order-false-cycle", "id"),),
        effect="refused",
    ),
    Trap("T-M18 self", "- {id: a, image: a, needs: [a]}\n", (("needs-cycle", "a"),), effect="refused"),
    Trap("T-M18 mutual", "- {id: a, image: a, needs: [b]}\n- {id: b, image: a, needs: [a]}\n", (("needs-cycle", "b"),), effect="refused"),
    Trap("T-M19", "- image: a\n- image: a\n  needs:\n", (("null-needs", "needs"),), effect="advice"),
    Trap("T-M20", "- image: a\n- action: ws:l\n  args: {}\n", (("local-depends-on-remote", "action"),), {"l.yml": "kind: local\ncmd: ls\n"}, effect="refused"),
    Trap(
        "T-M21",
        "- {id: a, image: a}\n- image: a\n  needs: {a: running}\n  cmd: echo ${{ needs.a.result }}\n",
        (("running-need-in-context", "a"),),
        effect="refused",
    ),
    Trap("T-M22", "- action: ws:r\n", (("recursive-action", "ws:r"),), {"r.yml": "kind: batch\ntasks:\n- action: ws:r\n"}, effect="refused"),
    Trap("T-M23", "- image: a\n  strategy: {matrix: {x: '${{ range(257) }}'}}\n", (("matrix-too-large", "x"),), effect="refused"),
    Trap("T-M24", "- {id: a, image: a}\n- image: a\n  needs: a\n", (("needs-form", "a"),), effect="refused"),
    Trap("T-M24 level", "- {id: a, image: a}\n- image: a\n  needs: {a: started}\n", (("bad-enum", "started"),), effect="refused"),
    Trap("T-F1", pair("${{ failure() }}"), (("failure-handler-needs-no-fail-fast", "failure()"),), effect="betrayed"),
    Trap(
        "T-F2",
        pair("${{ params.mode == 'prod' }}", head="params: {mode: prod}\ndefaults: {fail_fast: false}\n"),
        (("enable-without-status-check", "params.mode == 'prod'"),),
        effect="advice",
    ),
    Trap(
        "T-F2 fail_fast",
        pair("${{ params.mode == 'prod' }}", head="params: {mode: prod}\n"),
        (("enable-without-status-check", "params.mode == 'prod'"),),
    ),
    Trap("T-F3", pair("${{ always() and git.branch == 'main' }}"), (("always-lost", "always()"),), effect="betrayed"),
    Trap("T-F4", pair("failure()"), (("missing-expression-braces", "failure()"),), effect="betrayed"),
    Trap("T-F4 success", pair("success()"), (("missing-expression-braces", "success()"),)),
    Trap("T-F4 always", pair("always()"), ()),
    Trap("T-F5 text", pair("'false'"), (("bool-from-string", "'false'"),)),
    Trap("T-F5 param", pair("${{ params.run }}", head="params: {run: 'false'}\n"), (("bool-from-string", "params.run"),)),
    Trap("T-F5 output", pair("${{ needs.a.outputs.flag }}"), (("bool-from-string", "needs.a.outputs.flag"),)),
    Trap("T-F6", pair("false", "- {id: c, image: a}\n"), (("skip-cascade", "false"),), effect="advice"),
    Trap(
        "T-F6 condition",
        pair("${{ success() and git.branch == 'main' }}", "- {id: c, image: a}\n"),
        (("skip-cascade", "success() and git.branch == 'main'"),),
    ),
    Trap(
        "T-F7",
        pair("${{ always() }}", "  env: {A: '${{ needs.a.outputs.x }}'}\n"),
        (("unguarded-output-after-always", "needs.a.outputs.x"),),
        effect="advice",
    ),
    Trap(
        "T-F8",
        pair("${{ needs.a.result == 'succeeded' and needs.a.outputs.x == '1' }}"),
        (("and-or-not-short-circuit", "and"),),
        effect="advice",
    ),
    Trap("T-F9 success", pair("${{ success('typo') }}"), (("unknown-need", "'typo'"),)),
    Trap("T-F9 failure", pair("${{ failure('aa') }}"), (("unknown-need", "'aa'"),)),
    Trap("T-F10", pair("${{ needs.a.result == 'succedded' }}"), (("unknown-status-literal", "'succedded'"),), effect="advice"),
    Trap("T-F11", "- {id: a, image: a}\n- {image: a, env: {R: '${{ needs.a.result }}'}}\n", (("status-to-string", "needs.a.result"),), effect="advice"),
    Trap(
        "T-F12 empty",
        "- image: a\n  env: {V: ''}\n  bash: echo \"::set-output name=x::$V\"\n",
        (("set-output-maybe-empty", "$V"),),
        effect="advice",
    ),
    Trap("T-F12 not set", '- image: a\n  bash: echo "::set-output name=x::$V"\n', (("set-output-maybe-empty", "$V"),)),
    Trap("T-F12 hyphen", '- image: a\n  bash: echo "::set-output name=my-out::1"\n', (("set-output-name", "my-out"),), effect="advice"),
    Trap("T-F12 underscore", '- image: a\n  bash: echo "::set-output name=_x::1"\n', (("set-output-name", "_x"),)),
    Trap("T-F12 digit", '- image: a\n  bash: echo "::set-output name=1a::1"\n', (("set-output-name", "1a"),)),
    Trap("T-F12 command", '- image: a\n  bash: echo "::set_output name=x::1"\n', (("set-output-name", "set_output"),)),
    Trap("T-F13", "- {id: a, image: a, cmd: echo hi}\n- image: a\n  cmd: echo ${{ needs.a.outputs.x }}\n", (("output-never-set", "x"),), effect="advice"),
    Trap(
        "T-F14",
        "- {id: call, action: ws:act, args: {}}\n- image: a\n  cmd: echo ${{ needs.call.outputs.typo }}\n",
        (("unknown-action-output", "typo"),),
        {"act.yml": "kind: batch\noutputs: {x: {value: 'y'}}\ntasks: []\n"},
    ),
    Trap("T-C1", "- {image: 'a:1', cache: {life_span: 60}}\n", (("cache-life-span-ineffective", "60"),), effect="advice"),
    Trap("T-C2", "- {image: 'a:1', cache: {life_span: 31d}}\n", (("cache-life-span-capped", "31d"),), effect="advice"),
    Trap("T-C3 never", "- {image: a, cache: {strategy: never}}\n", (("bad-enum", "never"),), effect="refused"),
    Trap("T-C3 null", "- {image: a, cache: {strategy: ~}}\n", (("null-value", "~"),), effect="refused"),
    Trap(
        "T-C4",
        "- {action: ws:act, args: {}, cache: {strategy: none}}\n",
        (("cache-not-supported", "cache"),),
        {"act.yml": "kind: stateful\nmain: {image: a}\n"},
        effect="refused",
    ),
    Trap("T-C5", "- {image: tools, cache: {strategy: default}}\n", (("cached-floating-image", "default"),), effect="advice"),
]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_is_found_at_its_place(trap: Trap, tmp_path: Path) -> None:
    found = findings(tmp_path, trap.workspace())
    assert tuple((diagnostic.rule.name, marked(diagnostic)) for diagnostic in found) == trap.found
    if trap.effect is not None:
        assert {diagnostic.effect.value for diagnostic in found} == {trap.effect}


def test_every_trap_of_these_sections_is_in_the_table() -> None:
    wanted = {f"T-M{number}" for number in range(1, 25)} | {f"T-F{number}" for number in range(1, 15)} | {f"T-C{number}" for number in range(1, 6)}
    assert {trap.name.split()[0] for trap in TRAPS} == wanted
