from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr.budget import BYTES
from flowlang.queries import Place, Refused, find_place, open_project
from flowlang.queries.contexts import document, functions, lines, rows
from flowlang.queries.evaluation import evaluate_text
from flowlang.queries.opening import Opened
from flowlang.runs import Options, UsageError
from flowlang.semantics import Environment
from tests.queries.project import FILES
from tests.workspaces import write


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return open_project(str(write(tmp_path_factory.mktemp("queries"), FILES)), Options(environment=Environment(cluster="default", git_sha="abc")))


def place(project: Opened, where: str) -> Place:
    """The place that ``FLOW/job=ID`` or ``FLOW/task=ID`` means."""
    flow, _, rest = where.partition("/")
    kind, _, name = rest.partition("=")
    return find_place(project, flow or None, name if kind == "job" else None, name if kind == "task" else None)


@pytest.mark.parametrize(
    ("where", "template", "answer"),
    [
        ("live", "${{ flow.title }}", ["value:     'Live \"one\"'", "type:      str"]),
        ("live", "flow.title", ["value:     'Live \"one\"'", "type:      str"]),
        ("live", "x ${{ flow.title }}", ["value:     'x Live \"one\"'", "type:      str"]),
        ("", "project.owner", ["value:     None", "type:      None"]),
        ("live", "[1, 2.0, 'x']", ["value:     [1, 2.0, 'x']", "type:      list[int or float or str]"]),
        ("/job=plain", "env", ["value:     {'A': '1'}", "type:      mapping[str]"]),
        ("/job=plain", "volumes.data.mount / 'x'", ["value:     '/data/x'", "type:      path"]),
        ("/job=plain", "volumes.data.remote", ["value:     'storage:data'", "type:      uri"]),
        ("/job=train", "${{ params.lr }}-${{ params.n }}", ["deferred:  ${{ params.lr }}-3", "waits for: params.lr", "type:      str"]),
        ("/job=train", "[params.n, multi.suffix]", ["deferred:  ${{ ['3', multi.suffix] }}", "waits for: multi.suffix", "type:      list[str]"]),
        ("/job=train", "inspect_job('plain').id", ["deferred:  ${{ inspect_job('plain').id }}", "waits for: inspect_job(plain)", "type:      str"]),
        ("train/task=one_b", "matrix", ["value:     {'x': 'b', 'ORDINAL': 1}", "type:      mapping[int or str]"]),
        ("/task=act", "success()", ["deferred:  ${{ success() }}", "waits for: needs.one_a.result", "type:      bool"]),
        ("/task=act.inner", "inputs.n", ["deferred:  ${{ inputs.n }}", "waits for: inputs.n", "type:      str"]),
        ("train/task=last", "needs.act.outputs", None),
        ("/job=train", "parse_volume('storage:a:/b')", None),
        ("/job=plain", "always", None),
    ],
)
def test_values(project: Opened, where: str, template: str, answer: list[str] | None) -> None:
    found = evaluate_text(template, place(project, where).scope)
    if answer is not None:
        assert found.lines() == answer
        assert not found.diagnostics
    json.dumps(found.document())


@pytest.mark.parametrize(
    ("where", "template", "marked"),
    [
        ("live", "a ==b", "=="),
        ("live", "${{ flow.titel }}", "titel"),
        ("live", "flow.titel", "titel"),
        ("live", "env", "env"),
        ("train", "git.sha", "sha"),
        ("/job=plain", "", ""),
        ("/job=plain", "${{ }}", "${{ }}"),
        ("/job=plain", "'x", "'"),
        ("/job=plain", "1 +", ""),
        ("/job=plain", "always()", "always()"),
        ("train/task=act", "needs.one_b.result", "one_b"),
    ],
)
def test_mistakes_stand_where_they_are_in_the_text_given(project: Opened, where: str, template: str, marked: str) -> None:
    found = evaluate_text(template, place(project, where).scope)
    assert found.failed
    assert found.document()["value"] is None
    first = found.diagnostics[0]
    assert (first.source.path, first.source.text, first.source.slice(first.span)) == ("<template>", template, marked)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["${{", "}}", "$[[", "]]", " ", "flow", ".", "title", "[", "]", "(", ")", "'", "1", "params", "lr", "+ ", "== ", ",", "{", ":", "\n", "str(", "ü"]
        )
    ).map("".join)
)
def test_every_text_has_an_answer(project: Opened, text: str) -> None:
    found = evaluate_text(text, place(project, "/job=train").scope)
    assert found.failed or found.lines()
    json.dumps(found.document())
    for diagnostic in found.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)


