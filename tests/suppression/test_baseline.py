"""Baselines: what is known again, what is new, what a file may be."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.diagnostics import Diagnostic, rule
from flowlang.suppression.baseline import WrongBaseline, read_baseline, sift, write_baseline
from flowlang.text import Source, Span


def finding(text: str, at: int, name: str = "unknown-key", path: str = "a/live.yml") -> Diagnostic:
    return Diagnostic(rule(name), Source(path, text), Span(at, at + 1), f"message about {at}")


def path_of(diagnostic: Diagnostic) -> str:
    return diagnostic.source.path


def test_a_baseline_reads_well_and_stays_the_same() -> None:
    text = "kind: live\nx: 1\ny: 2\n"
    written = write_baseline([finding(text, 16), finding(text, 11), finding(text, 11)], path_of)
    rows = [{"path": "a/live.yml", "code": "FL101", "name": "unknown-key", "message": f"message about {at}"} for at in (11, 16)]
    hashes = [hashlib.sha256(line).hexdigest()[:16] for line in (b"x: 1", b"y: 2")]
    expected = [{**row, "hash": hash, "count": count} for row, hash, count in zip(rows, hashes, (2, 1), strict=True)]
    assert json.loads(written) == {"version": 1, "findings": sorted(expected, key=lambda row: str(row["hash"]))}
    assert written == write_baseline([finding(text, 11), finding(text, 16), finding(text, 11)], path_of)


def test_moved_and_indented_lines_are_known_again_and_changed_ones_are_not() -> None:
    known = read_baseline(write_baseline([finding("kind: live\nx: 1\n", 11)], path_of))
    moved = finding("kind: live\n\n# more\n  x: 1\n", 21)
    changed = finding("kind: live\nx: 2\n", 11)
    assert sift([moved], known, path_of) == ([], [(moved, "external", "accepted by the baseline")], 0)
    assert sift([changed], known, path_of) == ([changed], [], 1)


@pytest.mark.parametrize("other", [finding("x: 1\n", 0, "missing-key"), finding("x: 1\n", 0, path="b/live.yml")])
def test_another_rule_or_file_is_new(other: Diagnostic) -> None:
    known = read_baseline(write_baseline([finding("x: 1\n", 0)], path_of))
    assert sift([other], known, path_of) == ([other], [], 1)


def test_one_more_of_the_same_is_new() -> None:
    text = "x: 1\nx: 1\nx: 1\n"
    three = [finding(text, at) for at in (0, 5, 10)]
    known = read_baseline(write_baseline(three[:2], path_of))
    assert sift(three, known, path_of).new == [three[2]]


def test_mistakes_of_the_program_are_never_accepted() -> None:
    broken = finding("x: 1\n", 0, "internal-error")
    assert json.loads(write_baseline([broken], path_of))["findings"] == []


@given(st.lists(st.tuples(st.sampled_from("ab\né"), st.integers(0, 3)), max_size=8))
def test_what_is_written_accepts_exactly_what_was_found(parts: list[tuple[str, int]]) -> None:
    text = "".join(char * (count + 1) for char, count in parts) + "z"
    found = [finding(text, at) for at in range(0, len(text), 2)]
    known = read_baseline(write_baseline(found, path_of))
    assert sift(found, known, path_of)[0::2] == ([], 0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is no JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[]", "it has no list of findings"),
        ('{"version": 2, "findings": []}', "its version is 2, this program knows 1"),
        ('{"version": 1, "findings": [1]}', "finding 1 is none: it needs path, code, hash and count"),
        ('{"version": 1, "findings": [{"path": "a", "code": "FL101", "hash": "x", "count": "1"}]}', "finding 1 is none: it needs path, code, hash and count"),
    ],
)
def test_what_is_no_baseline(text: str, message: str) -> None:
    with pytest.raises(WrongBaseline) as caught:
        read_baseline(text)
    assert str(caught.value) == message
