"""Findings made by hand."""

from __future__ import annotations

from flowlang.diagnostics import Diagnostic, Effect, Fix, Fixable, Label, Rule, Severity, SourceEdit, Suppressed
from flowlang.text import Edit, Source, Span

UNKNOWN_IMAGE = Rule("FL201", "unknown-image", Effect.REFUSED, Severity.ERROR, "an image that is not defined", Fixable.SOMETIMES)
FLOATING = Rule("FL711", "floating-image", Effect.ADVICE, Severity.WARNING, "an image without a tag")
NOTE = Rule("FL899", "worth-knowing", Effect.ADVICE, Severity.INFO, "something to know")
PREVIEW = Rule("FL898", "young-rule", Effect.ADVICE, Severity.WARNING, "a rule on trial", preview=True)


def place(source: Source, word: str, nth: int = 0) -> Span:
    """The span of the nth occurrence of `word`."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(word, start + 1)
    return Span(start, start + len(word))


def found(
    text: str | Source,
    word: str | Span,
    rule: Rule = UNKNOWN_IMAGE,
    message: str = "unknown image",
    *,
    help: str | None = None,
    related: tuple[Label, ...] = (),
    fixes: tuple[Fix, ...] = (),
    path: str = ".neuro/live.yml",
) -> Diagnostic:
    """A finding at `word` in `text`."""
    source = text if isinstance(text, Source) else Source(path, text)
    span = word if isinstance(word, Span) else place(source, word)
    return Diagnostic(rule, source, span, message, help, related, fixes)


def replacement(source: Source, span: Span, text: str, *, safe: bool = True) -> Fix:
    """A fix that replaces `span` by `text`."""
    return Fix(f"Replace by '{text}'", safe, (SourceEdit(source, Edit(span, text)),))


def accepted(number: int) -> tuple[Suppressed, ...]:
    """So many findings that a comment accepts."""
    return tuple(Suppressed(found(f"# {index}\n", "#"), "inSource") for index in range(number))
