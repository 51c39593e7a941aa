"""Fingerprints: what a finding is recognised by in a later run, although the lines around it have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flowlang.diagnostics.diagnostic import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic], path: Callable[[str], str] = str) -> list[str]:
    """A fingerprint for each of the findings, in their order; no two are equal.

    It is made of the rule, the file, the text of the line without its blanks, and, where these are
    the same for several findings, of how many came before; the order is that of reports. So it
    stays when lines move, when they are indented anew and when the message is worded better.
    `path` gives the name that a file is known by.
    """
    import hashlib

    seen: dict[tuple[str, ...], int] = {}
    result = []
    for diagnostic in diagnostics:
        source = diagnostic.source
        line = source.slice(source.line_span(source.position(diagnostic.span.start).line))
        key = (diagnostic.rule.code, path(source.path), " ".join(line.split()))
        seen[key] = seen.get(key, 0) + 1
        text = "\0".join((*key, str(seen[key])))
        result.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return result
