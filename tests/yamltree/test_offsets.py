"""Offset maps: every decoded character leads back to exactly its source, in every style."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flowlang.text import Span
from flowlang.yamltree import OffsetMap, Scalar, offsets, parse
from tests.yamltree.engine import compose, source

BREAKS = ("\n", "\r\n", "\r")
_WORDS = st.text(st.sampled_from("abc019.é😀:-?,[]{}&*!|>%@`=_$<'\"\\/#"), min_size=1, max_size=5)
_NEWLINE = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])


@st.composite
def plain(draw: st.DrawFn, indent: int) -> str:
    """A plain scalar, over several lines at times."""
    text = "x" + draw(_WORDS)
    for _ in range(draw(st.integers(0, 4))):
        gap = draw(st.sampled_from([" ", "  ", "\n", " \n", "\n\n", "\n  \n", "\n\n\n "]))
        text += gap + (" " * indent if "\n" in gap else "") + draw(_WORDS)
    return text


@st.composite
def quoted(draw: st.DrawFn, indent: int) -> str:
    """A quoted scalar with escapes and folded lines."""
    double = draw(st.booleans())
    escapes = ["\\n", "\\t", "\\\\", '\\"', "\\x41", "\\u263a", "\\U0001F600", "\\N", "\\_", "\\L", "\\P", "\\ ", "\\/", "\\\t"]
    escapes += ["\\\n   ", "\\\n\n ", " \\\n\\ "]
    pieces = st.one_of(
        _WORDS,
        st.sampled_from([" ", "\t", "  ", " \t "]),
        st.sampled_from(["\n", " \n", "\n\n", "\n \t\n", "\n" + " " * indent, "\t\n\t"]),
        st.sampled_from(escapes if double else ["''"]),
    )
    body = ""
    for piece in draw(st.lists(pieces, max_size=8)):
        literal = piece not in escapes and piece != "''"
        if literal and double:
            body += piece.replace("\\", "").replace('"', "")
        else:
            body += piece.replace("'", "") if literal else piece
    return f'"{body}"' if double else f"'{body}'"


@st.composite
def block(draw: st.DrawFn, indent: int) -> str:
    """A literal or folded scalar with all that its header may say."""
    number = draw(st.sampled_from(["", "", "1", "2", "3"]))
    chomp = draw(st.sampled_from(["", "-", "+"]))
    header = draw(st.sampled_from("|>")) + (number + chomp if draw(st.booleans()) else chomp + number) + draw(st.sampled_from(["", " ", " # c: '"]))
    width = indent + int(number) - 1 if number else indent + draw(st.integers(0, 2))
    lines = [header]
    for _ in range(draw(st.integers(0, 6))):
        extra = draw(st.sampled_from(["", "", "", " ", "  ", "\t"]))
        text = draw(st.one_of(_WORDS, st.just(""), st.just(" "), st.just("\t"), _WORDS.map(lambda word: word + " ")))
        lines.append(draw(st.sampled_from([" " * width + extra + text, " " * width + extra + text, "", " " * draw(st.integers(0, width))])))
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n", "\n   \n"]))


CONTEXTS = [("k: ", 1, "\n"), ("k:\n  l:   ", 3, "\n  m: x\n"), ("- - ", 3, "\n- y\n"), ("", 1, "\n"), ("a: 1\nk: ", 1, ""), ("- k: ", 3, "\n  m: 1")]
FLOW = [("[", 0, "]"), ("{k: ", 0, ", l: m}\n"), ("k: [a,  ", 1, " , b]\n")]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A scalar in a context, with any kind of line breaks, with or without a byte order mark."""
    before, indent, after = draw(st.sampled_from(CONTEXTS + FLOW))
    kinds = [plain, quoted] if (before, indent, after) in FLOW else [plain, quoted, block]
    text = before + draw(draw(st.sampled_from(kinds))(indent)) + after
    parts = text.split("\n")
    text = parts[0] + "".join(newline + part for part, newline in zip(parts[1:], draw(_breaks(len(parts) - 1)), strict=True))
    return ("\ufeff" if draw(st.integers(0, 9)) == 0 else "") + text


@st.composite
def _breaks(draw: st.DrawFn, count: int) -> list[str]:
    if draw(st.integers(0, 3)):
        return [draw(st.sampled_from(BREAKS))] * count
    return draw(st.lists(_NEWLINE, min_size=count, max_size=count))


