"""What comes out of a file never moves the cursor, rings, hides or reorders anything on a terminal, whatever command prints it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import Result

from flowlang.diagnostics import Label
from flowlang.reporting import View, reporter
from flowlang.reporting.formats import FORMATS
from flowlang.text import Source, Span
from tests.cli.conftest import ROOT, script
from tests.faults.world import flowlang, flowlint
from tests.reporting.make import found
from tests.workspaces import write

EVIL = "\x1b[2J\x07\x9b31m\x7f\r\u2028\u202e\u2066\u200e"
"""Clear the screen, ring, colours by one byte, delete, return, a line break, text from right to left."""
QUOTED = '"' + "".join(f"\\u{ord(char):04x}" for char in EVIL) + '"'
RAW = "\u202e\u2066\u200e\u2028"
"""Those that a file may hold as they are."""

FILES = {
    ".neuro/project.yml": f"id: demo\nowner: {QUOTED}\n{QUOTED}: 1\n",
    ".neuro/live.yml": f"""\
        kind: live
        title: {QUOTED}
        {QUOTED}: 1
        images:
          a: {{ref: {QUOTED}, context: {QUOTED}, dockerfile: {QUOTED}, build_args: [{QUOTED}]}}
        volumes:
          v: {{remote: {QUOTED}, mount: {QUOTED}, local: {QUOTED}}}
        defaults:
          env: {{{QUOTED}: {QUOTED}}}
          tags: [{QUOTED}]
        jobs:
          {QUOTED}:
            image: {QUOTED}
            cmd: {QUOTED}
          ok:
            image: python
            name: {QUOTED}
            env: {{A: {QUOTED}, B: "${{{{ {RAW} }}}}", C: "${{{{ flow.a{RAW} }}}}", D: "${{{{ 'x{RAW}' + y }}}}"}}
            cmd: {QUOTED}
            volumes: [{QUOTED}]
            params: {{p: {{default: {QUOTED}, descr: {QUOTED}}}}}
          called:
            action: {QUOTED}
            args: {{{QUOTED}: {QUOTED}}}
        # flowlint: ignore[{RAW}] {RAW}
        """,
    ".neuro/b.yml": f"""\
        kind: batch
        defaults: {{cache: {{strategy: {QUOTED}}}}}
        tasks:
          - id: {QUOTED}
            image: {QUOTED}
            cmd: {QUOTED}
          - id: one
            title: {QUOTED}
            needs: [{QUOTED}]
            strategy: {{matrix: {{{QUOTED}: [{QUOTED}], x: [{QUOTED}]}}}}
            image: a
            cmd: {QUOTED}
        """,
    ".neuro/raw.yml": f"kind: batch{RAW}\ntasks: [{{image: a, cmd: x{RAW}}}]\n",
    ".neuro/g.yml": f"""\
        kind: batch
        title: {QUOTED}
        tasks:
          - {{id: one, title: {QUOTED}, image: a, cmd: {QUOTED}, enable: "${{{{ 'x' == {QUOTED.replace('"', "'")} }}}}"}}
          - {{id: two, needs: [one], image: a, cmd: {QUOTED}, env: {{A: {QUOTED}}}, strategy: {{matrix: {{x: [{QUOTED}]}}}}}}
        """,
    ".neuro/c.yml": "kind: live\x1b[2J\njobs: {}\n",
    "ok/.neuro/live.yml": f"kind: live\njobs:\n  ok: {{image: python, cmd: {QUOTED}, env: {{A: {QUOTED}}}, tags: [{QUOTED}]}}\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of such texts, and a file of such a name."""
    root = write(tmp_path_factory.mktemp("evil"), FILES)
    if os.name == "posix":
        (root / ".neuro" / f"x{EVIL}.yml").write_text("kind: batch\ntasks: [{image: a, cmd: '${{ a }}'}]\n")
    return root


_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def harmless(char: str) -> bool:
    """Whether a terminal shows a character where it stands, and no other in its place."""
    marks = "\u200e\u200f\u061c"
    return unicodedata.category(char) not in ("Cc", "Zl", "Zp") and unicodedata.bidirectional(char) not in _TURNING and char not in marks


