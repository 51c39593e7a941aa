from __future__ import annotations

from flowlang.diagnostics import Diagnostic
from flowlang.diagnostics.fingerprint import fingerprints
from flowlang.text import Source
from tests.reporting.make import FLOATING, found, place

TEXT = "jobs:\n  a:\n    image: trian\n  b:\n    image: trian\n"


def all_of(text: str, word: str = "trian", path: str = ".neuro/live.yml") -> list[Diagnostic]:
    source = Source(path, text)
    return [found(source, place(source, word, nth)) for nth in range(text.count(word))]


def test_equal_lines_are_told_apart() -> None:
    one, other = fingerprints(all_of(TEXT))
    assert one != other
    assert len(one) == 32


def test_it_survives_what_does_not_concern_it() -> None:
    known = fingerprints(all_of(TEXT))
    assert fingerprints(all_of(f"# a comment\n\n{TEXT}")) == known
    assert fingerprints(all_of(TEXT.replace("    ", "\t ").replace("\n", "\r\n"))) == known
    assert fingerprints([each._replace(message="in other words", help="helpful") for each in all_of(TEXT)]) == known


def test_it_is_of_rule_file_and_line() -> None:
    known = set(fingerprints(all_of(TEXT)))
    others = [
        fingerprints(all_of(TEXT, path=".neuro/other.yml")),
        fingerprints([each._replace(rule=FLOATING) for each in all_of(TEXT)]),
        fingerprints(all_of(TEXT.replace("image: trian", "image: trian # here"))),
        fingerprints(all_of(TEXT), lambda path: f"ml/{path}"),
    ]
    assert all(known.isdisjoint(other) for other in others)
