"""Rules FL8: secrets and trust."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Rule, Severity

_ADVICE = Effect.ADVICE
_WARNING, _INFO = Severity.WARNING, Severity.INFO

ROWS: tuple[Rule, ...] = (
    Rule("FL801", "plain-secret", _ADVICE, _WARNING, "a secret in plain text"),
    Rule("FL802", "pass-config", _ADVICE, _INFO, "a job that gets the login of whoever starts it"),
    Rule("FL803", "http-auth-disabled", _ADVICE, _INFO, "a job whose page is open to everybody"),
    Rule("FL804", "gh-mutable-ref", _ADVICE, _INFO, "an action of another repository at a branch"),
    Rule("FL805", "floating-image-tag", _ADVICE, _INFO, "an image at 'latest'"),
)
