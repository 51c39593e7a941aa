"""`--baseline` and `--write-baseline`: findings accepted as of some day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from flowlang.cli.kept import kept_text
from flowlang.cli.output import write
from flowlang.cli.program import Wrong
from flowlang.cli.streams import say
from flowlang.suppression.baseline import Entry, WrongBaseline, read_baseline, sift, write_baseline
from flowlang.text import quoted, shown_path

if TYPE_CHECKING:
    from flowlang.cli.lint import Outcome
    from flowlang.cli.lint_plan import Plan
    from flowlang.diagnostics import Diagnostic


def accept(plans: Sequence[Plan], outcomes: Sequence[Outcome], target: str | None) -> list[Outcome]:
    """The outcomes without what the baselines accept.

    With a `target` that file is written first, to accept all that was found, and stands in place of
    every baseline. What baselines accept that was not found is told on standard error.
    """
    if target is not None:
        told = [(each, found) for each, outcome in zip(plans, outcomes, strict=True) for found in outcome.found]
        number = len(told)
        paths = {id(found): _relative(each, target)(found) for each, found in told}
        write(write_baseline((found for _, found in told), lambda found: paths[id(found)]), target)
        say(f"{number} {'finding is' if number == 1 else 'findings are'} accepted in {target}")
    baselines: dict[str, Mapping[Entry, int]] = {}
    after: list[Outcome] = []
    for each, outcome in zip(plans, outcomes, strict=True):
        named = target if target is not None else each.policy.baseline
        if named is None:
            after.append(outcome)
            continue
        path = shown_path(named, os.getcwd())
        if path not in baselines:
            baselines[path] = _read(path)
        sifted = sift(outcome.found, baselines[path], _relative(each, path))
        after.append(outcome._replace(found=sifted.new, suppressed=[*outcome.suppressed, *sifted.accepted]))
        if sifted.gone and len(plans) == 1 and all(os.path.isdir(given) for given in each.paths):
            words = "finding is" if sifted.gone == 1 else "findings are"
            say(f"note: {sifted.gone} accepted {words} gone; '--write-baseline {path}' writes the file anew")
    return after


def new_findings(each: Plan, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those of the findings that the plan's baseline does not accept."""
    path = each.policy.baseline
    return list(found) if path is None else list(sift(found, _read(path), _relative(each, path)).new)


def _relative(each: Plan, baseline: str) -> Callable[[Diagnostic], str]:
    folder = os.path.dirname(os.path.abspath(baseline))
    return lambda found: each.policy.relative(found.source.path, folder)


def _read(path: str) -> Mapping[Entry, int]:
    text = kept_text("--baseline", path, f"'flowlint --write-baseline {path}' makes it")
    try:
        return read_baseline(text)
    except WrongBaseline as error:
        raise Wrong(f"--baseline: {quoted(path)} is no baseline: {error}", f"'flowlint --write-baseline {path}' makes one") from None
