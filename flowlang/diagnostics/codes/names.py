"""Rules FL2: names and references."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _ADVICE = Effect.REFUSED, Effect.ADVICE
_ERROR, _WARNING, _UNSAFE = Severity.ERROR, Severity.WARNING, Fixable.UNSAFE

ROWS: tuple[Rule, ...] = (
    Rule("FL201", "unknown-image", _REFUSED, _ERROR, "an image that is not defined", _UNSAFE),
    Rule("FL202", "unknown-volume", _REFUSED, _ERROR, "a volume that is not defined", _UNSAFE),
    Rule("FL203", "unknown-param", _REFUSED, _ERROR, "a param that is not defined", _UNSAFE),
    Rule("FL204", "unknown-input", _REFUSED, _ERROR, "an input that is not defined", _UNSAFE),
    Rule("FL205", "unknown-need", _REFUSED, _ERROR, "a task that is not among the needs", _UNSAFE),
    Rule("FL206", "unknown-matrix-key", _REFUSED, _ERROR, "a key that the matrix does not have", _UNSAFE),
    Rule("FL207", "unknown-env", _REFUSED, _ERROR, "a variable that the defaults' 'env' does not define", _UNSAFE),
    Rule("FL208", "unknown-state", _REFUSED, _ERROR, "a state variable that is not there"),
    Rule("FL209", "unknown-mixin", _REFUSED, _ERROR, "a mixin that is not defined", _UNSAFE),
    Rule("FL210", "unknown-job", Effect.BETRAYED, _ERROR, "a job that is not defined", _UNSAFE),
    Rule("FL211", "unused-image", _ADVICE, _WARNING, "an image that nothing names"),
    Rule("FL212", "unused-volume", _ADVICE, _WARNING, "a volume that nothing names"),
    Rule("FL213", "unused-param", _ADVICE, _WARNING, "a param that nothing reads"),
    Rule("FL214", "unused-input", _ADVICE, _WARNING, "an input that its action does not read"),
    Rule("FL215", "unused-mixin", _ADVICE, _WARNING, "a mixin that nothing includes"),
)
