"""Asking git for one file of another repository: no shell, no prompts, no work tree, never longer than a limit."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence

from flowlang.light import NamedTuple
from flowlang.signals import Ending, orderly

SECONDS = 120
"""How long one call of git may take."""
LIMIT = 1 << 20
"""The largest action file that is taken, in bytes."""
FILES = ("action.yml", "action.yaml")
"""The names an action's file may have (engine 26.7: in this order)."""
_FETCHED = "refs/fetched/it"
# Variables that tell git to work on another repository than the one it is told; a hook sets them for whatever it starts.
_OF_A_REPOSITORY = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_GRAFT_FILE",
        "GIT_REPLACE_REF_BASE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_QUARANTINE_PATH",
    }
)


class GitError(Exception):
    """Git could not give what was asked for: why, in words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Fetched(NamedTuple):
    """An action's file: the commit it is of, its name, its bytes."""

    commit: str
    name: str
    data: bytes


def fetch_action(url: str, ref: str, environment: Mapping[str, str]) -> Fetched:
    """The action file at a ref (branch, tag or commit) of a repository; raises `GitError`.

    The ref must have been found harmless before; it is not looked at again here but for what makes it a whole word.
    """
    with orderly() as ending, tempfile.TemporaryDirectory(prefix="flowlang-fetch-", ignore_cleanup_errors=True) as folder:
        git = _Git(folder, environment, ending)
        git("init", "--quiet", "--bare", "--template=", "--", folder)
        git("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--", url, f"{ref}:{_FETCHED}")
        commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{_FETCHED}^{{commit}}").decode("ascii", "replace").strip()
        name, blob = _entry(git("ls-tree", "-z", "--full-tree", commit, "--", *FILES))
        size = git("cat-file", "-s", blob).strip()
        if not size.isdigit() or int(size) > LIMIT:
            raise GitError(f"its {name} is larger than {LIMIT} bytes")
        return Fetched(commit, name, git("cat-file", "blob", blob))


def _entry(listing: bytes) -> tuple[str, str]:
    """Name and object of the action's file in the output of ``ls-tree -z``; only a regular file is one."""
    found: dict[str, tuple[str, str]] = {}
    for line in listing.decode("utf-8", "replace").split("\0"):
        head, _, path = line.partition("\t")
        words = head.split()
        if len(words) == 3:
            found[path] = (words[0], words[2])
    for name in FILES:
        if name not in found:
            continue
        mode, blob = found[name]
        if mode not in ("100644", "100755"):
            kind = {"120000": "a symbolic link, which is not followed", "160000": "a submodule", "040000": "a folder"}.get(mode, "no regular file")
            raise GitError(f"its {name} is {kind}")
        return name, blob
    raise GitError("it holds no action.yml at its root")


class _Git:
    """Git in one bare repository of its own."""

    def __init__(self, folder: str, environment: Mapping[str, str], ending: Ending) -> None:
        self._ending = ending
        self._folder = folder
        self._environment = {name: value for name, value in environment.items() if name not in _OF_A_REPOSITORY}
        self._environment.update(
            GIT_TERMINAL_PROMPT="0",
            # no transport that runs a command it is told, as ext:: does
            GIT_ALLOW_PROTOCOL="file:https:http:ssh:git",
            GIT_CEILING_DIRECTORIES=os.path.dirname(folder),
            GIT_LFS_SKIP_SMUDGE="1",
            LC_ALL="C",
        )
        self._environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")

    def __call__(self, *arguments: str) -> bytes:
        process: subprocess.Popen[bytes] | None = None
        try:
            with self._ending.held():
                process = self._started(arguments)
            out, err = process.communicate(timeout=SECONDS)
        except BaseException as error:
            if process is not None:
                _stop(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise GitError(f"git took longer than {SECONDS} seconds") from None
            raise
        if process.returncode:
            raise GitError(_reason(arguments, err))
        return out

    def _started(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                ["git", "-c", "core.askPass=", "-c", "gc.auto=0", "-c", "maintenance.auto=false", *arguments],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except FileNotFoundError:
            raise GitError("git is not installed") from None
        except (OSError, ValueError) as error:
            raise GitError(f"git cannot be started: {error}") from None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started: a transport of its own would keep the pipes open."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:
        pass
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _reason(arguments: Sequence[str], err: bytes) -> str:
    """Git's own words: the first line that says what is fatal."""
    lines = [line.strip() for line in err.decode("utf-8", "replace").splitlines() if line.strip()]
    words = next((line for line in lines if line.startswith("fatal:")), lines[0] if lines else "it says nothing")
    return f"git {arguments[0]} failed: {words.removeprefix('fatal: ')}"
