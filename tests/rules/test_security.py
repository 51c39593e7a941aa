"""Secrets and trust: what is told, what is not, and that no secret gets into the words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flowlang.diagnostics import Severity
from tests.workspaces import findings, live, marked

# Put together here, so that nobody's scanner takes the tests for a leak.
GITHUB = "ghp_" + "a1B2" * 9
AWS = "AKIA" + "QRSTUVWXYZ234567"
OPENAI = "sk-" + "proj-" + "a1b2C3d4" * 5
KEY = "-----BEGIN " + "RSA PRIVATE KEY-----"


def told(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    """The rules of security that find something, and what they mark."""
    return [(found.rule.name, marked(found)) for found in findings(folder, files) if found.rule.code.startswith("FL8")]


def job(text: str) -> dict[str, str]:
    return live(f"kind: live\njobs:\n  train:\n    image: python:3.12\n{''.join(f'    {line}' + chr(10) for line in text.splitlines())}")


@pytest.mark.parametrize(
    "text",
    [
        "env: {DB_PASSWORD: 'secret:db'}",
        "env: {DB_PASSWORD: '${{ params.p }}'}\nparams: {p: ~}",
        "env: {DB_PASSWORD: ''}",
        "env: {DB_PASSWORD: changeme, A_TOKEN: <token>, B_TOKEN: your-token-here, C_PASSWORD: xxxxxx, D_SECRET: 'true'}",
        "env: {PASSWORD_FILE: /run/secret, SECRET: /run/secret, TOKEN_NAME: my-token1, PASSWORD: $OTHER}",
        "env: {EOS_TOKEN: <eos>, PAD_TOKEN: PAD, MAX_TOKENS: 512, TOKENIZERS_PARALLELISM: 'false', TOKEN: abcdefgh}",
        "env: {SORT_KEY: abc12345, KEY: abc12345, API_KEY: short1, AWS_ACCESS_KEY_ID: AKIAIOSFODNN7EXAMPLE}",
        "env: {GOOGLE_APPLICATION_CREDENTIALS: /root/key.json}",
        "env: {URL: 'https://example.org/a:b@c', B: 'postgres://user:$PASSWORD@db/x', C: 'postgres://user:${{ params.p }}@db/x'}\nparams: {p: ~}",
        "bash: |\n  export DB_PASSWORD=$OTHER\n  TOKEN=$(cat /x) PASSWORD= train --password=$P --token ${{ params.p }}\nparams: {p: ~}",
        "cmd: jupyter --NotebookApp.token= --password-file=/x",
        "params: {token: {default: ~, descr: 'such as postgres://user:pass1234@db'}}",
    ],
)
def test_no_secrets(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("env: {DB_PASSWORD: hunter2}", ["hunter2"]),
        ("env: {dbPassword: hunter2}", ["hunter2"]),
        ("env: {DB_PASSWORD: 12345}", ["12345"]),
        ("env: {WANDB_API_KEY: 0123456789abcdef0123456789abcdef01234567}", ["0123456789abcdef0123456789abcdef01234567"]),
        ("params: {token: abcd1234}", ["abcd1234"]),
        ("params: {token: {default: abcd1234}}", ["abcd1234"]),
        (f"env: {{X: '{GITHUB}'}}", [GITHUB]),
        (f"env: {{GITHUB_TOKEN: '{GITHUB}'}}", [GITHUB]),
        (f"cmd: train --id {AWS} --token={GITHUB}", [AWS, GITHUB]),
        (f"python: |\n  key = '{OPENAI}'", [OPENAI]),
        (f"bash: |\n  echo '{KEY}\n  abc'", [KEY]),
        ("cmd: train --db postgres://user:hunter2@db/x", ["hunter2"]),
        ("bash: |\n  export DB_PASSWORD=hunter2 A=b\n  train --password 'hunter3'", ["hunter2", "hunter3"]),
        ("env: {A: 'x ${{ flow.title }} ' , B: 'mysql://u:hunter2@h/${{ flow.title }}'}", ["hunter2"]),
    ],
)
def test_secrets(text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, job(text)) == [("plain-secret", secret) for secret in expected]


def test_arguments_and_build_arguments_hold_secrets_too(tmp_path: Path) -> None:
    sections = "images:\n  i: {ref: 'image:i:v1', context: d, dockerfile: d/D, build_args: ['TOKEN=abcd1234'], env: {PASSWORD: hunter2}}\n"
    files = live(f"kind: live\n{sections}jobs:\n  a: {{action: 'ws:act', args: {{password: hunter3}}}}\n")
    files["act.yml"] = "kind: live\ninputs:\n  password: {default: hunter4}\njob: {image: 'x:v1'}\n"
    assert {secret for _, secret in told(tmp_path, files)} == {"abcd1234", "hunter2", "hunter3", "hunter4"}


def test_no_secret_is_in_the_words(tmp_path: Path) -> None:
    text = f"env: {{DB_PASSWORD: hunter2, X: '{GITHUB}', U: 'postgres://u:hunter3@h'}}\nbash: train --password=hunter4"
    found = findings(tmp_path, job(text))
    assert len(found) == 4
    words = json.dumps([(d.message, d.help, [label.message for label in d.related], [fix.title for fix in d.fixes]) for d in found])
    assert not any(secret in words for secret in ("hunter", GITHUB))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http_auth: false\nhttp_port: 80", [("http-auth-disabled", "false", Severity.INFO)]),
        ("http_auth: false", [("http-auth-disabled", "false", Severity.INFO)]),
        ("http_auth: true\nhttp_port: 80", []),
        ("pass_config: true", [("pass-config", "true", Severity.INFO)]),
        ("pass_config: false", []),
        ("http_auth: false\npass_config: true", [("http-auth-disabled", "false", Severity.WARNING), ("pass-config", "true", Severity.INFO)]),
    ],
)
def test_exposure(text: str, expected: list[tuple[str, str, Severity]], tmp_path: Path) -> None:
    assert [(d.rule.name, marked(d), d.severity) for d in findings(tmp_path, job(text))] == expected


@pytest.mark.parametrize(
    ("reference", "ref"),
    [
        ("gh:acme/a@master", "master"),
        ("github:acme/a@feature/x", "feature/x"),
        ("gh:acme/a@main", "main"),
        ("gh:acme/a@v1", None),
        ("gh:acme/a@1.2.3", None),
        ("gh:acme/a@release-2024.1", None),
        ("gh:acme/a@0123456789abcdef0123456789abcdef01234567", None),
    ],
)
def test_references(reference: str, ref: str | None, tmp_path: Path) -> None:
    files = live(f"kind: live\njobs:\n  a: {{action: '{reference}', args: {{}}}}\n")
    assert told(tmp_path, files) == ([] if ref is None else [("gh-mutable-ref", ref)])


@pytest.mark.parametrize(
    ("image", "place"),
    [
        ("python:latest", "latest"),
        ("image:foo", "'image:foo'"),
        ("image:foo:latest", "latest"),
        ("image:/p/foo:v1", None),
        ("ghcr.io/acme/foo:latest", "latest"),
        ("python", None),
        ("python:3.12", None),
        ("image:foo:${{ flow.title }}", None),
        ("python:${{ 'latest' }}", "'python:${{ ''latest'' }}'"),
    ],
)
def test_versions_of_images(image: str, place: str | None, tmp_path: Path) -> None:
    written = image.replace("'", "''")
    files = live(f"kind: live\njobs:\n  a: {{image: '{written}'}}\n")
    assert told(tmp_path, files) == ([] if place is None else [("floating-image-tag", place)])


def test_an_image_is_told_where_it_is_defined(tmp_path: Path) -> None:
    files = live("kind: live\nimages:\n  i: {ref: 'python:latest'}\njobs:\n  a: {image: '${{ images.i.ref }}'}\n  b: {image: '${{ images.i.ref }}'}\n")
    assert told(tmp_path, files) == [("floating-image-tag", "latest")]


@pytest.mark.parametrize(
    "token",
    [
        AWS,
        GITHUB,
        "github_" + "pat_" + "a1B2" * 20,
        "glpat" + "-" + "a1B2c3D4e5" * 2,
        "xoxb" + "-" + "1234567890-abcdef",
        "https://hooks.slack" + ".com/services/T12345678/B12345678/" + "a1B2" * 6,
        "AIza" + "a1B2c" * 7,
        "sk-" + "ant-" + "a1B2" * 8,
        OPENAI,
        "sk-" + "a1B2" * 12,
        "hf_" + "aBcD" * 9,
        "rk_" + "live_" + "a1B2" * 6,
        "npm_" + "a1B2" * 9,
        "pypi-" + "a1B2" * 16,
        "dckr_" + "pat_" + "a1B2" * 6,
        "dop_" + "v1_" + "a1b2" * 16,
        "dapi" + "a1b2" * 8,
        "SG." + "a1B2" * 6 + "." + "a1B2" * 8,
        "123456789:" + "AA" + "a1B2c3D4e5F" * 3,
        "eyJ" + "hbGciOiJIUzI1" + ".eyJ" + "zdWIiOiIxMjM0" + ".a1B2c3D4e5F6",
        KEY,
    ],
)
def test_a_token_is_found_by_its_form_wherever_it_stands(token: str, tmp_path: Path) -> None:
    files = live(f"kind: live\njobs:\n  a: {{image: 'x:v1', workdir: '/x {token} y'}}\n")
    (found,) = told(tmp_path, files)
    assert found[0] == "plain-secret"
    assert found[1] in token
    assert len(found[1]) > 15
