"""Real projects: our specs and refusals against what the engine made of the same files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from flowlang.analysis import Options, compile_path, lint
from flowlang.diagnostics import Diagnostic, Effect
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
ANSWERED = [(workspace, config) for workspace, config in workspaces() if (ANSWERS / workspace / f"{config.lstrip('.')}.json").is_file()]

# Fields of the engine's answer and of our spec that hold the same under other names or shapes.
_SETS = {"tags"}


_INSPECTED = re.compile(r"\$\{\{ inspect_job\('(\w+)'\)\.(\w+) \}\}")


def with_marks(value: object) -> object:
    """Our value with what only a run would tell written as the answers write it: ``<inspect_job(a).name>``."""
    if isinstance(value, dict) and "$deferred" in value:
        # the stand-in job of the answers knows its own name
        return _INSPECTED.sub(lambda found: found[1] if found[2] == "name" else f"<inspect_job({found[1]}).{found[2]}>", value["$deferred"])
    if isinstance(value, dict):
        return {key: with_marks(item) for key, item in value.items()}
    return [with_marks(item) for item in value] if isinstance(value, list) else value


def same(field: str, ours: object, engine: object) -> bool:
    """Whether a field of our spec holds what the engine's holds: sets have no order."""
    if field in _SETS and isinstance(engine, list) and isinstance(ours, list):
        return sorted(engine) == sorted(ours)
    return with_marks(ours) == engine


def params_of(document: dict[str, Any]) -> list[str]:
    """``JOB.NAME=param-NAME`` for every mandatory param, as the answers fill them in."""
    return [
        f"{job_id}.{name}=param-{name}"
        for flow in document["flows"].values()
        for job_id, job in flow.get("jobs", {}).items()
        for name, param in job.get("params", {}).items()
        if param["default"] is None
    ]


def compiled(path: Path) -> dict[str, Any]:
    first = compile_path(str(path), Options(environment=ENVIRONMENT, keep_going=True))
    assert first.document is not None
    environment = Environment(**{**{name: getattr(ENVIRONMENT, name) for name in ENVIRONMENT.__slots__}, "params": tuple(params_of(first.document))})
    second = compile_path(str(path), Options(environment=environment, keep_going=True))
    assert second.document is not None
    return second.document


@needs_answers
@pytest.mark.parametrize(("workspace", "config"), ANSWERED, ids=lambda value: value)
def test_live_flows_compile_to_what_the_engine_builds(workspace: str, config: str) -> None:
    document = compiled(CORPUS / workspace / config)
    for name, theirs in answer(workspace, config).items():
        if theirs.get("kind") != "live" or "error" in theirs:
            continue
        ours = document["flows"][f"{config}/{name}"]
        wrong = [
            (section, key, ours[section].get(key), value)
            for section in ("images", "volumes")
            for key, fields in theirs[section].items()
            for field, value in fields.items()
            if not same(field, ours[section][key][field], value)
        ]
        assert wrong == []
        assert ours["env"] == theirs["env"]
        assert sorted(ours["tags"]) == sorted(theirs["tags"])
        for job_id, job in theirs["jobs"].items():
            if "error" in job:
                continue
            spec = ours["jobs"][job_id]
            if spec.get("calls"):
                continue
            assert {field: spec[field] for field, value in job.items() if not same(field, spec[field], value)} == {}, job_id
            assert {field: value for field, value in job.items() if not same(field, spec[field], value)} == {}, job_id


def covers(diagnostic: Diagnostic, line: int) -> bool:
    """Whether a finding stands on the engine's line, give or take one, or in the node that begins there."""
    first = diagnostic.source.position(diagnostic.span.start).line
    last = diagnostic.source.position(diagnostic.span.end).line
    return first - 1 <= line <= last + 1


def calls_an_action(theirs: dict[str, Any], workspace: str) -> bool:
    """Whether the engine's complaint is about an action's file: not ours until actions are read."""
    return "at" in theirs and not theirs["at"][0].startswith(str(CORPUS / workspace)) or "no copy of" in theirs.get("message", "")


@needs_answers
@pytest.mark.parametrize(("workspace", "config"), ANSWERED, ids=lambda value: value)
def test_what_the_engine_refuses_in_live_flows_is_refused_there(workspace: str, config: str) -> None:
    report = lint([str(CORPUS / workspace / config)], Options(environment=ENVIRONMENT))
    refused = [d for d in report.diagnostics if d.effect is Effect.REFUSED]
    for name, theirs in answer(workspace, config).items():
        if theirs.get("kind") != "live":
            continue
        mine = [d for d in refused if d.source.path.endswith(f"{workspace}/{config}/{name}")]
        errors = [job for job in theirs.get("jobs", {}).values() if "error" in job] + ([theirs] if "error" in theirs else [])
        errors = [error for error in errors if not calls_an_action(error, workspace)]
        missed = [error["message"] for error in errors if not any(covers(d, error["at"][1]) for d in mine)]
        assert missed == []
        if not errors:
            assert [(d.rule.name, d.message) for d in mine] == []


@needs_corpus
@pytest.mark.parametrize(("workspace", "config"), workspaces(), ids=lambda value: value)
def test_every_workspace_is_linted_and_compiled_without_a_traceback(workspace: str, config: str) -> None:
    path = str(CORPUS / workspace / config)
    report = lint([path], Options())
    assert report.files >= 1
    assert not any(d.rule.name == "internal-error" for d in report.diagnostics)
    result = compile_path(path, Options(keep_going=True))
    assert result.document is not None
