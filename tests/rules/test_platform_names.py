"""Names and tags of jobs: what is told, what is not, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Effect, Severity
from flowlang.text import apply_edits
from tests.workspaces import findings, live, marked

NAMES = {"job-name-invalid", "job-id-too-long", "job-tag-collision", "job-tag-invalid", "multi-static-name"}


def told(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    """The rules of names that find something, and what they mark."""
    return [(found.rule.name, marked(found)) for found in findings(folder, files) if found.rule.name in NAMES]


def job(text: str, name: str = "train") -> dict[str, str]:
    return live(f"kind: live\njobs:\n  {name}: {{image: 'python:3.12', {text}}}\n")


LONG = "train_the_whole_model_on_all_the_dataset"


@pytest.mark.parametrize(
    "files",
    [
        job("cmd: x"),
        job("cmd: x", "train_model"),
        job("cmd: x", "train1"),
        job("name: a-1"),
        job("name: ''"),
        job("name: 'train '"),
        job("name: ~"),
        job("name: '${{ flow.flow_id }}-x'"),
        # known only at the run
        job("name: '${{ params.name }}', params: {name: ~}"),
        job("name: '${{ params.name }}', multi: true, params: {name: train}"),
        job("name: 'x-${{ multi.suffix }}', multi: true"),
        job("multi: true"),
        # a name of its own makes the id free
        job("name: train", "trainModel"),
        job("name: train", LONG),
        # 38 characters, 27 in a multi job
        job("cmd: x", LONG[:38]),
        job("multi: true", LONG[:27]),
        # what is not known cannot be wrong
        live("kind: live\njobs:\n  trainModel: {mixins: [nope], image: 'python:3.12'}\n"),
        live("kind: live\njobs:\n  trainModel: {action: 'gh:acme/train@v1', args: {}}\n"),
        live("kind: live\njobs:\n  a: {image: 'python:3.12'}\n  b: {image: 'python:3.12'}\n"),
        # ids that are refused anyway
        live("kind: live\njobs:\n  a: {name: one, image: 'python:3.12'}\n  A: {name: two, image: 'python:3.12'}\n"),
    ],
)
def test_silent(files: dict[str, str], tmp_path: Path) -> None:
    assert told(tmp_path, files) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (job("name: My_Job"), [("job-name-invalid", "My_Job")]),
        (job("name: ab"), [("job-name-invalid", "ab")]),
        (job(f"name: {'a' * 41}"), [("job-name-invalid", "a" * 41)]),
        (job("name: a--b"), [("job-name-invalid", "a--b")]),
        (job("name: 1a-b"), [("job-name-invalid", "1a-b")]),
        (job("name: '${{ flow.workspace }}'"), [("job-name-invalid", "'${{ flow.workspace }}'")]),
        (job("cmd: x", "trainModel"), [("job-name-invalid", "trainModel")]),
        (job("cmd: x", "größe"), [("job-name-invalid", "größe")]),
        (job("name: size", "größe"), [("job-tag-invalid", "größe")]),
        (job("cmd: x", "train_"), [("job-tag-invalid", "train_")]),
        (job("cmd: x", "_train"), [("job-tag-invalid", "_train")]),
        (job("cmd: x", LONG[:39]), [("job-id-too-long", LONG[:39])]),
        (job("multi: true", LONG[:28]), [("job-id-too-long", LONG[:28])]),
        (job("multi: true, name: train"), [("multi-static-name", "train")]),
        (job("multi: true, name: '${{ flow.flow_id }}-x'"), [("multi-static-name", "'${{ flow.flow_id }}-x'")]),
    ],
)
def test_told(files: dict[str, str], expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert told(tmp_path, files) == expected


def test_a_project_id_with_capitals_is_told_once(tmp_path: Path) -> None:
    files = live("kind: live\njobs:\n  a: {image: 'python:3.12'}\n  b: {image: 'python:3.12'}\n  c: {name: own, image: 'python:3.12'}\n")
    assert told(tmp_path, {**files, ".neuro/project.yml": "id: MyDemo\n"}) == [("job-name-invalid", "MyDemo")]


def test_the_folder_gives_the_name_where_there_is_no_project_file(tmp_path: Path) -> None:
    found = findings(tmp_path, {"MyDemo/.neuro/live.yml": "kind: live\njobs:\n  a: {image: 'python:3.12'}\n"})
    assert [(d.rule.name, d.span.start, d.span.end) for d in found] == [("job-name-invalid", 0, 0)]
    assert "'MyDemo-a'" in found[0].message
    assert "project.yml" in (found[0].help or "")


def test_a_name_given_to_an_action_is_told_at_the_call(tmp_path: Path) -> None:
    action = "kind: live\ninputs:\n  job_name: {default: ''}\njob:\n  image: python:3.12\n  name: ${{ inputs.job_name }}\n"
    call = "kind: live\njobs:\n  a: {action: 'ws:act', args: {job_name: Bad_Name}}\n  b: {action: 'ws:act', args: {}}\n"
    assert told(tmp_path, {**live(call), "act.yml": action}) == [("job-name-invalid", "Bad_Name")]


def test_names_of_tasks_are_warnings(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {".neuro/b.yml": "kind: batch\ntasks:\n- id: a\n  image: python:3.12\n  name: My_Task\n"})
    assert (found.rule.name, marked(found)) == ("job-name-invalid", "My_Task")
    assert (found.severity, found.effect) == (Severity.WARNING, Effect.ADVICE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  trainModel:\n    image: python:3.12\n", "  trainModel:\n    name: demo-train-model\n    image: python:3.12\n"),
        ("  trainModel: {image: x}\n", "  trainModel: {name: demo-train-model, image: x}\n"),
        (
            "  trainModel:\n    multi: true\n    image: x\n",
            "  trainModel:\n    name: demo-train-model-${{ multi.suffix }}\n    multi: true\n    image: x\n",
        ),
        ("  a:\n    name: 'My job'\n    image: x\n", "  a:\n    name: 'my-job'\n    image: x\n"),
        ("  a:\n    name: one\n    multi: true\n    image: x\n", '  a:\n    name: "one-${{ multi.suffix }}"\n    multi: true\n    image: x\n'),
    ],
)
def test_fixes(before: str, after: str, tmp_path: Path) -> None:
    head = "kind: live\njobs:\n"
    found = [d for d in findings(tmp_path, live(head + before)) if d.rule.name in NAMES]
    edits = [part.edit for d in found for fix in d.fixes for part in fix.edits]
    assert apply_edits(head + before, edits) == head + after
    assert told(tmp_path, live(head + after)) == []


@pytest.mark.parametrize("name", [f"a{'b' * 30}", "${{ flow.flow_id }}" + "b" * 30])
def test_a_name_with_no_room_for_the_suffix_has_no_fix(name: str, tmp_path: Path) -> None:
    found = [d for d in findings(tmp_path, job(f"multi: true, name: '{name}'")) if d.rule.name == "multi-static-name"]
    assert [d.fixes for d in found] == [()]
