"""Command lines and scripts: what is told, what is not, and where."""

from __future__ import annotations

import shlex
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.semantics.command_lines import take_apart
from flowlang.text import apply_edits
from tests.workspaces import findings, live, marked

NAMES = {"shell-syntax-in-cmd", "cmd-quoting", "python-syntax", "backslash-at-line-end"}


def job(key: str, more: str = "") -> str:
    return f"kind: live\njobs:\n  train:\n    image: python:3.12\n{more}{indent(key, '    ')}\n"


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    """The rules about scripts that find something, and what they mark."""
    return [(found.rule.name, marked(found)) for found in findings(folder, live(text)) if found.rule.name in NAMES]


@pytest.mark.parametrize(
    "text",
    [
        "cmd: python train.py --rate 0.1",
        'cmd: bash -c "cd /x && python train.py > log"',
        "cmd: sh -lc 'echo $HOME | wc'",
        "cmd: -c 'ray start --address=$HEAD'",
        "cmd: bash -c 'echo $HOME'",
        "cmd: grep 'a|b' --url=http://x/?a=1&b=2 -e a|b",
        "cmd: curl http://x/?a=1&b=2;c",
        "cmd: echo '$HOME' \\$HOME $(HOME) US$ $5",
        "cmd: find . -name x -exec rm {} ;",
        "cmd: find . -exec rm {} \\;",
        "cmd: echo ${{ flow.title }} '&&' \"||\"",
        "cmd: |\n  -f locust.py\n  --users 1",
        "cmd: python -c 'print(1 > 2)'",
        "bash: a && b > c",
        'cmd: "a \\\n  b"',
    ],
)
def test_a_command_line_may_be(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cmd: a && b", "&&"),
        ("cmd: a | b", "|"),
        ("cmd: a; b", ";"),
        ("cmd: a > b", ">"),
        ("cmd: a 2>&1", "2>&1"),
        ("cmd: a >log.txt", ">"),
        ("cmd: a 2>/dev/null", "2>"),
        ("cmd: a &", "&"),
        ("cmd: echo $HOME", "$HOME"),
        ('cmd: echo "x/${HOME}/y"', "${HOME}"),
        ("cmd: echo $(date +%s)", "$(date"),
        ("cmd: echo `date`", "`date`"),
        ("cmd: bash -c 'echo $HOME' && b", "&&"),
        ("cmd: >-\n  python ${{ flow.title }}\n  | tee log", "|"),
        ("cmd: |\n  a\n\n  b || c", "||"),
        ("cmd: 'echo it''s && b'", None),
    ],
)
def test_shell_syntax(text: str, shown: str | None, tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == ([("shell-syntax-in-cmd", shown)] if shown is not None else [("cmd-quoting", "''")])


def test_local_actions_are_run_without_a_shell_too(tmp_path: Path) -> None:
    files = {"act.yml": "kind: local\ncmd: echo a && echo $HOME > f\n", ".neuro/b.yml": "kind: batch\ntasks:\n- id: a\n  action: ws:act\n  args: {}\n"}
    assert [(found.rule.name, marked(found)) for found in findings(tmp_path, files)] == [("shell-syntax-in-cmd", "&&")]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("cmd: a && b", "bash: a && b"),
        ("cmd: bash -c a && b", None),
        ("cmd: a && b\nentrypoint: sh", None),
    ],
)
def test_fix_of_shell_syntax(text: str, fixed: str | None, tmp_path: Path) -> None:
    (found,) = [found for found in findings(tmp_path, live(job(text))) if found.rule.name in NAMES]
    assert [fix.safe for fix in found.fixes] == ([] if fixed is None else [False])
    edits = [part.edit for fix in found.fixes for part in fix.edits]
    assert apply_edits(job(text), edits) == job(fixed or text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cmd: echo it's", "'"),
        ('cmd: |\n  echo a\n  echo "b', '"'),
        ("cmd: echo a\\", "\\"),
        ("cmd: echo '${{ flow.title }}", "'"),
    ],
)
def test_quotes(text: str, shown: str, tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == [("cmd-quoting", shown)]


def test_quotes_that_a_value_brings(tmp_path: Path) -> None:
    text = job("cmd: echo ${{ params.text }}\nparams:\n  text: it's")
    assert told(tmp_path, text) == [("cmd-quoting", "echo ${{ params.text }}")]
    assert told(tmp_path, text.replace("it's", "its")) == []
    assert told(tmp_path, text.replace("cmd: echo", "bash: echo")) == []


@given(st.text(alphabet="ab '\"\\\n\t$&", max_size=12))
def test_command_lines_are_taken_apart_as_python_does_it(text: str) -> None:
    line = take_apart(text)
    try:
        expected = shlex.split(text)
    except ValueError:
        assert line.unclosed is not None
        return
    assert line.unclosed is None
    assert [shlex.split(word.written) for word in line.words] == [[word] for word in expected]
    assert all(text[word.start : word.end] == word.written for word in line.words)
    assert all(text[at : at + 2] == "\\\n" for at in line.breaks)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("cmd: |\n  a \\\n    --b \\\n    --c", "cmd: |\n  a\n    --b\n    --c"),
        ("cmd: >\n  a \\\n  --b", "cmd: >\n  a\n  --b"),
        ("cmd: a \\\n  --b", "cmd: a\n  --b"),
        ("bash: >-\n  a \\\n  --b", "bash: >-\n  a\n  --b"),
    ],
)
def test_backslashes_at_ends_of_lines(text: str, fixed: str, tmp_path: Path) -> None:
    (found,) = [found for found in findings(tmp_path, live(job(text))) if found.rule.name in NAMES]
    assert (found.rule.name, marked(found)) == ("backslash-at-line-end", "\\")
    assert apply_edits(job(text), [part.edit for part in found.fixes[0].edits]) == job(fixed)
    assert told(tmp_path, job(fixed)) == []


