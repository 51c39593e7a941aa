"""Rules FL4: tasks, their graph, the matrix, `enable`."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

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
    Rule("FL411", "mixin-ignored-field", _REFUSED, _ERROR, "an attribute of a task that mixins cannot set: it is ignored, or crashes in a matrix"),
    Rule("FL412", "matrix-constant-id", _BETRAYED, _ERROR, "an id that several rows of a matrix have: only the last one runs", Fixable.UNSAFE),
    Rule("FL413", "matrix-mixed-case-key", _BETRAYED, _ERROR, "a matrix key with capitals, which the generated ids leave out", Fixable.UNSAFE),
    Rule("FL414", "duplicate-task-id", _BETRAYED, _ERROR, "a task whose id an earlier task has, which it replaces"),
    Rule("FL415", "matrix-exclude-type", _BETRAYED, _ERROR, "a value of 'exclude' that is compared as text and excludes nothing", Fixable.SAFE),
    Rule("FL416", "matrix-include-type", _ADVICE, _WARNING, "a value of 'include' that becomes text beside numbers", Fixable.SAFE),
    Rule("FL417", "matrix-empty-dimension", _ADVICE, _WARNING, "a list of the matrix that is empty and dropped"),
    Rule("FL418", "list-expr-type", _ADVICE, _WARNING, "an expression that gives a text or mapping for a list", Fixable.UNSAFE),
    Rule("FL419", "max-parallel-default", _ADVICE, _INFO, "more tasks than the ten that run at once by default"),
    Rule("FL420", "task-max-parallel-is-global", _ADVICE, _WARNING, "the 'max_parallel' of one task, which counts all tasks that run"),
    Rule("FL421", "max-parallel-nonpositive", _BETRAYED, _ERROR, "a 'max_parallel' with which no task ever starts"),
    Rule("FL422", "null-needs", _ADVICE, _WARNING, "'needs' left empty, which means the task before", Fixable.UNSAFE),
    Rule("FL430", "failure-handler-needs-no-fail-fast", _BETRAYED, _ERROR, "a task for after a failure, where a failure ends the run", Fixable.UNSAFE),
    Rule("FL431", "enable-without-status-check", _ADVICE, _WARNING, "a condition that does not ask how the needs ended", Fixable.UNSAFE),
    Rule("FL432", "always-lost", _BETRAYED, _ERROR, "'always()' where the operator gives something else", Fixable.SAFE),
    Rule("FL433", "missing-expression-braces", _BETRAYED, _ERROR, "a condition written as text, which is always true", Fixable.SAFE),
    Rule("FL434", "skip-cascade", _ADVICE, _INFO, "tasks that are skipped together with one before them"),
    Rule("FL435", "unguarded-output-after-always", _ADVICE, _WARNING, "an output read though its task may have failed or been skipped"),
    Rule("FL436", "set-output-name", _ADVICE, _WARNING, "a command in the output that the engine ignores for its form"),
    Rule("FL437", "set-output-maybe-empty", _ADVICE, _WARNING, "an output that is not set where its value is empty"),
    Rule("FL438", "output-never-set", _ADVICE, _WARNING, "an output that the script of the task never sets", Fixable.UNSAFE),
    Rule("FL439", "constant-condition", _ADVICE, _WARNING, "a condition that is always true or always false"),
    Rule("FL441", "implied-need", _ADVICE, _INFO, "a need that another need implies"),
)
