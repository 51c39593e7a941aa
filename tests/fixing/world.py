"""A little linter on texts in memory, whose rules are patterns: what fixing makes of findings and fixes of every kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from flowlang.diagnostics import Diagnostic, Effect, Fix, Rule, Severity, SourceEdit
from flowlang.fixing import Fixed, Texts, fix
from flowlang.runs import Report
from flowlang.text import Edit, Source, Span

BASE = "/world"


class Pattern(NamedTuple):
    """A rule: what matches `pattern` is found, and is fixed by putting `text` in its place (None: no fix)."""

    name: str
    pattern: str
    text: str | Callable[[re.Match[str]], str] | None = None
    safe: bool = True
    effect: Effect = Effect.ADVICE
    code: str = "FL800"
    other: tuple[str, str] | None = None  # a file and a text: the fix also appends the text to that file
    only_other: bool = False  # and leaves its own file as it is

    def row(self) -> Rule:
        return Rule(self.code, self.name, self.effect, Severity.ERROR, "what is wrong")


class World:
    """Files by name, and the rules that hold for them."""

    def __init__(self, files: Mapping[str, str], *rules: Pattern) -> None:
        self.files = dict(files)
        self.rules = rules
        self.runs = 0

    def lint(self, overlay: Mapping[str, bytes]) -> Report:
        """All findings."""
        self.runs += 1
        texts = {name: overlay.get(f"{BASE}/{name}", text.encode()).decode() for name, text in self.files.items()}
        sources = {name: Source(name, text) for name, text in texts.items()}
        found = [self._found(sources, name, rule, match) for name, text in texts.items() for rule in self.rules for match in re.finditer(rule.pattern, text)]
        return Report(tuple(sorted(found, key=lambda diagnostic: diagnostic.order)), len(texts))

    def _found(self, sources: Mapping[str, Source], name: str, rule: Pattern, match: re.Match[str]) -> Diagnostic:
        source, span = sources[name], Span(*match.span())
        fixes: tuple[Fix, ...] = ()
        if rule.text is not None:
            text = rule.text if isinstance(rule.text, str) else rule.text(match)
            edits = [] if rule.only_other else [SourceEdit(source, Edit(span, text))]
            if rule.other is not None:
                other = sources[rule.other[0]]
                edits.append(SourceEdit(other, Edit(Span(len(other.text), len(other.text)), rule.other[1])))
            fixes = (Fix(f"Mend {match[0]}", rule.safe, tuple(edits)),)
        return Diagnostic(rule.row(), source, span, f"{match[0]} is wrong", fixes=fixes)

    def fix(self, *, unsafe: bool = False, may_edit: Callable[[str], bool] = lambda path: True, unwanted: frozenset[str] = frozenset()) -> Fixed:
        """Fix everything but the rules named `unwanted`."""
        return fix(self.lint, lambda found: [each for each in found if each.rule.name not in unwanted], may_edit, unsafe=unsafe, texts=Texts(BASE))


def after(fixed: Fixed) -> dict[str, str]:
    """The texts of the files that changed."""
    return {each.name: each.after for each in fixed.changed}
