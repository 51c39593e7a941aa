"""`--fix`, `--unsafe-fixes` and `--diff`, as users meet them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run, script
from tests.workspaces import write

LIVE = """\
kind: live
jobs:
  train:
    image: ubuntu
    volumes: storage:a:/b  # data
    life_span: 1h 30m
    cmd: echo ${{ parms.x }}
    params: {x: a}
"""
MENDED = LIVE.replace("storage:a:/b", "[storage:a:/b]").replace("1h 30m", "1h30m")
CLEAN = MENDED.replace("parms", "params")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two safe fixes and an unsafe one, the working directory in it."""
    root = write(tmp_path, {".neuro/live.yml": LIVE})
    monkeypatch.chdir(root)
    return root


def test_safe_fixes_are_made_and_what_remains_is_reported(flowlint: Run, project: Path) -> None:
    result = flowlint("--fix", "--format", "concise")
    assert (project / ".neuro/live.yml").read_text() == MENDED
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        ".neuro/live.yml:7:19: error FL320 unknown-context: unknown name 'parms'; did you mean 'params'?",
        "fixed 2 findings in 1 file",
        "found 1 error in 1 file (1 fixable with --unsafe-fixes)",
    ]


def test_unsafe_fixes_too(flowlint: Run, project: Path) -> None:
    result = flowlint("--fix", "--unsafe-fixes")
    assert (project / ".neuro/live.yml").read_text() == CLEAN
    assert (result.exit_code, result.stdout) == (0, "fixed 3 findings in 1 file\nno problems found in 1 file\n")
    again = flowlint("--fix", "--unsafe-fixes")
    assert (again.exit_code, again.stdout) == (0, "no problems found in 1 file\n")


def test_without_fixing_it_is_told_what_could_be(flowlint: Run, project: Path) -> None:
    assert flowlint().stdout.endswith("found 3 errors in 1 file (2 fixable with --fix, 1 more with --fix --unsafe-fixes)\n")
    assert (project / ".neuro/live.yml").read_text() == LIVE


def test_quiet_tells_findings_alone(flowlint: Run, project: Path) -> None:
    assert flowlint("--fix", "--unsafe-fixes", "--quiet").stdout == ""


def test_json_is_what_remains(flowlint: Run, project: Path) -> None:
    result = flowlint("--fix", "--format", "json")
    assert [row["name"] for row in json.loads(result.stdout)["diagnostics"]] == ["unknown-context"]
    assert result.stderr == "fixed 2 findings in 1 file\n"


def test_a_report_in_a_file(flowlint: Run, project: Path) -> None:
    result = flowlint("--fix", "-o", "report.txt")
    assert (result.stdout, result.exit_code) == ("", 1)
    assert "fixed 2 findings in 1 file\n" in (project / "report.txt").read_text()


def test_a_diff_changes_nothing(flowlint: Run, project: Path) -> None:
    result = flowlint("--diff")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "--- a/.neuro/live.yml",
        "+++ b/.neuro/live.yml",
        "@@ -2,7 +2,7 @@",
        " jobs:",
        "   train:",
        "     image: ubuntu",
        "-    volumes: storage:a:/b  # data",
        "-    life_span: 1h 30m",
        "+    volumes: [storage:a:/b]  # data",
        "+    life_span: 1h30m",
        "     cmd: echo ${{ parms.x }}",
        "     params: {x: a}",
    ]
    assert result.stderr == "would fix 2 findings in 1 file (1 more with --unsafe-fixes)\n"
    assert flowlint("--diff", "--fix").stdout == result.stdout
    assert (project / ".neuro/live.yml").read_text() == LIVE
    flowlint("--fix")
    nothing = flowlint("--diff")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "nothing would be fixed (1 with --unsafe-fixes)\n")


def test_a_diff_has_colours_where_they_are_wanted(flowlint: Run, project: Path) -> None:
    plain, painted = flowlint("--diff", "--unsafe-fixes").stdout, flowlint("--diff", "--unsafe-fixes", "--color", "always").stdout
    assert "\x1b[32m+    life_span: 1h30m\x1b[0m\n" in painted
    assert "\x1b" not in plain
    flowlint("--diff", "--unsafe-fixes", "--color", "always", "-o", "fixes.diff")
    flowlint("--diff", "--unsafe-fixes", "-o", "fixes.plain.diff")
    assert (project / "fixes.plain.diff").read_text() == plain


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--select", "FL1"), MENDED.replace("1h30m", "1h 30m")),
        (("--ignore", "bad-timedelta"), MENDED.replace("1h30m", "1h 30m")),
        (("--ignore", "FL"), LIVE),
    ],
)
def test_only_what_is_selected_is_fixed(flowlint: Run, project: Path, options: tuple[str, ...], expected: str) -> None:
    flowlint("--fix", *options)
    assert (project / ".neuro/live.yml").read_text() == expected


@pytest.mark.parametrize(
    "settings",
    [
        'exclude = ["live.yml"]',
        '[[per-path]]\npaths = [".neuro/**"]\nignore = ["FL"]',
        'severity = {FL1 = "info", FL5 = "info"}\n',
    ],
)
def test_settings_say_what_is_fixed(flowlint: Run, project: Path, settings: str) -> None:
    (project / "flowlint.toml").write_text(settings)
    flowlint("--fix", "--severity", "warning")
    assert (project / ".neuro/live.yml").read_text() == LIVE


