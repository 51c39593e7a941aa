from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from flowlang.diagnostics import Severity
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.reporting import FORMATS
from tests.cli.conftest import Analysis, Run
from tests.reporting.make import found

RULES = [rule for rule in CATALOGUE if not rule.preview]
ERROR, WARNING, INFO = (found("key: value\n", "value", rule, "what is wrong").with_severity(severity) for rule, severity in zip(RULES, Severity, strict=False))


def test_nothing_found(flowlint: Run, analysis: Analysis) -> None:
    result = flowlint()
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no problems found in 2 files\n", "")
    assert analysis.asked[0] == ()
    assert analysis.asked[2] is None


def test_findings_are_printed(flowlint: Run, analysis: Analysis) -> None:
    analysis.diagnostics = (ERROR,)
    result = flowlint("--format", "concise", "a", "b")
    assert result.exit_code == 1
    assert result.stdout == f".neuro/live.yml:1:6: error {ERROR.rule.code} {ERROR.rule.name}: what is wrong\nfound 1 error in 2 files\n"
    assert analysis.asked[0] == ("a", "b")


@pytest.mark.parametrize(
    ("diagnostics", "arguments", "status"),
    [
        ((), (), 0),
        ((INFO,), (), 0),
        ((WARNING,), (), 1),
        ((ERROR,), (), 1),
        ((INFO,), ("--fail-on", "info"), 1),
        ((WARNING,), ("--fail-on", "error"), 0),
        ((ERROR,), ("--fail-on", "error"), 1),
        ((WARNING,), ("--severity", "error"), 1),
        ((WARNING,), ("--ignore", WARNING.rule.code), 0),
        ((WARNING,), ("--fail-on", "info", "--fail-on", "error"), 0),
    ],
)
def test_exit_status(flowlint: Run, analysis: Analysis, diagnostics: tuple[object, ...], arguments: tuple[str, ...], status: int) -> None:
    analysis.diagnostics = diagnostics  # type: ignore[assignment]
    for form in FORMATS:
        assert flowlint("--format", form, *arguments).exit_code == status


def test_severity_hides_and_says_so(flowlint: Run, analysis: Analysis) -> None:
    analysis.diagnostics = (ERROR, WARNING, INFO)
    assert flowlint("--severity", "error").stdout.endswith("\nfound 1 error in 2 files (2 below the severity shown)\n")
    assert json.loads(flowlint("--severity", "warning", "--format", "json").stdout)["summary"] == {
        "files": 2,
        "error": 1,
        "warning": 1,
        "info": 0,
        "suppressed": 0,
    }


def test_selection(flowlint: Run, analysis: Analysis) -> None:
    analysis.diagnostics = (ERROR, WARNING, INFO)
    shown = json.loads(flowlint("--format", "json", "--select", f"{ERROR.rule.name},{WARNING.rule.code}", "--ignore", WARNING.rule.name).stdout)
    assert [row["code"] for row in shown["diagnostics"]] == [ERROR.rule.code]


def test_statistics_and_quiet(flowlint: Run, analysis: Analysis) -> None:
    analysis.diagnostics = (ERROR, ERROR)
    line = f"2 error   {ERROR.rule.code} {ERROR.rule.name}"
    assert flowlint("--format", "concise", "--statistics", "--quiet").stdout.splitlines()[2:] == [line]
    result = flowlint("--format", "json", "--statistics")
    assert len(json.loads(result.stdout)["diagnostics"]) == 2
    assert result.stderr == f"{line}\n"
    analysis.diagnostics = ()
    assert flowlint("--quiet").stdout == ""


def test_colours(flowlint: Run, analysis: Analysis, tmp_path: Path) -> None:
    analysis.diagnostics = (ERROR,)
    plain = flowlint().stdout
    painted = flowlint("--color", "always").stdout
    assert "\x1b" not in plain
    assert "\x1b[" in painted
    assert "\x1b" not in flowlint("--color", "never").stdout
    assert flowlint("-o", str(tmp_path / "report")).stdout == ""
    assert (tmp_path / "report").read_text(encoding="utf-8") == plain


def test_options_reach_the_analysis(flowlint: Run, analysis: Analysis) -> None:
    flowlint("--engine", "24.1", "--engine", "26.7", "--actions-dir", "a", "--actions-dir", "b", "--missing-actions", "error", "--jobs", "2", "--no-cache")
    options = analysis.asked[1]
    assert options.engine == "26.7"
    assert options.actions_dirs == ("a", "b")
    assert options.missing_actions is Severity.ERROR


