"""Which rules there are, and running their functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import TypeVar

from flowlang.diagnostics import Diagnostic, rule
from flowlang.rules.frame import CheckedRule, ProjectRule, RulePage
from flowlang.rules.table import FILE_RULES, PROJECT_RULES
from flowlang.semantics import Analysis, FileAnalysis
from flowlang.text import Source, Span

_Kind = TypeVar("_Kind", bound=RulePage)
_NOWHERE = Source("", "")


class _Words:
    """Which words stand in any of some texts; each is looked for once, whichever rules ask."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._known: dict[str, bool] = {}

    def any_of(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words is there, or none is asked for."""
        known, texts = self._known, self._texts
        for word in words:
            found = known.get(word)
            if found is None:
                found = False
                for text in texts:
                    if word in text:
                        found = True
                        break
                known[word] = found
            if found:
                return True
        return not words


def check_file(file: FileAnalysis) -> Iterator[Diagnostic]:
    """The findings of all rules about single files in one file."""
    there = _Words(file.texts)
    for module, words in FILE_RULES:
        if there.any_of(words):
            for check in _rules(module, CheckedRule):
                yield from _guarded(check, check.check, file, file.config.source)


def check_project(analysis: Analysis) -> Iterator[Diagnostic]:
    """The findings of all rules about the project as a whole."""
    source = analysis.files[0].config.source if analysis.files else _NOWHERE
    there = _Words([file.config.source.text for file in analysis.files])
    for module, words in PROJECT_RULES:
        if there.any_of(words):
            for check in _rules(module, ProjectRule):
                yield from _guarded(check, check.check, analysis, source)


_Subject = TypeVar("_Subject")


def _guarded(check: type[RulePage], run: Callable[[_Subject], Iterable[Diagnostic]], subject: _Subject, source: Source) -> Iterator[Diagnostic]:
    """The findings of one rule. One that crashes becomes a finding itself; the others go on."""
    try:
        yield from run(subject)
    except Exception as error:  # a rule's mistake must never cost the user the other findings
        message = f"internal error: the rule {check.name} failed with {type(error).__name__}"
        yield Diagnostic(rule("internal-error"), source, Span(0, 0), message, help="please report this with the file it happened on; the other rules ran")


@lru_cache(maxsize=256)
def _rules(module: str, kind: type[_Kind]) -> tuple[type[_Kind], ...]:
    """The rules of that kind in a module below `flowlang.rules`, imported now."""
    return tuple(found for found in _rules_in(f"flowlang.rules.{module}") if issubclass(found, kind))


def _rules_in(module_name: str) -> Iterator[type[RulePage]]:
    for found in vars(import_module(module_name)).values():
        if isinstance(found, type) and issubclass(found, RulePage) and found.__module__ == module_name:
            yield found


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
