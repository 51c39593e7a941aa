"""Rules FL1: structure, judged against the schemas."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _INFO = Severity.ERROR, Severity.INFO

ROWS: tuple[Rule, ...] = (
    Rule("FL101", "unknown-key", _REFUSED, _ERROR, "a key that this block does not have", Fixable.UNSAFE),
    Rule("FL102", "missing-key", _REFUSED, _ERROR, "a mandatory key is missing", Fixable.SOMETIMES),
    Rule("FL103", "wrong-type", _REFUSED, _ERROR, "a value of a kind that the attribute does not take"),
    Rule("FL104", "collection-for-scalar", _BETRAYED, _ERROR, "a list or mapping for one value: it becomes the text '[]' or '{}'", Fixable.UNSAFE),
    Rule("FL105", "scalar-for-list", _REFUSED, _ERROR, "one value where a list is expected", Fixable.SOMETIMES),
    Rule("FL106", "section-type", _REFUSED, _ERROR, "a section that is no mapping of names, or no list of tasks"),
    Rule("FL107", "null-value", _REFUSED, _ERROR, "an empty value where one must be given"),
    Rule("FL108", "bad-enum", _REFUSED, _ERROR, "a word that is not one of those allowed", Fixable.SOMETIMES),
    Rule("FL109", "exclusive-keys", _REFUSED, _ERROR, "keys that exclude one another"),
    Rule("FL110", "bad-id", _REFUSED, _ERROR, "a name that is no identifier, or is reserved"),
    Rule("FL111", "wrong-kind", _BETRAYED, _ERROR, "a file whose 'kind' does not fit its name or its place"),
    Rule("FL112", "deprecated-inherits", _REFUSED, _ERROR, "the key 'inherits', renamed 'mixins' long ago", Fixable.SAFE),
    Rule("FL113", "null-list", _REFUSED, _ERROR, "a list that is left empty: the job cannot be built", Fixable.SAFE),
    Rule("FL114", "bad-key", _REFUSED, _ERROR, "a mapping key that is no plain value"),
    Rule("FL115", "not-a-flow", _ADVICE, _INFO, "a YAML file in the config folder that is no flow, action or project file"),
    Rule("FL116", "flow-name", _ADVICE, _INFO, "a live flow under another name than live.yml"),
    Rule("FL117", "input-short-form", _REFUSED, _ERROR, "an input given as its default alone", Fixable.SAFE),
    Rule("FL118", "deprecated-outputs-needs", _REFUSED, _ERROR, "'needs' among the outputs of an action, long gone", Fixable.SAFE),
    Rule("FL119", "stateful-cache", _REFUSED, _ERROR, "'cache' in a stateful action", Fixable.SAFE),
    Rule("FL120", "output-value-not-allowed", _REFUSED, _ERROR, "an output with a value in an action that takes none"),
    Rule("FL121", "action-job-params", _REFUSED, _ERROR, "params in the job of an action"),
    Rule("FL122", "strategy-without-matrix", _REFUSED, _ERROR, "a strategy without a matrix"),
    Rule("FL123", "needs-form", _REFUSED, _ERROR, "'needs' that is neither a list nor a mapping", Fixable.SAFE),
)
