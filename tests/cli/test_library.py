"""`flowlang.lint` and `flowlang.compile`."""

from __future__ import annotations

from pathlib import Path

import pytest

import flowlang
from flowlang.diagnostics import Severity
from flowlang.diagnostics.catalogue import CATALOGUE
from tests.cli.conftest import ROOT, Analysis
from tests.reporting.make import found

DEMO = ROOT / "fixtures" / "projects" / "demo"


def test_lint_gives_the_report() -> None:
    report = flowlang.lint(DEMO)
    assert report.files >= 3
    assert [finding.severity for finding in report.diagnostics] == [Severity.ERROR]
    (finding,) = report.diagnostics
    assert flowlang.lint(DEMO, ignore=finding.rule.name).diagnostics == ()
    assert flowlang.lint([DEMO / ".neuro" / "project.yml"]).diagnostics == ()


def test_compile_gives_the_document() -> None:
    compiled = flowlang.compile(DEMO, keep_going=True)
    assert compiled.document is not None
    assert not compiled.complete
    assert flowlang.compile(DEMO).document is None


def test_options_are_those_of_the_commands(analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang import library

    monkeypatch.setattr(library, "_lint", analysis.lint)
    monkeypatch.setattr(library, "compile_path", analysis.compile_path)
    rows = [rule for rule in CATALOGUE if not rule.preview]
    analysis.diagnostics = tuple(found("a: b\n", "b", rule).with_severity(severity) for rule, severity in zip(rows, Severity, strict=False))
    report = flowlang.lint("a", severity="warning", ignore=rows[0].code, engine="26.7", actions_dirs=[Path("d")], missing_actions="error")
    assert [finding.rule for finding in report.diagnostics] == [rows[1]]
    assert analysis.asked[0] == ("a",)
    assert (analysis.asked[1].engine, analysis.asked[1].actions_dirs, analysis.asked[1].missing_actions) == ("26.7", ("d",), Severity.ERROR)
    flowlang.compile(params=["a=1"], git_tags=["v1"], org="o")
    path, options = analysis.asked
    assert path is None
    assert (options.environment.params, options.environment.git_tags, options.environment.org) == (("a=1",), ("v1",), "o")


def test_wrong_arguments_are_usage_errors(analysis: Analysis) -> None:
    with pytest.raises(flowlang.UsageError, match="unknown rule 'bad-enumm'"):
        flowlang.lint("a", select=["bad-enumm"])
    with pytest.raises(flowlang.UsageError, match="unknown severity 'loud'"):
        flowlang.lint("a", severity="loud")


def test_names() -> None:
    assert set(flowlang.__all__) == {"UsageError", "__version__", "compile", "lint"}
    assert all(hasattr(flowlang, name) for name in flowlang.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'linter'"):
        flowlang.linter  # noqa: B018
