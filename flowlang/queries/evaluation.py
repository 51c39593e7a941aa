"""What a template gives in a place."""

from __future__ import annotations

from dataclasses import dataclass

from flowlang.compiler.lower import lower
from flowlang.diagnostics import Diagnostic, Effect, Fix, SourceEdit, rule
from flowlang.expr import POISON, Problem, Scope, Unknown, evaluate, parse_template, unknowns, unparse_template
from flowlang.expr.residuals import node_of, waits_of
from flowlang.queries.showing import type_name, value_text
from flowlang.text import Edit, Source, Span

NAME = "<template>"
"""What the template is called where findings point into it."""
_OPENER, _CLOSER = "${{ ", " }}"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The value of a template, `POISON` where it has none, and what is wrong with the template.

    `residual` is the template that is left where something in the value is only known at the run, `waits` what
    it waits for.
    """

    template: str
    value: object
    diagnostics: tuple[Diagnostic, ...]
    residual: str | None
    waits: tuple[str, ...]
    uploads: tuple[str, ...]

    @property
    def failed(self) -> bool:
        """Whether there is no value."""
        return self.value is POISON

    def lines(self) -> list[str]:
        """The answer for people."""
        rows = (
            [("value", value_text(self.value))] if self.residual is None else [("deferred", self.residual), ("waits for", ", ".join(self.waits) or "the run")]
        )
        rows.append(("type", type_name(self.value)))
        rows += [("uploads", volume) for volume in self.uploads]
        return [f"{name + ':':<11}{text}" for name, text in rows]

    def document(self) -> dict[str, object]:
        """The answer as JSON, without the place."""
        return {
            "template": self.template,
            "value": self._value(),
            "type": None if self.failed else type_name(self.value),
            "known": not self.failed and self.residual is None,
            "waits": list(self.waits),
            "uploads": list(self.uploads),
        }

    def _value(self) -> object:
        if self.residual is not None:
            return {"$deferred": self.residual, "on": list(self.waits)}
        return None if self.failed else lower(self.value)


def evaluate_text(text: str, scope: Scope) -> Evaluation:
    """Evaluate a template, or one expression without braces, in a scope. Total: mistakes are findings."""
    bare = parse_template(text).is_text
    template = parse_template(f"{_OPENER}{text}{_CLOSER}") if bare else parse_template(text)
    source = Source(NAME, text)
    shift = len(_OPENER) if bare else 0
    problems = list(template.problems)
    value: object = POISON
    uploads: tuple[str, ...] = ()
    if not template.refused:
        outcome = evaluate(template, scope)
        problems += outcome.problems
        value, uploads = outcome.value, outcome.uploads
    diagnostics = tuple(_diagnostic(problem, source, shift) for problem in problems)
    inside = unknowns(value)
    if any(part is POISON for part in inside) or any(found.effect is Effect.REFUSED for found in diagnostics):
        return Evaluation(text, POISON, diagnostics, None, (), ())
    if not inside:
        return Evaluation(text, value, diagnostics, None, (), uploads)
    whole = template.whole
    if isinstance(value, Unknown) and value.residual is not None:
        residual = value.residual
    else:
        assert whole is not None, "a mix of texts is unknown as a whole"
        residual = node_of(value, whole.tree)
    return Evaluation(text, value, diagnostics, unparse_template(residual), tuple(sorted(waits_of(inside))), uploads)


def _diagnostic(problem: Problem, source: Source, shift: int) -> Diagnostic:
    """A problem at its place in the text as it was given, of which braces of ours are no part."""
    fixes = tuple(
        Fix(fix.title, fix.safe, tuple(SourceEdit(source, Edit(_span(start, end, source, shift), text)) for start, end, text in fix.edits))
        for fix in problem.fixes
    )
    span = _span(problem.start, problem.end, source, shift)
    return Diagnostic(rule(problem.rule), source, span, problem.message, help=problem.help, fixes=fixes, override_effect=problem.effect)


def _span(start: int, end: int, source: Source, shift: int) -> Span:
    last = len(source.text)
    return Span(min(max(start - shift, 0), last), min(max(end - shift, 0), last))
