"""What settings say of findings by the path of their file: left out, ignored, at another severity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from flowlang.diagnostics import Diagnostic, Rule, Severity
from flowlang.light import NamedTuple
from flowlang.reporting.selection import weight


class PathRule(NamedTuple):
    """For files that match one of the globs: rules that are ignored, and levels of rules."""

    paths: tuple[str, ...]
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = {}


class ByPath(NamedTuple):
    """Files left out, rules for some files, and levels of rules for all others."""

    exclude: tuple[str, ...] = ()
    per_path: tuple[PathRule, ...] = ()
    severities: Mapping[str, Severity] = {}

    def excludes(self, path: str) -> bool:
        """Whether findings in that file are left out."""
        return any(matches(glob, path) for glob in self.exclude)

    def apply(self, diagnostics: Iterable[Diagnostic], paths: Mapping[str, str]) -> Iterator[Diagnostic]:
        """The findings that stay, at their severity; `paths` gives for each reported path the one that globs are matched with.

        Of several keys that fit a rule the most exact counts, and one for some files before one for all.
        """
        for diagnostic in diagnostics:
            path = paths[diagnostic.source.path]
            if self.excludes(path):
                continue
            here = [rule for rule in self.per_path if any(matches(glob, path) for glob in rule.paths)]
            if any(weight(rule.ignore, diagnostic.rule) for rule in here):
                continue
            levels = (*(rule.severities for rule in reversed(here)), self.severities)
            level = next((level for table in levels if (level := _level(table, diagnostic.rule)) is not None), None)
            yield diagnostic if level is None else diagnostic.with_severity(level)


@lru_cache(maxsize=4096)
def matches(glob: str, path: str) -> bool:
    """Whether a path with ``/`` matches a glob, or lies in a folder that does.

    ``*`` and ``?`` stay within a name, ``**`` does not; a glob without ``/`` matches a name anywhere.
    All places that a part of the glob may end at are found together: a regular expression would try them one after the other, for years.
    """
    ends = {0}
    for part in _parts(glob):
        ends = part(path, ends)
        if not ends:
            return False
    return any(path[end : end + 1] in ("", "/") for end in ends)


def _level(levels: Mapping[str, Severity], rule: Rule) -> Severity | None:
    best = max(levels, key=lambda key: weight((key,), rule), default=None)
    return levels[best] if best is not None and weight((best,), rule) else None


_Part = Callable[[str, set[int]], set[int]]
"""A part of a glob: gives for a path and the places at which it may begin those at which it may end."""


@lru_cache(maxsize=512)
def _parts(glob: str) -> tuple[_Part, ...]:
    plain = glob.replace("\\", "/").removeprefix("./").rstrip("/")
    if "/" not in plain:
        plain = f"**/{plain}"
    parts = re.findall(r"\*\*/|\*\*|\*|\?|\[[^\]/]+\]|.", plain.removeprefix("/"), re.DOTALL)
    return tuple(_PARTS.get(part) or _one(part) for part in parts)


def _folders(path: str, starts: set[int]) -> set[int]:
    first = min(starts)
    return starts | {at + 1 for at in range(first, len(path)) if path[at] == "/"}


def _rest(path: str, starts: set[int]) -> set[int]:
    return set(range(min(starts), len(path) + 1))


def _within_name(path: str, starts: set[int]) -> set[int]:
    found: set[int] = set()
    for start in starts:
        at = start
        while at not in found:
            found.add(at)
            if at == len(path) or path[at] == "/":
                break
            at += 1
    return found


def _one(part: str) -> _Part:
    """A part that is one character."""
    fits = re.compile(_PATTERNS.get(part) or _literal(part), re.DOTALL).match
    return lambda path, starts: {start + 1 for start in starts if start < len(path) and fits(path, start)}


_PARTS: dict[str, _Part] = {"**/": _folders, "**": _rest, "*": _within_name}
_PATTERNS = {"?": "[^/]"}


def _literal(part: str) -> str:
    if len(part) < 3:
        return re.escape(part)
    negated = part[1] in "!^" and len(part) > 3
    inner = part[2:-1] if negated else part[1:-1]
    # a range turned round would be no pattern at all: then its characters count
    escaped = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner)
    if any(first > last for first, last in re.findall(r"(.)-(.)", inner)):
        escaped = escaped.replace("-", r"\-")
    return f"[{'^' if negated else ''}{escaped}]"
