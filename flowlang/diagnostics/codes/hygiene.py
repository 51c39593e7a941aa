"""Rules FL9: the comments that ignore findings."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_ADVICE, _WARNING = Effect.ADVICE, Severity.WARNING

ROWS: tuple[Rule, ...] = (
    Rule("FL901", "malformed-ignore", _ADVICE, _WARNING, "a comment to the linter that it does not understand"),
    Rule("FL902", "unknown-ignore", _ADVICE, _WARNING, "an ignore of a rule that does not exist", Fixable.UNSAFE),
    Rule("FL903", "blanket-ignore", _ADVICE, _WARNING, "an ignore that names no rule, or many at once"),
    Rule("FL904", "unused-ignore", _ADVICE, _WARNING, "an ignore of something that is not found there", Fixable.SAFE),
    Rule("FL905", "misplaced-ignore", _ADVICE, _WARNING, "an ignore that stands where it covers nothing"),
    Rule("FL906", "ignore-without-reason", _ADVICE, _WARNING, "an ignore that gives no reason", preview=True),
)
