"""What comes of a run: findings, each once and in the order of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from flowlang.diagnostics import Diagnostic, Effect, Suppressed
from flowlang.light import NamedTuple

Progress = Callable[[int, int], None]
"""Told after each flow: how many are done, of how many."""


MOST_ALIKE = 1_000
"""How many findings of one rule in one file are told."""


class Report(NamedTuple):
    """The findings of a run in the order of reports, how many files were read, the findings that are suppressed.

    `notes` are things to tell people that are no findings. `beside`: the findings in other files of
    the same workspaces, where only single files were asked for. `paths` are the files that were read.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    suppressed: tuple[Suppressed, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[Diagnostic, ...] = ()
    paths: tuple[str, ...] = ()


class Part(NamedTuple):
    """What comes of one target of a run, in no order and possibly more than once: the same as in `Report`, `paths` those of the files that are reported on."""

    diagnostics: Sequence[Diagnostic]
    suppressed: Sequence[Suppressed]
    beside: Sequence[Diagnostic]
    paths: Sequence[str]


def report_of(parts: Sequence[Part], notes: tuple[str, ...]) -> Report:
    """The report that the parts of a run make together."""
    paths = sorted({path for part in parts for path in part.paths})
    diagnostics, more = at_most(unique(found for part in parts for found in part.diagnostics))
    return Report(
        diagnostics,
        len(paths),
        _each_once(found for part in parts for found in part.suppressed),
        (*notes, *more),
        unique(found for part in parts for found in part.beside),
        tuple(paths),
    )


def _keep(found: dict[tuple[object, ...], Diagnostic], diagnostic: Diagnostic) -> None:
    """Keep one of equal findings: the one that the engine refuses, if it is refused anywhere."""
    known = found.setdefault(identity(diagnostic), diagnostic)
    if diagnostic.effect is Effect.REFUSED and known.effect is not Effect.REFUSED:
        found[identity(diagnostic)] = diagnostic


def unique(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings each once, in the order of reports."""
    found: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in diagnostics:
        _keep(found, diagnostic)
    return tuple(sorted(found.values(), key=lambda diagnostic: diagnostic.order))


def where_written(diagnostics: Iterable[Diagnostic]) -> Sequence[Diagnostic]:
    """The findings without those for an alias that are found as well for what is written itself: that is to be mended, wherever it is used."""
    found = tuple(diagnostics)
    if all(diagnostic.use is None for diagnostic in found):
        return found
    written = {identity(diagnostic) for diagnostic in found if diagnostic.use is None}
    return tuple(each for each in found if each.use is None or identity(each) not in written)


def at_most(diagnostics: Sequence[Diagnostic]) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    """The first findings of each rule in each file, and notes about what more there are: nobody reads thousands of one kind."""
    counts: dict[tuple[str, str], int] = {}
    kept: list[Diagnostic] = []
    for diagnostic in diagnostics:
        key = (diagnostic.source.path, f"{diagnostic.rule.code} {diagnostic.rule.name}")
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MOST_ALIKE:
            kept.append(diagnostic)
    return tuple(kept), tuple(f"{path}: {count - MOST_ALIKE} more findings of {name}" for (path, name), count in counts.items() if count > MOST_ALIKE)


def _each_once(suppressed: Iterable[Suppressed]) -> tuple[Suppressed, ...]:
    """The suppressed findings each once, in the order of reports."""
    found = {identity(each.diagnostic): each for each in suppressed}
    return tuple(sorted(found.values(), key=lambda each: each.diagnostic.order))


def identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    """What makes two findings one: a mixin's mistake, say, is met once for each job that uses it."""
    return (diagnostic.source.path, diagnostic.span, diagnostic.rule.code, diagnostic.message)
