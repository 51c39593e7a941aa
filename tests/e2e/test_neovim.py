"""The language server with Neovim's built-in client: findings, a fix, hover, definition, renaming."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import needs_package, needs_program

SCRIPT = Path(__file__).with_name("neovim.lua")
FLOW = """\
kind: live
images:
  train:
    ref: image:demo:v1
jobs:
  train:
    image: ${{ images.train.ref }}
    restart: onfailure
"""


@pytest.fixture
def seen(tmp_path: Path) -> dict[str, object]:
    """What Neovim saw, and the files' last state."""
    nvim = needs_program("nvim")
    needs_package("pygls")
    flow, output = tmp_path / "demo" / ".neuro" / "live.yml", tmp_path / "seen.json"
    flow.parent.mkdir(parents=True)
    flow.write_text(FLOW, encoding="utf-8")
    server = [sys.executable, "-c", "from flowlang.cli.entry import flowlang; raise SystemExit(flowlang())", "lsp"]
    told = {"SERVER": "\t".join(server), "FLOW": str(flow), "OUTPUT": str(output), "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    command = [nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {SCRIPT}"]
    done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, timeout=120, check=False)
    assert output.is_file(), done.stderr
    loaded: dict[str, object] = json.loads(output.read_text("utf-8"))
    return loaded


def test_what_neovim_shows_and_does(seen: dict[str, object]) -> None:
    assert "error" not in seen, seen
    message = "'onfailure' is no restart policy; did you mean 'on-failure'?\nhelp: allowed: never, on-failure, always"
    assert seen["diagnostics"] == [[7, 13, "FL108", "flowlint", 1, message]]
    actions = seen["actions"]
    assert isinstance(actions, list)
    assert "Replace by 'on-failure'" in actions
    hover = seen["hover"]
    assert isinstance(hover, list)
    assert "image:demo:v1" in "\n".join(hover)
    assert seen["definition"] == [3, 2]
    fixed = FLOW.replace("onfailure", "on-failure")
    assert seen["renamed"] == fixed.replace("  train:\n    ref", "  fit:\n    ref").replace("images.train", "images.fit").splitlines()
