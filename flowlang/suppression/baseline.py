"""Baselines: findings accepted as they were on some day, in a file that is kept with the project.

A finding is known again by its file, its rule and the text of the line it begins on, so that a
baseline outlives lines that move. Equal findings are counted: one more of them is new.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flowlang.diagnostics import Diagnostic, Suppressed
from flowlang.light import NamedTuple

VERSION = 1
_NEVER = "FL001"
"""A mistake of the linter itself is nothing to accept."""
_REASON = "accepted by the baseline"

PathOf = Callable[[Diagnostic], str]
"""The path of a finding's file, relative to the baseline's folder, with ``/``."""


class WrongBaseline(Exception):
    """A text that is no baseline; the message says why."""


class Entry(NamedTuple):
    """What findings are known again by."""

    path: str
    code: str
    hash: str


class Sifted(NamedTuple):
    """Findings that are new, findings that the baseline accepts, and how many of the baseline's were not found."""

    new: list[Diagnostic]
    accepted: list[Suppressed]
    gone: int


def entry_of(diagnostic: Diagnostic, path_of: PathOf) -> Entry:
    """What a finding is known again by."""
    source = diagnostic.source
    line = source.slice(source.line_span(source.position(diagnostic.span.start).line)).strip()
    return Entry(path_of(diagnostic), diagnostic.rule.code, hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def write_baseline(diagnostics: Iterable[Diagnostic], path_of: PathOf) -> str:
    """The text of a baseline that accepts these findings: the same findings give the same text."""
    rows: dict[Entry, dict[str, Any]] = {}
    for diagnostic in diagnostics:
        entry = entry_of(diagnostic, path_of)
        if entry.code == _NEVER:
            continue
        row = rows.setdefault(entry, {**_head(entry, diagnostic), "hash": entry.hash, "count": 0})
        row["count"] += 1
    findings = [row for _, row in sorted(rows.items())]
    return json.dumps({"version": VERSION, "findings": findings}, indent=2, ensure_ascii=False) + "\n"


def _head(entry: Entry, diagnostic: Diagnostic) -> dict[str, Any]:
    return {"path": entry.path, "code": entry.code, "name": diagnostic.rule.name, "message": diagnostic.message}


def read_baseline(text: str) -> Mapping[Entry, int]:
    """How many findings of each kind a baseline accepts; raises `WrongBaseline`."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongBaseline(f"it is no JSON: {error}") from None
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise WrongBaseline("it has no list of findings")
    if document.get("version") != VERSION:
        raise WrongBaseline(f"its version is {document.get('version')!r}, this program knows {VERSION}")
    known: Counter[Entry] = Counter()
    for number, row in enumerate(document["findings"], 1):
        match row:
            case {"path": str(path), "code": str(code), "hash": str(hash), "count": int(count)}:
                known[Entry(path, code, hash)] += max(count, 0)
            case _:
                raise WrongBaseline(f"finding {number} is none: it needs path, code, hash and count")
    return known


def sift(diagnostics: Iterable[Diagnostic], known: Mapping[Entry, int], path_of: PathOf) -> Sifted:
    """Part new findings from accepted ones, in their order."""
    left = dict(known)
    new: list[Diagnostic] = []
    accepted: list[Suppressed] = []
    for diagnostic in diagnostics:
        entry = entry_of(diagnostic, path_of)
        if left.get(entry, 0) > 0:
            left[entry] -= 1
            accepted.append(Suppressed(diagnostic, "external", _REASON))
        else:
            new.append(diagnostic)
    return Sifted(new, accepted, sum(left.values()))
