"""Fixes of structural and semantic findings: what they make of the file, and when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.text import apply_edits
from tests.workspaces import findings, live

LOCAL = {"l.yml": "kind: local\ncmd: x\n"}
TYPED = {"t.yml": "kind: live\ninputs:\n  n: {type: int, default: 1}\n  f: {type: float, default: 1.0}\n  b: {type: bool, default: true}\njob: {image: x}\n"}
JOB = "kind: live\njobs:\n  a:\n    image: x\n"


def batch(text: str) -> dict[str, str]:
    """A workspace with one batch flow."""
    return {".neuro/b.yml": f"kind: batch\ntasks:\n{text}"}


def fixed(folder: Path, files: dict[str, str], name: str) -> str | None:
    """The file with the first finding of a rule after its fix; None where it has none."""
    found = next(finding for finding in findings(folder, files) if finding.rule.name == name)
    if not found.fixes:
        return None
    parts = found.fixes[0].edits
    assert len({part.source.path for part in parts}) == 1
    return apply_edits(parts[0].source.text, [part.edit for part in parts])


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("sexagesimal", "    port_forward: [2222:22]\n", '    port_forward: ["2222:22"]\n'),
        ("bad-enum", "    restart: no  # never\n", "    restart: never  # never\n"),
        ("bad-enum", "    restart: 'onfailure'\n", "    restart: 'on-failure'\n"),
        ("bad-enum", "    restart: yes\n", None),
        ("bad-timedelta", "    life_span: 1h 30m\n", "    life_span: 1h30m\n"),
        ("bad-timedelta", "    life_span: '1.5h'\n", "    life_span: '1h30m'\n"),
        ("bad-timedelta", "    life_span: 1w\n", "    life_span: 7d\n"),
        ("bad-timedelta", "    life_span: 90min\n", "    life_span: 90m\n"),
        ("bad-timedelta", "    life_span: soon\n", None),
        ("scalar-for-list", "    tags: a, b\n", '    tags: ["a, b"]\n'),
        ("scalar-for-list", "    tags: |\n      a\n", None),
        ("collection-for-scalar", "    cmd: [python, a.py]\n", "    cmd: python a.py\n"),
        ("collection-for-scalar", "    cmd: [echo, $A]\n", None),
        ("null-list", "    tags:  # none\n    name: b\n", "    name: b\n"),
        ("null-list", "    # tags\n    tags:\n\n    # b\n    name: b\n", "    # tags\n\n    # b\n    name: b\n"),
        ("collection-for-scalar", "    cmd:\n    - python\n    - a.py\n    name: b\n", "    cmd: python a.py\n    name: b\n"),
        ("collection-for-scalar", "    cmd:  # run\n    - python\n    - a.py\n", None),
        ("collection-for-scalar", "    cmd:\n    - python  # run\n    - a.py\n", None),
        ("collection-for-scalar", "    cmd: &c\n    - python\n    - a.py\n", None),
        ("null-list", "    volumes:\n", ""),
        ("comment-cuts-expression", "    cmd: ${{ fmt('a #b', 1) }}\n", "    cmd: \"${{ fmt('a #b', 1) }}\"\n"),
        ("unknown-key", "    presett: a\n", "    preset: a\n"),
    ],
)
def test_a_fix_of_a_job(tmp_path: Path, name: str, before: str, after: str | None) -> None:
    assert fixed(tmp_path, live(JOB + before), name) == (JOB + after if after is not None else None)


def test_line_breaks_stay_as_they_are(tmp_path: Path) -> None:
    files = live("kind: live\r\njobs:\r\n  a:\r\n    volumes:\r\n    image: x\r\n")
    assert fixed(tmp_path, files, "null-list") == "kind: live\r\njobs:\r\n  a:\r\n    image: x\r\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- {id: x, action: ws:l, cache: {strategy: none}, args: {}}\n", "- {id: x, action: ws:l, args: {}}\n"),
        ("- {cache: {strategy: none}, action: ws:l, args: {}}\n", "- {action: ws:l, args: {}}\n"),
        ("- {action: ws:l, args: {}, cache: {strategy: none}}\n", "- {action: ws:l, args: {}}\n"),
        ("- action: ws:l\n  cache:\n    strategy: none\n  # why\n  args: {}\n", "- action: ws:l\n  # why\n  args: {}\n"),
        ("- cache: {strategy: none}  # why\n  action: ws:l\n  args: {}\n", "- action: ws:l\n  args: {}\n"),
        ("- cache: {strategy: none}\n  # why\n  action: ws:l\n  args: {}\n", "- \n  # why\n  action: ws:l\n  args: {}\n"),
        ("- {\n  action: ws:l,\n  cache: {strategy: none}, # why\n  args: {}}\n", "- {\n  action: ws:l,\n  args: {}}\n"),
        ("- {\n  action: ws:l, # why\n  args: {},\n  cache: {strategy: none}\n  }\n", "- {\n  action: ws:l, # why\n  args: {}\n  }\n"),
        ("- id: a\n  action: ws:l\n  cache: &c {strategy: none}\n  args: {}\n", "- id: a\n  action: ws:l\n  args: {}\n"),
        (
            "- id: a\n  action: ws:l\n  args: {}\n  cache: &c {strategy: none}\n- id: b\n  image: x\n  cache: *c\n",
            None,
        ),
    ],
)
def test_a_key_is_deleted_with_its_value(tmp_path: Path, before: str, after: str | None) -> None:
    found = fixed(tmp_path, batch(before) | LOCAL, "cache-not-supported")
    assert found == (batch(after)[".neuro/b.yml"] if after is not None else None)


def test_an_alias_is_deleted_where_it_stands(tmp_path: Path) -> None:
    text = "- {id: a, image: x, cache: &c {strategy: none}}\n- {id: b, action: ws:l, cache: *c, args: {}, needs: []}\n"
    found = fixed(tmp_path, batch(text) | LOCAL, "cache-not-supported")
    assert found == batch(text.replace(" cache: *c,", ""))[".neuro/b.yml"]


@pytest.mark.parametrize(
    ("arg", "after"),
    [
        ("n: 20", "n: ${{ 20 }}"),
        ("n: '020'", "n: ${{ 20 }}"),
        ("f: 3", "f: ${{ 3.0 }}"),
        ("b: yes", "b: ${{ True }}"),
        ("n: abc", None),
        ("n: 1.5", None),
    ],
)
def test_a_typed_argument_becomes_an_expression(tmp_path: Path, arg: str, after: str | None) -> None:
    text = "kind: live\njobs:\n  a:\n    action: ws:t\n    args:\n      {}\n"
    found = fixed(tmp_path, live(text.format(arg)) | TYPED, "typed-arg-literal")
    assert found == (text.format(after) if after is not None else None)


def test_a_typed_argument_in_braces_gets_quotes(tmp_path: Path) -> None:
    files = live("kind: live\njobs:\n  a: {action: ws:t, args: {n: 20}}\n") | TYPED
    assert fixed(tmp_path, files, "typed-arg-literal") == 'kind: live\njobs:\n  a: {action: ws:t, args: {n: "${{ 20 }}"}}\n'


def test_args_are_missing_at_the_call_once_for_all_inputs_that_are_read(tmp_path: Path) -> None:
    files = live("kind: live\njobs:\n  a:\n    action: ws:t  # train\n    params: {}\n")
    files["t.yml"] = "kind: live\ninputs:\n  n: {default: '1'}\njob:\n  image: x\n  cmd: run ${{ inputs.n }} ${{ inputs.n }}\n"
    (found,) = findings(tmp_path, files)
    assert found.source.path.endswith("live.yml")
    assert [label.source.slice(label.span) for label in (found, *found.related)] == ["action", "n"]
    assert fixed(tmp_path, files, "call-without-args") == "kind: live\njobs:\n  a:\n    action: ws:t  # train\n    args: {}\n    params: {}\n"


@pytest.mark.parametrize(
    ("image", "after"),
    [
        ("context: docker/", "context: docker/, dockerfile: docker/Dockerfile"),
        ("dockerfile: Dockerfile", "dockerfile: Dockerfile, context: ."),
        ("dockerfile: a/b/Dockerfile", "dockerfile: a/b/Dockerfile, context: a/b"),
        ("context: '${{ project.id }}'", None),
    ],
)
def test_what_an_image_lacks_is_added(tmp_path: Path, image: str, after: str | None) -> None:
    text = "kind: live\nimages:\n  a: {{ref: image:a, {}}}\njobs: {{}}\n"
    found = fixed(tmp_path, live(text.format(image)), "image-missing-dockerfile")
    assert found == (text.format(after) if after is not None else None)


def test_a_dockerfile_in_the_context_is_found(tmp_path: Path) -> None:
    text = "kind: live\nimages:\n  a: {{ref: image:a, context: docker, dockerfile: {}}}\njobs: {{}}\n"
    assert fixed(tmp_path / "none", live(text.format("Dockerfile")), "dockerfile-outside-context") is None
    files = live(text.format("Dockerfile")) | {"docker/Dockerfile": "FROM x\n"}
    assert fixed(tmp_path / "one", files, "dockerfile-outside-context") == text.format("docker/Dockerfile")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (".neuro/live.yml", "# mine\njobs: {}\n", "# mine\nkind: live\njobs: {}\n"),
        (".neuro/b.yml", "{tasks: []}\n", "{kind: batch, tasks: []}\n"),
    ],
)
def test_the_kind_of_a_flow_is_added(tmp_path: Path, path: str, before: str, after: str) -> None:
    assert fixed(tmp_path, {path: before}, "missing-key") == after


def test_an_id_is_added_behind_a_byte_order_mark(tmp_path: Path) -> None:
    files = live("kind: live\njobs: {}\n") | {".neuro/project.yml": "\ufeffowner: me\n"}
    assert fixed(tmp_path, files, "project-missing-id") == "\ufeffid: demo\nowner: me\n"
