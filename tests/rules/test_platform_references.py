"""References to images and volumes, mounts and ports: what is told, what is not, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.text import apply_edits
from tests.workspaces import findings, live, marked

CODES = [f"FL7{number}" for number in (12, 13, 14, 15, 16, 17, 18, 25, 26, 29, 30, 31, 41, 43)]


def told(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    """The rules about references that find something, and what they mark."""
    return [(found.rule.name, marked(found)) for found in findings(folder, files) if found.rule.code in CODES]


def job(text: str, sections: str = "") -> dict[str, str]:
    return live(f"kind: live\n{sections}jobs:\n  train:\n    image: python:3.12\n{''.join(f'    {line}' + chr(10) for line in text.splitlines())}")


def image(text: str) -> dict[str, str]:
    return live(f"kind: live\njobs:\n  train: {{image: {text}}}\n")


def batch(text: str, sections: str = "") -> dict[str, str]:
    return {".neuro/b.yml": f"kind: batch\n{sections}tasks:\n- id: a\n{''.join(f'  {line}' + chr(10) for line in text.splitlines())}"}


def volumes(text: str) -> str:
    return f"volumes:\n  v: {{{text}}}\n"


IMAGES = "images:\n  i: {{ref: '{ref}', context: docker, dockerfile: docker/Dockerfile}}\n"


@pytest.mark.parametrize(
    "files",
    [
        image("'image:foo'"),
        image("'image:foo:v1'"),
        image("'image:/project/foo/bar:v1'"),
        image("'image://cluster/org/project/foo:v1'"),
        image("'localhost:5000/foo'"),
        image("'localhost:5000/foo:v1'"),
        image("'registry.example.org/Some/foo:v1'"),
        image("'a/b/c:V1.x_y-z'"),
        image("'foo:${{ params.x }}'"),
        image("'image:Foo:${{ multi.suffix }}', multi: true"),
        job("volumes:\n- storage:a:/x\n- storage:b:/y:ro\n- disk:d:/z:rw\n- secret:k:/k\n- storage://cluster/project/a:/w"),
        job("volumes: []"),
        job("volumes:\n- ${{ volumes.v.ref }}", volumes("remote: 'storage:a', mount: /a")),
        job("volumes:\n- ''\n- storage:a:/x"),
        job("volumes: ${{ ['storage:a:/x', 'storage:b:/y'] }}"),
        job("workdir: /x"),
        job("workdir: ${{ volumes.v.mount }}", volumes("remote: 'storage:a', mount: /a")),
        job("port_forward: ['1:1']"),
        job("detach: true\nport_forward: []"),
        job("browse: true"),
        job("http_port: 0"),
        job("http_auth: false\nhttp_port: 8080"),
        batch("image: x:v1\nhttp_port: 80\nhttp_auth: true"),
        batch("image: x:v1"),
        # an image that is there already, and one that may be in the platform's registry
        batch("image: ${{ images.i.ref }}", "images:\n  i: {ref: 'ubuntu:24.04'}\n"),
        batch("image: ${{ images.i.ref }}", IMAGES.format(ref="registry.example.org/project/foo:v1")),
        # a live flow builds by command, and anything
        live("kind: live\n" + IMAGES.format(ref="foo:v1") + "jobs: {}\n"),
        live(
            "kind: live\n"
            + IMAGES.format(ref="image:foo:${{ replace(git.branch, '/', '-') }}").replace("'image", '"image').replace("}}'", '}}"')
            + "jobs: {}\n"
        ),
        live("kind: live\n" + IMAGES.format(ref="image:${{ git.branch }}") + "jobs: {}\n"),
        job("env:\n  A: ${{ git.tags[0] if git.tags[0] != '' else 'none' }}\n  B: ${{ join(',', git.tags) }}"),
        # told already, at another place or by another rule
        job("volumes:\n- ${{ volumes.v }}", volumes("remote: 'storage:a', mount: /a")),
        job("volumes:\n- ${{ volumes.nope.ref }}"),
        # the project is not named
        job("volumes:\n- storage:a:/x\nenv: {A: 'secret:k'}"),
    ],
)
def test_silent(files: dict[str, str], tmp_path: Path) -> None:
    assert told(tmp_path, files) == []


PROJECT = {".neuro/project.yml": "id: demo\nproject_name: research\n"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (image("'image:Foo:v1'"), [("bad-image-ref", "Foo")]),
        (image("'Foo:v1'"), [("bad-image-ref", "Foo")]),
        (image("'image:foo:v1:v2'"), [("bad-image-ref", ":v1:v2")]),
        (image("'image:foo:feature/x'"), [("bad-image-ref", "feature/x")]),
        (image("'python@sha256:0123456789abcdef'"), [("bad-image-ref", "@sha256:0123456789abcdef")]),
        (image("'image:latest'"), [("bad-image-ref", "'image:latest'")]),
        (image("'image:/project'"), [("bad-image-ref", "'image:/project'")]),
        (image("'foo:.x'"), [("bad-image-ref", ".x")]),
        (image("'foo:'"), [("bad-image-ref", "'foo:'")]),
        (image("\"${{ 'foo:v1 ' }}\""), [("bad-image-ref", "\"${{ 'foo:v1 ' }}\"")]),
        (image("''"), [("bad-image-ref", "''")]),
        (image("'image:${{ upper(flow.flow_id) }}:v1'"), [("bad-image-ref", "'image:${{ upper(flow.flow_id) }}:v1'")]),
        # once, where the image is defined
        (batch("image: ${{ images.i.ref }}", IMAGES.format(ref="image:Foo:v1")), [("bad-image-ref", "Foo")]),
        (job("volumes: ['storage:foo']"), [("bad-volume-ref", "'storage:foo'")]),
        (job("volumes: ['storage:foo:/x:rx']"), [("bad-volume-ref", "rx")]),
        (job("volumes: ['data:/x']"), [("bad-volume-ref", "'data:/x'")]),
        (job("volumes: ['s3:b:/x']"), [("bad-volume-ref", "s3:")]),
        (job("volumes: ['storage:a:/x:/y:ro']"), [("bad-volume-ref", "'storage:a:/x:/y:ro'")]),
        (job("volumes:\n- storage:a:/x\n- ${{ 'storage:' }}${{ 'b' }}"), [("bad-volume-ref", "${{ 'storage:' }}${{ 'b' }}")]),
        (job("volumes: ['secret:k:/k:ro']"), [("secret-volume-ref", "'secret:k:/k:ro'")]),
        (job("volumes:\n- ${{ volumes.v.ref }}", volumes("remote: 'storage:a', mount: '/a:b'")), [("bad-volume-ref", "'/a:b'")]),
        (job("volumes:\n- ${{ volumes.v.ref }}", volumes("remote: 's3://b/x', mount: /a")), [("bad-volume-scheme", "s3:")]),
        (live("kind: live\n" + volumes("remote: 'blob:b', mount: /a") + "jobs: {}\n"), [("bad-volume-scheme", "blob:")]),
        (live("kind: live\ndefaults: {volumes: ['storage:a']}\njobs:\n  a: {image: 'x:v1'}\n  b: {image: 'x:v1'}\n"), [("bad-volume-ref", "'storage:a'")]),
        (
            live("kind: live\nmixins:\n  m: {volumes: ['storage:a']}\njobs:\n  a: {mixins: [m], image: 'x:v1', volumes: ['storage:a:/x']}\n"),
            [("bad-volume-ref", "'storage:a'")],
        ),
        (
            live("kind: live\nimages:\n  i: {ref: 'image:i:v1', context: d, dockerfile: d/D, volumes: ['secret:k:/k:ro']}\njobs: {}\n"),
            [("secret-volume-ref", "'secret:k:/k:ro'")],
        ),
        (batch("image: ${{ images.i.ref }}", IMAGES.format(ref="foo:v1")), [("built-image-needs-image-scheme", "'foo:v1'")]),
        (batch("image: ${{ images.i.ref }}", IMAGES.format(ref="ghcr.io/acme/foo:v1")), [("built-image-needs-image-scheme", "'ghcr.io/acme/foo:v1'")]),
        (
            batch("image: x:v1", IMAGES.format(ref="train-data:${{ params.p }}") + "params: {p: ~}\n"),
            [("built-image-needs-image-scheme", "'train-data:${{ params.p }}'")],
        ),
        (live("kind: live\n" + IMAGES.format(ref="image:foo:x-${{ git.branch }}") + "jobs: {}\n"), [("branch-in-image-tag", "git.branch")]),
        (batch("image: image:foo:${{ lower(git.branch) }}"), [("branch-in-image-tag", "git.branch")]),
        (job("env: {A: '${{ git.tags[0] }}'}"), [("git-tags-empty", "git.tags[0]")]),
        (job("tags: ${{ git.tags }}"), [("git-tags-empty", "git.tags")]),
        (job("volumes: ['storage:a:/x', 'storage:b:/x/']"), [("duplicate-mount", "'storage:b:/x/'")]),
        (
            live("kind: live\ndefaults: {volumes: ['storage:a:/x']}\njobs:\n  a: {image: 'x:v1', volumes: ['storage:b:/x']}\n"),
            [("duplicate-mount", "'storage:b:/x'")],
        ),
        (job("volumes: ['storage:a:x:ro']"), [("relative-mount", "x")]),
        (job("workdir: src"), [("relative-mount", "src")]),
        (live("kind: live\ndefaults: {workdir: src}\njobs:\n  a: {image: 'x:v1'}\n"), [("relative-mount", "src")]),
        (job("volumes:\n- ${{ volumes.v.ref }}\nworkdir: ${{ volumes.v.mount }}", volumes("remote: 'storage:a', mount: a")), [("relative-mount", "a")]),
        (job("detach: true\nport_forward: ['1:1']"), [("port-forward-detached", "port_forward")]),
        (job("http_port: 0\nhttp_auth: false\nbrowse: true"), [("browse-without-port", "http_auth")]),
        (job("http_port: 0\nbrowse: true"), [("browse-without-port", "browse")]),
        (batch("image: x:v1\nhttp_auth: false"), [("batch-http-port", "http_auth")]),
        (
            PROJECT | job("volumes:\n- storage:a/b:/x\n- storage:/other/a:/y\nenv: {A: 'secret:k', B: 'secret:/p/k'}"),
            [("inline-uri-ignores-project", "secret:k"), ("inline-uri-ignores-project", "storage:a/b")],
        ),
        (
            PROJECT | {"act.yml": "kind: live\njob: {image: 'image:foo:v1'}\n"} | live("kind: live\njobs:\n  a: {action: 'ws:act', args: {}}\n"),
            [("inline-uri-ignores-project", "image:foo:v1")],
        ),
        (PROJECT | image("'image:foo:v1'"), []),
        (live("kind: live\nimages:\n  i: {ref: 'image:i:v1', context: .., dockerfile: ../D}\njobs: {}\n"), [("outside-file", "..")]),
        (live("kind: live\nimages:\n  i: {ref: 'image:i:v1', context: ., dockerfile: ./D}\njobs: {}\n"), []),
        (live("kind: live\nimages:\n  i: {ref: 'image:i:v1', context: /src, dockerfile: /src/D}\njobs: {}\n"), [("outside-file", "/src")]),
    ],
)
def test_told(files: dict[str, str], expected: list[tuple[str, str]], tmp_path: Path) -> None:
    found = sorted(told(tmp_path, files))
    assert [(name, text.strip("'") if name == "inline-uri-ignores-project" else text) for name, text in found] == expected


def test_a_volume_of_an_unused_kind_of_secret_may_be_defined(tmp_path: Path) -> None:
    files = job("volumes:\n- ${{ volumes.v.remote }}:${{ volumes.v.mount }}", volumes("remote: 'secret:k', mount: /k"))
    assert told(tmp_path, files) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("volumes: ['storage:a:x:ro']", "volumes: ['storage:a:/x:ro']"),
        ("volumes: ['secret:k:/k:ro']", "volumes: ['secret:k:/k']"),
        ("workdir: src", "workdir: src"),
    ],
)
def test_fixes(before: str, after: str, tmp_path: Path) -> None:
    files = job(before)
    (text,) = files.values()
    found = [d for d in findings(tmp_path, files) if d.rule.code in CODES]
    assert apply_edits(text, [part.edit for d in found for fix in d.fixes for part in fix.edits]) == text.replace(before, after)


def test_a_secret_is_mounted_without_a_mode(tmp_path: Path) -> None:
    files = job("volumes:\n- $[[ volumes.v.ref_ro ]]", volumes("remote: 'secret:k', mount: /k"))
    (text,) = files.values()
    (found,) = [d for d in findings(tmp_path, files) if d.rule.code in CODES]
    fixed = apply_edits(text, [part.edit for part in found.fixes[0].edits])
    assert fixed == text.replace("$[[ volumes.v.ref_ro ]]", "$[[ volumes.v.remote ]]:$[[ volumes.v.mount ]]")
    assert told(tmp_path, live(fixed)) == []