def test_standard_input(flowlint: Run, analysis: Analysis) -> None:
    flowlint("-", "--stdin-filename", ".neuro/live.yml", input=b"kind: live\xff")
    assert analysis.asked[0] == ()
    assert analysis.asked[2] == (".neuro/live.yml", b"kind: live\xff")
    flowlint("-", input=b"")
    assert analysis.asked[2] == (None, b"")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("--fromat", "json"), "unknown option '--fromat'", "did you mean '--format'?"),
        (("--zzz",), "unknown option '--zzz'", "'flowlint --help' lists what it takes"),
        (("--format", "xml"), "invalid value for '--format': 'xml' is not one of 'text', 'concise', 'json', 'sarif'", "'flowlint --help'"),
        (("--jobs", "0"), "invalid value for '--jobs': 0 is not in the range x>=1", "'flowlint --help'"),
        (("--engine",), "option '--engine' requires an argument", "'flowlint --help'"),
        (("--select", "bad-enumm"), "unknown rule 'bad-enumm'", "did you mean 'bad-enum'?"),
        (("--ignore", "FL1,nope-at-all-so"), "unknown rule 'nope-at-all-so'", "a rule is named by"),
        (("--explain", "bad-enumm"), "unknown rule 'bad-enumm'", "did you mean 'bad-enum'?"),
        (("--stdin-filename", "x"), "--stdin-filename names the file on standard input, and nothing reads it", "give '-'"),
        (("--list-rules", "--format", "junit"), "rules are not printed as 'junit'", "use --format text"),
        (("--unsafe-fixes",), "--unsafe-fixes says which fixes to make, and none are asked for", "give --fix or --diff with it"),
        (("-o", "nowhere/at/all"), "cannot write 'nowhere/at/all': no such file or directory", None),
    ],
)
def test_usage_errors(flowlint: Run, analysis: Analysis, arguments: tuple[str, ...], message: str, hint: str | None) -> None:
    result = flowlint(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    first, *others = result.stderr.splitlines()
    assert first.startswith(f"error: {message}")
    assert (others == []) if hint is None else others[0].startswith(f"hint: {hint}")


def test_usage_errors_of_the_analysis(flowlint: Run, analysis: Analysis) -> None:
    from flowlang.runs import UsageError

    analysis.error = UsageError("no such file or folder: 'x'", None)
    result = flowlint("x")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "error: no such file or folder: 'x'\n")


def test_a_mistake_of_the_program(flowlint: Run, analysis: Analysis) -> None:
    analysis.error = KeyError("jobs")
    result = flowlint()
    assert (result.exit_code, result.stdout) == (3, "")
    assert "internal error: KeyError: 'jobs'" in result.stderr
    assert "please report it" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("error", [RecursionError("maximum recursion depth exceeded"), MemoryError(), AssertionError()])
def test_other_mistakes(flowlint: Run, analysis: Analysis, error: Exception) -> None:
    analysis.error = error
    result = flowlint()
    assert result.exit_code == 3
    assert type(error).__name__ in result.stderr


def test_interrupted(flowlint: Run, analysis: Analysis) -> None:
    analysis.error = KeyboardInterrupt()
    result = flowlint()
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_the_catalogue(flowlint: Run) -> None:
    lines = flowlint("--list-rules", "--format", "concise").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in CATALOGUE]
    text = flowlint("--list-rules").stdout
    assert [line for line in text.splitlines() if re.match(r"FL\d{3}", line)] == lines
    assert re.findall(r"^(FL\d)  \S", text, re.M) == sorted({rule.code[:3] for rule in CATALOGUE})
    assert max(map(len, lines)) <= 150
    assert "\x1b[" in flowlint("--list-rules", "--color", "always").stdout
    rows = json.loads(flowlint("--list-rules", "--format", "json").stdout)["rules"]
    assert [(row["code"], row["name"]) for row in rows] == [(rule.code, rule.name) for rule in CATALOGUE]


def test_a_page_for_every_rule(flowlint: Run) -> None:
    for rule in CATALOGUE:
        text = flowlint("--explain", rule.name)
        assert text.exit_code == 0
        assert text.stdout.startswith(f"{rule.code} {rule.name}\n\n{rule.summary}")
    shown = flowlint("--explain", "stray-whitespace").stdout
    assert shown.startswith("""\
FL350 stray-whitespace

blanks around an expression where they count

severity: error
effect:   refused (the engine refuses it)
fix:      safe

What it does

""")
    assert "\nBad\n\n    # .neuro/live.yml\n    kind: live\n" in shown
    assert "```" not in shown
    assert json.loads(flowlint("--explain", CATALOGUE[0].code.lower(), "--format", "json").stdout)["rule"]["name"] == CATALOGUE[0].name
