"""What the rules about conditions say of a run is what the engine's executor does."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("apolo_flow", reason="the engine is not installed (extra 'conformance', Python 3.11 or newer)")

from flowlang.analysis import analyze
from flowlang.expr.truth import FALSE, MARK, TRUE
from flowlang.project import FileStore, workspace_of
from flowlang.runs import Options
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.prospects import completed
from tests.conformance.executor import Run, run
from tests.workspaces import write

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="the engine needs Python 3.11")

FLOW = ".neuro/train.yml"


def pair(enable: str, head: str = "", rest: str = "") -> str:
    return f"kind: batch\n{head}tasks:\n- {{id: a, image: u}}\n- id: b\n  image: u\n  enable: {enable}\n{rest}"


FAILED, RAN, SKIPPED = "failed", "succeeded", "skipped"
NO_FAIL_FAST = "defaults: {fail_fast: false}\n"


@pytest.mark.parametrize(
    ("text", "failing", "tasks", "crashed"),
    [
        (pair("${{ failure() }}"), "a", {"a": FAILED, "b": SKIPPED}, False),
        (pair("${{ failure() }}", NO_FAIL_FAST), "a", {"a": FAILED, "b": RAN}, False),
        (pair("${{ failure() and always() }}"), "a", {"a": FAILED, "b": RAN}, False),
        (pair("${{ failure() and always() }}"), "", {"a": RAN, "b": SKIPPED}, False),
        (pair("${{ 1 == 1 }}"), "a", {"a": FAILED, "b": SKIPPED}, False),
        (pair("${{ 1 == 1 }}", NO_FAIL_FAST), "a", {"a": FAILED, "b": RAN}, False),
        (pair("${{ always() and 1 == 1 }}"), "a", {"a": FAILED, "b": SKIPPED}, False),
        (pair("${{ 1 == 1 and always() }}"), "a", {"a": FAILED, "b": RAN}, False),
        (pair("failure()", NO_FAIL_FAST), "", {"a": RAN, "b": RAN}, False),
        (pair("always()"), "a", {"a": FAILED, "b": RAN}, False),
        (pair("false", rest="- {id: c, image: u}\n"), "", {"a": RAN, "b": SKIPPED, "c": SKIPPED}, False),
        (pair("false", rest="- {id: c, image: u, enable: '${{ not failure() }}'}\n"), "", {"a": RAN, "b": SKIPPED, "c": RAN}, False),
        (pair("${{ always() }}", rest="  cmd: echo ${{ needs.a.outputs.x }}\n"), "a", {"a": FAILED}, True),
        (pair("${{ success() and needs.a.outputs.x == '1' }}"), "a", {"a": FAILED}, True),
        (pair("${{ needs.a.outputs.x == '1' if success() else False }}"), "a", {"a": FAILED, "b": SKIPPED}, False),
    ],
)
def test_what_the_pages_say(text: str, failing: str, tasks: dict[str, str], crashed: bool, tmp_path: Path) -> None:
    ran = run(write(tmp_path, {FLOW: text}), "train", frozenset(failing))
    assert (ran.tasks, ran.crashed) == (tasks, crashed)


ENABLE = [
    *(None, None, None, "'${{ always() }}'", "false", "true", "'${{ failure() }}'", "'${{ not failure() }}'", "'${{ not success() }}'"),
    *("'${{ failure() and always() }}'", "'${{ always() and success() }}'", "'${{ success() or always() }}'", "\"${{ params.x == 'p' }}\""),
    *("\"${{ success() and params.x == 'q' }}\"", "\"${{ NEED == 'skipped' }}\"", "\"${{ NEED != 'failed' }}\"", "\"${{ NEED == 'failed' and always() }}\""),
    *("\"${{ always() if NEED == 'failed' else success() }}\"", "\"${{ params.x != 'p' or params.x != 'q' }}\"", '"${{ success() and failure() }}"'),
]


def some_flow(chance: random.Random) -> str:
    """A flow of a few tasks with conditions."""
    tasks: list[str] = []
    for number in range(chance.randint(2, 6)):
        before = [f"t{earlier}" for earlier in range(number)]
        parts = [f"id: t{number}", "image: u"]
        needs = before[-1:]
        if chance.random() < 0.6:
            needs = chance.sample(before, chance.randint(0, min(3, len(before))))
            parts.append(f"needs: [{', '.join(needs)}]")
        enable = chance.choice(ENABLE)
        if enable is not None and (needs or "NEED" not in enable):
            parts.append(f"enable: {enable.replace('NEED', f'needs.{needs[0]}.result' if needs else '')}")
        if chance.random() < 0.4:
            parts.append(f"strategy: {{matrix: ~, fail_fast: {chance.choice(('true', 'false'))}}}")
        tasks.append(f"- {{{', '.join(parts)}}}\n")
    return f"kind: batch\nparams: {{x: p}}\ndefaults: {{fail_fast: {chance.choice(('true', 'false'))}}}\ntasks:\n{''.join(tasks)}"


def owner_of(root: Path) -> TaskOwner:
    """The tasks of the flow, elaborated by us."""
    workspace = workspace_of(str(root))
    assert workspace is not None
    (file,) = analyze(workspace, Options(), FileStore(str(root))).files
    assert file.batch is not None
    return file.batch.tasks


def contradictions(owner: TaskOwner, ran: Run, failing: frozenset[str]) -> list[str]:
    """What was said to be impossible and happened."""
    wrong: list[str] = []
    quiet = not failing & ran.tasks.keys()
    for name, task in owner.graph.tasks.items():
        status = ran.tasks.get(name)
        judged = owner.prospects.judge(task)
        never = judged is not None and not judged.calm & (TRUE | MARK) and not judged.ended & MARK
        if never and status != SKIPPED:
            wrong.append(f"{name} never runs, and is {status}")
        if judged is not None and judged.calm & FALSE == 0 and quiet and status == SKIPPED:
            wrong.append(f"{name} is always true, and is skipped")
        if quiet and not owner.prospects.of(name).skips and status == SKIPPED:
            wrong.append(f"{name} is not skipped where nothing fails, and is")
        if status != SKIPPED:
            wrong += (
                f"{name} never runs unless {need} succeeded, and did"
                for need in completed(task)
                if ran.tasks[need] != RAN and not owner.prospects.runs_without(task, need)
            )
    return wrong


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_to_be_impossible_does_not_happen(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    seen = set[str]()
    for number in range(25):
        text = some_flow(chance)
        root = write(tmp_path / str(number), {FLOW: text})
        owner = owner_of(root)
        failing = frozenset(name for name in owner.graph.tasks if chance.random() < 0.25)
        ran = run(root, "train", failing)
        assert not ran.crashed, text
        seen |= set(ran.tasks.values())
        assert contradictions(owner, ran, failing) == [], f"{text}\nfailing: {sorted(failing)}\n{ran.tasks}"
    assert seen == {RAN, FAILED, SKIPPED}