def test_what_a_baseline_accepts_is_not_fixed(flowlint: Run, project: Path) -> None:
    flowlint("--select", "FL1", "--write-baseline", "accepted.json")
    flowlint("--fix", "--baseline", "accepted.json")
    assert (project / ".neuro/live.yml").read_text() == LIVE.replace("1h 30m", "1h30m")
    flowlint("--diff", "--write-baseline", "other.json")
    assert not (project / "other.json").exists()
    result = flowlint("--diff", "--baseline", "accepted.json", "--unsafe-fixes")
    assert "+    volumes" not in result.stdout


def test_a_fix_on_the_same_line_brings_back_what_a_baseline_accepts(flowlint: Run, project: Path) -> None:
    text = "kind: live\njobs: {train: {image: ubuntu, volumes: storage:a:/b, life_span: 1h 30m}}\n"
    (project / ".neuro/live.yml").write_text(text)
    flowlint("--select", "scalar-for-list", "--write-baseline", "accepted.json")
    result = flowlint("--fix", "--baseline", "accepted.json")
    assert (project / ".neuro/live.yml").read_text() == text.replace("storage:a:/b", "[storage:a:/b]").replace("1h 30m", "1h30m")
    assert (result.exit_code, result.stdout) == (0, "fixed 2 findings in 1 file\nno problems found in 1 file\n")


def test_a_baseline_is_written_of_what_remains(flowlint: Run, project: Path) -> None:
    flowlint("--select", "FL1", "--write-baseline", "accepted.json")
    result = flowlint("--fix", "--write-baseline", "accepted.json")
    assert (project / ".neuro/live.yml").read_text() == MENDED, "what the baseline accepted before is fixed too"
    assert [row["code"] for row in json.loads((project / "accepted.json").read_text())["findings"]] == ["FL320"]
    assert (result.exit_code, result.stdout) == (0, "fixed 2 findings in 1 file\nno problems found in 1 file (1 suppressed)\n")
    assert flowlint("--baseline", "accepted.json").exit_code == 0


def test_what_a_comment_accepts_is_not_fixed(flowlint: Run, project: Path) -> None:
    text = LIVE.replace("# data", "# flowlint: ignore[FL105] so it is")
    (project / ".neuro/live.yml").write_text(text)
    flowlint("--fix")
    assert (project / ".neuro/live.yml").read_text() == text.replace("1h 30m", "1h30m")


def test_a_single_file_is_fixed_alone(flowlint: Run, project: Path) -> None:
    (project / ".neuro/search.yml").write_text("kind: batch\ntasks:\n- id: a\n  image: ubuntu\n  life_span: 1h 30m\n")
    result = flowlint("--fix", ".neuro/search.yml")
    assert (result.exit_code, result.stdout) == (0, "fixed 1 finding in 1 file\nno problems found in 1 file\n")
    assert (project / ".neuro/live.yml").read_text() == LIVE


CALLER = """\
kind: live
jobs:
  train:
    action: ws:act
"""
ACTION = """\
kind: live
inputs:
  n: {default: a}
job:
  image: ubuntu
  cmd: echo ${{ inputs.n }}
"""


def test_a_mistake_at_a_call_is_none_of_the_action(flowlint: Run, project: Path) -> None:
    write(project.parent, {".neuro/live.yml": CALLER, "act.yml": ACTION})
    assert flowlint("--fix", "act.yml").exit_code == 0
    assert (project / ".neuro/live.yml").read_text() == CALLER, "a file that was not given"
    assert flowlint("--fix").stdout == "fixed 1 finding in 1 file\nno problems found in 2 files\n"
    assert (project / ".neuro/live.yml").read_text() == CALLER + "    args: {}\n"


def test_copies_of_remote_actions_are_never_fixed(flowlint: Run, project: Path) -> None:
    action = ACTION.replace("cmd:", "life_span: 1h 30m\n  cmd:")
    write(project.parent, {".neuro/live.yml": CALLER.replace("ws:act", "gh:o/act@v1"), "copies/o/act@v1/action.yml": action})
    result = flowlint("--fix", "--actions-dir", "copies", "--format", "json")
    assert (project / "copies/o/act@v1/action.yml").read_text() == action
    assert all(not row["fixes"] for row in json.loads(result.stdout)["diagnostics"] if row["path"].startswith("copies"))
    assert "bad-timedelta" in result.stdout


def test_files_outside_the_workspace_are_left_alone(flowlint: Run, project: Path) -> None:
    outside = project.parent / "shared.yml"
    outside.write_text(LIVE)
    (project / ".neuro/live.yml").unlink()
    (project / ".neuro/live.yml").symlink_to(outside)
    for arguments in ((), (".neuro/live.yml",)):
        result = flowlint("--fix", *arguments)
        assert "this file is a link that leads out of the workspace and is not read" in result.stdout
        assert outside.read_text() == LIVE
        assert (project / ".neuro/live.yml").is_symlink()


