"""The hooks, run by the real pre-commit from a git checkout of this project."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tools import needs_program

ROOT = Path(__file__).parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BAD = "kind: live\njobs:\n  a:\n    image: ubuntu:22.04\n    restart: 'onfailure'\n"
GOOD = BAD.replace("onfailure", "on-failure")
SHIPPED = ("flowlang", "grammar", "schemas", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def repository(folder: Path) -> str:
    """Make a repository of what is in the folder; the name of its only commit."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all")
    return git(folder, "rev-parse", "HEAD")


class User:
    """A repository that uses the hooks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.flow = folder / "ml" / ".neuro" / "live.yml"

    def run(self, hook: str, *, everything: bool = True) -> subprocess.CompletedProcess[str]:
        git(self.folder, "add", "-A")
        command = [sys.executable, "-m", "pre_commit", "run", hook, "--color=never", *(["--all-files"] if everything else [])]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[User]:
    needs_program("git")
    hooks, folder = tmp_path_factory.mktemp("hooks"), tmp_path_factory.mktemp("user")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in SHIPPED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, hooks / name, **({"ignore": ignore} if source.is_dir() else {}))
    revision = repository(hooks)
    # the project is no folder above: it is named behind '--', for the file that --check takes is left to the settings
    chosen = [{"id": hook["id"], **({"args": ["--", "ml"]} if hook["id"] == "flowlang-compile-check" else {})} for hook in HOOKS]
    config = {"repos": [{"repo": hooks.as_posix(), "rev": revision, "hooks": chosen}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (folder / "pyproject.toml").write_text('[tool.flowlang]\ncheck = "ml/flows.json"\nproject-name = "p"\ncluster = "c"\n')
    made = User(folder)
    made.flow.parent.mkdir(parents=True)
    made.flow.write_text(GOOD)
    repository(folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("PRE_COMMIT_HOME", str(tmp_path_factory.mktemp("cache")))
    yield made
    patch.undo()


def test_the_hooks(user: User) -> None:
    """One test, because the environment that pre-commit makes takes its time."""
    user.flow.write_text(BAD)
    result = user.run("flowlint")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "error[FL108 bad-enum]: 'onfailure' is no restart policy; did you mean 'on-failure'?" in result.stdout
    assert "--> ml/.neuro/live.yml:5:14" in result.stdout

    result = user.run("flowlint-fix")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "files were modified by this hook" in result.stdout
    assert user.flow.read_text() == GOOD
    assert user.run("flowlint-fix").returncode == 0
    assert user.run("flowlint").returncode == 0

    result = user.run("flowlang-compile-check")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "cannot read 'ml/flows.json': there is no such file" in result.stdout
    flowlang = [sys.executable, "-c", "from flowlang.cli.entry import flowlang; raise SystemExit(flowlang())"]
    subprocess.run([*flowlang, "compile", "--relocatable", "-o", "ml/flows.json", "ml"], cwd=user.folder, check=True)
    assert user.run("flowlang-compile-check").returncode == 0
    user.flow.write_text(GOOD.replace("22.04", "24.04"))
    result = user.run("flowlang-compile-check")
    assert result.returncode == 1
    assert "ubuntu:24.04" in result.stdout


@pytest.mark.parametrize("path", [".neuro/live.yml", "a/.apolo/train.yaml", "actions/fetch.yml", "action.yaml", "flowlint.toml", "x/pyproject.toml"])
def test_files_that_matter(path: str) -> None:
    patterns = {hook["id"]: hook["files"] for hook in HOOKS if "files" in hook}
    assert set(patterns) == {"flowlint", "flowlint-fix"}
    assert all(re.search(pattern, path) for pattern in patterns.values())


@pytest.mark.parametrize("path", ["train.py", "Dockerfile", ".neuro/live.yml.bak", "myflowlint.toml", "yml", "a.yml/b"])
def test_files_that_do_not(path: str) -> None:
    assert not any(re.search(hook["files"], path) for hook in HOOKS if "files" in hook)


def test_a_hook_sees_whole_projects() -> None:
    assert all(hook["pass_filenames"] is False for hook in HOOKS)
    assert {hook["id"]: hook["entry"] for hook in HOOKS} == {
        "flowlint": "flowlint .",
        "flowlint-fix": "flowlint --fix .",
        "flowlang-compile-check": "flowlang compile --check",
    }