@pytest.mark.parametrize(
    ("flow", "job", "task", "message", "hint"),
    [
        ("live", "trian", None, "there is no job 'trian'", "did you mean 'train'?"),
        (None, "zzz", None, "there is no job 'zzz'", "jobs: train, plain, far"),
        ("lvie", None, None, "there is no flow 'lvie'", "did you mean 'live'?"),
        ("train", "x", None, "'train' is a batch flow: it has tasks, no jobs", None),
        ("live", None, "x", "'live' is a live flow: it has jobs, no tasks", "name a job with --job"),
        ("train", None, "one", "there is no task 'one'", "its rows are named one_a, one_b"),
        ("train", None, "act.iner", "there is no task 'act.iner'", "did you mean 'act.inner'?"),
        (None, "a", "b", "--job and --task exclude each other", "jobs are in live flows, tasks in batch flows"),
    ],
)
def test_places_that_are_not_there(project: Opened, flow: str | None, job: str | None, task: str | None, message: str, hint: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        find_place(project, flow, job, task)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_task_of_several_flows(project: Opened) -> None:
    with pytest.raises(UsageError) as caught:
        find_place(project, None, None, "last")
    assert caught.value.hint == "name the flow with --flow: other, train"
    assert place(project, "train/task=last").title == "task 'last' of .neuro/train.yml"


def test_a_flow_that_cannot_be_read(tmp_path: Path) -> None:
    opened = open_project(str(write(tmp_path, {".neuro/live.yml": "kind: live\njobs: {a: [}\n", ".neuro/x.yml": "kind: batch\ntasks: []\n"})), Options())
    with pytest.raises(Refused) as caught:
        find_place(opened, "live", None, None)
    assert caught.value.diagnostics
    with pytest.raises(Refused):
        find_place(opened, None, "a", None)


def test_names_in_scope(project: Opened) -> None:
    found = {row.path: row for row in rows(place(project, "/job=train").scope)}
    assert list(found)[:2] == ["project", "project.id"]
    assert (found["params.lr"].type, found["params.lr"].words()) == ("str", "waits for params.lr")
    assert (found["volumes.data.ref_ro"].type, found["volumes.data.ref_ro"].words()) == ("str", "'storage:data:/data:ro'")
    assert found["volumes"].keys == ("data",)
    assert found["params"].document() == {"path": "params", "type": "mapping[str]", "keys": ["lr", "n"]}
    assert found["params.lr"].document() == {"path": "params.lr", "type": "str", "value": {"$deferred": "${{ params.lr }}", "on": ["params.lr"]}}
    assert "git.sha" in found
    assert "needs" not in found
    assert "multi.suffix" in found
    needs = {row.path: row for row in rows(place(project, "train/task=act").scope)}
    assert needs["needs.one_a.outputs"].words() == "any key, filled by the run"
    assert "needs.one_b" not in needs


def test_what_is_shown_can_be_evaluated(project: Opened) -> None:
    """Each name is an expression that gives just this value."""
    for where in ("live", "train", "/job=train", "/job=plain", "/job=far", "train/task=last", "/task=act.inner", "/task=one_a"):
        scope = place(project, where).scope
        for row in rows(scope):
            answer = evaluate_text(row.path, scope)
            if row.type is None:
                assert answer.failed, row.path
            else:
                assert (answer.failed, answer.document()["type"]) == (False, row.type), row.path
                assert row.keys is not None or answer.waits == row.waits, row.path


def test_functions_are_those_that_can_be_called(project: Opened) -> None:
    for where in ("live", "train", "/job=train", "train/task=last", "/task=act.inner"):
        scope = place(project, where).scope
        names = {function.name for function in functions(scope)}
        calls = {"success": "success()", "always": "always()", "failure": "failure()", "inspect_job": "inspect_job('a')"}
        calls |= {"hash_files": "hash_files('none')", "parse_volume": "parse_volume('storage:a:/b')"}
        for name, call in calls.items():
            assert evaluate_text(call, scope).failed is (name not in names), (where, call)


def test_lists_are_complete(project: Opened) -> None:
    scope = place(project, "/job=train").scope
    text = "\n".join(lines(scope))
    shown = document(scope)
    assert isinstance(shown["contexts"], list)
    assert isinstance(shown["functions"], list)
    assert all(row["path"] in text for row in shown["contexts"])
    assert all(row["signature"] in text and row["doc"] in text for row in shown["functions"])
    json.dumps(shown)


@pytest.mark.skipif(os.name == "nt", reason="files that take no room on the disk")
def test_hashes_of_large_files(tmp_path: Path) -> None:
    """Who asks for a value gets it, from more than is read for checking; beyond that it is left to the run."""
    root = write(tmp_path, {".neuro/live.yml": "kind: live\njobs: {}\n", "large": "", "huge": ""})
    os.truncate(root / "large", BYTES + 1)
    os.truncate(root / "huge", 20 << 30)
    scope = find_place(open_project(str(root), Options()), None, None, None).scope
    assert evaluate_text("hash_files('large')", scope).lines()[0] == f"value:     '{hashlib.sha256(b'large' + bytes(BYTES + 1)).hexdigest()}'"
    assert evaluate_text("hash_files('huge')", scope).lines()[:2] == ["deferred:  ${{ hash_files('huge') }}", "waits for: the run"]
