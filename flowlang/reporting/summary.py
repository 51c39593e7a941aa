"""The last lines of a report for people: counts of rules, and the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowlang.diagnostics import Diagnostic, Rule, Severity
from flowlang.reporting.view import View, counts

# The word for one and the word for several.
_WORDS = {Severity.ERROR: ("error", "errors"), Severity.WARNING: ("warning", "warnings"), Severity.INFO: ("info", "infos")}


def closing(view: View) -> Iterator[str]:
    """What stands below the findings: statistics and the summary, as far as they are wanted."""
    if view.statistics:
        yield from statistics(view)
    if not view.quiet:
        if view.fixed:
            yield view.paint(view.fixed, "good")
        yield summary(view)


def summary(view: View) -> str:
    """One line that says what was found where, and how much of it fixes would mend that were not asked for."""
    found = [_amount(number, *_WORDS[severity]) for severity, number in counts(view.diagnostics).items() if number]
    where = "" if view.files is None else f" in {_amount(view.files, 'file', 'files')}"
    if not found:
        asides = _asides(view)
        return view.paint(f"no problems found{where}", "good") + asides
    worst = min((diagnostic.severity for diagnostic in view.diagnostics), key=lambda severity: severity.rank)
    return view.paint(f"found {', '.join(found)}", worst.value) + where + _asides(view)


def _asides(view: View) -> str:
    """What belongs to the summary in brackets."""
    safe, unsafe = fixable(view.diagnostics)
    safe = safe if view.fixes == "none" else 0
    options = "--fix --unsafe-fixes" if view.fixes == "none" else "--unsafe-fixes"
    parts = [
        text
        for number, text in (
            (safe, f"{safe} fixable with --fix"),
            (unsafe if view.fixes != "all" else 0, f"{unsafe} {'more' if safe else 'fixable'} with {options}"),
            (view.hidden, f"{view.hidden} below the severity shown"),
            (len(view.suppressed), f"{len(view.suppressed)} suppressed"),
        )
        if number
    ]
    return f" ({', '.join(parts)})" if parts else ""


def fixable(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many findings have a safe fix, and how many others an unsafe one."""
    best = [any(fix.safe for fix in diagnostic.fixes) for diagnostic in diagnostics if diagnostic.fixes]
    return sum(best), len(best) - sum(best)


def statistics(view: View) -> Iterator[str]:
    """One line for each rule that reported: how often, severity, code, name, whether it can be fixed; most frequent first."""
    found: dict[tuple[Rule, Severity], list[int]] = {}
    for diagnostic in view.diagnostics:
        row = found.setdefault((diagnostic.rule, diagnostic.severity), [0, 0])
        row[0] += 1
        row[1] += any(fix.safe for fix in diagnostic.fixes)
    digits = len(str(max((number for number, _ in found.values()), default=0)))
    for (rule, severity), (number, fixable) in sorted(found.items(), key=lambda item: (-item[1][0], item[0][0].code, item[0][1].rank)):
        note = f" ({fixable} fixable)" if fixable else ""
        yield f"{number:>{digits}} {view.paint(f'{severity.value:<7}', severity.value)} {rule.code} {rule.name}{note}"


def _amount(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
