"""The text of a settings file, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowlang.diagnostics import Severity
from flowlang.settings import Finder, Parsed, PathSettings, Problem, WrongSettings, parse_settings

WHOLE = """
[project]
name = "x"

[tool.other]
a = 1

[tool.flowlang]
engine = "26.7.1"
actions-dirs = ["a", "b"]
project-name = "p"
cluster = "c"
org = "o"
username = "u"
git-sha = "s"
git-branch = "b"
git-tags = ["t"]
bake-id = "i"
suffix = "x"
params = ["lr=1"]
check = "flows.json"

[tool.flowlint]
select = ["FL1", "bad-enum"]
ignore = ["fl2"]
extend-select = ["FL3,FL4"]
severity = "warning"
fail-on = "error"
missing-actions = "error"
baseline = "base.json"
exclude = ["legacy/**"]

[[tool.flowlint.per-path]]
paths = ["a/**"]
ignore = ["FL8"]
severity = {FL702 = "error"}
"""


def told(parsed: Parsed) -> list[tuple[int, int, str, str | None]]:
    return [tuple(problem) for problem in parsed.problems]  # type: ignore[misc]


def test_every_key() -> None:
    parsed = parse_settings(WHOLE, pyproject=True)
    assert told(parsed) == []
    assert parsed.common is not None
    assert parsed.common._asdict() == {
        "engine": "26.7.1",
        "actions_dirs": ("a", "b"),
        "project_name": "p",
        "cluster": "c",
        "org": "o",
        "username": "u",
        "git_sha": "s",
        "git_branch": "b",
        "git_tags": ("t",),
        "bake_id": "i",
        "suffix": "x",
        "params": ("lr=1",),
        "check": "flows.json",
    }
    assert parsed.linter is not None
    assert parsed.linter._asdict() == {
        "select": ("FL1", "bad-enum"),
        "ignore": ("FL2",),
        "extend_select": ("FL3", "FL4"),
        "severity": "warning",
        "severities": None,
        "fail_on": "error",
        "missing_actions": "error",
        "exclude": ("legacy/**",),
        "per_path": (PathSettings(("a/**",), ("FL8",), {"FL702": Severity.ERROR}),),
        "baseline": "base.json",
    }
    assert parsed.lines["flowlang.engine"] == 9
    assert parsed.lines["flowlint.fail_on"] == 28


def test_the_example_of_the_readme() -> None:
    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    text = readme.partition("```toml\n")[2].partition("```")[0]
    parsed = parse_settings(text, pyproject=True)
    assert told(parsed) == []
    assert parsed.common is not None
    assert parsed.common.check == "flows.json"


def test_a_file_of_the_linter() -> None:
    parsed = parse_settings('ignore = ["FL2"]\n[severity]\nFL702 = "info"\n[tool.flowlang]\nengine = "26.7"\n', pyproject=False)
    assert told(parsed) == []
    assert parsed.linter is not None
    assert parsed.linter.ignore == ("FL2",)
    assert parsed.linter.severities == {"FL702": Severity.INFO}
    assert parsed.common is not None
    assert parsed.common.engine == "26.7"
    assert parse_settings("", pyproject=False).linter is not None
    assert parse_settings("[tool.x]\n", pyproject=True) == Parsed()
    assert told(parse_settings("ignore = []\n[tool.flowlint]\nignore = []\n", pyproject=False))[0][2] == "the linter's settings are given twice"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ('[tool.flowlang]\nengin = "1"', 2, 1, "unknown key 'engin'", "did you mean 'engine'?"),
        ('[tool.flowlang]\n\nzzzzzz = "1"', 3, 1, "unknown key 'zzzzzz'", "available: engine, actions-dirs"),
        ("[tool.flowlang]\n  actions_dirs = []", 2, 3, "unknown key 'actions_dirs'", "did you mean 'actions-dirs'?"),
        ("[tool.flowlang]\nengine = 26.7", 2, 1, "'engine': must be a text", "write it in quotes"),
        ('[tool.flowlang]\nengine = "new"', 2, 1, "'engine': 'new' is no release", "write it as YY.M"),
        ('[tool.flowlang]\nactions-dirs = "a"', 2, 1, "'actions-dirs': must be a list of texts", "write it as"),
        ('[tool.flowlang]\nparams = ["a"]', 2, 1, "'params': 'a' has no value", "write each as NAME=VALUE"),
        ("[tool]\nflowlang = 1", 2, 1, "'flowlang' must be a table", "write [tool.flowlang]"),
        ('[tool.flowlint]\nignore = ["bad-enumm"]', 2, 1, "'ignore': unknown rule 'bad-enumm'", "did you mean 'bad-enum'?"),
        ('[tool.flowlint]\nseverity = "warn"', 2, 1, "'severity': 'warn' is no level", "it is one of: error, warning, info"),
        ('[tool.flowlint]\nseverity = {FL702 = "loud"}', 2, 13, "'severity': 'loud' is no level", "it is one of"),
        ('[tool.flowlint.severity]\nFL7x = "error"', 2, 1, "'severity': unknown rule 'FL7x'", ""),
        ("[tool.flowlint]\nper-path = 1", 2, 1, "'per-path': must be tables", "write each as"),
        ("[[tool.flowlint.per-path]]\nignore = []", 1, 3, "'per-path': it names no paths", "add paths"),
        ('[[tool.flowlint.per-path]]\npaths = ["a"]\n[[tool.flowlint.per-path]]\npath = []', 4, 1, "'per-path': unknown key 'path'", "did you mean 'paths'?"),
        ('[[tool.flowlint.per-path]]\npaths = ["a"]\nseverity = "error"', 3, 1, "'per-path': 'severity': must be a table", "write it as {FL702"),
        ("[tool.flowlang\n", 1, 15, "it is no TOML: expected ']' at the end of a table declaration", ""),
    ],
)
def test_mistakes(text: str, line: int, column: int, message: str, hint: str) -> None:
    (problem,) = parse_settings(text, pyproject=True).problems
    assert (problem.line, problem.column) == (line, column)
    assert problem.message.startswith(message)
    assert (problem.hint or "").startswith(hint)


def test_all_mistakes_are_told_and_what_is_right_counts() -> None:
    parsed = parse_settings('[tool.flowlang]\na = 1\norg = "o"\nb = 2\n[tool.flowlint]\nc = 1', pyproject=True)
    assert [problem.line for problem in parsed.problems] == [2, 4, 6]
    assert parsed.common is not None
    assert parsed.common.org == "o"
    assert len(parse_settings("[tool.flowlint]\nc = 1", pyproject=True, linter=False).problems) == 0


_VALUES = st.sampled_from(["1", "1.5", "true", '"x"', "[]", "[1]", '["x"]', "{}", "{a = 1}", "2020-01-01", "[[]]", '[{paths = ["x"]}]', '"26.7"', "nan"])
_KEYS = st.sampled_from(["engine", "actions-dirs", "org", "params", "check", "select", "severity", "per-path", "exclude", "git-tags", '"\\n"', "''"])
_PAIRS = st.builds("{} = {}".format, _KEYS, _VALUES)
_LINES = st.one_of(_PAIRS, st.sampled_from(["[tool.flowlang]", "[tool.flowlint]", "[[tool.flowlint.per-path]]", "[tool]", '"""', "\x00"]))


