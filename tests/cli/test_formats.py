"""Reports for other systems, as the command writes them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flowlang.cli.repository import below_repository
from flowlang.diagnostics import Suppressed, links
from flowlang.reporting.formats import FORMATS, FROM_ROOT
from tests.cli.conftest import Analysis, Run
from tests.reporting.make import found
from tests.workspaces import write

LIVE = "kind: live\njobs:\n  train:\n    image: ${{ images.trian.ref }}\n"


def repository(folder: Path, inside: str = "a b/services%20/日本") -> Path:
    """A repository with a workspace somewhere in it; gives the workspace."""
    (folder / ".git").mkdir()
    root = write(folder / inside, {".neuro/live.yml": LIVE, ".neuro/project.yml": "id: demo\n"})
    return root


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_gets_what_standard_output_would(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(repository(tmp_path))
    printed = flowlint("--format", form)
    written = flowlint("--format", form, "-o", "report")
    assert (printed.exit_code, written.exit_code, written.stdout) == (1, 1, "")
    assert Path("report").read_text(encoding="utf-8") == printed.stdout
    assert printed.stdout.endswith("\n")
    assert flowlint("--format", form).stdout == printed.stdout


def paths(form: str, text: str) -> set[str | None]:
    """The paths of findings in a report."""
    if form == "sarif":
        return {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in json.loads(text)["runs"][0]["results"]}
    if form == "gitlab":
        return {issue["location"]["path"] for issue in json.loads(text)}
    if form == "github":
        return {line.partition("file=")[2].partition(",line=")[0] for line in text.splitlines()}
    if form == "junit":
        return {case.get("file") for case in ElementTree.fromstring(text).iter("testcase") if len(case)}
    if form == "checkstyle":
        return {file.get("name") for file in ElementTree.fromstring(text) if len(file)}
    return {each["path"] for each in json.loads(text)["diagnostics"]}


FROM_THERE = "a b/services%20/日本/demo/.neuro/live.yml"
ENCODED = {"sarif": "a%20b/services%2520/%E6%97%A5%E6%9C%AC/demo/.neuro/live.yml", "github": FROM_THERE.replace("%", "%25")}


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("text", "concise")])
def test_paths_start_where_the_reader_looks_for_them(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(repository(tmp_path))
    assert paths(form, flowlint("--format", form).stdout) == {ENCODED.get(form, FROM_THERE) if form in FROM_ROOT else ".neuro/live.yml"}
    monkeypatch.chdir(tmp_path)
    assert paths(form, flowlint("--format", form, "a b").stdout) == {ENCODED.get(form, FROM_THERE)}


def test_the_root_of_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert below_repository(str(inner)) == "a/b/c"
    assert below_repository(str(tmp_path)) == ""
    (tmp_path / "a" / "b" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")  # a linked work tree
    assert below_repository(str(inner)) == "c"


def test_files_without_findings_are_named_where_a_format_names_files(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path, "project")
    monkeypatch.chdir(root)
    both = [".neuro/live.yml", ".neuro/project.yml"]
    assert [file.get("name") for file in ElementTree.fromstring(flowlint("--format", "checkstyle").stdout)] == both
    cases = list(ElementTree.fromstring(flowlint("--format", "junit").stdout).iter("testcase"))
    assert [(case.get("name"), len(case)) for case in cases] == [(f"project/demo/{both[0]}", 1), (f"project/demo/{both[1]}", 0)]
    (root / "flowlint.toml").write_text('exclude = ["live.yml"]\n', encoding="utf-8")
    assert [file.get("name") for file in ElementTree.fromstring(flowlint("--format", "checkstyle").stdout)] == both[1:]


def test_a_test_fails_as_the_exit_status_does(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {".neuro/live.yml": "kind: live\njobs: {}\n", ".neuro/other.yml": "something: else\n"})
    monkeypatch.chdir(root)
    for level, status in (("warning", 0), ("info", 1)):
        result = flowlint("--format", "junit", "--fail-on", level)
        assert (result.exit_code, ElementTree.fromstring(result.stdout).get("failures")) == (status, str(status))


def test_suppressed_findings_of_rules_that_are_wanted(flowlint: Run, analysis: Analysis) -> None:
    from flowlang.diagnostics import rule

    names = ("unknown-image", "template-in-script")
    analysis.suppressed = tuple(Suppressed(found("a: b\n", "b", rule(name)), "inSource", "reason") for name in names)

    def shown(*arguments: str) -> list[str]:
        return [result["ruleId"] for result in json.loads(flowlint("--format", "sarif", *arguments).stdout)["runs"][0]["results"]]

    assert flowlint().stdout == "no problems found in 2 files (2 suppressed)\n"
    assert json.loads(flowlint("--format", "json").stdout)["summary"]["suppressed"] == 2
    assert shown() == ["FL201", "FL352"]
    assert shown("--ignore", "unknown-image") == ["FL352"]


def test_a_finding_is_suppressed_once_however_often_it_is_met(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """\
        kind: live
        mixins:
          common:
            # flowlint: ignore[unknown-image] made elsewhere
            image: ${{ images.trian.ref }}
        jobs:
          a:
            mixins: [common]
          b:
            mixins: [common]
    """
    monkeypatch.chdir(write(tmp_path, {".neuro/live.yml": text}))
    assert flowlint().stdout == "no problems found in 1 file (1 suppressed)\n"
    (result,) = json.loads(flowlint("--format", "sarif").stdout)["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "made elsewhere"}]


def test_pages_are_linked_once_there_is_an_address(flowlint: Run, analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang.diagnostics import rule

    analysis.diagnostics = (found("a: b\n", "b", rule("unknown-image")),)
    page = "https://example.org/flowlang/blob/main/docs/rules/FL201.md"

    def shown() -> list[object]:
        (finding,) = json.loads(flowlint("--format", "json").stdout)["diagnostics"]
        rows = json.loads(flowlint("--list-rules", "--format", "json").stdout)["rules"]
        explained = json.loads(flowlint("--explain", "FL201", "--format", "json").stdout)["rule"]
        return [finding["url"], *(row["url"] for row in rows if row["code"] == "FL201"), explained["url"]]

    assert shown() == [None, None, None]
    assert "http" not in flowlint("--explain", "FL201").stdout
    monkeypatch.setattr(links, "PROJECT_URL", "https://example.org/flowlang")
    assert shown() == [page, page, page]
    assert f"{page}\n" in flowlint("--explain", "FL201").stdout
