"""Which rules there are, and running their functions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from flowlang.diagnostics import Diagnostic, rule
from flowlang.rules.frame import CheckedRule, RulePage
from flowlang.semantics import FileAnalysis
from flowlang.text import Span

# Modules that hold rules with a function. Pages without one are imported only to be shown.
_CHECKED = ("flowlang.rules.yaml.duplicates", "flowlang.rules.expressions.scripts")


@lru_cache(maxsize=1)
def _checks() -> tuple[type[CheckedRule], ...]:
    return tuple(found for name in _CHECKED for found in _rules_in(name) if issubclass(found, CheckedRule))


def _rules_in(module_name: str) -> Iterator[type[RulePage]]:
    for found in vars(import_module(module_name)).values():
        if isinstance(found, type) and issubclass(found, RulePage) and found.__module__ == module_name:
            yield found


def check_file(file: FileAnalysis) -> Iterator[Diagnostic]:
    """The findings of all rules in one file. A rule that crashes becomes a finding; the others go on."""
    for check in _checks():
        try:
            yield from check.check(file)
        except Exception as error:  # a rule's mistake must never cost the user the other findings
            yield Diagnostic(
                rule("internal-error"),
                file.config.source,
                Span(0, 0),
                f"internal error: the rule {check.name} failed with {type(error).__name__}",
                help="please report this with the file it happened on; the other rules ran",
            )


@lru_cache(maxsize=1)
def all_pages() -> dict[str, type[RulePage]]:
    """The page of every rule, by name; imports all rule modules."""
    import pkgutil

    pages: dict[str, type[RulePage]] = {}
    for found in pkgutil.walk_packages(import_module("flowlang.rules").__path__, "flowlang.rules."):
        for page in _rules_in(found.name):
            if hasattr(page, "name"):
                pages[page.name] = page
    return pages
