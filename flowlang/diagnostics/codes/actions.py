"""Rules FL6: actions, modules, mixins."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

ROWS: tuple[Rule, ...] = (
    Rule("FL601", "mixin-cycle", _REFUSED, _ERROR, "mixins that include one another"),
    Rule("FL602", "order-false-cycle", _REFUSED, _ERROR, "an order of declaration that the engine takes for a cycle", Fixable.UNSAFE),
    Rule("FL603", "mixin-params", _REFUSED, _ERROR, "params of a mixin: they crash the job, or are dropped"),
    Rule("FL604", "missing-action", _ADVICE, _INFO, "a remote action that is not at hand, so that its call is not checked"),
    Rule("FL605", "bad-action-ref", _REFUSED, _ERROR, "a reference to an action that is none"),
    Rule("FL606", "action-not-found", _REFUSED, _ERROR, "an action file that is not there"),
    Rule("FL607", "ws-path-is-directory", _REFUSED, _ERROR, "a reference that leads to a folder", Fixable.SOMETIMES),
    Rule("FL608", "outside-workspace", _BETRAYED, _ERROR, "a file outside the workspace: it is never read"),
    Rule("FL609", "gh-action-file-name", _REFUSED, _ERROR, "a repository without an action.yml"),
    Rule("FL610", "action-kind-mismatch", _REFUSED, _ERROR, "an action of a kind that this flow cannot call"),
    Rule("FL611", "module-not-local", _REFUSED, _ERROR, "a module that is no file of the workspace"),
    Rule("FL612", "missing-arg", _REFUSED, _ERROR, "a mandatory input that the call does not give"),
    Rule("FL613", "unknown-arg", _REFUSED, _ERROR, "an argument that the action does not know", Fixable.UNSAFE),
    Rule("FL614", "typed-arg-literal", _REFUSED, _ERROR, "an argument of another type than the input's", Fixable.SOMETIMES),
    Rule("FL615", "call-without-args", _REFUSED, _ERROR, "a call without 'args', so that the action has no inputs, not even defaults", Fixable.SAFE),
    Rule("FL616", "input-default-type", _REFUSED, _ERROR, "a default that is not of the input's type", Fixable.SOMETIMES),
    Rule("FL617", "recursive-action", _REFUSED, _ERROR, "an action that calls itself"),
    Rule("FL618", "cache-not-supported", _REFUSED, _ERROR, "'cache' on the call of an action that has none", Fixable.SAFE),
    Rule("FL619", "output-without-value", _BETRAYED, _ERROR, "an output of a batch action without a value"),
    Rule("FL620", "nested-input-name-clash", _REFUSED, _ERROR, "an input that the engine's own check does not find, although it is there"),
    Rule("FL621", "mixin-lost-field", _BETRAYED, _ERROR, "an attribute of a mixin that is lost on its way through project.yml"),
    Rule("FL622", "mixin-list-in-matrix", _ADVICE, _WARNING, "a mixin with volumes in a task with a matrix: row n mounts them n times"),
    Rule("FL623", "mixin-applied-twice", _ADVICE, _WARNING, "a mixin that comes on two ways, so that its lists are there twice", Fixable.SOMETIMES),
    Rule("FL624", "mixins-ignored-in-action", _ADVICE, _WARNING, "mixins in the job of an action or module, which are ignored"),
    Rule("FL625", "null-overrides-mixin", _ADVICE, _WARNING, "an attribute that is left empty and hides the one of a mixin", Fixable.SAFE),
    Rule("FL626", "mixin-shadows-project", _ADVICE, _INFO, "a mixin of a flow in place of one in project.yml"),
    Rule("FL627", "null-default-is-required", _ADVICE, _WARNING, "an empty default, which makes an input or param mandatory"),
    Rule("FL629", "gh-sha-ref", _BETRAYED, _ERROR, "an action whose version is a commit, which the engine cannot fetch"),
)
