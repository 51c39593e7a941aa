"""Rules FL0: the tool itself, files, and YAML."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_ERROR = Severity.ERROR
_REFUSED = Effect.REFUSED

ROWS: tuple[Rule, ...] = (
    Rule("FL001", "internal-error", Effect.ADVICE, _ERROR, "a rule crashed; the other rules went on"),
    Rule("FL002", "unreadable-file", _REFUSED, _ERROR, "a file cannot be read"),
    Rule("FL003", "not-utf8", _REFUSED, _ERROR, "a file is not UTF-8 text"),
    Rule("FL004", "empty-file", _REFUSED, _ERROR, "a config file holds nothing"),
    Rule("FL005", "yaml-syntax", _REFUSED, _ERROR, "a file is not valid YAML", Fixable.SOMETIMES),
    Rule("FL006", "tab-indent", _REFUSED, _ERROR, "a tab where YAML allows only spaces", Fixable.SOMETIMES),
    Rule("FL007", "unquoted-expression", _REFUSED, _ERROR, "an expression without quotes that YAML reads as something else", Fixable.SOMETIMES),
    Rule("FL008", "comment-cuts-expression", _REFUSED, _ERROR, "a '#' inside an unquoted expression starts a comment and cuts it off", Fixable.SOMETIMES),
    Rule("FL009", "special-character", _REFUSED, _ERROR, "a control character or another one that YAML does not allow"),
    Rule("FL010", "multiple-documents", _REFUSED, _ERROR, "more than one YAML document in a file"),
    Rule("FL011", "too-deep", _REFUSED, _ERROR, "values nested too deep, or multiplied by aliases"),
    Rule("FL012", "undefined-alias", _REFUSED, _ERROR, "an alias ('*name') that no anchor above defines"),
    Rule("FL013", "recursive-alias", _REFUSED, _ERROR, "an alias inside the very value that it names"),
    Rule("FL014", "duplicate-anchor", _REFUSED, _ERROR, "two anchors ('&name') of one name"),
    Rule("FL015", "unknown-tag", _REFUSED, _ERROR, "a tag ('!name') that means nothing in configs", Fixable.SOMETIMES),
    Rule("FL016", "merge-key", _REFUSED, _ERROR, "a merge key ('<<'), which configs do not support", Fixable.SOMETIMES),
    Rule("FL017", "duplicate-key", Effect.BETRAYED, _ERROR, "a key that stands twice in one mapping: the first is ignored"),
    Rule("FL018", "misread-alias", _REFUSED, _ERROR, "an alias that is not read as what it stands for", Fixable.SOMETIMES),
    Rule("FL019", "too-large", Effect.ADVICE, _ERROR, "a file that is too large to be a config, and is not read"),
    Rule("FL020", "analysis-limit", Effect.ADVICE, _ERROR, "more in a file than is worked out: the rest is not judged"),
)
