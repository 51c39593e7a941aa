"""Facts about the git work tree around a folder, asked of git itself."""

from __future__ import annotations

import os
import subprocess

from flowlang.light import NamedTuple

_SECONDS = 10


class GitFacts(NamedTuple):
    """The commit, the branch (``HEAD`` when detached) and the tags at the commit (``('',)`` when there are none)."""

    sha: str
    branch: str
    tags: tuple[str, ...]


def git_facts(folder: str) -> GitFacts | None:
    """What git says of the work tree around `folder`; None without git, a work tree or a commit.

    Engine 26.7 asks the same three questions, and splits an empty answer for the tags into one
    empty tag.
    """
    try:
        sha = _ask(folder, "rev-parse", "HEAD")
        branch = _ask(folder, "rev-parse", "--abbrev-ref", "HEAD")
        tags = _ask(folder, "tag", "--points-at", "HEAD")
    except (OSError, subprocess.SubprocessError):
        return None
    return GitFacts(sha, branch, tuple(tags.split("\n")))


def _ask(folder: str, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder if os.path.isdir(folder) else os.path.dirname(os.path.abspath(folder)),
        capture_output=True,
        check=True,
        timeout=_SECONDS,
        encoding="utf-8",
        errors="replace",
    )
    return done.stdout.strip()
