"""When findings are published, of which files, and for which version."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from flowlang.diagnostics import links
from flowlang.lsp.publishing import DEBOUNCE
from tests.lsp.desk import Desk, Published
from tests.workspaces import write

LIVE = ".neuro/live.yml"
PROJECT = ".neuro/project.yml"
ACTION = ".neuro/actions/tell.yml"
FILES = {
    LIVE: """\
        kind: live
        jobs:
          train:
            image: ubuntu
            cmd: echo ${{ params.lr }}
            params:
              lr: "1"
          tell:
            action: ws:.neuro/actions/tell
            args:
              text: hello
        """,
    ACTION: """\
        kind: live
        inputs:
          text:
            descr: what to tell
        job:
          image: ubuntu
          cmd: echo ${{ inputs.text }}
        """,
    PROJECT: "id: demo\n",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(write(tmp_path, FILES))


def test_a_document_is_judged_when_it_is_opened(desk: Desk) -> None:
    desk.open(LIVE)
    assert desk.published() == [Published(LIVE, 1, [])]


def test_and_when_it_was_left_alone_after_changes(desk: Desk) -> None:
    desk.open(LIVE)
    desk.published()
    desk.edit(LIVE, "params.lr", "params.l")
    desk.clock.pass_time(DEBOUNCE - 0.01)
    desk.edit(LIVE, "params.l ", "params.lx ")
    desk.clock.pass_time(DEBOUNCE - 0.01)
    assert desk.published() == []
    desk.clock.pass_time(0.01)
    assert desk.published() == [Published(LIVE, 3, [("FL203", 4)])]
    desk.clock.pass_time(10)
    assert desk.published() == []


def test_each_document_has_a_timer_of_its_own(desk: Desk) -> None:
    desk.open(LIVE)
    desk.open(ACTION)
    desk.published()
    desk.edit(LIVE, "params.lr", "params.lx")
    desk.clock.pass_time(0.1)
    desk.edit(ACTION, "echo", "echo  ")
    desk.clock.pass_time(0.05)
    assert [(each.name, each.version) for each in desk.published()] == [(ACTION, 2), (LIVE, 2)]


def test_nothing_is_published_for_a_version_that_is_no_longer_there(desk: Desk) -> None:
    desk.open(LIVE)
    desk.open(ACTION)
    desk.published()
    desk.edit(LIVE, "params.lr", "params.lx")
    desk.worker.held = []
    desk.clock.pass_time(DEBOUNCE)
    desk.edit(LIVE, "params.lx", "params.ly")
    desk.worker.release()
    assert desk.published() == []
    desk.clock.pass_time(DEBOUNCE)
    assert desk.published() == [Published(LIVE, 3, [("FL203", 4)])]


def test_nor_for_one_that_changes_while_another_is_judged(desk: Desk) -> None:
    desk.open(LIVE)
    desk.open(ACTION)
    desk.published()
    desk.edit(ACTION, "  text:", "  words:")
    desk.worker.held = []
    desk.clock.pass_time(DEBOUNCE)
    desk.edit(LIVE, "params.lr", "params.lx")
    desk.worker.release()
    assert [(each.name, each.version) for each in desk.published()] == [(ACTION, 2)]
    desk.clock.pass_time(DEBOUNCE)
    assert desk.published() == [Published(LIVE, 2, [("FL203", 4), ("FL612", 8), ("FL613", 10)])]


def test_a_change_of_an_action_is_felt_where_it_is_called(desk: Desk) -> None:
    desk.open(LIVE)
    desk.open(ACTION)
    desk.published()
    desk.edit(ACTION, "  text:", "  words:")
    desk.clock.pass_time(DEBOUNCE)
    assert desk.published() == [Published(ACTION, 2, [("FL214", 2)]), Published(LIVE, 1, [("FL612", 8), ("FL613", 10)])]
    desk.edit(ACTION, "  words:", "  text:")
    desk.clock.pass_time(DEBOUNCE)
    assert desk.published() == [Published(ACTION, 3, []), Published(LIVE, 1, [])]


def test_files_that_are_not_open_are_told_of_too(desk: Desk) -> None:
    desk.open(ACTION)
    desk.published()
    desk.edit(ACTION, "  text:", "  words:")
    desk.clock.pass_time(DEBOUNCE)
    assert desk.published() == [Published(ACTION, 2, [("FL214", 2)]), Published(LIVE, None, [("FL612", 8), ("FL613", 10)])]


def test_a_change_on_the_disk_is_felt_when_the_editor_tells_of_it(desk: Desk) -> None:
    desk.open(LIVE)
    desk.published()
    (desk.root / PROJECT).write_text("id: demo\nunknown: 1\n")
    desk.disk_changed()
    assert [(each.name, each.version, each.found) for each in desk.published()] == [(PROJECT, None, [("FL101", 1)])]
    (desk.root / PROJECT).unlink()
    desk.disk_changed()
    assert Published(PROJECT, None, []) in desk.published()


def test_what_is_open_counts_before_the_disk(desk: Desk) -> None:
    desk.open(LIVE)
    desk.open(PROJECT, "id: demo\nunknown: 1\n")
    assert Published(PROJECT, 1, [("FL101", 1)]) in desk.published()
    desk.close(PROJECT)
    assert desk.published() == [Published(PROJECT, None, [])]


def test_nothing_is_left_of_a_workspace_when_its_last_document_is_closed(desk: Desk) -> None:
    (desk.root / PROJECT).write_text("id: demo\nunknown: 1\n")
    desk.open(LIVE, "kind: live\njobs: {}\nnonsense: 1\n")
    assert {each.name for each in desk.published()} == {LIVE, PROJECT}
    desk.close(LIVE)
    assert desk.published() == [Published(LIVE, None, []), Published(PROJECT, None, [])]


def test_a_document_that_is_closed_before_its_time_is_let_be(desk: Desk) -> None:
    desk.open(LIVE)
    desk.published()
    desk.edit(LIVE, "params.lr", "params.lx")
    desk.worker.held = []
    desk.clock.pass_time(DEBOUNCE)
    desk.close(LIVE)
    desk.worker.release()
    assert desk.published() == []


def test_other_yaml_is_let_be(desk: Desk) -> None:
    desk.open(".github/workflows/ci.yml", "on: push\njobs:\n  a: {runs-on: x}\n")
    desk.open("compose.yml", "services: {}\n")
    desk.open(".github/actions/x/action.yml", "name: x\ninputs: {}\nruns: {using: node20}\n")
    assert desk.published() == []


def test_a_flow_that_was_never_saved_is_judged_like_the_others(desk: Desk) -> None:
    desk.open(".neuro/new.yml", "kind: batch\ntasks:\n- id: a\n  image: ubuntu\n  cmd: echo ${{ needs.b.outputs.x }}\n")
    (found,) = [each for each in desk.published() if each.name == ".neuro/new.yml"]
    assert [line for _, line in found.found] == [4]


def test_a_flow_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.open(LIVE, "kind: live\njobs:\n  a: {image: u, cmd: '${{ params.x }}'}\n")
    assert desk.published() == [Published(LIVE, 1, [("FL203", 2)])]


def test_a_file_that_was_deleted_is_judged_as_long_as_it_is_open(desk: Desk) -> None:
    desk.open(LIVE)
    desk.published()
    (desk.root / LIVE).unlink()
    desk.disk_changed()
    desk.edit(LIVE, "params.lr", "params.lx")
    desk.clock.pass_time(DEBOUNCE)
    assert desk.published() == [Published(LIVE, 2, [("FL203", 4)])]


def test_documents_that_are_no_files(desk: Desk) -> None:
    item = types.TextDocumentItem("untitled:Untitled-1", "yaml", 1, "kind: live\njobs: 1\n")
    desk.publisher.changed(desk.session.documents.open(item), 0)
    desk.clock.pass_time(1)
    assert desk.published() == []


# --- editors that ask for findings themselves ----------------------------------------------------


def test_an_editor_that_asks_is_told_to_ask_again_when_other_files_are_concerned(tmp_path: Path) -> None:
    desk = Desk(write(tmp_path, FILES), pulls=True)
    desk.open(LIVE)
    desk.open(ACTION)
    assert (desk.published(), desk.refreshes) == ([], 0)
    desk.edit(ACTION, "echo", "echo -n")
    desk.clock.pass_time(DEBOUNCE)
    assert desk.refreshes == 0
    desk.edit(ACTION, "  text:", "  words:")
    desk.clock.pass_time(DEBOUNCE)
    assert (desk.published(), desk.refreshes) == ([], 1)


# --- settings -------------------------------------------------------------------------------------


def test_settings_count_as_on_the_command_line(desk: Desk) -> None:
    (desk.root / "flowlint.toml").write_text('ignore = ["FL203"]\nseverity = {FL101 = "info"}\nexclude = [".neuro/actions/**"]\n')
    desk.open(LIVE, "kind: live\njobs:\n  a: {image: u, cmd: '${{ params.x }}', nonsense: 1}\n")
    desk.open(ACTION, "kind: live\njob: []\n")
    assert Published(LIVE, 1, [("FL101", 2)]) in desk.published()
    assert desk.last[LIVE][0].severity == 3
    assert desk.last[ACTION] == []


def test_what_is_wrong_with_settings_is_told_in_their_file(desk: Desk) -> None:
    (desk.root / "flowlint.toml").write_text('severity = "error"\nignoer = ["FL2"]\n')
    desk.open(LIVE)
    assert desk.published() == [Published(LIVE, 1, []), Published("flowlint.toml", None, [("None", 1)])]
    assert desk.last["flowlint.toml"][0].message == "unknown key 'ignoer'\nhelp: did you mean 'ignore'?"
    (desk.root / "flowlint.toml").write_text('severity = "error"\n')
    desk.disk_changed()
    assert desk.published() == [Published("flowlint.toml", None, [])]


def test_and_to_editors_that_ask_as_well(tmp_path: Path) -> None:
    desk = Desk(write(tmp_path, {**FILES, "flowlint.toml": "ignoer = []\n"}), pulls=True)
    desk.open(LIVE)
    assert [each.name for each in desk.published()] == ["flowlint.toml"]
    desk.close(LIVE)
    assert desk.published() == [Published("flowlint.toml", None, [])]


def test_comments_and_baselines_accept_findings(desk: Desk) -> None:
    desk.open(LIVE, "kind: live\njobs:\n  a:\n    image: u\n    cmd: ${{ params.x }}  # flowlint: ignore[FL203] for now\n")
    assert desk.published() == [Published(LIVE, 1, [])]


def test_what_is_shown_beside_a_finding(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.root / PROJECT).unlink()
    text = "kind: live\nvolumes: {data: {remote: 'storage:d', mount: /d}}\njobs:\n  train: {image: ubuntu, cmd: 'echo ${{ flow.id }}'}\n"
    desk.open(LIVE, text)
    tags = {each.code: each.tags for each in desk.last[LIVE]}
    assert tags == {"FL212": [types.DiagnosticTag.Unnecessary], "FL315": [types.DiagnosticTag.Deprecated]}
    assert {each.code_description for each in desk.last[LIVE]} == {None}  # the project has no address yet
    monkeypatch.setattr(links, "PROJECT_URL", "https://example.org/flowlang")
    desk.edit(LIVE, "echo", "tell")
    desk.clock.pass_time(DEBOUNCE)
    (removed,) = [each for each in desk.last[LIVE] if each.code == "FL315"]
    assert removed.code_description == types.CodeDescription("https://example.org/flowlang/blob/main/docs/rules/FL315.md")
