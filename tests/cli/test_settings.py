"""Settings files as the commands find and use them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from flowlang.diagnostics import Severity
from flowlang.diagnostics.catalogue import CATALOGUE
from tests.cli.conftest import Analysis, Run
from tests.reporting.make import found
from tests.workspaces import live, write

RULES = [rule for rule in CATALOGUE if not rule.preview]
ERROR, WARNING, INFO = (found("key: value\n", "value", rule).with_severity(severity) for rule, severity in zip(RULES, Severity, strict=False))
FLOW = live("kind: live\njobs:\n  a: {image: u, cmd: '${{ nothing }}'}\n")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write(tmp_path, FLOW)
    monkeypatch.chdir(root)
    return root


def put(folder: Path, text: str, name: str = "pyproject.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_compile_takes_them(flowlang: Run, analysis: Analysis, root: Path, tmp_path: Path) -> None:
    names = {"project-name": "project_name", "cluster": "cluster", "org": "org", "username": "username", "bake-id": "bake_id", "suffix": "suffix"}
    rows = "".join(f'{key} = "{key} set"\n' for key in (*names, "git-sha", "git-branch"))
    put(tmp_path, f'[tool.flowlang]\nengine = "26.5"\nactions-dirs = ["copies"]\ngit-tags = ["t"]\nparams = ["a=1"]\n{rows}')
    assert flowlang("compile", "--cluster", "mine", "--actions-dir", "d", "--param", "a=2").exit_code == 0
    options = analysis.asked[1]
    given = options.environment
    assert {key: getattr(given, name) for key, name in names.items()} == {key: "mine" if key == "cluster" else f"{key} set" for key in names}
    assert (given.git_sha, given.git_tags, given.params) == ("git-sha set", ("t",), ("a=1", "a=2"))
    assert (options.engine, options.actions_dirs) == ("26.5", ("d", os.path.join(tmp_path, "copies")))
    flowlang("compile", "--engine", "26.7", "--relocatable")
    options = analysis.asked[1]
    assert options.engine == "26.7"
    given = options.environment
    # what an output that is to be committed does not hold unless it is given by option
    assert (given.username, given.git_sha, given.git_branch, given.git_tags) == (None, None, None, None)
    assert (given.project_name, given.bake_id) == ("project-name set", "bake-id set")


def test_the_nearest_file_counts_for_each_table(flowlint: Run, analysis: Analysis, root: Path, tmp_path: Path) -> None:
    put(tmp_path, '[tool.flowlang]\nengine = "26.1"\n[tool.flowlint]\nmissing-actions = "error"\n')
    flowlint()
    assert (analysis.asked[1].engine, analysis.asked[1].missing_actions) == ("26.1", Severity.ERROR)
    put(root, 'missing-actions = "warning"\n', "flowlint.toml")
    flowlint()
    assert (analysis.asked[1].engine, analysis.asked[1].missing_actions) == ("26.1", Severity.WARNING)
    put(root, '[tool.flowlang]\nengine = "26.2"\n')
    flowlint(str(root / ".neuro" / "live.yml"))
    assert (analysis.asked[1].engine, analysis.asked[1].missing_actions) == ("26.2", Severity.WARNING)
    put(tmp_path, '[tool.flowlang]\nengine = "26.3"\n', "own.toml")
    flowlint("--config", str(tmp_path / "own.toml"))
    assert (analysis.asked[1].engine, analysis.asked[1].missing_actions) == ("26.3", Severity.INFO)
    flowlint("--engine", "26.4", "--missing-actions", "info")
    assert (analysis.asked[1].engine, analysis.asked[1].missing_actions) == ("26.4", Severity.INFO)


def test_files_of_other_tools_are_not_read(flowlint: Run, analysis: Analysis, root: Path) -> None:
    put(root, "this is = = no TOML [[")
    assert flowlint().exit_code == 0
    put(root, "this is = = no TOML [[ flowlint")
    result = flowlint()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: pyproject.toml:1:6: it is no TOML: ")


@pytest.mark.parametrize("command", [("lint",), ("compile",)])
def test_mistakes_are_told_with_their_places(flowlang: Run, analysis: Analysis, root: Path, command: tuple[str, ...]) -> None:
    put(root, '[tool.flowlang]\nengin = "26.7"\ncluster = 5\n')
    result = flowlang(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "error: pyproject.toml:2:1: unknown key 'engin'",
        "hint: did you mean 'engine'?",
        "error: pyproject.toml:3:1: 'cluster': must be a text",
        'hint: write it in quotes: "..."',
    ]
    assert analysis.asked == ()


@pytest.mark.parametrize("content", [None, b"\xff", b"x"])
def test_a_file_that_cannot_be_read(flowlint: Run, analysis: Analysis, root: Path, content: bytes | None) -> None:
    if content is not None:
        (root / "s.toml").write_bytes(content)
    result = flowlint("--config", "s.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "s.toml" in result.stderr


def test_selection(flowlint: Run, analysis: Analysis, root: Path) -> None:
    analysis.diagnostics = (ERROR, WARNING, INFO)

    def codes(*arguments: str) -> list[str]:
        return [row["code"] for row in json.loads(flowlint("--format", "json", *arguments).stdout)["diagnostics"]]

    first, second, third = (finding.rule.code for finding in analysis.diagnostics)
    put(root, f'[tool.flowlint]\nselect = ["{first}", "{second}"]\nignore = ["{second}"]\n')
    assert codes() == [first]
    assert codes("--select", third) == [third]
    assert codes("--select", second) == [second]
    assert codes("--extend-select", third) == [first, third]
    assert codes("--ignore", first) == []
    put(root, f'[tool.flowlint]\nseverity = "error"\nfail-on = "error"\nignore = ["{first}"]\n')
    assert codes() == []
    assert flowlint().exit_code == 0
    assert codes("--severity", "info") == [second, third]
    assert flowlint("--fail-on", "warning").exit_code == 1


def test_paths_and_severities(flowlint: Run, root: Path) -> None:
    def shown() -> list[tuple[str, str]]:
        return [(row["path"], row["severity"]) for row in json.loads(flowlint("--format", "json").stdout)["diagnostics"]]

    assert shown() == [(".neuro/live.yml", "error")]
    put(root, '[tool.flowlint]\nseverity = {unknown-context = "info"}\n')
    assert shown() == [(".neuro/live.yml", "info")]
    assert flowlint().exit_code == 0
    put(root, '[[tool.flowlint.per-path]]\npaths = [".neuro/*.yml"]\nseverity = {FL = "warning"}\n')
    assert shown() == [(".neuro/live.yml", "warning")]
    put(root, '[[tool.flowlint.per-path]]\npaths = ["live.yml"]\nignore = ["FL2", "FL3"]\n')
    assert shown() == []
    put(root, '[tool.flowlint]\nexclude = [".neuro"]\n')
    assert shown() == []
    assert flowlint().stdout == "no problems found in 0 files\n"


def test_each_workspace_has_its_own(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = write(tmp_path / "one", FLOW), write(tmp_path / "two", FLOW)
    put(one, '[tool.flowlint]\nseverity = {FL = "info"}\n')
    monkeypatch.chdir(tmp_path)
    expected = [("one/demo/.neuro/live.yml", "info"), ("two/demo/.neuro/live.yml", "error")]
    for arguments in ((), (".",), (str(one), str(two)), (str(one / ".neuro/live.yml"), str(two / ".neuro"))):
        document = json.loads(flowlint("--format", "json", *arguments).stdout)
        assert [(row["path"], row["severity"]) for row in document["diagnostics"]] == expected
        assert document["summary"]["files"] == 2
    put(two, "[tool.flowlint]\nfail-on = 1\n")
    assert flowlint().exit_code == 2


def test_standard_input_has_those_of_its_name(flowlint: Run, analysis: Analysis, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, '[tool.flowlang]\nengine = "26.1"\n')
    monkeypatch.chdir(tmp_path)
    flowlint("-", "--stdin-filename", "demo/.neuro/live.yml", input=b"")
    assert analysis.asked[1].engine == "26.1"
    assert analysis.asked[2] == ("demo/.neuro/live.yml", b"")


def test_show_config(flowlint: Run, analysis: Analysis, root: Path) -> None:
    put(root, '[tool.flowlang]\nengine = "26.5"\norg = "o"\n\n[tool.flowlint]\nignore = ["FL2"]\nseverity = {FL702 = "error"}\n')
    result = flowlint("--show-config", "--fail-on", "error", "--ignore", "FL3", "--select", "FL")
    assert result.exit_code == 0
    assert analysis.asked == ()
    lines = {line.partition(" = ")[0]: line.partition(" = ")[2] for line in result.stdout.splitlines()}
    rows = {key: tuple(part.strip() for part in line.split("#")) for key, line in lines.items()}
    assert rows["flowlang.engine"] == ('"26.5"', "pyproject.toml:2")
    assert rows["flowlang.org"] == ('"o"', "pyproject.toml:3")
    assert rows["flowlint.ignore"] == ('["FL3", "FL2"]', "--ignore, pyproject.toml:6")
    assert rows["flowlint.select"] == ('["FL"]', "--select")
    assert rows["flowlint.fail-on"] == ('"error"', "--fail-on")
    assert rows["flowlint.missing-actions"] == ('"info"', "default")
    assert '{"FL702": "error"}' in result.stdout
    document = json.loads(flowlint("--show-config", "--format", "json").stdout)
    assert document["settings"][0]["settings"]["flowlang.engine"] == {"value": "26.5", "from": "pyproject.toml:2"}
