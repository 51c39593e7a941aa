"""Rules FL5: values and what YAML and the engine turn them into."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

ROWS: tuple[Rule, ...] = (
    Rule("FL501", "bad-number", _REFUSED, _ERROR, "a text that is no number where one is expected"),
    Rule("FL502", "bad-timedelta", _REFUSED, _ERROR, "a text that is no time span", Fixable.SOMETIMES),
    Rule("FL503", "bad-port-pair", _REFUSED, _ERROR, "a text that is no pair of ports"),
    Rule("FL504", "sexagesimal", _REFUSED, _ERROR, "a pair of ports that YAML reads as one number in base 60", Fixable.SAFE),
    Rule("FL505", "empty-value", _REFUSED, _ERROR, "an empty text where the attribute needs a value"),
    Rule("FL507", "expression-not-allowed", _REFUSED, _ERROR, "an expression in an attribute that takes none"),
    Rule("FL508", "bad-uri", _REFUSED, _ERROR, "a text that is no URI the platform understands"),
    Rule("FL509", "bad-scalar", _REFUSED, _ERROR, "a value that YAML cannot read"),
    Rule("FL510", "bad-value", _REFUSED, _ERROR, "an expression whose result the attribute does not take"),
    Rule("FL511", "bool-from-string", _BETRAYED, _ERROR, "a text in place of true or false: any but the empty one counts as true", Fixable.SOMETIMES),
    Rule("FL512", "yaml11-coercion", _ADVICE, _WARNING, "a value without quotes that YAML makes another one of", Fixable.SOMETIMES),
    Rule("FL513", "param-bool-default", _ADVICE, _WARNING, "true or false as the default of a param, which is always text", Fixable.SAFE),
    Rule("FL514", "life-span-value", _ADVICE, _WARNING, "a time span that is not as long as it seems", Fixable.SOMETIMES),
    Rule("FL515", "int-range", _ADVICE, _WARNING, "a number that the engine cuts off, or that is no port"),
    Rule("FL516", "yaml11-bool-key", _BETRAYED, _ERROR, "a name such as 'on' that YAML reads as true or false", Fixable.SAFE),
)
