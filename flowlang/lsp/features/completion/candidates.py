"""Candidates: what may be written at a cursor."""

from __future__ import annotations

from flowlang.light import NamedTuple
from flowlang.lsp.features.probe import Probe
from flowlang.text import Span
from flowlang.yamltree.writing import written_in


class Candidate(NamedTuple):
    """Something that may be written.

    `kind` says what it is: ``key``, ``value``, ``context``, ``field``, ``function``, ``keyword``, ``file``, or the kind of a
    symbol. `text` takes the place of `insert` (what is written of it up to the cursor) or of `replace` (the same up to
    the end of the word). `snippet`, where there is one, is the same in the editors' language of snippets; its
    lines after the first are indented from the cursor's line. `sort` puts candidates in order; `filter`, where it is not the label, is what is
    compared with what is written.
    """

    label: str
    kind: str
    text: str
    insert: Span
    replace: Span
    detail: str = ""
    doc: str = ""
    snippet: str | None = None
    sort: str = ""
    filter: str | None = None
    deprecated: bool = False


class Maker:
    """Makes the candidates for one cursor, in order."""

    def __init__(self, probe: Probe) -> None:
        self.probe = probe
        self._count = 0

    def make(
        self,
        label: str,
        kind: str,
        *,
        text: str | None = None,
        snippet: str | None = None,
        detail: str = "",
        doc: str = "",
        rank: int = 5,
        deprecated: bool = False,
        back: int = 0,
        filter: str | None = None,
    ) -> Candidate:
        """A candidate; those of a lower `rank` come first, then as they are made. `back`: how many characters before the word it replaces too."""
        self._count += 1
        probe = self.probe
        insert, replace = (span._replace(start=span.start - back) for span in (probe.insert, probe.replace))
        sort = f"{rank}{self._count:04}"
        return Candidate(label, kind, label if text is None else text, insert, replace, detail, doc, snippet, sort, filter, deprecated)

    def in_scalar(self, text: str) -> str:
        """A text as it must stand inside the scalar that is being written."""
        return written_in(self.probe.scalar.style, text)


def escaped(text: str) -> str:
    """A text as it is in a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
