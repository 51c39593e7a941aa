"""Random templates, judged by the engine and by us.

``python -m tests.conformance.expressions --count 20000`` makes fresh ones and prints the seed.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import tempfile
from pathlib import Path

from flowlang.expr import Outcome, Problem, Unknown, evaluate, parse_template
from tests.conformance.expression_differences import excused
from tests.conformance.expression_engine import Engine, Verdict, shape_of
from tests.conformance.expression_scopes import our_scope
from tests.conformance.expression_templates import Generator

FILES = {"a.txt": b"alpha\n", "b.txt": b"", ".hidden": b"h", "sub/c.txt": b"gamma", "sub/deep/d.py": b"print()\n"}
"""The workspace that `hash_files` reads."""


def workspace(folder: Path) -> Path:
    """The workspace, made in `folder`."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def ours(template: str, root: Path, task: bool) -> tuple[Verdict, Outcome, tuple[Problem, ...]]:
    """What we make of a template."""
    parsed = parse_template(template)
    outcome = evaluate(parsed, our_scope(root, task))
    problems = (*parsed.problems, *outcome.problems)
    refused = [problem for problem in problems if problem.refused]
    if refused:
        return Verdict(False, "", None, "", refused[0].message), outcome, problems
    if isinstance(outcome.value, Unknown):
        return Verdict(True, "unknown", None, "", ""), outcome, problems
    shape = shape_of(outcome.value)
    return Verdict(True, type(shape).__name__ if not isinstance(shape, tuple) else str(shape[0]), shape, _text(outcome.value), ""), outcome, problems


def _text(value: object) -> str:
    from flowlang.expr import text_of

    return text_of(value)


def compare(template: str, engine: Engine, root: Path, task: bool) -> str | None:
    """What differs, None: nothing does, or it is meant to."""
    theirs = engine.judge(template, task)
    mine, _, problems = ours(template, root, task)
    difference = _difference(theirs, mine)
    return None if difference is None or excused(template, theirs, mine, problems) else difference


def _difference(theirs: Verdict, mine: Verdict) -> str | None:
    """What differs between two verdicts, None: nothing does."""
    if theirs.ok != mine.ok:
        accepted, refused = (theirs, mine) if theirs.ok else (mine, theirs)
        who = ("the engine", "we") if theirs.ok else ("we", "the engine")
        return f"accepted by {who[0]} ({accepted.text!r}), refused by {who[1]} ({refused.why})"
    if not theirs.ok:
        return None
    if mine.type == "unknown":
        return "we do not know the value"
    if theirs.value != mine.value:
        return f"value {theirs.value!r} against {mine.value!r}"
    return f"text {theirs.text!r} against {mine.text!r}" if theirs.text != mine.text else None


def run(seed: int, count: int, *, stop_after: int = 20) -> tuple[int, int, list[tuple[str, bool, str]]]:
    """How many of `count` templates both accept and both refuse, and the disagreements."""
    found: list[tuple[str, bool, str]] = []
    tally: collections.Counter[bool] = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder).resolve())
        engine = Engine(root)
        generator = Generator(random.Random(seed))
        for _ in range(count):
            task = generator.random.random() < 0.5
            template = generator.template()
            difference = compare(template, engine, root, task)
            tally[engine.last_ok] += 1
            if difference is not None:
                found.append((template, task, difference))
                if len(found) >= stop_after:
                    break
        engine.close()
    return tally[True], tally[False], found


def main() -> int:
    """Run fresh templates and print what differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    accepted, refused, found = run(seed, arguments.count)
    for template, task, difference in found:
        print(f"{'task' if task else 'live'} {template!r}\n    {difference}")
    print(f"seed {seed}: {accepted} accepted, {refused} refused, {len(found)} disagreements")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
