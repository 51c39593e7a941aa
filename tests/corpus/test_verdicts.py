"""Every warning and error on real projects has been read and judged: `verdicts.tsv`."""

from __future__ import annotations

from .places import needs_corpus
from .verdicts import LIST, VERDICTS, found, read, written


def test_every_line_is_judged() -> None:
    assert [row for row in read() if row.verdict not in VERDICTS] == []


def test_the_list_is_in_order() -> None:
    assert LIST.read_text("utf-8") == written(read())


@needs_corpus
def test_what_is_found_is_what_was_judged() -> None:
    today, judged = {row.finding for row in found()}, {row.finding for row in read()}
    assert sorted(today - judged) == [], "found, and not judged: python -m tests.corpus.verdicts"
    assert sorted(judged - today) == [], "judged, and no longer found: python -m tests.corpus.verdicts"