def decodes_to(raw: str, style: str) -> set[str]:
    """What one character's source may stand for."""
    if raw in (*BREAKS, "\x85"):
        return {"\n", " "} if style != "|" else {"\n"}
    if style == "'" and raw == "''":
        return {"'"}
    if style == '"' and raw.startswith("\\"):
        return {yaml.safe_load(f'"{raw}"')}
    return {raw}


def check(text: str) -> list[Scalar]:
    """Every scalar of the text has an exact map that leads back."""
    given_source = source(text)
    tree = parse(given_source)
    scalars = list(tree.scalars())
    for scalar in scalars:
        check_map(text, scalar, offsets(given_source, scalar))
    return scalars


def check_map(text: str, scalar: Scalar, places: OffsetMap) -> None:
    """The map of a scalar is exact, in order, and composes."""
    assert places.exact
    value = scalar.value
    last = scalar.start
    for index, char in enumerate(value):
        span = places.span(index, index + 1)
        assert last <= span.start < span.end
        assert char in decodes_to(text[span.start : span.end], scalar.style), (scalar, index, text[span.start : span.end])
        assert places.source(index) == span.start
        assert places.span(index, index) == Span(span.start, span.start)
        last = span.end
    assert places.source(len(value)) == (last if value else places.source(0))
    assert places.span(len(value), len(value) + 5) == Span(places.source(len(value)), places.source(len(value)))
    if value:
        assert places.span(0, len(value)) == Span(places.source(0), last)
    if value.strip(" \n\u2028\u2029"):
        # What follows the last line that has anything on it is only ever the source of its line breaks.
        assert not text[scalar.end : last].strip(" \r\n\x85\u2028\u2029")


@settings(max_examples=500, deadline=None)
@given(documents())
def test_every_character_leads_back(text: str) -> None:
    try:
        composed = compose(text)
    except (yaml.YAMLError, ValueError):
        composed = None
    assume(composed is not None)
    assert check(text)


FOUND = [
    "k: |+1  \n\n- a\n",
    "k: >-\n\nl: m\n",
    "k: |2\n\n   a\n\n  b\n",
    "k: >\n  a\n\n\n  b\n   c\n\n  d\n",
    "k: >\n  a\n  \tb\n  c\n",
    "k: >\n   a\n\n    b\n   \n   c  \n\n\n",
    "k: |\n  a",
    "k: |+\n  a\n\n\n",
    "k: |+\n\n\n",
    "k: |1\n  a\n b\n",
    "k: |1-\n\n",
    "- |\n a\n- >\n b\n",
    "k: |\r\n  a\r\n\r\n  b\r\n",
    'k: "a \\\n   \\ b\\\n\n  c"\n',
    'k: "\\\n  a"\n',
    'k: "a\n\n\n  b \t\n\t c"\n',
    "k: 'a''b''''c'\n",
    "k: ''\n",
    "k: '\n\n  a'\n",
    "k: a\n  b\n\n  c   d\n",
    "k: a\x85  b\u2028 c\u2029\u2029d\n",
    "k: |\n  a\x85  b\u2028  c\n",
    "k: >\n  a\u2028  b\n",
    "k: &x |\n  a\nl: *x\n",
    "k: !!str\n  'a\n  b'\n",
]


@pytest.mark.parametrize("text", FOUND)
def test_each_scalar_that_was_wrong_once(text: str) -> None:
    assert check(text)


def test_a_range_never_reaches_over_the_break_behind_it() -> None:
    text = "k: |\n  first line\n  second\n"
    given_source = source(text)
    scalar = list(parse(given_source).scalars())[1]
    places = offsets(given_source, scalar)
    first = scalar.value.index("line")
    assert given_source.slice(places.span(first, first + 4)) == "line"
    assert given_source.slice(places.span(first, first + 11)) == "line\n  second"


def test_a_scalar_that_is_not_what_its_style_says_degrades() -> None:
    given_source = source("k: 'ab'\n")
    wrong = Scalar(3, 7, None, "something else", "'")
    places = offsets(given_source, wrong)
    assert not places.exact
    assert places.span(2, 4) == Span(3, 7)
    assert places.span(0, 14) == Span(3, 7)
    assert places.source(1) == 3
