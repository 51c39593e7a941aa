"""Where the project and the pages of its rules can be read on the web."""

from __future__ import annotations

from flowlang.diagnostics.rule import Rule

PROJECT_URL: str | None = None
"""The address of the project, without a ``/`` at its end. None: it has none yet, and every link is left out."""


def rule_url(rule: Rule) -> str | None:
    """The address of a rule's page, a file of `docs/rules`; None while the project has no address."""
    return None if PROJECT_URL is None else f"{PROJECT_URL}/blob/main/docs/rules/{rule.code}.md"
