"""What fixes do to the engine's answer: safe ones nothing, unless it was an error or a betrayal; none adds a refusal."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

pytest.importorskip("apolo_flow", reason="the engine is not installed (extra 'conformance', Python 3.11 or newer)")

from flowlang.diagnostics import Effect, Fixable
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.fixing import Fixed, fix
from flowlang.linting import lint
from flowlang.rules.registry import all_pages
from flowlang.runs import Options, UsageError
from tests.conformance.workspace_answers import Answer
from tests.conformance.workspace_damage import damage
from tests.conformance.workspace_engine import Engine
from tests.conformance.workspace_flows import FILES
from tests.conformance.workspace_random import make_workspace
from tests.fixing.meant import MEANT

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="the engine needs Python 3.11")

ROWS = {row.name: row for row in CATALOGUE}
FIXABLE = [name for name, row in ROWS.items() if row.fixable is not Fixable.NO and all_pages()[name].examples("Bad")]


def write(root: Path, files: Mapping[str, str]) -> None:
    """A workspace with these files and nothing else."""
    shutil.rmtree(root.parent, ignore_errors=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def fixed(root: Path, *, unsafe: bool) -> Fixed:
    """All fixes made, in memory."""
    options = Options(actions_dirs=(str(root / "actions"),))
    return fix(lambda overlay: lint([str(root)], options, overlay=overlay), lambda found: found, lambda path: True, unsafe=unsafe)


def complaints(before: Mapping[str, Answer], after: Mapping[str, Answer], made: Fixed) -> Iterator[str]:
    """What must not be: a refusal more, or another answer than before by safe fixes of what the engine takes as it is written."""
    free = all(each.fix.safe for each in made.candidates) and all(
        each.finding.effect is not Effect.BETRAYED and each.finding.rule.name not in MEANT for each in made.candidates
    )
    for name, new in after.items():
        old = before[name]
        if not any(True for _ in old.refusals()):
            for refusal in new.refusals():
                yield f"{name} was taken, and is refused: {refusal}"
        if not free or old.bake:
            continue
        if old.refused is None and new.refused is None:
            for unit, value in old.units.items():
                if unit not in old.unit_refusals and repr(new.units.get(unit)) != repr(value):
                    yield f"{name}: {unit} was {value}, is {new.units.get(unit)}"
        if old.refused is None and not old.unit_refusals and repr(old.values) != repr(new.values):
            yield f"{name}: the flow was {old.values}, is {new.values}"


def judged(engine: Engine, root: Path, config: str, files: Mapping[str, str], *, unsafe: bool) -> tuple[int, list[str]]:
    """How many findings were fixed in a workspace, and what is to be complained about."""
    write(root, files)
    made = fixed(root, unsafe=unsafe)
    if not made.changed:
        return 0, []
    before = engine.judge(root, config)
    for each in made.changed:
        Path(each.path).write_text(each.after, encoding="utf-8", newline="")
    told = list(complaints(before, engine.judge(root, config), made))
    names = ", ".join(f"{each.finding.rule.name}: {each.fix.title}" for each in made.candidates)
    texts = "".join(f"--- {each.name}\n{each.before}\n+++\n{each.after}\n" for each in made.changed)
    return made.count(), [f"{complaint}\n({names})\n{texts}" for complaint in told]


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("rule", FIXABLE)
def test_the_examples_of_pages(rule: str, unsafe: bool, tmp_path: Path) -> None:
    files = {example.path: example.text for example in all_pages()[rule].examples("Bad")}
    config = ".apolo" if any(path.startswith(".apolo/") for path in files) else ".neuro"
    engine = Engine(tmp_path / "w" / "demo" / "actions")
    try:
        number, told = judged(engine, tmp_path / "w" / "demo", config, files, unsafe=unsafe)
    except UsageError:
        pytest.skip("no workspace")
    finally:
        engine.close()
    assert number or ROWS[rule].fixable is not Fixable.SAFE
    assert told == []


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("kinds", [frozenset({"live", "actions"}), frozenset({"batch", "actions"})], ids=["live", "batch"])
def test_damaged_workspaces(kinds: frozenset[str], unsafe: bool, tmp_path: Path) -> None:
    engine = Engine(tmp_path / "actions")
    fixes, told = 0, []
    for seed in range(120):
        luck = random.Random(f"fixes.{seed}")
        workspace, _ = damage(make_workspace(luck, kinds), luck)
        files = {name: text for name, text in {**FILES, **workspace.files()}.items() if not name.startswith("../")}
        number, found = judged(engine, tmp_path / "w" / workspace.name, workspace.config, files, unsafe=unsafe)
        fixes += number
        told += found
    engine.close()
    assert fixes > 5
    assert told == [], "\n\n".join(told)
