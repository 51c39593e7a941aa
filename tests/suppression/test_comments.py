"""Comments that accept findings: what they cover, and what is said of the comments themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.linting import lint
from flowlang.runs import Options, Report
from tests.workspaces import told, write

HEAD = "kind: live\njobs:\n"
# a finding that is advice, on the text of the command
LOOKS = "looks-like-expression"


def report(folder: Path, text: str, **more: str) -> Report:
    return lint([str(write(folder, {".neuro/live.yml": text, **more}))], Options())


def names(result: Report) -> list[str]:
    """Names of what is found, preview rules left out, and of what is accepted (in parentheses, with its reason)."""
    found = [d.rule.name for d in result.diagnostics if not d.rule.preview]
    return found + [f"({s.diagnostic.rule.name}: {s.justification})" for s in result.suppressed]


ACCEPTED = [f"({LOOKS}: why)"]


@pytest.mark.parametrize(
    "job",
    [
        "  a:\n    image: x\n    cmd: '{{ params.a }}' # flowlint: ignore[looks-like-expression] why\n",
        "  a:\n    image: x\n    cmd: '{{ params.a }}' # flowlint:ignore [ FL351 ]   why\n",
        "  a:\n    image: x\n    cmd: '{{ params.a }}' #  flowlint : ignore[fl351,] why\n",
        "  a:\n    image: x\n    # flowlint: ignore[looks-like-expression] why\n    cmd: '{{ params.a }}'\n",
        "  a:\n    image: x\n    # flowlint: ignore[looks-like-expression] why\n\n    # another comment\n    cmd: '{{ params.a }}'\n",
        "  # flowlint: ignore[looks-like-expression] why\n  a:\n    image: x\n    cmd: '{{ params.a }}'\n",
        "  a:  # flowlint: ignore[looks-like-expression] why\n    image: x\n    cmd: '{{ params.a }}'\n",
        "  a:\n    image: x\n    bash: |  # flowlint: ignore[looks-like-expression] why\n      ls\n      # flowlint: this is text\n      echo {{ params.a }}\n",
        "  a:\n    image: x\n    # flowlint: ignore[looks-like-expression] why\n    bash: >-\n      ls\n      echo {{ params.a }}\n",
        '  a:\n    image: x\n    cmd: "ls\n      {{ params.a }}"  # flowlint: ignore[looks-like-expression] why\n',
        "  a:\n    image: x\n    env:\n      A: b\n      B: '{{ params.a }}' # flowlint: ignore[looks-like-expression] why\n",
        "  a:\n    image: x\n    env: {A: b, B: '{{ params.a }}'} # flowlint: ignore[looks-like-expression] why\n",
        "  a:\n    image: x\n    tags:\n    - b\n    - '{{ params.a }}' # flowlint: ignore[looks-like-expression] why\n",
        "  a:\n    image: x\n    tags:\n    - b\n    # flowlint: ignore[looks-like-expression] why\n    - '{{ params.a }}'\n",
        "  a: {image: x, # flowlint: ignore[looks-like-expression] why\n      cmd: '{{ params.a }}'}\n",
    ],
)
def test_a_comment_covers_the_whole_node_of_its_key(tmp_path: Path, job: str) -> None:
    assert names(report(tmp_path, HEAD + job)) == ACCEPTED


@pytest.mark.parametrize(
    "job",
    [
        "  a:\n    image: x # flowlint: ignore[looks-like-expression] why\n    cmd: '{{ params.a }}'\n",
        "  a:\n    # flowlint: ignore[looks-like-expression] why\n    image: x\n    cmd: '{{ params.a }}'\n",
        "  a:\n    image: x\n    cmd: '{{ params.a }}'\n    # flowlint: ignore[looks-like-expression] why\n  b:\n    image: x\n",
        "  a:\n    image: x\n    tags:\n    - '{{ params.a }}'\n    - b # flowlint: ignore[looks-like-expression] why\n",
    ],
)
def test_a_comment_covers_nothing_else(tmp_path: Path, job: str) -> None:
    assert sorted(names(report(tmp_path, HEAD + job))) == [LOOKS, "unused-ignore"]


def test_above_an_item_of_a_list_it_covers_the_whole_item_and_on_its_first_line_that_key_alone(tmp_path: Path) -> None:
    text = "kind: batch\ntasks:\n{}- id: a{}\n  image: x\n  cmd: '{{{{ params.a }}}}'\n"
    above = {".neuro/b.yml": text.format("# flowlint: ignore[looks-like-expression] why\n", "")}
    beside = {".neuro/b.yml": text.format("", " # flowlint: ignore[looks-like-expression] why")}
    assert names(lint([str(write(tmp_path / "above", above))], Options())) == ACCEPTED
    assert names(lint([str(write(tmp_path / "beside", beside))], Options())) == ["unused-ignore", LOOKS]


def test_a_whole_file(tmp_path: Path) -> None:
    text = (
        "# about\n# flowlint: ignore-file[FL351] why\n"
        + HEAD
        + "  a:\n    image: x\n    cmd: '{{ params.a }}'\n  b:\n    image: x\n    cmd: '{{ params.b }}'\n"
    )
    assert names(report(tmp_path, text)) == ACCEPTED * 2


def test_of_several_the_nearest_gives_the_reason_and_all_are_used(tmp_path: Path) -> None:
    job = "  a:\n    image: x\n    cmd: '{{ params.a }}' # flowlint: ignore[FL351] near\n"
    assert names(report(tmp_path, "# flowlint: ignore-file[FL351] far\n" + HEAD + job)) == [f"({LOOKS}: near)"]


def test_refused_findings_can_be_accepted_too(tmp_path: Path) -> None:
    job = "  a: # flowlint: ignore[missing-image] given by a tool\n    cmd: ls\n"
    assert names(report(tmp_path, HEAD + job)) == ["(missing-image: given by a tool)"]


def test_an_action_accepts_what_is_found_in_it_by_its_callers(tmp_path: Path) -> None:
    action = "kind: live\ninputs: {}\njob:\n  image: x\n  cmd: ${{ inputs.nope }} # flowlint: ignore[unknown-input] soon\n"
    result = report(tmp_path, HEAD + "  a:\n    action: ws:act\n    args: {}\n", **{"act.yml": action})
    assert names(result) == ["(unknown-input: soon)"]


def test_nothing_is_unused_in_an_action_that_nothing_calls(tmp_path: Path) -> None:
    action = "kind: live\ninputs: {}\njob:\n  image: x\n  cmd: ${{ inputs.nope }} # flowlint: ignore[unknown-input] soon\n"
    assert names(report(tmp_path, HEAD + "  a:\n    image: x\n", **{"action.yml": action})) == []


def test_nothing_is_unused_in_a_broken_file(tmp_path: Path) -> None:
    text = HEAD + "  a:\n    image: x # flowlint: ignore[FL101] why\n    cmd: [\n"
    found = names(report(tmp_path, text))
    assert "yaml-syntax" in found
    assert "unused-ignore" not in found


@pytest.mark.parametrize(
    ("comment", "name", "marked", "message"),
    [
        ("# flowlint:", "malformed-ignore", "", "there is nothing after 'flowlint:'"),
        ("# flowlint: ignore", "malformed-ignore", "ignore", "'ignore' names no rules in brackets behind it"),
        ("# flowlint: ignore FL101", "malformed-ignore", "ignore FL101", "'ignore' names no rules in brackets behind it"),
        ("# flowlint: ignore[FL101", "malformed-ignore", "ignore[FL101", "the brackets behind 'ignore' are not closed"),
        ("# flowlint: ignore-file", "malformed-ignore", "ignore-file", "'ignore-file' names no rules in brackets behind it"),
        ("# flowlint: ignored[FL101]", "malformed-ignore", "ignored[FL101]", "'ignored[FL101]' is nothing that the linter understands"),
        ("# flowlint: disable[FL101]", "malformed-ignore", "disable[FL101]", "'disable[FL101]' is nothing that the linter understands"),
        ("# flowlint ignore[FL101]", "malformed-ignore", "# flowlint ignore[FL101]", "'# flowlint ignore[FL101]' is nothing that the linter understands"),
        ("# flowlint: ignore[] x", "blanket-ignore", "[]", "no rule is named: nothing is ignored"),
        ("# flowlint: ignore[FL1] x", "blanket-ignore", "FL1", "'FL1' stands for many rules: nothing is ignored by it"),
        ("# flowlint: ignore[*] x", "blanket-ignore", "*", "'*' stands for many rules: nothing is ignored by it"),
        ("# flowlint: ignore[unknown-kye] x", "unknown-ignore", "unknown-kye", "unknown rule 'unknown-kye'; did you mean 'unknown-key'?"),
        ("# flowlint: ignore[FL999] x", "unknown-ignore", "FL999", "unknown rule 'FL999'; did you mean 'FL909'?"),
        ("# flowlint: ignore-file[FL101] x", "misplaced-ignore", None, "'ignore-file' counts only before the first key of the file"),
        ("# flowlint: ignore[FL101] x", "unused-ignore", "[FL101]", "nothing here needs 'FL101' to be ignored"),
    ],
)
def test_what_is_wrong_with_a_comment(tmp_path: Path, comment: str, name: str, marked: str | None, message: str) -> None:
    result = report(tmp_path, f"{HEAD}  a:\n    image: x\n    cmd: ls {comment}\n")
    found = [entry for entry in told(list(result.diagnostics)) if entry[0] != "ignore-without-reason"]
    if name == "unknown-ignore" and "FL999" in message:
        assert found[0][:2] == (name, marked)
    else:
        assert found == [(name, comment if marked is None else marked, message)]


@pytest.mark.parametrize("comment", ["# flowlint is a fine tool", "# see flowlint: ignore[x]", "# FLOWLINT", "# flowlang: x"])
def test_comments_about_the_linter_are_no_directives(tmp_path: Path, comment: str) -> None:
    assert report(tmp_path, f"{HEAD}  a:\n    image: x\n    cmd: ls {comment}\n").diagnostics == ()


def test_nothing_follows(tmp_path: Path) -> None:
    result = report(tmp_path, f"{HEAD}  a:\n    image: x\n# flowlint: ignore[FL101] x\n")
    assert told(list(result.diagnostics)) == [("misplaced-ignore", "# flowlint: ignore[FL101] x", "there is no key here that this could cover")]


def test_what_is_said_of_comments_can_be_accepted(tmp_path: Path) -> None:
    job = "  a:\n    image: x # flowlint: ignore[FL101] x\n    cmd: ls # flowlint: of\n"
    text = f"# flowlint: ignore-file[unused-ignore, malformed-ignore] generated\n{HEAD}{job}"
    assert names(report(tmp_path, text)) == ["(unused-ignore: generated)", "(malformed-ignore: generated)"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    cmd: '{{ params.a }}' # flowlint: ignore[FL101, FL351] why\n", "    cmd: '{{ params.a }}' # flowlint: ignore[FL351] why\n"),
        ("    cmd: '{{ params.a }}' # flowlint: ignore[FL351, FL101] why\n", "    cmd: '{{ params.a }}' # flowlint: ignore[FL351] why\n"),
        ("    cmd: ls   # flowlint: ignore[FL101] why\n", "    cmd: ls\n"),
        ("    # flowlint: ignore[FL101, FL102] why\n    cmd: ls\n", "    cmd: ls\n"),
        ("    # flowlint: ignore[FL101] why\r\n    cmd: ls\r\n", "    cmd: ls\r\n"),
    ],
)
def test_the_fix_of_an_unused_ignore(tmp_path: Path, before: str, after: str) -> None:
    from flowlang.text import apply_edits

    head = f"{HEAD}  a:\n    image: x\n"
    (found,) = (d for d in report(tmp_path, head + before).diagnostics if d.rule.name == "unused-ignore")
    assert apply_edits(found.source.text, [part.edit for part in found.fixes[0].edits]) == head + after
