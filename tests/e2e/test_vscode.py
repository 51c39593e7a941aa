"""The extension for Visual Studio Code: its types are right, its grammar colours, and it is packaged by the real tool."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.tools import needs_program

EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"


@pytest.mark.skipif(os.environ.get("CI") != "true", reason="fetches npm packages: runs where the environment variable CI is 'true'")
def test_it_is_built_tested_and_packaged(tmp_path: Path) -> None:
    npm = needs_program("npm")
    folder = shutil.copytree(EXTENSION, tmp_path / "vscode", ignore=shutil.ignore_patterns("node_modules", "out", "*.vsix", "package-lock.json"))
    for command in (["install", "--no-audit", "--no-fund", "--no-package-lock"], ["test"], ["run", "package"]):
        done = subprocess.run([npm, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(folder / "flowlang.vsix") as package:
        names = set(package.namelist())
        assert {"extension/out/extension.js", "extension/package.json", "extension/syntaxes/expression.tmLanguage.json"} <= names
        assert not any("node_modules" in name or name.endswith(".ts") for name in names)


def test_it_starts_the_command_that_is_documented() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    assert manifest["contributes"]["configuration"]["properties"]["flowlang.command"]["default"] == ["flowlang", "lsp"]
    assert '"flowlang.command"' in (EXTENSION.parents[1] / "docs" / "editors.md").read_text("utf-8")
    grammar = EXTENSION / manifest["contributes"]["grammars"][0]["path"]
    assert json.loads(grammar.read_text("utf-8"))["scopeName"] == manifest["contributes"]["grammars"][0]["scopeName"]
