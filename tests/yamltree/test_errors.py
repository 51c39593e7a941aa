"""The words for broken files: golden texts with carets, places near the engine's, and fixes that mend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from yaml.error import MarkedYAMLError

from flowlang.diagnostics import rule
from flowlang.text import Source, Span, apply_edits
from flowlang.yamltree import YamlProblem, parse
from tests.yamltree.engine import compose, source

HERE = Path(__file__).parent
BROKEN: list[str] = json.loads((HERE / "broken.json").read_text("utf-8"))
GOLDEN = HERE / "broken.golden.txt"


def shown(given: Source, problem: YamlProblem) -> str:
    """A problem with its line and carets, control characters escaped."""
    position = given.position(problem.span.start)
    line = given.line_span(position.line)
    before = given.slice(Span(line.start, min(problem.span.start, line.end)))
    under = given.slice(Span(min(problem.span.start, line.end), min(problem.span.end, line.end)))
    lines = [
        f"{problem.rule} {position.line}:{position.column}: {problem.message}",
        f"  | {_visible(given.slice(line))}",
        f"  | {' ' * len(_visible(before))}{'^' * max(1, len(_visible(under)))}",
    ]
    if problem.help:
        lines.append(f"  = help: {problem.help}")
    for fix in problem.fixes:
        lines.append(f"  = {'fix' if fix.safe else 'unsafe fix'}: {fix.title}: {json.dumps(apply_edits(given.text, fix.edits), ensure_ascii=False)}")
    return "\n".join(lines)


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def golden() -> str:
    """What every broken text says."""
    pieces = []
    for text in BROKEN:
        given = source(text)
        pieces.append("\n".join([f"=== {json.dumps(text)}", *(shown(given, problem) for problem in parse(given).problems)]))
    return "\n\n".join(pieces) + "\n"


def test_words_and_carets() -> None:
    """Compare with the golden file; delete that to write it anew, and read it."""
    if not GOLDEN.exists():
        GOLDEN.write_text(golden(), "utf-8")
    assert golden() == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("text", BROKEN)
def test_problems_are_well_formed(text: str) -> None:
    tree = parse(source(text))
    for problem in tree.problems:
        rule(problem.rule)
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message
        assert problem.message[0] == problem.message[0].lower()
        assert not problem.message.endswith(".")
        for fix in problem.fixes:
            apply_edits(text, fix.edits)


@pytest.mark.parametrize("text", BROKEN)
def test_the_place_is_near_the_engines(text: str) -> None:
    """Within a line of the engine's mark, or on the opener (its context) that the mark is about."""
    try:
        compose(text)
    except MarkedYAMLError as error:
        given = source(text)
        lines = {given.position(problem.span.start).line for problem in parse(given).problems}
        marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
        normal = source(text.replace("\r\n", "\n"))
        places = {normal.position(mark.index).line for mark in marks}
        assert any(abs(line - place) <= 1 for line in lines for place in places), (lines, places)
    except (yaml.YAMLError, ValueError):
        assert parse(source(text)).problems


@pytest.mark.parametrize("text", BROKEN)
def test_safe_fixes_of_single_mistakes_mend(text: str) -> None:
    """Applied over and over, safe fixes never make it worse: each step changes the text and the number of steps is bounded."""
    for _ in range(5):
        fixes = [fix for problem in parse(source(text)).problems for fix in problem.fixes if fix.safe]
        if not fixes:
            return
        after = apply_edits(text, fixes[0].edits)
        assert after != text
        text = after
    pytest.fail("fixes go on and on")


@pytest.mark.parametrize("text", ["a: \ud800\n", "a: &x \udfff\nb: *x\n", "\udc80", "# \ud800\n", "{a: '\ud800'}"])
def test_half_a_character_is_told_like_others_that_cannot_be(text: str) -> None:
    """No file holds one; whoever hands a text over may."""
    found = parse(source(text)).problems
    assert found
    assert found[0].rule == "special-character"
    assert found[0].span.start == next(at for at, char in enumerate(text) if "\ud800" <= char <= "\udfff")
