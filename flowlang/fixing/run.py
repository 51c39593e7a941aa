"""Fixing: fixes made together, judged, and made again until nothing is left to do. Texts only, nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from flowlang.diagnostics import Diagnostic, Rule
from flowlang.fixing.candidates import Candidate, applicable, merged_edits, together
from flowlang.fixing.shift import Shift
from flowlang.fixing.texts import Texts
from flowlang.fixing.verify import Made, beside_unchanged, newly_refused, remaining
from flowlang.light import NamedTuple
from flowlang.runs import Report
from flowlang.text import Source, Span

MOST_ROUNDS = 100
"""So often fixes are made and what they leave is fixed again."""

Lint = Callable[[Mapping[str, bytes]], Report]
"""Gives the findings with these contents (by real path) in place of what is on the disk."""
Wanted = Callable[[Sequence[Diagnostic]], Iterable[Diagnostic]]
"""Gives those of all findings that are to be fixed."""
MayEdit = Callable[[str], bool]
"""Whether the file at this real path may be changed."""


class Changed(NamedTuple):
    """A file with its fixes made: the real path, the name it is reported under, its text before and after."""

    path: str
    name: str
    before: str
    after: str


class Fixed(NamedTuple):
    """What came of fixing: the findings that remain, the files that changed, what was fixed, what else is to be told."""

    report: Report
    changed: tuple[Changed, ...]
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...]

    @property
    def groups(self) -> tuple[frozenset[str], ...]:
        """The real paths of files that belong together, as one fix changes them all."""
        return _joined(frozenset(each.edits) for each in self.candidates)

    def count(self, without: Iterable[str] = ()) -> int:
        """How many findings were fixed, those left out whose fixes change one of the files `without`."""
        missing = frozenset(without)
        return sum(missing.isdisjoint(each.edits) for each in self.candidates)


def fix(lint: Lint, wanted: Wanted, may_edit: MayEdit, *, unsafe: bool = False, texts: Texts | None = None) -> Fixed:
    """Make all fixes of the findings that are wanted, the unsafe ones too where `unsafe` is set.

    A fix stays only where the file still means the same outside of its edits, its finding is gone, and
    the engine refuses nothing new because of it. `texts` holds what earlier fixes have made of the files.
    """
    run = _Run(lint, wanted, may_edit, unsafe, texts or Texts())
    run.run()
    return run.result()


class _Refusal(NamedTuple):
    """A fix that is not made: where its finding stands now, and why."""

    path: str
    rule: Rule
    title: str
    span: Span
    why: str

    def is_of(self, candidate: Candidate) -> bool:
        finding = candidate.finding
        return (self.path, self.rule, self.title, self.span) == (candidate.path, finding.rule, candidate.fix.title, finding.span)


class _Done(NamedTuple):
    """A fix that was made, and where the place of its finding is now."""

    candidate: Candidate
    span: Span

    def is_back(self, candidate: Candidate) -> bool:
        """Whether a finding is this one, come up again."""
        old, new = self.candidate, candidate
        alike = (old.path, old.finding.rule, old.finding.message, old.fix.title) == (new.path, new.finding.rule, new.finding.message, new.fix.title)
        return alike and (self.span == new.finding.span or self.overlaps(new))

    def overlaps(self, candidate: Candidate) -> bool:
        """Whether it was made where another finding stands now."""
        span = candidate.finding.span
        return self.candidate.path == candidate.path and self.span.start < span.end and span.start < self.span.end


class _Run:
    def __init__(self, lint: Lint, wanted: Wanted, may_edit: MayEdit, unsafe: bool, texts: Texts) -> None:
        self.lint = lint
        self.wanted = wanted
        self.may_edit = may_edit
        self.unsafe = unsafe
        self.texts = texts
        self.report = lint(texts.overlay())
        self.refusals: list[_Refusal] = []
        self.done: list[_Done] = []
        self.notes: list[str] = []

    def run(self) -> None:
        rounds = 0
        while batch := together(self._candidates()):
            if rounds == MOST_ROUNDS:
                names = ", ".join(dict.fromkeys(f"'{each.finding.rule.name}'" for each in batch))
                self.notes.append(f"stopped after {MOST_ROUNDS} rounds of fixes: those of {names} go on without end")
                return
            rounds += self._settle(batch)

    def result(self) -> Fixed:
        changed = tuple(Changed(path, self.texts.names[path], self.texts.original[path], self.texts.current[path]) for path in self.texts.changed())
        return Fixed(self.report, changed, tuple(done.candidate for done in self.done), (*self.notes, *map(self._told, self.refusals)))

    def _candidates(self) -> list[Candidate]:
        found = list(applicable(self.wanted(self.report.diagnostics), self.texts, self._is_allowed))
        back = [each for each in found if self._has_come_back(each)]
        return self._candidates() if back else found

    def _has_come_back(self, candidate: Candidate) -> bool:
        """Whether its finding was fixed before and something has undone that: then none of the fixes that did so counts, nor is made again."""
        at = next((at for at, done in enumerate(self.done) if done.is_back(candidate)), None)
        if at is None:
            return False
        circle = [done for done in self.done[at:] if done.overlaps(candidate) or done.is_back(candidate)]
        names = " and ".join(dict.fromkeys(f"'{done.candidate.finding.rule.name}'" for done in circle))
        self._refuse(candidate, f"the fixes of {names} undo one another")
        self.done = [done for done in self.done if done not in circle]
        return True

    def _is_allowed(self, candidate: Candidate) -> bool:
        allowed = (self.unsafe or candidate.fix.safe) and all(map(self.may_edit, candidate.edits))
        return allowed and not any(refusal.is_of(candidate) for refusal in self.refusals)

    def _settle(self, batch: Sequence[Candidate]) -> bool:
        """Make the fixes, or a part of them, or none, which is refused then; gives whether any was made."""
        edits = merged_edits(batch)
        made = Made(batch, {path: Shift(of_file) for path, of_file in edits.items()})
        texts = self.texts.with_edits(edits)
        why, report = self._judge(made, texts)
        if report is not None:
            self._keep(made, texts, report)
            return True
        if len(batch) == 1:
            self._refuse(batch[0], why)
            return False
        half = len(batch) // 2
        return self._settle(batch[:half]) or self._settle(batch[half:])

    def _judge(self, made: Made, texts: Mapping[str, str]) -> tuple[str, Report | None]:
        """The report with the fixes made; or why they must not be."""
        before = {path: self.texts.now(path) for path in made.shifts}
        if not beside_unchanged(made, before, texts):
            return "it would change more than what it mends", None
        report = self.lint(self.texts.overlay(dict(texts)))
        found = _all(report)
        if remaining(made, found, self.texts) is not None:
            return "the finding would remain", None
        refused = newly_refused(made, _all(self.report), found, self.texts)
        if refused is not None:
            return f"the engine would refuse the result: {refused.message}", None
        return "", report

    def _keep(self, made: Made, texts: dict[str, str], report: Report) -> None:
        def now(path: str, span: Span) -> Span:
            return made.shifts[path].place(span) if path in made.shifts else span

        self.texts.current = texts
        self.report = report
        self.done += (_Done(each, each.finding.span) for each in made.candidates)
        self.done = [done._replace(span=now(done.candidate.path, done.span)) for done in self.done]
        self.refusals = [refusal._replace(span=now(refusal.path, refusal.span)) for refusal in self.refusals]

    def _refuse(self, candidate: Candidate, why: str) -> None:
        finding = candidate.finding
        self.refusals.append(_Refusal(candidate.path, finding.rule, candidate.fix.title, finding.span, why))

    def _told(self, refusal: _Refusal) -> str:
        name = self.texts.names[refusal.path]
        line, column = Source(name, self.texts.now(refusal.path)).position(refusal.span.start)
        of = f"{refusal.rule.code} {refusal.rule.name}"
        return f'{name}:{line}:{column}: the fix "{refusal.title}" of {of} was not made: {refusal.why}'


def _all(report: Report) -> list[Diagnostic]:
    """What was found, whether it is told or not."""
    return [*report.diagnostics, *(each.diagnostic for each in report.suppressed), *report.beside]


def _joined(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Sets that share a member made one."""
    groups: list[frozenset[str]] = []
    for each in sets:
        apart = [group for group in groups if not group & each]
        groups = [*apart, each.union(*(group for group in groups if group & each))]
    return tuple(groups)