@given(st.lists(_LINES, max_size=8).map("\n".join), st.booleans())
def test_nothing_raises(text: str, pyproject: bool) -> None:
    parsed = parse_settings(text, pyproject=pyproject)
    assert all(problem.message and problem.line >= 0 for problem in parsed.problems)
    parse_settings("[" * 5000, pyproject=pyproject)


@pytest.mark.parametrize("name", ["flowlint.toml", "pyproject.toml"])
def test_a_file_of_more_than_a_megabyte_is_told_and_not_read(tmp_path: Path, name: str) -> None:
    """Settings have some kilobytes; what is larger is none, whoever made it."""
    begin = '[tool.flowlint]\nselect = ["FL1"]\n'
    text = begin + "#" * ((1 << 20) - len(begin))
    (tmp_path / name).write_text(text)
    assert Finder(None, base=str(tmp_path), linter=True).around(str(tmp_path)).linter.select == ("FL1",)
    (tmp_path / name).write_text(f"{text}#")
    with pytest.raises(WrongSettings) as wrong:
        Finder(None, base=str(tmp_path), linter=True).around(str(tmp_path))
    assert wrong.value.told() == [(f"{name}: these settings cannot be read: it has more than 1 megabyte", None)]


@pytest.mark.parametrize("text", [f"a{'.a' * 200_000} = 1\n", f"[a{'.a' * 200_000}]\n", f"x = {{a{'.a' * 200_000} = 1}}\n"])
def test_a_key_of_many_parts_is_not_given_to_the_reader(text: str) -> None:
    """It would take hours for one."""
    (problem,) = parse_settings(text, pyproject=True).problems
    assert problem.message == "it is no TOML: a key has more than 100 parts"


def test_of_many_mistakes_the_first_are_told() -> None:
    text = "[tool.flowlint]\n" + "".join(f"k{number} = 1\n" for number in range(20_000))
    problems = parse_settings(text, pyproject=True).problems
    assert [(each.line, each.column, each.message) for each in problems[:2]] == [(2, 1, "unknown key 'k0'"), (3, 1, "unknown key 'k1'")]
    assert (len(problems), problems[-1]) == (101, Problem(0, 0, "19900 more mistakes"))
