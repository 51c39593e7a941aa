from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from flowlang.diagnostics.catalogue import CATALOGUE
from tests.cli.conftest import Analysis, Run
from tests.reporting.make import found

FINDING = found("key: value\n", "value", CATALOGUE[0], "what is wrong")


def test_the_document_goes_to_standard_output(flowlang: Run, analysis: Analysis) -> None:
    analysis.document = {"version": 1, "b": {"z": "ü", "a": [1.0, None]}}
    result = flowlang("compile")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == '{\n  "version": 1,\n  "b": {\n    "z": "ü",\n    "a": [\n      1.0,\n      null\n    ]\n  }\n}\n'
    assert yaml.safe_load(flowlang("compile", "--format", "yaml").stdout) == analysis.document


def test_findings_go_to_standard_error(flowlang: Run, analysis: Analysis) -> None:
    analysis.diagnostics = (FINDING,)
    result = flowlang("compile")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"version": 1}
    assert "--> .neuro/live.yml:1:6" in result.stderr


def test_notes_go_to_standard_error(flowlang: Run, analysis: Analysis) -> None:
    analysis.notes = ("a\x1bb is left out",)
    result = flowlang("compile")
    assert (result.exit_code, result.stderr) == (0, "note: a\\x1bb is left out\n")


@pytest.mark.parametrize(("document", "complete", "printed"), [(None, False, False), ({"flows": {}}, False, True)])
def test_what_was_refused(flowlang: Run, analysis: Analysis, document: dict[str, object] | None, complete: bool, printed: bool, tmp_path: Path) -> None:
    analysis.document, analysis.complete, analysis.diagnostics = document, complete, (FINDING,)
    result = flowlang("compile", "-o", str(tmp_path / "out.json"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert (tmp_path / "out.json").exists() is printed


def test_options_reach_the_analysis(flowlang: Run, analysis: Analysis) -> None:
    arguments = ["--project-name", "p", "--cluster", "c", "--org", "o", "--username", "u", "--git-sha", "s", "--git-branch", "b"]
    arguments += ["--git-tag", "t1", "--git-tag", "t2", "--bake-id", "i", "--suffix", "x", "--param", "a=1", "--param", "f:b=2=3"]
    arguments += ["--actions-dir", "d", "--only", "job", "--engine", "26.7", "--keep-going", "--relocatable"]
    assert flowlang("compile", "path", *arguments).exit_code == 0
    path, options = analysis.asked
    environment = options.environment
    assert path == "path"
    assert (environment.project_name, environment.cluster, environment.org, environment.username) == ("p", "c", "o", "u")
    assert (environment.git_sha, environment.git_branch, environment.git_tags) == ("s", "b", ("t1", "t2"))
    assert (environment.bake_id, environment.suffix) == ("i", "x")
    assert environment.params == ("a=1", "f:b=2=3")
    assert options.actions_dirs == ("d",)
    assert (options.only, options.engine, options.keep_going, options.relocatable) == ("job", "26.7", True, True)


def test_nothing_given(flowlang: Run, analysis: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    flowlang("compile")
    path, options = analysis.asked
    assert path is None
    assert not options.environment.git_tags
    assert (options.only, options.engine, options.keep_going, options.relocatable, options.environment.params) == (None, None, False, False, ())


def test_usage_errors_of_the_analysis(flowlang: Run, analysis: Analysis) -> None:
    from flowlang.runs import UsageError

    analysis.error = UsageError("no project here", "give the path of one")
    result = flowlang("compile")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "error: no project here\nhint: give the path of one\n")


def test_a_mistake_of_the_program(flowlang: Run, analysis: Analysis) -> None:
    analysis.error = ZeroDivisionError("division by zero")
    result = flowlang("compile")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "ZeroDivisionError" in result.stderr
