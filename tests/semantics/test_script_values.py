"""Values pasted into scripts become variables; the script says the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from flowlang.expr import parse_template
from flowlang.semantics.script_values import shell_quotes
from flowlang.text import apply_edits
from tests.workspaces import findings, live

HEAD = "kind: live\njobs:\n  a:\n    image: x\n    params: {lr: '1', path: p, x: y}\n"


def fixed(folder: Path, job: str) -> str | None:
    """What the fix of the first finding makes of a job's lines; None where there is none."""
    found = [finding for finding in findings(folder, live(HEAD + job)) if finding.rule.name == "template-in-script"]
    if not found[0].fixes:
        return None
    return apply_edits(HEAD + job, [part.edit for part in found[0].fixes[0].edits]).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("job", "after"),
    [
        ("    bash: run ${{ params.lr }}\n", '    env:\n      LR: ${{ params.lr }}\n    bash: run "$LR"\n'),
        ('    bash: "run ${{ params.lr }}x"\n', '    env:\n      LR: ${{ params.lr }}\n    bash: "run \\"$LR\\"x"\n'),
        ('    bash: |\n      run "a${{ params.lr }}b"\n', '    env:\n      LR: ${{ params.lr }}\n    bash: |\n      run "a${LR}b"\n'),
        ("    bash: |\n      run 'a${{ params.lr }}b'\n", "    env:\n      LR: ${{ params.lr }}\n    bash: |\n      run 'a'\"$LR\"'b'\n"),
        ("    bash: run 'a${{ params.lr }}b'\n", "    env:\n      LR: ${{ params.lr }}\n    bash: run 'a'\"$LR\"'b'\n"),
        ("    bash: 'run ${{ params.lr }}'\n", "    env:\n      LR: ${{ params.lr }}\n    bash: 'run \"$LR\"'\n"),
        ("    env:\n      A: b\n    bash: run ${{ params.lr }}\n", '    env:\n      A: b\n      LR: ${{ params.lr }}\n    bash: run "$LR"\n'),
        ("    bash: run ${{ params.lr }}\n    env: {A: b}\n", '    bash: run "$LR"\n    env: {A: b, LR: "${{ params.lr }}"}\n'),
        ("    bash: run ${{ params.lr }}\n    env: {}\n", '    bash: run "$LR"\n    env: {LR: "${{ params.lr }}"}\n'),
        ("    env: {LR: '${{ params.lr }}'}\n    bash: run ${{ params.lr }}\n", "    env: {LR: '${{ params.lr }}'}\n    bash: run \"$LR\"\n"),
        ("    env: {LR: a}\n    bash: run ${{ params.lr }}\n", '    env: {LR: a, PARAMS_LR: "${{ params.lr }}"}\n    bash: run "$PARAMS_LR"\n'),
        ("    bash: LR=1; run ${{ params.lr }}\n", '    env:\n      PARAMS_LR: ${{ params.lr }}\n    bash: LR=1; run "$PARAMS_LR"\n'),
        ("    bash: run ${{ params.path }}\n", '    env:\n      PARAMS_PATH: ${{ params.path }}\n    bash: run "$PARAMS_PATH"\n'),
        ("    bash: ${{ params.x }} now\n", None),  # the command itself
        ("    bash: make && ${{ params.x }}\n", None),
        ("    bash: |\n      # run ${{ params.lr }}\n", None),
        ("    bash: |\n      cat <<END\n      ${{ params.lr }}\n      END\n", None),
        ("    bash: run `echo ${{ params.lr }}`\n", None),
        ("    bash: run ${{ params.lr + 'x' }}\n", None),
        ("    env: \"${{ {'A': 'b'} }}\"\n    bash: run ${{ params.lr }}\n", None),
        ("    python: print(${{ params.lr }})\n", None),
    ],
)
def test_a_value_becomes_a_variable(tmp_path: Path, job: str, after: str | None) -> None:
    assert fixed(tmp_path, job) == after


def test_a_local_action_has_no_variables(tmp_path: Path) -> None:
    files = {".neuro/b.yml": "kind: batch\ntasks:\n- action: ws:l\n  args: {n: a}\n", "l.yml": "kind: local\ninputs: {n: {}}\nbash: run ${{ inputs.n }}\n"}
    (found,) = (finding for finding in findings(tmp_path, files) if finding.rule.name == "template-in-script")
    assert found.fixes == ()


SCRIPTS = [
    "run ${{ x.y }}",
    'run "${{ x.y }}"',
    "run '${{ x.y }}'",
    'run "$(echo ${{ x.y }})"',
    "run \\'${{ x.y }}\\'",
    "run \"'${{ x.y }}'\" # it's",
    'run "a" $(b "${{ x.y }}" c)',
    "run it\\'s # it's\nrun '${{ x.y }}'",
]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("script", SCRIPTS)
def test_quotes_are_those_that_the_shell_sees(tmp_path: Path, script: str) -> None:
    """The value of a variable put there by its quotes is the value pasted there, for a value of one harmless word."""
    template = parse_template(script)
    (part,) = template.expressions
    quotes = shell_quotes(template, part)
    assert quotes is not None
    read = {'"': "$V", "'": "'\"$V\"'", "": '"$V"'}[quotes]
    functions = 'run() { printf "<%s>" "$@"; }; b() { echo "$@"; }; '

    def output(text: str) -> bytes:
        return subprocess.run(["bash", "-c", functions + text], capture_output=True, check=True, env={"V": "word"}).stdout

    assert output(script[: part.start] + read + script[part.end :]) == output(script[: part.start] + "word" + script[part.end :])
