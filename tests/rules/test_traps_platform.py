"""The known traps about live jobs, images, volumes, the project and git: each is told, by which rule and where.

The ids are those of the list of traps that the rules were written from. Rows about the
documentation alone have the reason why there is nothing to find.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from flowlang.diagnostics import Effect, Severity
from flowlang.linting import lint
from flowlang.runs import Options
from tests.workspaces import UNUSED, marked, write

REFUSED, BETRAYED, ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Trap(NamedTuple):
    """A workspace that falls into it, the rule that says so, the text that is marked."""

    id: str
    files: dict[str, str]
    rule: str
    marked: str
    effect: Effect
    severity: Severity
    fixable: bool | None
    """A safe fix (True), an unsafe one (False), none (None)."""
    root: str = "."


def live(jobs: str, sections: str = "") -> dict[str, str]:
    return {".neuro/live.yml": f"kind: live\n{sections}jobs:\n{jobs}"}


def batch(tasks: str, sections: str = "") -> dict[str, str]:
    return {".neuro/train.yml": f"kind: batch\n{sections}tasks:\n{tasks}"}


JOB = "  train:\n    image: python:3.12\n"
TASK = "- id: train\n  image: python:3.12\n"
IMAGE = "images:\n  i:\n    ref: {ref}\n    context: {context}\n    dockerfile: {dockerfile}\n"
VOLUME = "volumes:\n  v:\n    remote: {remote}\n    mount: {mount}\n"

TRAPS = [
    Trap("T-L1", live("  trainModel:\n    image: python:3.12\n"), "job-name-invalid", "trainModel", BETRAYED, ERROR, False),
    Trap(
        "T-L2",
        live("  train_the_whole_model_on_all_the_dataset:\n    image: python:3.12\n"),
        "job-id-too-long",
        "train_the_whole_model_on_all_the_dataset",
        BETRAYED,
        ERROR,
        None,
    ),
    Trap("T-L3", live(JOB + "    name: my_job\n"), "job-name-invalid", "my_job", BETRAYED, ERROR, True),
    Trap("T-L4", live("  trainA: {name: one, image: python}\n  traina: {name: two, image: python}\n"), "job-tag-collision", "traina", BETRAYED, ERROR, None),
    Trap("T-L5", live("  a__b:\n    image: python:3.12\n"), "job-tag-invalid", "a__b", ADVICE, WARNING, None),
    Trap("T-L6", live(JOB + "    multi: true\n    name: train\n"), "multi-static-name", "train", BETRAYED, ERROR, True),
    Trap("T-L7", live(JOB + "    detach: true\n    port_forward: ['22:22']\n"), "port-forward-detached", "port_forward", ADVICE, WARNING, None),
    Trap("T-L8", live(JOB + "    http_port: 0\n    browse: true\n"), "browse-without-port", "browse", BETRAYED, ERROR, None),
    Trap("T-L8 auth", live(JOB + "    http_port: 0\n    http_auth: true\n"), "browse-without-port", "http_auth", BETRAYED, ERROR, None),
    Trap("T-L9", live(JOB + "    cmd: a && b | c > d\n"), "shell-syntax-in-cmd", "&&", ADVICE, WARNING, False),
    Trap("T-L9 lines", live(JOB + "    cmd: |\n      a \\\n        --b\n"), "backslash-at-line-end", "\\", BETRAYED, ERROR, True),
    Trap("T-L10", live(JOB + "    cmd: echo it's\n"), "cmd-quoting", "'", BETRAYED, ERROR, None),
    Trap(
        "T-L11",
        live(JOB + "    volumes:\n    - ${{ upload(volumes.v).ref }}\n", VOLUME.format(remote="storage:v", mount="/v")),
        "upload-without-local",
        "upload(volumes.v)",
        BETRAYED,
        ERROR,
        None,
    ),
    Trap("T-L12", batch(TASK + "  http_auth: false\n"), "batch-http-port", "http_auth", ADVICE, INFO, None),
    Trap("T-L14", live(JOB + "    volumes: ['storage:a:/x', 'storage:b:/x']\n"), "duplicate-mount", "'storage:b:/x'", ADVICE, WARNING, None),
    Trap("T-L15", live(JOB, VOLUME.format(remote="storage:v", mount="mnt")), "relative-mount", "mnt", ADVICE, WARNING, True),
    Trap("T-L15 workdir", live(JOB + "    workdir: src\n"), "relative-mount", "src", ADVICE, WARNING, None),
    Trap("T-I1", live(JOB, "images:\n  i:\n    ref: image:i:v1\n    context: dir\n"), "image-missing-dockerfile", "dir", REFUSED, ERROR, True),
    Trap(
        "T-I2",
        live(JOB, IMAGE.format(ref="image:i:v1", context="dir", dockerfile="Dockerfile")) | {"dir/Dockerfile": "FROM scratch\n"},
        "dockerfile-outside-context",
        "Dockerfile",
        REFUSED,
        ERROR,
        True,
    ),
    Trap(
        "T-I3",
        live(JOB, IMAGE.format(ref="image:i:v1", context="storage_app", dockerfile="./storage_app/Dockerfile")),
        "local-path-looks-remote",
        "storage_app",
        REFUSED,
        ERROR,
        True,
    ),
    Trap("T-I4", batch(TASK, IMAGE.format(ref="myimg:v1", context="d", dockerfile="d/D")), "built-image-needs-image-scheme", "myimg:v1", BETRAYED, ERROR, True),
    Trap(
        "T-I5",
        batch(TASK, "images:\n" + "".join(f"  {c}: {{ref: 'image:i:v1', context: {c}, dockerfile: {c}/D}}\n" for c in "ab")),
        "duplicate-image-ref",
        "ref",
        REFUSED,
        ERROR,
        None,
    ),
    Trap("T-I6", live("  train: {image: 'image:Foo:v1'}\n"), "bad-image-ref", "Foo", BETRAYED, ERROR, None),
    Trap("T-I6 tags", batch("- id: a\n  image: image:foo:v1:v2\n"), "bad-image-ref", ":v1:v2", BETRAYED, ERROR, None),
    Trap(
        "T-I7",
        live(JOB, IMAGE.format(ref="image:foo:${{ git.branch }}", context="d", dockerfile="d/D")),
        "branch-in-image-tag",
        "git.branch",
        ADVICE,
        WARNING,
        False,
    ),
    Trap("T-V1", batch(TASK, VOLUME.format(remote="storage:v", mount="/v") + "    local: src\n"), "batch-volume-local", "local", REFUSED, ERROR, None),
    Trap(
        "T-V1 project",
        batch(TASK) | {".neuro/project.yml": "id: demo\n" + VOLUME.format(remote="storage:v", mount="/v") + "    local: src\n"},
        "batch-volume-local",
        "local",
        REFUSED,
        ERROR,
        None,
    ),
    Trap(
        "T-V2",
        live(JOB + "    volumes:\n    - ${{ volumes.v.ref }}\n", VOLUME.format(remote="secret:key", mount="/key")),
        "secret-volume-ref",
        "${{ volumes.v.ref }}",
        BETRAYED,
        ERROR,
        False,
    ),
    Trap("T-V3", batch(TASK + "  volumes: ['storage:foo']\n"), "bad-volume-ref", "'storage:foo'", BETRAYED, ERROR, None),
    Trap("T-V3 mode", live(JOB + "    volumes: ['storage:foo:/x:rx']\n"), "bad-volume-ref", "rx", BETRAYED, ERROR, None),
    Trap("T-V4", live(JOB, VOLUME.format(remote="s3://b", mount="/b")), "bad-volume-scheme", "s3:", BETRAYED, ERROR, None),
    Trap("T-V4 none", live(JOB, VOLUME.format(remote="data/x", mount="/b")), "bad-uri", "data/x", REFUSED, ERROR, None),
    Trap("T-G1", batch(TASK, "defaults:\n  env: {SHA: '${{ git.sha }}'}\n"), "git-in-batch-eager", "sha", REFUSED, ERROR, None),
    Trap("T-G2", live(JOB + "    env: {TAG: '${{ git.tags[0] }}'}\n"), "git-tags-empty", "git.tags[0]", ADVICE, WARNING, None),
    Trap("T-P1", live(JOB) | {".neuro/project.yml": "owner: alice\n"}, "project-missing-id", "owner", REFUSED, ERROR, True),
    Trap("T-P2", {f"proj-v1.2/{path}": text for path, text in live(JOB).items()}, "workspace-name-truncated", "", ADVICE, WARNING, None, "proj-v1.2"),
    Trap(
        "T-P3",
        {".neuro/train.v2.yml": f"kind: batch\ntasks:\n{TASK}", ".neuro/train.yml": f"kind: batch\ntasks:\n{TASK}"},
        "dotted-flow-name",
        "batch",
        BETRAYED,
        ERROR,
        None,
    ),
    Trap("T-P4", live(JOB) | {".neuro/live.yaml": f"kind: live\njobs:\n{JOB}"}, "shadowed-config", "live", ADVICE, WARNING, None),
    Trap("T-P4 folders", live(JOB) | {".apolo/live.yml": f"kind: live\njobs:\n{JOB}"}, "shadowed-config", "", ADVICE, WARNING, None),
    Trap("T-P4 project", live(JOB) | {".neuro/project.yml": "id: demo\n", "project.yml": "id: demo\n"}, "shadowed-config", "", ADVICE, WARNING, None),
    Trap("T-P5", live(JOB) | {".neuro/project.yml": "id: demo\nrole: r\n"}, "deprecated-role", "role", ADVICE, WARNING, True),
    Trap(
        "T-P6",
        live(JOB + "    volumes: ['storage:foo:/x']\n") | {".neuro/project.yml": "id: demo\nproject_name: other\n"},
        "inline-uri-ignores-project",
        "storage:foo",
        ADVICE,
        WARNING,
        False,
    ),
    Trap(
        "T-P6 secret",
        live(JOB + "    env: {KEY: 'secret:k'}\n") | {".neuro/project.yml": "id: demo\nproject_name: other\n"},
        "inline-uri-ignores-project",
        "secret:k",
        ADVICE,
        WARNING,
        False,
    ),
    Trap(
        "T-P6 image",
        batch("- id: a\n  action: ws:act\n  args: {}\n")
        | {".neuro/project.yml": "id: demo\nproject_name: other\n", "act.yml": "kind: batch\ntasks:\n- id: b\n  image: image:foo:v1\n"},
        "inline-uri-ignores-project",
        "image:foo:v1",
        ADVICE,
        WARNING,
        False,
    ),
    Trap("T-P7", {".apolo/live.yml": f"kind: live\njobs:\n{JOB}", ".apolo/db": "-"}, "workspace-is-home", "", ADVICE, INFO, None),
]

DOCUMENTED = {
    "T-L13": "the title that a job gets by default is none of the user's mistakes",
    "T-G3": "where a command is run is not in the files",
}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_a_trap_is_told(trap: Trap, tmp_path: Path) -> None:
    root = write(tmp_path, trap.files) / trap.root
    (found, *more) = (diagnostic for diagnostic in lint([str(root)], Options()).diagnostics if diagnostic.rule.name not in UNUSED)
    assert (found.rule.name, marked(found)) == (trap.rule, trap.marked)
    assert (found.effect, found.severity) == (trap.effect, trap.severity)
    assert [fix.safe for fix in found.fixes] == ([] if trap.fixable is None else [trap.fixable])
    assert [other.rule.name for other in more] == []


def test_every_row_is_here() -> None:
    rows = [*(f"T-L{n}" for n in range(1, 16)), *(f"T-I{n}" for n in range(1, 8)), *(f"T-V{n}" for n in range(1, 5))]
    rows += [*(f"T-G{n}" for n in range(1, 4)), *(f"T-P{n}" for n in range(1, 8))]
    assert {trap.id.partition(" ")[0] for trap in TRAPS} | set(DOCUMENTED) == set(rows)
