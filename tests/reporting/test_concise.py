from __future__ import annotations

from flowlang.reporting import View
from flowlang.reporting.concise import lines
from tests.reporting.make import FLOATING, NOTE, found, place, replacement


def test_one_line_each() -> None:
    text = "jobs:\n  a:\n    image: trian\n"
    view = View((found(text, "trian", message="unknown image 'tri\x1ban'"), found(text, "image", FLOATING, "floating image")), files=1)
    assert list(lines(view)) == [
        ".neuro/live.yml:3:12: error FL201 unknown-image: unknown image 'tri\\x1ban'",
        ".neuro/live.yml:3:5: warning FL711 floating-image: floating image",
        "found 1 error, 1 warning in 1 file",
    ]


def test_statistics_count_rules() -> None:
    first = found("a: b\n", "a", FLOATING)
    fixable = found(first.source, "b", fixes=(replacement(first.source, place(first.source, "b"), "c"),))
    view = View((first, first, fixable, found("a: b\n", "a", NOTE)), files=1, statistics=True, quiet=True)
    assert list(lines(view))[4:] == ["2 warning FL711 floating-image", "1 error   FL201 unknown-image (1 fixable)", "1 info    FL899 worth-knowing"]
