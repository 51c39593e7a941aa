"""Rules as SARIF describes them."""

from __future__ import annotations

from typing import Any

from flowlang.diagnostics import Effect, Rule, Severity
from flowlang.diagnostics.families import family
from flowlang.diagnostics.links import rule_url
from flowlang.reporting.markdown import plain

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What SARIF calls a severity."""

# How often a finding is right, by which GitHub sorts: what the engine refuses is compared with the engine itself,
# what it betrays is known of it, advice is a guess at what is meant.
_PRECISIONS = {Effect.REFUSED: "very-high", Effect.BETRAYED: "high", Effect.ADVICE: "medium"}
_LONGEST = 1024  # GitHub takes no longer descriptions


def descriptor(rule: Rule) -> dict[str, Any]:
    """The `reportingDescriptor` of a rule, with its page as plain text and as Markdown."""
    from flowlang.rules import all_pages

    page = all_pages().get(rule.name)
    short = sentence(rule.summary[:1].upper() + rule.summary[1:])
    text = page.page() if page is not None else short
    url = rule_url(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": " ".join(page.sections()["What it does"].split())[:_LONGEST] if page is not None else short},
        "help": {"text": plain(text), "markdown": text},
        **({"helpUri": url} if url is not None else {}),
        "defaultConfiguration": {"enabled": not rule.preview, "level": LEVELS[rule.severity]},
        "properties": {
            "effect": rule.effect.value,
            "fixable": rule.fixable.value,
            "precision": _PRECISIONS[rule.effect],
            "tags": [family(rule).tag, rule.effect.value],
        },
    }


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a sign like that."""
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."
