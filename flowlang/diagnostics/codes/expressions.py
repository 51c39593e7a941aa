"""Rules FL3: expressions and types.

Most are told by `flowlang.expr`: FL301 to FL319 when a template is read, FL320 to FL349 when one is
evaluated; FL350 and up need to know what the template is for.
"""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_SAFE, _UNSAFE, _SOMETIMES = Fixable.SAFE, Fixable.UNSAFE, Fixable.SOMETIMES

ROWS: tuple[Rule, ...] = (
    Rule("FL301", "expr-syntax", _REFUSED, _ERROR, "an expression that cannot be read", _SOMETIMES),
    Rule("FL302", "unclosed-expression", _REFUSED, _ERROR, "an expression or a string in it that is never closed", _UNSAFE),
    Rule("FL303", "empty-expression", _REFUSED, _ERROR, "an expression with nothing in it"),
    Rule("FL304", "operator-spacing", _REFUSED, _ERROR, "an operator that no blank follows", _SAFE),
    Rule("FL305", "nested-closer", _REFUSED, _ERROR, "brackets that close the expression", _SAFE),
    Rule("FL306", "multiline-expression", _REFUSED, _ERROR, "a line break inside an expression", _SOMETIMES),
    Rule("FL307", "foreign-syntax", _REFUSED, _ERROR, "an operator, number or constant as other languages write it", _SOMETIMES),
    Rule("FL308", "string-escape", _REFUSED, _ERROR, "a quote or backslash in a string that does not mean what it seems to", _SOMETIMES),
    Rule("FL309", "unaddressable-name", _REFUSED, _ERROR, "a name that cannot be written where it stands", _SOMETIMES),
    Rule("FL310", "malformed-number", _REFUSED, _ERROR, "a text that looks like a number and is none"),
    Rule("FL311", "misplaced-trailer", _REFUSED, _ERROR, "an attribute, index or call after something that takes none"),
    Rule("FL312", "trailing-comma", _REFUSED, _ERROR, "a comma after the last argument of a call", _SAFE),
    Rule("FL313", "unknown-function", _REFUSED, _ERROR, "a function that does not exist", _UNSAFE),
    Rule("FL314", "bad-arity", _REFUSED, _ERROR, "a call with too many or too few arguments"),
    Rule("FL315", "removed-name", _REFUSED, _ERROR, "a documented name that does not exist", _SOMETIMES),
    Rule("FL316", "chained-comparison", _ADVICE, _WARNING, "comparisons in a row, which are not chained", _UNSAFE),
    Rule("FL317", "expression-too-deep", _BETRAYED, _ERROR, "brackets nested so deep that the engine hangs"),
    Rule("FL320", "unknown-context", _REFUSED, _ERROR, "a name that is no context", _UNSAFE),
    Rule("FL321", "context-not-available", _REFUSED, _ERROR, "a context that this attribute does not see"),
    Rule("FL322", "undefined-reference", _REFUSED, _ERROR, "an attribute or key that does not exist", _UNSAFE),
    Rule("FL323", "index-on-object", _REFUSED, _ERROR, "an index on an object that takes attributes only", _SAFE),
    Rule("FL324", "type-mismatch", _REFUSED, _ERROR, "an operator or function that does not take such a value", _SOMETIMES),
    Rule("FL325", "evaluation-error", _REFUSED, _ERROR, "an expression that fails for the values it has"),
    Rule("FL326", "evaluation-limit", _BETRAYED, _ERROR, "a value too large to be computed"),
    Rule("FL327", "fmt-arity", _REFUSED, _ERROR, "a format with too few arguments, or too many"),
    Rule("FL328", "range-zero-stop", _ADVICE, _WARNING, "a zero in 'range()' that the engine drops"),
    Rule("FL329", "hash-files-no-match", _ADVICE, _WARNING, "a pattern of 'hash_files()' that matches no file"),
    Rule("FL330", "object-to-string", _BETRAYED, _ERROR, "an object turned into text", _SOMETIMES),
    Rule("FL331", "none-to-string", _ADVICE, _WARNING, "None turned into the text 'None'"),
    Rule("FL332", "status-to-string", _ADVICE, _WARNING, "the status of a need turned into text"),
    Rule("FL333", "upload-without-local", _BETRAYED, _ERROR, "an upload of a volume that has no local folder"),
    Rule("FL350", "stray-whitespace", _REFUSED, _ERROR, "blanks around an expression where they count", _SAFE),
    Rule("FL351", "looks-like-expression", _ADVICE, _WARNING, "text that looks like an expression", _UNSAFE),
    Rule("FL352", "template-in-script", _ADVICE, _INFO, "a value from outside pasted into a script", _UNSAFE),
    Rule("FL353", "hash-files-remote", _ADVICE, _WARNING, "'hash_files()' where it is computed far from the files"),
    Rule("FL354", "env-context-scope", _REFUSED, _ERROR, "a variable of the job itself read by 'env'"),
    Rule("FL355", "engine-plain-text", _ADVICE, _INFO, "a notation for expressions that the engine does not know", _SAFE),
    Rule("FL356", "unknown-status-literal", _ADVICE, _WARNING, "a result compared with a word that no result is", Fixable.SOMETIMES),
    Rule("FL357", "and-or-not-short-circuit", _ADVICE, _WARNING, "an 'and' or 'or' that does not keep its right side from being read", _UNSAFE),
    Rule("FL358", "always-unequal", _ADVICE, _WARNING, "a comparison of values that are never equal", _UNSAFE),
    Rule("FL360", "shellcheck", _ADVICE, _WARNING, "what shellcheck finds in a script, with --shellcheck"),
    Rule("FL361", "python-syntax", _BETRAYED, _ERROR, "a Python script that cannot be read", _SOMETIMES),
    Rule("FL362", "backslash-at-line-end", _BETRAYED, _ERROR, "a backslash at the end of a line that does not continue it", _SAFE),
)
