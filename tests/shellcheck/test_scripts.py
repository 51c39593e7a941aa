"""Comments of shellcheck as findings: their places in every style of scalar, and what is not said of expressions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.diagnostics import Severity
from flowlang.runs import Options
from flowlang.shellcheck import Comment, read_comments
from tests.workspaces import findings, live, marked


class Fake:
    """Makes comments by words of the script: one of `code` at each place where `word` stands."""

    def __init__(self, word: str, code: int = 2086, level: str = "info", message: str = "Double quote it.") -> None:
        self.word = word
        self.comment = (level, code, message)
        self.runs: list[list[str]] = []

    def __call__(self, scripts: Sequence[str]) -> list[list[Comment]]:
        self.runs.append(list(scripts))
        return [[*self._on(script)] for script in scripts]

    def _on(self, script: str) -> list[Comment]:
        found = []
        for number, line in enumerate(script.split("\n"), 1):
            at = line.find(self.word)
            while self.word and at >= 0:
                found.append(Comment(number, at + 1, number, at + 1 + len(self.word), *self.comment))
                at = line.find(self.word, at + 1)
        return found


def told(folder: Path, files: dict[str, str], fake: Fake) -> list[tuple[str, int, int]]:
    """The text, line and column of each finding."""
    found = [each for each in findings(folder, files, Options(shellcheck=fake)) if each.rule.name == "shellcheck"]
    return [(marked(each), *each.source.position(each.span.start)) for each in found]


def job(bash: str) -> dict[str, str]:
    return live(f"kind: live\njobs:\n  train:\n    image: python:3.12\n    bash: {bash}\n")


@pytest.mark.parametrize(
    ("bash", "places"),
    [
        ("|\n      echo a\n      echo $X\n        $X", [(7, 12), (8, 9)]),
        ("|2\n        echo $X", [(6, 14)]),
        (">\n      echo\n      $X\n\n      $X", [(7, 7), (9, 7)]),
        (">-\n      é $X\n        $X", [(6, 9), (7, 9)]),
        ("echo $X", [(5, 16)]),
        ("echo\n      $X", [(6, 7)]),
        ("'it''s $X'", [(5, 18)]),
        ('"\\"\\u00e9\\n\\t$X \\\n      $X"', [(5, 24), (6, 7)]),
        ("|\n      echo ${{ flow.title }} 😀 $X", [(6, 32)]),
    ],
)
def test_places(bash: str, places: list[tuple[int, int]], tmp_path: Path) -> None:
    assert told(tmp_path, job(bash), Fake("$X")) == [("$X", *place) for place in places]


def test_scripts_of_all_files_are_checked_by_one_run(tmp_path: Path) -> None:
    files = live("kind: live\nmixins:\n  m: {bash: echo 1}\njobs:\n  a: {image: x, mixins: [m]}\n  b: {image: x, bash: echo 2}\n  c: {image: x, cmd: echo 3}\n")
    files[".neuro/b.yml"] = "kind: batch\ntasks:\n- {id: a, image: x, bash: echo 4}\n- {action: 'ws:act', args: {}}\n"
    files["act.yml"] = "kind: local\nbash: echo 5\n"
    fake = Fake("echo")
    assert [text for text, _, _ in told(tmp_path, files, fake)] == ["echo"] * 4
    (scripts,) = fake.runs
    assert sorted(scripts) == [f"#!/bin/bash -euo pipefail\necho {number}" for number in (1, 2, 4, 5)]


def test_without_scripts_nothing_is_run(tmp_path: Path) -> None:
    fake = Fake("echo")
    assert told(tmp_path, live("kind: live\njobs:\n  a: {image: x, bash: '  ', cmd: echo}\n  b: {image: x, bash: '${{ 1 + }} echo'}\n"), fake) == []
    assert fake.runs == []


def test_expressions_are_letters_of_the_same_number(tmp_path: Path) -> None:
    fake = Fake("")
    told(tmp_path, job("echo ${{ flow.title }} $[[ flow.title ]]é"), fake)
    assert fake.runs == [["#!/bin/bash -euo pipefail\necho XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXé"]]


@pytest.mark.parametrize(
    ("bash", "fake"),
    [
        # about the letters themselves, or a word that they are a part of
        ("|\n      echo ${{ flow.title }}", Fake("XXXXXXXXXXXXXXXXX")),
        ("|\n      echo a/${{ flow.title }}/b", Fake("a/XXXXXXXXXXXXXXXXX/b")),
        ('|\n      [ -z "${{ flow.title }}" ]', Fake('"XXXXXXXXXXXXXXXXX"', 2157)),
        # about constants, on the line of one
        ('|\n      [ "${{ flow.title }}" = a ]', Fake("=", 2050)),
        # about the syntax, which may hang on the value
        ("|\n      if ${{ flow.title }} then", Fake("then", 1010, "error")),
        ("|\n      ${{ flow.title }}\n      fi", Fake("fi", 1089, "error")),
        # about variables, which an expression may set
        ("|\n      ${{ flow.title }}\n      echo $x", Fake("$x", 2154)),
        # about a file that the script is not
        ("|\n      #!/bin/sh\n      . x", Fake("#!/bin/sh", 1128, "error")),
        ("|\n      source x", Fake("x", 1091)),
        # about the line that is not the user's
        ("echo", Fake("#!/bin/bash", 2999, "error")),
    ],
)
def test_silent(bash: str, fake: Fake, tmp_path: Path) -> None:
    assert told(tmp_path, job(bash), fake) == []
    assert fake.runs


@pytest.mark.parametrize(
    ("bash", "fake"),
    [
        ("|\n      echo $X/${{ flow.title }}", Fake("$X")),
        ("|\n      echo $(ls ${{ flow.title }})", Fake("$(ls XXXXXXXXXXXXXXXXX)", 2046)),
        ("|\n      [ a = b ] # $\n      echo ${{ flow.title }}", Fake("=", 2050)),
        ("|\n      echo ${{ flow.title }}; echo $x", Fake("$x", 2154, message="x is referenced but not assigned.")),
    ],
)
def test_beside_an_expression_all_else_is_told(bash: str, fake: Fake, tmp_path: Path) -> None:
    assert len(told(tmp_path, job(bash), fake)) == 1


def test_variables_that_a_file_gives_are_assigned(tmp_path: Path) -> None:
    files = live("kind: live\ndefaults: {env: {a: '1'}}\njobs:\n  t: {image: x, env: {b: '2'}, bash: echo $a $b $c}\n")
    texts = [text for name in "abc" for text, _, _ in told(tmp_path, files, Fake(f"${name}", 2154, message=f"{name} is referenced but not assigned."))]
    assert texts == ["$c"]


@pytest.mark.parametrize(("level", "severity"), [("error", "warning"), ("warning", "warning"), ("info", "info"), ("style", "info")])
def test_severities_and_words(level: str, severity: str, tmp_path: Path) -> None:
    fake = Fake("$X", 2086, level, "Double quote it.\nIndeed.")
    (found,) = findings(tmp_path, job("echo $X"), Options(shellcheck=fake))
    assert (found.severity, found.message, found.help) == (
        Severity(severity),
        "double quote it. Indeed (SC2086)",
        "https://www.shellcheck.net/wiki/SC2086",
    )


def test_comments_accept_findings_and_are_needless_only_where_it_was_run(tmp_path: Path) -> None:
    files = job("echo $X  # flowlint: ignore[shellcheck] as it is")
    assert [each.rule.name for each in findings(tmp_path, files, Options(shellcheck=Fake("$X")))] == []
    assert [each.rule.name for each in findings(tmp_path, files, Options(shellcheck=Fake("nope")))] == ["unused-ignore"]
    assert findings(tmp_path, files) == []


def test_an_empty_place_is_shown_at_the_character_there(tmp_path: Path) -> None:
    class Empty(Fake):
        def __call__(self, scripts: Sequence[str]) -> list[list[Comment]]:
            return [[Comment(2, 3, 2, 3, "error", 2000, "Here."), Comment(9, 9, 9, 9, "error", 2001, "Far away.")] for _ in scripts]

    found = findings(tmp_path, job("abc"), Options(shellcheck=Empty("x")))
    assert [(each.message, marked(each)) for each in found] == [("far away (SC2001)", "c"), ("here (SC2000)", "c")]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"comments": [{}]}', '{"comments": 1}', "null"])
def test_what_is_no_output_of_shellcheck(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_comments(text)


_LINES = st.lists(st.text(alphabet="ab $X\t\"'é", max_size=8), max_size=4)


@given(_LINES)
def test_every_place_in_a_block_is_that_of_its_text(lines: list[str]) -> None:
    from flowlang.model import load
    from flowlang.semantics import FileAnalysis
    from flowlang.shellcheck import check_scripts
    from flowlang.text import Source

    body = "".join(f"      {line}\n" for line in ["echo", *lines])
    file = FileAnalysis(load(Source("live.yml", f"kind: live\njobs:\n  a:\n    image: x\n    bash: |\n{body}")))
    found = list(check_scripts([file], Fake("$X")))
    assert [found.source.slice(found.span) for found in found] == ["$X"] * sum(line.count("$X") for line in lines)
