"""What the expression language finds wrong, in offsets of the template's text."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect
from flowlang.light import NamedTuple


class ProblemFix(NamedTuple):
    """A way to mend a problem: edits ``(start, end, text)`` of the template's text that belong together."""

    title: str
    safe: bool
    edits: tuple[tuple[int, int, str], ...]


class Problem(NamedTuple):
    """One finding in a template: the rule's name, the place, the words, and what helps.

    `effect` is given where it differs from the rule's own; `origin` is that of a `Forbidden` value.
    """

    rule: str
    start: int
    end: int
    message: str
    help: str | None = None
    fixes: tuple[ProblemFix, ...] = ()
    effect: Effect | None = None
    origin: object = None

    @property
    def refused(self) -> bool:
        """Whether the engine refuses the template for it."""
        return self.effective is Effect.REFUSED

    @property
    def effective(self) -> Effect:
        """What the engine makes of it: `effect`, else the rule's."""
        if self.effect is not None:
            return self.effect
        from flowlang.diagnostics.rule import rule

        return rule(self.rule).effect


def replace(start: int, end: int, text: str, *, safe: bool = True) -> ProblemFix:
    """The fix that puts `text` in place of ``[start, end)``."""
    shown = text if "'" in text else f"'{text}'"
    return ProblemFix(f"Replace by {shown}", safe, ((start, end, text),))