@pytest.mark.parametrize(
    "text",
    [
        "bash: |\n  a \\\n    --b",
        "bash: >\n  a\\ b\n  c",
        "bash: >\n  echo 'a \\\n  b'",
        'bash: "a \\\n  --b"',
        'cmd: "a \\\n  --b"',
        "cmd: |\n  bash -c 'a \\\n  --b'",
        "python: |\n  a = 1 + \\\n    2",
    ],
)
def test_backslashes_that_do_what_they_seem_to(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "python: print(1)",
        "python: |\n  import train\n  if True:\n      train.run(${{ flow.title }}, '${{ flow.title }}', x_${{ flow.title }}=1)",
        # whatever the expression brings
        "python: |\n  ${{ params.head }}\n    print(1)\nparams: {head: 'if True:'}",
        "python: |\n  if True:\n    ${{ params.body }}\nparams: {body: 'pass'}",
        # newer and older releases
        "python: |\n  match x:\n    case [a]: pass",
        "python: |\n  type X = int",
        "python: |\n  try: pass\n  except A, B: pass",
        'python: |\n  print(f"{x["a"]}")',
        "python: |\n  x = t'{y}'",
        "python: |\n  async = 1",
        "python: |\n  x = 1_${{ flow.title }}",
        "python: >-\n  print(1,\n  2)",
        "python: ''",
    ],
)
def test_python_that_may_be(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("python: |\n  a = (1,\n  b = 2", "("),
        ("python: |\n  a = 1)\n", ")"),
        ("python: |\n  a = [1)\n", ")"),
        ("python: |\n  a = 1\n    b = 2", "b = 2"),
        ("python: |\n  if a:\n  b = 2", "b = 2"),
        ("python: |\n  if a:\n      b = 2\n    c = 3", "c = 3"),
        ("python: |\n  a = 'b\n  c = 1", "'"),
        ('python: |\n  a = """b\n  c = 1', '"'),
        ("python: |\n  x = '${{ flow.title }}'\n  print 'a'", "p"),
        ("python: |-\n  é = 'ß'; x = (", "("),
        ('python: "a = 1\\nb = (2"', "("),
        ("python: >\n  import os\n\n  x = (\n", "("),
        ("python: >\n  import os\n  import sys\n", ">"),
        ("python: >-\n  import os\n  print('${{ flow.title }}')\n", ">"),
    ],
)
def test_python_that_cannot_be(text: str, shown: str, tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == [("python-syntax", shown)]


def test_lines_of_python_are_kept_by_the_fix(tmp_path: Path) -> None:
    text = job("python: >-\n  import os\n  print(1)")
    (found,) = findings(tmp_path, live(text))
    assert apply_edits(text, [part.edit for part in found.fixes[0].edits]) == text.replace(">-", "|-")
