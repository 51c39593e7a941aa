from __future__ import annotations

import random
from textwrap import dedent

import pytest

from flowlang.diagnostics import Diagnostic, Label
from flowlang.reporting import View
from flowlang.reporting.finding_text import finding
from flowlang.reporting.text import lines
from flowlang.reporting.view import plain
from flowlang.text import Source, Span
from tests.reporting.make import FLOATING, NOTE, accepted, found, place, replacement

FLOW = """\
kind: live
images:
  train:
    ref: image:demo:v1

jobs:
  train:
    image: trian
    bash: |
      echo one
      python train.py
"""


def shown(diagnostic: Diagnostic) -> str:
    return "\n".join(finding(diagnostic, plain)) + "\n"


def excerpt(text: str, word: str | Span) -> list[str]:
    """The excerpt's lines without path and gutter."""
    return [line.partition("|")[2].removeprefix(" ") for line in finding(found(text, word), plain) if "|" in line][1:]


def test_a_finding_with_everything() -> None:
    source, action = Source(".neuro/live.yml", FLOW), Source("actions/build.yml", "kind: live\njob:\n  image: x\n")
    span = place(source, "trian")
    diagnostic = found(
        source,
        span,
        message="unknown image 'trian'; did you mean 'train'?",
        help="available: train",
        related=(
            Label(source, place(source, "images"), "images are defined here"),
            Label(action, place(action, "image"), "called from here"),
        ),
        fixes=(replacement(source, span, "train"), replacement(source, span, "base", safe=False)),
    )
    assert shown(diagnostic) == dedent("""\
        error[FL201 unknown-image]: unknown image 'trian'; did you mean 'train'?
         --> .neuro/live.yml:8:12
          |
        2 | images:
          | ------ images are defined here
        ...
        8 |     image: trian
          |            ^^^^^
         ::: actions/build.yml:3:3
          |
        3 |   image: x
          |   ----- called from here
          |
          = help: available: train
          = fix: Replace by 'train'
          = fix: Replace by 'base' (unsafe)
        """)


def test_line_numbers_are_aligned_and_short_gaps_filled() -> None:
    source = Source("a.yml", "".join(f"k{number}: v\n" for number in range(1, 14)))
    related = (Label(source, place(source, "k8"), "first"), Label(source, place(source, "k9"), "second"), Label(source, place(source, "v", 10), "third"))
    assert shown(found(source, "k11", related=related)) == dedent("""\
        error[FL201 unknown-image]: unknown image
          --> a.yml:11:1
           |
         8 | k8: v
           | -- first
         9 | k9: v
           | -- second
        10 | k10: v
        11 | k11: v
           | ^^^
           |      - third
        """)


def test_a_span_over_lines_is_marked_on_its_first() -> None:
    source = Source("a.yml", FLOW)
    start, end = place(source, "bash").start, place(source, "train.py").end
    assert excerpt(FLOW, Span(start, end)) == ["    bash: |", "    ^^^^^^^ to line 11"]


def test_a_span_that_ends_with_the_line_break_is_of_one_line() -> None:
    start = FLOW.index("jobs:")
    assert excerpt(FLOW, Span(start, start + 6)) == ["jobs:", "^^^^^"]


@pytest.mark.parametrize(
    ("text", "span", "under"),
    [
        ("key: value", Span(5, 5), "     ^"),  # an empty span
        ("key:", Span(4, 4), "    ^"),  # at the end of the text
        ("key:\nb: 1", Span(4, 5), "    ^"),  # the line break itself
        ("key: 'ünï'", Span(5, 10), "     ^^^^^"),
    ],
)
def test_places_at_edges(text: str, span: Span, under: str) -> None:
    assert excerpt(text, span)[1] == under


@pytest.mark.parametrize(
    ("before", "shown_before", "columns"),
    [
        ("\t", "    ", 4),
        ("日本: ", "日本: ", 6),
        ("e\u0301: ", "e\u0301: ", 3),  # a combining accent
        ("\U0001f680: ", "\U0001f680: ", 4),  # a wide emoji
        ("\u2764\ufe0f: ", "\u2764\ufe0f: ", 4),  # a sign made an emoji
        ("\U0001f44d\U0001f3fd: ", "\U0001f44d\U0001f3fd: ", 4),  # with a skin tone
        ("\U0001f468\u200d\U0001f4bb: ", "\U0001f468\\u200d\U0001f4bb: ", 12),  # a joiner is made visible
        ("a\x1b[31m: ", "a\\x1b[31m: ", 11),
        ("\u202e: ", "\\u202e: ", 8),
        ("\xa0: ", "\\xa0: ", 6),
        ("\x85\u2028: ", "\\x85\\u2028: ", 12),
        ("\u1112\u1161\u11ab: ", "\u1112\u1161\u11ab: ", 4),  # conjoining Hangul
        ("\ud800: ", "\\ud800: ", 8),
    ],
)
def test_carets_stand_under_what_they_mean(before: str, shown_before: str, columns: int) -> None:
    line, under = excerpt(before + "word", "word")
    assert line == shown_before + "word"
    assert under == " " * columns + "^^^^"


