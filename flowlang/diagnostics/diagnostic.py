"""One finding with its places and fixes."""

from __future__ import annotations

from typing import Literal

from flowlang.diagnostics.rule import Effect, Rule, Severity
from flowlang.light import NamedTuple
from flowlang.text import Edit, Source, Span


class Label(NamedTuple):
    """A second place that explains the first."""

    source: Source
    span: Span
    message: str


class SourceEdit(NamedTuple):
    """An edit and the source it is for."""

    source: Source
    edit: Edit


class Fix(NamedTuple):
    """A way to mend the finding: edits that belong together."""

    title: str
    safe: bool
    edits: tuple[SourceEdit, ...]


_PUT = "an alias puts it here, where it is wrong"
_WRITTEN = "the alias stands for what is written here"


class Diagnostic(NamedTuple):
    """A finding: the rule, one primary span, the message, and what helps.

    `severity` and `effect` are the rule's unless given: some rules are refused in one place and
    betrayed in another, and settings may remap the severity. `use` is the place of the alias for
    which what stands at `span` is wrong.
    """

    rule: Rule
    source: Source
    span: Span
    message: str
    help: str | None = None
    related: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    override_severity: Severity | None = None
    override_effect: Effect | None = None
    use: Span | None = None

    def put_at(self, use: Span | None, *, there: bool = False) -> Diagnostic:
        """The finding when it is an alias that puts what it is about somewhere (`Item.use`); None: no alias does.

        It is told where the value is written, with the alias beside it; the other way round where the
        engine tells it `there`, since what stands around the alias is wrong with it. What is written
        may be right where it stands, so no fix changes it.
        """
        if use is None or use == self.span:
            return self
        if there:
            return self._replace(span=use, related=(Label(self.source, self.span, _WRITTEN), *self.related), fixes=(), use=use)
        return self._replace(related=(Label(self.source, use, _PUT), *self.related), fixes=(), use=use)

    @property
    def severity(self) -> Severity:
        """The severity in force."""
        return self.override_severity or self.rule.severity

    @property
    def effect(self) -> Effect:
        """What the engine makes of it here."""
        return self.override_effect or self.rule.effect

    @property
    def order(self) -> tuple[str, int, str, int, str]:
        """The key that reports are sorted by: path, offset, code, then end and message."""
        return (self.source.path, self.span.start, self.rule.code, self.span.end, self.message)

    def with_severity(self, severity: Severity) -> Diagnostic:
        """The same finding at another severity."""
        return self._replace(override_severity=severity)


class Suppressed(NamedTuple):
    """A finding that is not reported: a comment in the file accepts it (``inSource``), or a baseline does (``external``).

    `justification` is the reason that was given. The words of `kind` are those of SARIF.
    """

    diagnostic: Diagnostic
    kind: Literal["inSource", "external"]
    justification: str | None = None
