"""Which fixes can be made together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from flowlang.diagnostics import Diagnostic, Effect, Fix
from flowlang.fixing.texts import Texts
from flowlang.light import NamedTuple
from flowlang.text import Edit

YAML, STRUCTURE, MEANING, UNREFUSED = range(4)
"""The order in which findings are fixed: what keeps the engine from reading a file comes first, as it hides
the rest; then what keeps it from building the model, then what it refuses of that, then what it takes."""

_LAYERS = {"FL0": YAML, "FL1": STRUCTURE}


def layer(finding: Diagnostic) -> int:
    """The layer at which the engine meets a finding, whether it refuses it or not."""
    return _LAYERS.get(finding.rule.code[:3], MEANING)


class Candidate(NamedTuple):
    """A finding and the fix that is to be made for it, its edits by the real path of their file."""

    finding: Diagnostic
    path: str
    fix: Fix
    edits: dict[str, tuple[Edit, ...]]

    @property
    def turn(self) -> int:
        """When it is fixed: one of `YAML`, `STRUCTURE`, `MEANING` and `UNREFUSED`."""
        return layer(self.finding) if self.finding.effect is Effect.REFUSED else UNREFUSED


def candidate(finding: Diagnostic, fix: Fix, texts: Texts) -> Candidate | None:
    """The candidate that a fix is; None where a file is no longer as the finding was made on."""
    edits: dict[str, list[Edit]] = {}
    texts.text(finding.source)  # its place may have to be told, though the edits lie elsewhere
    for part in fix.edits:
        if part.source.text != texts.text(part.source):
            return None
        edits.setdefault(texts.path(part.source), []).append(part.edit)
    return Candidate(finding, texts.path(finding.source), fix, {path: tuple(of_file) for path, of_file in edits.items()})


def applicable(findings: Iterable[Diagnostic], texts: Texts, allowed: Callable[[Candidate], bool]) -> Iterator[Candidate]:
    """Of each finding the first fix that is allowed."""
    for finding in findings:
        for fix in finding.fixes:
            made = candidate(finding, fix, texts)
            if made is not None and allowed(made):
                yield made
                break


def together(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those of the earliest turn that do not get in one another's way; of equal edits all, of clashing ones the first."""
    waiting = list(candidates)
    turn = min((each.turn for each in waiting), default=YAML)
    chosen: list[Candidate] = []
    taken: dict[str, list[Edit]] = {}
    for each in waiting:
        if each.turn != turn:
            continue
        if not any(each.edits == other.edits for other in chosen):
            if any(_clash(edit, other) for path, edits in each.edits.items() for edit in edits for other in taken.get(path, ())):
                continue
            for path, edits in each.edits.items():
                taken.setdefault(path, []).extend(edits)
        chosen.append(each)
    return chosen


def merged_edits(candidates: Iterable[Candidate]) -> dict[str, list[Edit]]:
    """The edits of candidates that can be made together, by path, each once."""
    merged: dict[str, list[Edit]] = {}
    for each in candidates:
        for path, edits in each.edits.items():
            of_file = merged.setdefault(path, [])
            of_file += (edit for edit in edits if edit not in of_file)
    return merged


def _clash(one: Edit, other: Edit) -> bool:
    """Whether two edits overlap, or one inserts where the other begins or ends, so that their order would count."""
    if one.span.start == one.span.end or other.span.start == other.span.end:
        return one.span.touches(other.span)
    return one.span.start < other.span.end and other.span.start < one.span.end