def test_what_is_escaped_is_underlined_whole() -> None:
    assert excerpt("a: b\x07c", "\x07") == ["a: b\\x07c", "    ^^^^"]
    assert excerpt("a: e\u0301", "\u0301") == ["a: e\u0301", "   ^"]
    assert excerpt("a: 日本", "本") == ["a: 日本", "     ^^"]


def test_a_byte_order_mark_takes_no_column_unless_it_is_meant() -> None:
    assert excerpt("\ufeffkey: v", "key") == ["key: v", "^^^"]
    assert excerpt("\ufeffkey: v", Span(0, 4)) == ["key: v", "^^^"]
    assert excerpt("\ufeffkey: v", Span(0, 1)) == ["\\ufeffkey: v", "^^^^^^"]


def test_long_lines_are_cut_around_the_mark() -> None:
    text = "x" * 500 + " word " + "y" * 500
    line, under = excerpt(text, "word")
    assert line.startswith("…x")
    assert line.endswith("y…")
    assert len(line) <= 162
    assert line[under.index("^") :].startswith("word")
    assert excerpt("word: " + "y" * 500, "word")[0].startswith("word: y")
    line, under = excerpt("\x01" * 3_000_000 + "word", "word")
    assert line.startswith("…\\x01")
    assert line[under.index("^") :] == "word"


def test_nothing_of_a_file_reaches_the_terminal_raw() -> None:
    source = Source("a\x1b]0;b.yml", "key: \x1b[2J\x9b\n")
    text = shown(found(source, Span(5, 9), message="bad \x1b[2J\nvalue", help="first\nsecond \x07"))
    assert all(char.isprintable() for line in text.split("\n") for char in line)
    assert "first\n          second \\x07" in text


def test_a_file_without_text_has_no_excerpt() -> None:
    empty = Source(".neuro/live.yml", "")
    label = Label(Source("other.yml", ""), Span(0, 0), "called from here")
    assert shown(found(empty, Span(0, 0), message="the file is empty", help="delete it", related=(label,))) == dedent("""\
        error[FL201 unknown-image]: the file is empty
         --> .neuro/live.yml:1:1
         ::: other.yml:1:1
          = note: called from here
          = help: delete it
        """)


def test_the_report() -> None:
    source = Source("a.yml", FLOW)
    span = place(source, "trian")
    fixable = found(source, span, fixes=(replacement(source, span, "train"),))
    view = View((fixable, found(source, span, FLOATING, "floating"), found(source, span, NOTE, "know")), files=4, suppressed=accepted(1), hidden=2)
    text = list(lines(view))
    assert text[-1] == "found 1 error, 1 warning, 1 info in 4 files (1 fixable with --fix, 2 below the severity shown, 1 suppressed)"
    assert text.count("") == 3
    assert list(lines(View((), files=1))) == ["no problems found in 1 file"]
    assert list(lines(View((), files=2, suppressed=accepted(3)))) == ["no problems found in 2 files (3 suppressed)"]
    assert list(lines(View((), files=2, quiet=True))) == []
    assert list(lines(View((fixable,))))[-1] == "found 1 error (1 fixable with --fix)"
    unsafe = fixable._replace(fixes=(replacement(source, span, "train", safe=False),))
    assert list(lines(View((unsafe,))))[-1] == "found 1 error (1 fixable with --fix --unsafe-fixes)"
    assert list(lines(View((fixable, unsafe))))[-1] == "found 2 errors (1 fixable with --fix, 1 more with --fix --unsafe-fixes)"
    # fixes that were asked for are not offered again
    told = list(lines(View((fixable, unsafe), fixed="fixed 1 finding in 1 file", fixes="safe")))
    assert told[-2:] == ["fixed 1 finding in 1 file", "found 2 errors (1 fixable with --unsafe-fixes)"]
    assert list(lines(View((fixable, unsafe), fixes="all")))[-1] == "found 2 errors"


def test_colours_change_nothing_else() -> None:
    source = Source("a.yml", FLOW)
    diagnostic = found(source, "trian", help="help", related=(Label(source, Span(0, 4), "there"),))
    roles: set[str] = set()

    def paint(text: str, role: str) -> str:
        roles.add(role)
        return f"\x1b[1m{text}\x1b[0m"

    painted = "\n".join(lines(View((diagnostic,), paint=paint)))
    assert painted.replace("\x1b[1m", "").replace("\x1b[0m", "") == "\n".join(lines(View((diagnostic,))))
    assert roles == {"error", "message", "gutter", "related", "note"}


def test_every_span_of_every_text_is_shown() -> None:
    """No span makes the reporter fail, and every excerpt has at least one caret."""
    chance = random.Random(1)
    alphabet = "ab: \n\r\t\x00\x1b日\u0301\ufeff\U0001f680\u2028\ud800"
    for _ in range(3000):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randrange(1, 12)))
        start = chance.randrange(len(text) + 1)
        end = chance.randrange(start, len(text) + 1)
        other = chance.randrange(len(text) + 1)
        source = Source("a.yml", text)
        result = shown(found(source, Span(start, end), related=(Label(source, Span(other, other), "there"),)))
        assert "^" in result
        assert "- there" in result
        assert all(char.isprintable() for line in result.split("\n") for char in line)
