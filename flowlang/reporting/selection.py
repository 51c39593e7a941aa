"""Selections: which rules' findings are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowlang.diagnostics import Diagnostic, Rule
from flowlang.light import NamedTuple
from flowlang.text import closest, quoted

_FAMILIES = tuple(f"FL{digit}" for digit in range(10))


class UnknownRule(Exception):
    """No rule has that code, name or prefix."""

    def __init__(self, key: str) -> None:
        from flowlang.diagnostics.catalogue import CATALOGUE

        near = closest(key, (word for row in CATALOGUE for word in (row.code, row.name)))
        super().__init__(f"unknown rule {quoted(key)}")
        self.message = f"unknown rule {quoted(key)}"
        self.hint = (
            f"did you mean '{near}'? " if near else ""
        ) + "a rule is named by its code, its name or the start of a code (FL2); 'flowlint --list-rules' prints them all"


class Selection(NamedTuple):
    """Keys of rules: codes, names, or prefixes of codes.

    `select` empty: every rule that is no preview. The longest key that fits a rule decides; of two
    of the same length `ignore` wins. Preview rules are selected by their whole code or name alone.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()

    @classmethod
    def parse(cls, select: Iterable[str] = (), ignore: Iterable[str] = (), extend: Iterable[str] = ()) -> Selection:
        """The selection that these lists of comma-separated keys make; `UnknownRule` for a key without a rule."""
        return cls(*(tuple(_keys(texts)) for texts in (select, ignore, extend)))

    def takes(self, rule: Rule) -> bool:
        """Whether findings of that rule are wanted."""
        wanted = max(weight(self.select, rule), weight(self.extend, rule))
        if not self.select and not rule.preview:
            wanted = max(wanted, 1)
        if rule.preview and wanted < len(rule.code):
            return False
        return wanted > weight(self.ignore, rule)

    def of(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings that are wanted, in their order."""
        known: dict[Rule, bool] = {}
        for diagnostic in diagnostics:
            rule = diagnostic.rule
            if rule not in known:
                known[rule] = self.takes(rule)
            if known[rule]:
                yield diagnostic


def weight(keys: tuple[str, ...], rule: Rule) -> int:
    """How exactly the keys mean the rule: the length of the longest that fits, a name counting as a whole code."""
    return max((len(rule.code) if key == rule.name else len(key) for key in keys if key == rule.name or rule.code.startswith(key)), default=0)


def _keys(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        words = [word.strip() for word in text.split(",")]
        yield from (_known(word) for word in words if word or not any(words))


def _known(word: str) -> str:
    """The word in the catalogue's spelling."""
    from flowlang.diagnostics.catalogue import CATALOGUE

    code, name = word.upper(), word.lower()
    if any(name == row.name for row in CATALOGUE):
        return name
    if code in ("FL", *_FAMILIES) or (len(code) > 2 and any(row.code.startswith(code) for row in CATALOGUE)):
        return code
    raise UnknownRule(word)
