"""Whether fixes did what they promise, judged by the findings before and after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flowlang.diagnostics import Diagnostic, Effect
from flowlang.fixing.candidates import MEANING, STRUCTURE, UNREFUSED, Candidate, layer
from flowlang.fixing.shift import Shift
from flowlang.fixing.texts import Texts
from flowlang.fixing.unchanged import unchanged
from flowlang.light import NamedTuple
from flowlang.text import Source, Span
from flowlang.yamltree import parse


class Made(NamedTuple):
    """Fixes made together: the candidates, and for each file that they change the way from old places to new ones."""

    candidates: Sequence[Candidate]
    shifts: Mapping[str, Shift]

    def same(self, path: str, old: Diagnostic, new: Diagnostic) -> bool:
        """Whether two findings in the file at `path`, before and after, are one: of one rule, at one place."""
        if old.rule.name != new.rule.name:
            return False
        shift = self.shifts.get(path)
        if shift is None:
            return old.span == new.span
        if new.span == shift.place(old.span):
            return True
        image = shift.image(old.span)
        return old.message == new.message and new.span.touches(image)


def beside_unchanged(made: Made, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether nothing but what the edits touch has another value than before, in the texts by path."""
    return all(unchanged(parse(Source(path, old[path])), parse(Source(path, new[path])), shift) for path, shift in made.shifts.items())


def remaining(made: Made, found: Iterable[Diagnostic], texts: Texts) -> Candidate | None:
    """A candidate whose finding is still there."""
    after = _by_path(found, texts)
    for each in made.candidates:
        if any(made.same(each.path, each.finding, finding) for finding in after.get(each.path, ())):
            return each
    return None


def newly_refused(made: Made, before: Iterable[Diagnostic], found: Iterable[Diagnostic], texts: Texts) -> Diagnostic | None:
    """Something that the engine refuses now, and that was not there before nor only hidden by what was fixed."""
    old = _by_path((finding for finding in before if finding.effect is Effect.REFUSED), texts)
    for path, findings in _by_path((finding for finding in found if finding.effect is Effect.REFUSED), texts).items():
        for finding in findings:
            known = any(made.same(path, other, finding) for other in old.get(path, ()))
            if not known and not any(_was_hidden(made, each, path, finding, texts) for each in made.candidates):
                return finding
    return None


def _was_hidden(made: Made, fixed: Candidate, path: str, finding: Diagnostic, texts: Texts) -> bool:
    """Whether a refused finding may have been there before, hidden by the one that was fixed.

    What is refused hides what the engine would have met later. A fix of what is not refused reveals
    nothing. Fixes that are no certain meaning are judged more strictly: what comes up elsewhere may
    well be their own doing.
    """
    turn, met = fixed.turn, layer(finding)
    if turn == UNREFUSED or met < min(turn, STRUCTURE):
        return False
    if turn == MEANING and fixed.fix.safe:
        return True
    edits = fixed.edits.get(path, ())
    shift = made.shifts.get(path)
    if turn == MEANING:
        # the value that was mended fails for another reason
        return shift is not None and any(finding.span.touches(shift.image(_scalar_around(texts.now(path), edit.span))) for edit in edits)
    if met > turn:
        return True
    return shift is not None and any(finding.span.end >= shift.image(edit.span).start for edit in edits)


def _scalar_around(text: str, span: Span) -> Span:
    """The place of the scalar that holds a span, else the span itself."""
    scalars = parse(Source("", text)).scalars()
    return next((scalar.span for scalar in scalars if scalar.span.covers(span)), span)


def _by_path(findings: Iterable[Diagnostic], texts: Texts) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        found.setdefault(texts.path(finding.source), []).append(finding)
    return found
