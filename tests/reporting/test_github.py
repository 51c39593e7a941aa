from __future__ import annotations

import re

import pytest

from flowlang.diagnostics import Label, Severity
from flowlang.reporting import View
from flowlang.reporting.github import lines
from flowlang.text import Source, Span
from tests.reporting.make import FLOATING, NOTE, found, place, replacement

SOURCE = Source(".neuro/live.yml", "images: {}\njobs:\n  a:\n    image: trian\n")


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """The command, its properties and its message, read as GitHub's runner reads them."""
    match = re.fullmatch(r"::(?P<command>[a-z]+) (?P<properties>.*?)::(?P<message>.*)", line)
    assert match is not None, line
    message = match["message"].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    values = dict(item.split("=", 1) for item in match["properties"].split(","))
    for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        values = {key: value.replace(escape, sign) for key, value in values.items()}
    return match["command"], values, message


def test_a_finding_with_everything() -> None:
    span = place(SOURCE, "trian")
    diagnostic = found(
        SOURCE,
        span,
        message="unknown image 'trian'; did you mean 'train'?",
        help="available: base, train",
        related=(Label(SOURCE, place(SOURCE, "images"), "images are defined here"),),
        fixes=(replacement(SOURCE, span, "train"), replacement(SOURCE, span, "base", safe=False)),
    )
    assert list(lines(View((diagnostic,)))) == [
        "::error file=.neuro/live.yml,line=4,endLine=4,col=12,endColumn=17,title=FL201 unknown-image::"
        ".neuro/live.yml:4:12: FL201 unknown-image: unknown image 'trian'; did you mean 'train'?%0Ahelp: available: base, train"
        "%0A.neuro/live.yml:1:1: images are defined here%0Afix: Replace by 'train'%0Afix: Replace by 'base' (unsafe)"
    ]


def test_what_has_a_meaning_is_escaped() -> None:
    """GitHub's `@actions/core`: percent signs and line breaks everywhere, colons and commas in properties."""
    source = Source("a,b:c/100%.yml", "key: value\n")
    (line,) = lines(View((found(source, "key", message="100% of 'a::b'\r\n::warning::x\x1b[31m"),)))
    assert line == (
        "::error file=a%2Cb%3Ac/100%25.yml,line=1,endLine=1,col=1,endColumn=4,title=FL201 unknown-image::"
        "a,b:c/100%25.yml:1:1: FL201 unknown-image: 100%25 of 'a::b'%0A::warning::x\\x1b[31m"
    )
    assert parsed(line)[1]["file"] == "a,b:c/100%.yml"


@pytest.mark.parametrize(("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")])
def test_severities(severity: Severity, command: str) -> None:
    (line,) = lines(View((found(SOURCE, "trian", NOTE).with_severity(severity),)))
    assert parsed(line)[0] == command


@pytest.mark.parametrize(
    ("span", "place"),
    [
        (place(SOURCE, "jobs:\n  a:"), {"line": "2", "endLine": "3"}),  # the runner drops columns of several lines
        (place(SOURCE, "jobs:\n"), {"line": "2", "endLine": "2", "col": "1", "endColumn": "6"}),
        (Span(10, 11), {"line": "1", "endLine": "1", "col": "11", "endColumn": "11"}),  # the line break alone
        (Span(11, 11), {"line": "2", "endLine": "2", "col": "1", "endColumn": "1"}),
        (Span(len(SOURCE.text), len(SOURCE.text)), {"line": "5", "endLine": "5", "col": "1", "endColumn": "1"}),
    ],
)
def test_places(span: Span, place: dict[str, str]) -> None:
    (line,) = lines(View((found(SOURCE, span),)))
    _, values, _ = parsed(line)
    assert {key: value for key, value in values.items() if key not in ("file", "title")} == place


def test_paths_start_at_the_root_of_the_repository() -> None:
    diagnostics = tuple(found(Source(path, ""), Span(0, 0), FLOATING) for path in (".neuro/live.yml", "../shared/live.yml"))
    assert [parsed(line)[1]["file"] for line in lines(View(diagnostics, root="services/ml"))] == ["services/ml/.neuro/live.yml", "services/shared/live.yml"]


def test_nothing_found() -> None:
    assert list(lines(View((), files=3, paths=("a.yml",)))) == []