def shown(result: Result) -> None:
    """The run did something, and all that it wrote is harmless."""
    assert "Traceback" not in result.output
    assert "internal error" not in result.output
    for stream in (result.stdout, result.stderr):
        bad = [(line, char) for line in stream.split("\n") for char in line if not harmless(char)]
        assert bad == []


@pytest.mark.parametrize("form", FORMATS)
def test_reports(root: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(root)
    result = flowlint("--format", form, "--statistics", "--color", "never")
    assert result.exit_code == 1
    shown(result)


@pytest.mark.parametrize("form", FORMATS)
def test_words_that_nobody_has_looked_at(form: str) -> None:
    """Messages quote what they name so that it is harmless; were one to forget it, the report would not."""
    source = Source("a.yml", "key: value\n")
    finding = found(source, "value", message=f"wrong {EVIL}", help=f"right {EVIL}", related=(Label(source, Span(0, 3), f"here {EVIL}"),))
    text = "\n".join(reporter(form)(View((finding,), 1)))
    assert [char for char in text if char != "\n" and not harmless(char)] == []


LINES = [
    ("flowlint", EVIL),
    ("flowlint", "--config", EVIL),
    ("flowlint", "--select", EVIL),
    ("flowlint", "--explain", EVIL),
    ("flowlint", f"--{EVIL}"),
    ("flowlint", "--format", EVIL),
    ("flowlint", "--engine", EVIL),
    ("flowlint", "--baseline", EVIL),
    ("flowlint", "-o", f"none/{EVIL}"),
    ("flowlint", "--show-config"),
    ("flowlang", EVIL),
    ("flowlang", "compile", "--keep-going"),
    ("flowlang", "compile", "--check", EVIL),
    ("flowlang", "compile", "--param", EVIL),
    ("flowlang", "compile", "ok", "--relocatable", "--project-name", "p", "--cluster", "c"),
    ("flowlang", "eval", EVIL),
    ("flowlang", "eval", "${{ env.A }}", "--job", "ok"),
    ("flowlang", "eval", "${{ env.A }}", "ok", "--job", "ok", "--json"),
    ("flowlang", "contexts"),
    ("flowlang", "contexts", "--job", "ok"),
    ("flowlang", "contexts", "--json"),
    ("flowlang", "contexts", "ok", "--job", "ok"),
    ("flowlang", "run-args", "ok"),
    ("flowlang", "run-args", "ok", "ok", "--json", "--project-name", "p", "--cluster", "c"),
    ("flowlang", "run-args", EVIL),
    *(("flowlang", "graph", "g", "--format", form) for form in ("text", "dot", "mermaid", "json")),
    ("flowlang", "graph", EVIL),
    ("flowlang", "fetch", "--locked"),
]


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
@pytest.mark.parametrize("line", [("flowlint", "--diff", "--unsafe-fixes"), ("flowlang", "run-args", "ok", "ok", "--project-name", "p", "--cluster", "c")])
def test_what_is_bytes_for_a_pipe(root: Path, line: tuple[str, ...]) -> None:
    """A diff to apply and a command line to run have the very characters; not so on a terminal."""
    import pty

    piped = script(*line, cwd=root)
    assert b"\xc2\x9b" in piped.stdout or b"\xe2\x80\xae" in piped.stdout
    master, slave = pty.openpty()
    with open(slave, "wb", buffering=0) as terminal, open(master, "rb", buffering=0) as screen:
        code = f"import sys; from flowlang.cli.entry import {line[0]} as start; sys.argv = {list(line)!r}; sys.exit(start())"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        with subprocess.Popen([sys.executable, "-c", code], cwd=root, env=environment, stdout=terminal, stderr=terminal) as run:
            data = b""
            while run.poll() is None or select.select([screen], [], [], 0)[0]:
                if select.select([screen], [], [], 0.05)[0]:
                    data += screen.read(1 << 16)
    text = data.decode("utf-8").replace("\r\n", "\n")
    assert "Traceback" not in text
    assert len(text) > 100
    assert [char for char in text if char != "\n" and not harmless(char)] == []


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line).replace(EVIL, "EVIL"))
def test_commands(root: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]) -> None:
    monkeypatch.chdir(root)
    shown(flowlint(*line[1:]) if line[0] == "flowlint" else flowlang(*line[1:]))