def test_a_config_folder_may_be_a_link(flowlint: Run, project: Path) -> None:
    (project / ".neuro").rename(project.parent / "configs")
    (project / ".neuro").symlink_to(project.parent / "configs")
    flowlint("--fix")
    assert (project.parent / "configs" / "live.yml").read_text() == MENDED


def test_a_read_only_file_is_told_and_the_others_go_on(flowlint: Run, project: Path) -> None:
    (project / ".neuro/search.yml").write_text("kind: batch\ntasks:\n- id: a\n  image: ubuntu\n  life_span: 1h 30m\n")
    (project / ".neuro/search.yml").chmod(0o444)
    result = flowlint("--fix", "--unsafe-fixes", "--format", "concise")
    assert result.exit_code == 1
    assert result.stderr == "note: .neuro/search.yml was not fixed: it is read-only\n"
    assert result.stdout.splitlines()[0].startswith(".neuro/search.yml:5:14: error FL502")
    assert result.stdout.splitlines()[1] == "fixed 3 findings in 1 file"
    assert (project / ".neuro/live.yml").read_text() == CLEAN


def test_a_file_that_changes_meanwhile_is_told(flowlint: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flowlang.cli.fix
    from flowlang.fixing import fix

    def slow(*arguments: object, **options: object) -> object:
        fixed = fix(*arguments, **options)  # type: ignore[arg-type]
        (project / ".neuro/live.yml").write_text(CLEAN)
        return fixed

    monkeypatch.setattr(flowlang.cli.fix, "fix", slow)
    result = flowlint("--fix")
    assert result.stderr == "note: .neuro/live.yml was not fixed: it has changed on the disk since it was read\n"
    assert (result.exit_code, result.stdout) == (0, "no problems found in 1 file\n")
    assert (project / ".neuro/live.yml").read_text() == CLEAN


def test_bytes_are_kept(flowlint: Run, project: Path) -> None:
    data = b"\xef\xbb\xbf" + LIVE.replace("\n", "\r\n").rstrip("\r\n").encode()
    (project / ".neuro/live.yml").write_bytes(data)
    flowlint("--fix", "--unsafe-fixes")
    assert (project / ".neuro/live.yml").read_bytes() == b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").rstrip("\r\n").encode()


def test_projects_under_their_own_settings(flowlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name / ".neuro").mkdir(parents=True)
        (tmp_path / name / ".neuro/live.yml").write_text(LIVE)
    (tmp_path / "one/flowlint.toml").write_text('ignore = ["FL1"]')
    monkeypatch.chdir(tmp_path)
    assert flowlint("--fix").stdout.splitlines()[-2] == "fixed 3 findings in 2 files"
    assert (tmp_path / "one/.neuro/live.yml").read_text() == LIVE.replace("1h 30m", "1h30m")
    assert (tmp_path / "two/.neuro/live.yml").read_text() == MENDED


def test_standard_input_is_fixed_to_standard_output(flowlint: Run, project: Path) -> None:
    text = LIVE.replace("storage:a", "storage:other").replace("\n", "\r\n")
    result = flowlint("--fix", "-", "--stdin-filename", ".neuro/live.yml", "--format", "concise", input=text.encode())
    assert result.stdout_bytes.decode() == MENDED.replace("storage:a", "storage:other").replace("\n", "\r\n")
    assert result.stderr.splitlines()[1:] == ["fixed 2 findings in 1 file", "found 1 error in 1 file (1 fixable with --unsafe-fixes)"]
    assert result.exit_code == 1
    assert (project / ".neuro/live.yml").read_text() == LIVE


@pytest.mark.parametrize("data", [CLEAN.encode(), b"", b"kind: live\xff", LIVE.replace("1h 30m", "nope").replace("storage:a:/b", "[]").encode()])
def test_standard_input_comes_back_when_there_is_nothing_to_fix(flowlint: Run, project: Path, data: bytes) -> None:
    assert flowlint("--fix", "-", "--stdin-filename", ".neuro/live.yml", input=data).stdout_bytes == data


def test_a_diff_of_standard_input(flowlint: Run, project: Path) -> None:
    result = flowlint("--diff", "-", "--stdin-filename", ".neuro/live.yml", input=LIVE.encode())
    assert result.stdout.startswith("--- a/.neuro/live.yml\n")
    assert result.exit_code == 1


def test_standard_input_touches_no_other_file(flowlint: Run, project: Path) -> None:
    write(project.parent, {".neuro/live.yml": CALLER, "act.yml": ACTION})
    result = flowlint("--fix", "-", "--stdin-filename", "act.yml", input=ACTION.encode())
    assert (result.exit_code, result.stdout) == (0, ACTION)
    assert (project / ".neuro/live.yml").read_text() == CALLER


def test_in_a_process_of_its_own(project: Path) -> None:
    result = script("flowlint", "--fix", "-", input=LIVE.encode(), cwd=project, env={"NO_COLOR": "1", "PATH": os.environ.get("PATH", "")})
    assert result.stdout == MENDED.encode()
    assert b"fixed 2 findings in 1 file\n" in result.stderr
