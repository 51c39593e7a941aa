"""Bare repositories on this disk in place of GitHub."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.workspaces import write

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    # a commit's name depends on its dates: with these it is the same in every run
    "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}
ACTION = "kind: live\ninputs: {}\njob: {image: ubuntu}\n"


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout.strip()


class Server:
    """A folder of repositories, and the workspace that calls their actions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = f"file://{folder.as_posix()}/remote/{{owner}}/{{repo}}.git"

    def commit(self, name: str, files: dict[str, str], links: dict[str, str] | None = None, tag: str | None = None) -> str:
        """Commit files to a repository ``OWNER/REPO``, which is made if need be; the commit."""
        work, bare = self.folder / "work" / name, self.folder / "remote" / f"{name}.git"
        if not bare.exists():
            bare.mkdir(parents=True)
            work.mkdir(parents=True)
            git(bare, "init", "--quiet", "--bare", "-b", "main")
            git(work, "init", "--quiet", "-b", "main")
        for path, text in files.items():
            (work / path).unlink(missing_ok=True)
            (work / path).write_text(text, encoding="utf-8")
        for path, target in (links or {}).items():
            (work / path).symlink_to(target)
        git(work, "add", "--all")
        git(work, "commit", "--quiet", "-m", "c")
        if tag is not None:
            git(work, "tag", "-f", tag)
        git(work, "push", "--quiet", "--force", "--tags", str(bare), "main")
        return git(work, "rev-parse", "HEAD")

    def workspace(self, *references: str, more: dict[str, str] | None = None) -> Path:
        """The workspace, its live flow calling these references."""
        jobs = "".join(f"  job{number}:\n    action: {reference!r}\n" for number, reference in enumerate(references))
        return write(self.folder, {".neuro/live.yml": f"kind: live\njobs:\n{jobs or '  a: {image: u}' + chr(10)}", **(more or {})})

    def fetch(self, *arguments: str) -> Result:
        """Run `flowlang fetch` on the workspace."""
        from flowlang.cli.fetch import command

        return CliRunner().invoke(command, [str(self.folder / "demo"), "--url-template", self.template, *arguments])

    @property
    def copies(self) -> Path:
        return self.folder / "demo" / ".flowlang" / "actions"

    def files(self) -> list[str]:
        """Everything in the folder of copies."""
        return sorted(path.relative_to(self.copies).as_posix() for path in self.copies.rglob("*") if not path.is_dir())


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    return Server(tmp_path)
