"""Real projects: our specs and refusals against what the engine made of the same files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from flowlang.compiling import compile_path
from flowlang.diagnostics import Diagnostic, Effect
from flowlang.linting import lint
from flowlang.runs import Options
from flowlang.semantics import Environment

from .places import ANSWERS, CORPUS, answer, needs_answers, needs_corpus, workspaces

ENVIRONMENT = Environment(
    project_name="test-project",
    cluster="default",
    username="test-user",
    git_sha="0123456789abcdef0123456789abcdef01234567",
    git_branch="main",
    git_tags=("v1", "v2"),
    bake_id="bake-id",
    suffix="suffix",
)
ACTIONS = (str(CORPUS / "_actions"),)
ANSWERED = [(workspace, config) for workspace, config in workspaces() if (ANSWERS / workspace / f"{config.lstrip('.')}.json").is_file()]

# Fields of the engine's answer and of our spec that hold the same under other names or shapes.
_SETS = {"tags"}


_INSPECTED = re.compile(r"\$\{\{ inspect_job\('(\w+)'\)\.(\w+) \}\}")
_LATER = re.compile(r"\$\{\{ ((?:needs|state)\.[\w.]+) \}\}")


def with_marks(value: object) -> object:
    """Our value with what only a run would tell written as the answers write it: ``<inspect_job(a).name>``.

    They assume that every need succeeded, and their stand-in of a job knows its own name.
    """
    if isinstance(value, dict) and "$deferred" in value:
        if value["$deferred"] == "${{ success() }}":
            return True
        text = _INSPECTED.sub(lambda found: found[1] if found[2] == "name" else f"<inspect_job({found[1]}).{found[2]}>", value["$deferred"])
        return _LATER.sub(r"<\1>", text)
    if isinstance(value, dict):
        return {key: with_marks(item) for key, item in value.items()}
    return [with_marks(item) for item in value] if isinstance(value, list) else value


def same(field: str, ours: object, engine: object) -> bool:
    """Whether a field of our spec holds what the engine's holds: sets have no order."""
    ours = with_marks(ours)
    if field in _SETS and isinstance(engine, list) and isinstance(ours, list):
        return sorted(engine) == sorted(ours)
    return ours == engine


def different(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, tuple[object, object]]:
    """The fields of the engine's answer that ours does not hold, each with both values."""
    return {field: (ours.get(field), value) for field, value in theirs.items() if not same(field, ours.get(field), value)}


def params_of(document: dict[str, Any]) -> list[str]:
    """``JOB.NAME=param-NAME`` for every mandatory param, as the answers fill them in."""
    return [
        f"{job_id}.{name}=param-{name}"
        for flow in document["flows"].values()
        for job_id, job in flow.get("jobs", {}).items()
        for name, param in job.get("params", {}).items()
        if param["default"] is None
    ] + [
        f"{Path(path).stem}:{name}=param-{name}"
        for path, flow in document["flows"].items()
        for name, param in flow.get("params", {}).items()
        if param["default"] is None
    ]


def compiled(path: Path) -> dict[str, Any]:
    first = compile_path(str(path), Options(environment=ENVIRONMENT, keep_going=True, actions_dirs=ACTIONS))
    assert first.document is not None
    environment = Environment(**{**{name: getattr(ENVIRONMENT, name) for name in ENVIRONMENT._fields}, "params": tuple(params_of(first.document))})
    second = compile_path(str(path), Options(environment=environment, keep_going=True, actions_dirs=ACTIONS))
    assert second.document is not None
    return second.document


@needs_answers
@pytest.mark.parametrize(("workspace", "config"), ANSWERED, ids=lambda value: value)
def test_flows_compile_to_what_the_engine_builds(workspace: str, config: str) -> None:
    document = compiled(CORPUS / workspace / config)
    for name, theirs in answer(workspace, config).items():
        if "error" in theirs:
            continue
        ours = document["flows"][f"{config}/{name}"]
        for section in ("images", "volumes"):
            for key, fields in theirs[section].items():
                assert different(ours[section][key], fields) == {}, (section, key)
        assert ours["env"] == theirs["env"]
        assert sorted(ours["tags"]) == sorted(theirs["tags"])
        for job_id, job in theirs.get("jobs", {}).items():
            if "error" not in job:
                assert different(ours["jobs"][job_id], job) == {}, job_id
        assert list(ours.get("tasks", {})) == list(theirs.get("tasks", {}))
        for task_id, task in theirs.get("tasks", {}).items():
            mine = ours["tasks"][task_id]
            assert different(mine, {key: task[key] for key in ("needs", "matrix", "strategy", "cache", "enable")}) == {}, task_id
            assert mine["declared_id"] == task["id"]
            unit = {key: value for key, value in task["task"].items() if key not in ("id", "enable", "strategy", "cache", "caching_key")}
            assert different(mine["spec"], unit) == {}, task_id


def covers(diagnostic: Diagnostic, line: int) -> bool:
    """Whether a finding stands on the engine's line, give or take one, or in the node that begins there."""
    first = diagnostic.source.position(diagnostic.span.start).line
    last = diagnostic.source.position(diagnostic.span.end).line
    return first - 1 <= line <= last + 1


def is_not_ours(theirs: dict[str, Any], name: str) -> bool:
    """Whether the engine's complaint is none of ours: an action not at hand, or a file that is no flow read as one."""
    return "no copy of" in theirs.get("message", "") or name in ("ensure_mlflow_running.yaml", "applications.yaml")


@needs_answers
@pytest.mark.parametrize(("workspace", "config"), ANSWERED, ids=lambda value: value)
def test_what_the_engine_refuses_is_refused_there_and_nothing_else(workspace: str, config: str) -> None:
    report = lint([str(CORPUS / workspace / config)], Options(environment=ENVIRONMENT, actions_dirs=ACTIONS))
    # the answers say nothing of an action file at a repository's root that its own flows do not call
    refused = [d for d in report.diagnostics if d.effect is Effect.REFUSED and not d.source.path.endswith(("action.yml", "action.yaml"))]
    refused += [d for d in report.diagnostics if d.effect is Effect.REFUSED and "_actions/" in d.source.path]
    explained: set[int] = set()
    for name, theirs in answer(workspace, config).items():
        errors = [job for job in {**theirs.get("jobs", {}), **theirs.get("tasks", {})}.values() if "error" in job] + ([theirs] if "error" in theirs else [])
        for error in [*errors, *theirs.get("bake", [])]:
            if is_not_ours(error, name):
                continue
            path = Path(error["at"][0]) if "at" in error else None
            found = [d for d in refused if path is None or (Path(d.source.path).resolve() == path and covers(d, error["at"][1]))]
            assert found, error["message"]
            explained.update(id(d) for d in refused if d.source is found[0].source)
    assert [(d.source.path, d.rule.name, d.message) for d in refused if id(d) not in explained] == []


@needs_corpus
@pytest.mark.parametrize(("workspace", "config"), workspaces(), ids=lambda value: value)
def test_every_workspace_is_linted_and_compiled_without_a_traceback(workspace: str, config: str) -> None:
    path = str(CORPUS / workspace / config)
    report = lint([path], Options())
    assert report.files >= 1
    assert not any(d.rule.name == "internal-error" for d in report.diagnostics)
    result = compile_path(path, Options(keep_going=True))
    assert result.document is not None
