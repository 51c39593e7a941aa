"""What comes of a target as JSON, and back. Texts of files are not part of it: who reads an entry has just read the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flowlang.diagnostics import Diagnostic, Effect, Fix, Label, Severity, SourceEdit, Suppressed, rule
from flowlang.filesystem import Trace, written
from flowlang.runs import Part
from flowlang.text import Edit, Source, Span, shown_path

_CRASH = "internal-error"


class Unwritable(Exception):
    """A part that is not to be remembered: a rule crashed."""


class _Writer:
    """Numbers the sources that findings stand in."""

    def __init__(self, trace: Trace, base: str) -> None:
        self._read = {shown_path(asked.path, base): (asked.path, answer) for asked, answer in trace.items() if asked.kind == "read"}
        self._numbers: dict[int, int] = {}
        self.sources: list[list[Any]] = []
        """Of each its name, and the path of its file; or None and its text, where that is not what the file holds."""

    def source(self, source: Source) -> int:
        number = self._numbers.get(id(source))
        if number is None:
            number = self._numbers[id(source)] = len(self.sources)
            path, digest = self._read.get(source.path, (None, None))
            same = digest == written(source.text.encode("utf-8", "surrogatepass"))
            self.sources.append([source.path, path, None] if same else [source.path, None, source.text])
        return number

    def finding(self, found: Diagnostic) -> list[Any]:
        if found.rule.name == _CRASH:
            raise Unwritable
        return [
            found.rule.code,
            self.source(found.source),
            *found.span,
            found.message,
            found.help,
            [[self.source(label.source), *label.span, label.message] for label in found.related],
            [[fix.title, fix.safe, [[self.source(edit.source), *edit.edit.span, edit.edit.text] for edit in fix.edits]] for fix in found.fixes],
            found.override_severity and found.override_severity.value,
            found.override_effect and found.override_effect.value,
            found.use,
        ]


def encoded(part: Part, trace: Trace, base: str) -> dict[str, Any]:
    """A part as JSON has it; `trace` says what was read for it, `base` is the folder that its paths are relative to. `Unwritable` where none is to be."""
    writer = _Writer(trace, base)
    return {
        "found": [writer.finding(found) for found in part.diagnostics],
        "suppressed": [[writer.finding(each.diagnostic), each.kind, each.justification] for each in part.suppressed],
        "beside": [writer.finding(found) for found in part.beside],
        "paths": list(part.paths),
        "sources": writer.sources,
    }


def decoded(written: Mapping[str, Any], contents: Mapping[str, bytes]) -> Part:
    """The part again, `contents` being those of the files that were read; `LookupError`, `TypeError` or `ValueError` for what is none."""
    sources = [Source(name, text if path is None else contents[path].decode("utf-8")) for name, path, text in written["sources"]]
    return Part(
        [_finding(found, sources) for found in written["found"]],
        [Suppressed(_finding(found, sources), kind, justification) for found, kind, justification in written["suppressed"]],
        [_finding(found, sources) for found in written["beside"]],
        written["paths"],
    )


def _finding(written: Sequence[Any], sources: Sequence[Source]) -> Diagnostic:
    code, source, start, end, message, help, related, fixes, severity, effect, use = written
    return Diagnostic(
        rule(code),
        sources[source],
        Span(start, end),
        message,
        help,
        tuple(Label(sources[source], Span(start, end), message) for source, start, end, message in related),
        tuple(Fix(title, safe, tuple(_edit(edit, sources) for edit in edits)) for title, safe, edits in fixes),
        severity and Severity(severity),
        effect and Effect(effect),
        use and Span(*use),
    )


def _edit(written: Sequence[Any], sources: Sequence[Source]) -> SourceEdit:
    source, start, end, text = written
    return SourceEdit(sources[source], Edit(Span(start, end), text))
