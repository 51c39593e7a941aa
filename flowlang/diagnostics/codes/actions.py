"""Rules FL6: actions, modules, mixins."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _INFO = Severity.ERROR, Severity.INFO

ROWS: tuple[Rule, ...] = (
    Rule("FL601", "mixin-cycle", _REFUSED, _ERROR, "mixins that include one another"),
    Rule("FL602", "order-false-cycle", _REFUSED, _ERROR, "an order of declaration that the engine takes for a cycle", Fixable.UNSAFE),
    Rule("FL603", "mixin-params", _REFUSED, _ERROR, "params of a mixin: they crash the job, or are dropped", Fixable.UNSAFE),
    Rule("FL604", "call-not-compiled", _ADVICE, _INFO, "a call whose action is not resolved"),
)
