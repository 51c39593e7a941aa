"""Rules FL4: tasks, their graph, the matrix, `enable`."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

ROWS: tuple[Rule, ...] = (
    Rule("FL401", "needs-cycle", _REFUSED, _ERROR, "tasks that need one another"),
    Rule("FL402", "task-order-false-cycle", _REFUSED, _ERROR, "an order of tasks that the engine takes for a cycle", Fixable.UNSAFE),
    Rule("FL403", "matrix-too-large", _REFUSED, _ERROR, "a matrix of more than 256 rows"),
    Rule("FL404", "matrix-exclude-unknown-key", _REFUSED, _ERROR, "'exclude' with a key that the matrix does not have"),
    Rule("FL405", "matrix-include-keys", _REFUSED, _ERROR, "'include' with other keys than the matrix has"),
    Rule("FL406", "matrix-not-known", _ADVICE, _WARNING, "a matrix whose rows depend on what is only known at the run"),
    Rule("FL407", "running-need-in-context", _REFUSED, _ERROR, "the context of a need that is only waited for to start"),
    Rule("FL408", "unknown-action-output", _REFUSED, _ERROR, "an output that the action does not declare", Fixable.UNSAFE),
    Rule("FL409", "git-in-batch-eager", _REFUSED, _ERROR, "git facts where a batch flow is read before they are known"),
    Rule("FL410", "local-depends-on-remote", _REFUSED, _ERROR, "a local action that needs a task on the platform", Fixable.SOMETIMES),
    Rule("FL411", "mixin-ignored-field", _REFUSED, _ERROR, "needs or cache from a mixin, which crash from the second row of a matrix on"),
)
