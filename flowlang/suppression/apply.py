"""Applying directives: findings that comments accept, and findings about those comments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from flowlang.diagnostics import Diagnostic, Rule, Suppressed
from flowlang.light import NamedTuple
from flowlang.model import ConfigFile
from flowlang.suppression.directives import MARK, Directive, Key, directives
from flowlang.text import Span


class Judged(NamedTuple):
    """Findings that stay, and findings that comments accept."""

    diagnostics: list[Diagnostic]
    suppressed: list[Suppressed]


class _Ignore:
    """One directive that was understood: the rules it names, what it covers (None: the whole file), what it was needed for."""

    def __init__(self, directive: Directive, rules: dict[Key, Rule], covers: Span | None) -> None:
        self.directive = directive
        self.rules = rules
        self.covers = covers
        self.used: set[str] = set()


def suppress(diagnostics: Iterable[Diagnostic], files: Iterable[ConfigFile], *, may_be_unused: Collection[str], not_run: Collection[str] = ()) -> Judged:
    """Take out the findings that comments in `files` accept, and add those about the comments.

    `may_be_unused` are the reported paths of the files whose ignores can be called unused: not those
    of which only a part was looked at. `not_run` names rules that found nothing because they were not asked.
    """
    by_path = {file.source.path: file for file in files if MARK in file.source.text}
    found = list(diagnostics)
    if not by_path:
        return Judged(found, [])
    kept: list[Diagnostic] = [diagnostic for diagnostic in found if diagnostic.source.path not in by_path]
    taken: list[Suppressed] = []
    for path, file in by_path.items():
        here = (diagnostic for diagnostic in found if diagnostic.source.path == path)
        _one_file(file, here, kept, taken, file.complete and file.block is not None and path in may_be_unused, not_run)
    return Judged(kept, taken)


def _one_file(
    file: ConfigFile, found: Iterable[Diagnostic], kept: list[Diagnostic], taken: list[Suppressed], may_be_unused: bool, not_run: Collection[str]
) -> None:
    from flowlang.suppression import hygiene
    from flowlang.suppression.coverage import Coverage

    ignores: list[_Ignore] = []
    problems: list[Diagnostic] = []
    coverage = Coverage(file.tree)
    first = file.tree.root.start if file.tree.root is not None else len(file.source.text)
    for directive in directives(file.tree.comments()):
        rules, wrong = hygiene.understood(file.source, directive)
        problems += wrong
        place = coverage.of(directive.comment) if not directive.whole_file else None
        if directive.keys is None or (not rules and wrong):
            continue
        if directive.whole_file and directive.comment.span.start > first:
            problems.append(hygiene.misplaced(file.source, directive, "'ignore-file' counts only before the first key of the file"))
        elif not directive.whole_file and place is None:
            problems.append(hygiene.misplaced(file.source, directive, "there is no key here that this could cover"))
        else:
            ignores.append(_Ignore(directive, rules, place.span if place is not None else None))
    _sift([*found, *problems], ignores, kept, taken)
    if may_be_unused:
        unused = [finding for ignore in ignores for finding in hygiene.unused(file.source, ignore.directive, _needless(ignore, not_run), len(ignore.rules))]
        _sift(unused, ignores, kept, taken)


def _needless(ignore: _Ignore, not_run: Collection[str]) -> Iterator[tuple[Key, Rule]]:
    """The keys that accepted nothing."""
    for key, row in ignore.rules.items():
        if row.code not in ignore.used and row.name not in not_run and row.name != "unused-ignore":
            yield key, row


def _sift(found: Iterable[Diagnostic], ignores: list[_Ignore], kept: list[Diagnostic], taken: list[Suppressed]) -> None:
    found = list(found)
    reasons = _accepted(found, ignores)
    for number, diagnostic in enumerate(found):
        if number in reasons:
            taken.append(Suppressed(diagnostic, "inSource", reasons[number]))
        else:
            kept.append(diagnostic)


def _accepted(found: list[Diagnostic], ignores: list[_Ignore]) -> dict[int, str | None]:
    """The numbers of the findings that ignores accept, each with the last reason that is given; the ignores remember what they were needed for.

    Rule by rule in the order of the file, since there may be thousands of both.
    """
    by_rule: dict[str, list[tuple[int, _Ignore]]] = {}
    for number, ignore in enumerate(ignores):
        for code in {row.code for row in ignore.rules.values()}:
            by_rule.setdefault(code, []).append((number, ignore))
    of_rule: dict[str, list[int]] = {}
    for number, diagnostic in enumerate(found):
        if diagnostic.rule.code in by_rule:
            of_rule.setdefault(diagnostic.rule.code, []).append(number)
    reasons: dict[int, str | None] = {}
    for code, numbers in of_rule.items():
        whole = [(number, ignore) for number, ignore in by_rule[code] if ignore.covers is None]
        last = max(((number, ignore.directive.reason) for number, ignore in whole if ignore.directive.reason), default=(-1, None))
        # every ignore that fits is needed: the one for the file and the one at the key
        for _, ignore in whole:
            ignore.used.add(code)
        waiting = sorted(
            ((ignore.covers, number, ignore) for number, ignore in by_rule[code] if ignore.covers is not None), key=lambda each: each[0], reverse=True
        )
        here: list[tuple[Span, int, _Ignore]] = []
        for number in sorted(numbers, key=lambda number: found[number].span.start):
            at = found[number].span.start
            while waiting and waiting[-1][0].start <= at:
                here.append(waiting.pop())
            here = [each for each in here if at <= each[0].end]
            for _, _, ignore in here:
                ignore.used.add(code)
            if whole or here:
                reasons[number] = max([last, *((place, ignore.directive.reason) for _, place, ignore in here if ignore.directive.reason)])[1]
    return reasons
