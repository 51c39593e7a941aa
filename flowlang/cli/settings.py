"""Finding and reading the settings that are in force for a workspace."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from flowlang.cli.program import Wrong
from flowlang.text import quoted

if TYPE_CHECKING:
    from flowlang.settings import CommonSettings, LintSettings, Parsed, Problem

LINT_FILE, PROJECT_FILE = "flowlint.toml", "pyproject.toml"
# Another tool's pyproject.toml is not even parsed.
_MARK = b"flowl"


class InForce(NamedTuple):
    """The settings for a workspace, and the files (None: there is none) that each table comes from."""

    common: CommonSettings
    linter: LintSettings
    common_file: str | None = None
    linter_file: str | None = None
    lines: tuple[tuple[str, int], ...] = ()

    def actions_dirs(self) -> tuple[str, ...]:
        """The folders of copies of remote actions."""
        return tuple(self._path(folder) for folder in self.common.actions_dirs or ())

    def check(self) -> str | None:
        """The committed output."""
        return self._path(self.common.check) if self.common.check is not None else None

    def linter_root(self) -> str:
        """The folder that globs are relative to."""
        return os.path.dirname(self.linter_file) if self.linter_file is not None else os.getcwd()

    def origin(self, name: str) -> str | None:
        """Where a key (``TABLE.attribute``) was read: file and line."""
        file = self.common_file if name.startswith("flowlang.") else self.linter_file
        line = dict(self.lines).get(name)
        return f"{_shown(file)}:{line}" if file is not None and line is not None else None

    def _path(self, path: str) -> str:
        return os.path.join(os.path.dirname(self.common_file), path) if self.common_file is not None else path


class Finder:
    """Reads each settings file once. `config`: the file that the command line names in place of those found."""

    def __init__(self, config: str | None, *, linter: bool) -> None:
        self._config = config
        self._linter = linter
        self._read: dict[str, Parsed | None] = {}

    def around(self, folder: str) -> InForce:
        """The settings for a workspace: those of the nearest files from its folder upwards; raises `Wrong`."""
        from flowlang.settings import CommonSettings, LintSettings

        common = self._nearest(folder, "common")
        linter = self._nearest(folder, "linter") if self._linter else None
        lines: dict[str, int] = {}
        for table, found in (("flowlang.", common), ("flowlint.", linter)):
            if found is not None:
                lines.update((name, line) for name, line in found[1].lines.items() if name.startswith(table))
        return InForce(
            common[1].common or CommonSettings() if common is not None else CommonSettings(),
            linter[1].linter or LintSettings() if linter is not None else LintSettings(),
            common[0] if common is not None else None,
            linter[0] if linter is not None else None,
            tuple(sorted(lines.items())),
        )

    def _nearest(self, folder: str, table: str) -> tuple[str, Parsed] | None:
        for path in self._candidates(folder):
            parsed = self._parsed(path)
            if parsed is not None and getattr(parsed, table) is not None:
                return path, parsed
        return None

    def _candidates(self, folder: str) -> list[str]:
        if self._config is not None:
            return [os.path.abspath(self._config)]
        found: list[str] = []
        folder = os.path.abspath(folder)
        while True:
            found += (path for name in (LINT_FILE, PROJECT_FILE) if os.path.isfile(path := os.path.join(folder, name)))
            parent = os.path.dirname(folder)
            if parent == folder:
                return found
            folder = parent

    def _parsed(self, path: str) -> Parsed | None:
        if path not in self._read:
            self._read[path] = self._parse(path)
        return self._read[path]

    def _parse(self, path: str) -> Parsed | None:
        pyproject = os.path.basename(path) == PROJECT_FILE
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise Wrong(f"cannot read the settings {quoted(_shown(path))}: {reason}") from None
        if pyproject and _MARK not in data and self._config is None:
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Wrong(f"cannot read the settings {quoted(_shown(path))}: byte 0x{data[error.start]:02x} is no UTF-8", "save the file as UTF-8") from None
        from flowlang.settings import parse_settings

        parsed = parse_settings(text, pyproject=pyproject, linter=self._linter)
        wrong = [_wrong(path, problem) for problem in parsed.problems]
        for each in wrong[:-1]:
            click.echo("\n".join([f"error: {each.message}", *([f"hint: {each.hint}"] if each.hint else [])]), err=True)
        if wrong:
            raise wrong[-1]
        return parsed


def _wrong(path: str, problem: Problem) -> Wrong:
    place = f"{_shown(path)}:{problem.line}:{problem.column}" if problem.line else _shown(path)
    return Wrong(f"{place}: {problem.message}", problem.hint)


def start_folder(path: str | None) -> str:
    """The folder from which settings for a path are searched upwards: its workspace, else the folder itself."""
    from flowlang.project import find_workspace, workspace_of

    place = os.path.abspath(path or ".")
    folder = place if os.path.isdir(place) else os.path.dirname(place)
    found = workspace_of(folder) or find_workspace(folder)
    return found.root if found is not None else folder


def first(*values: Any) -> Any:
    """The first value that is not None."""
    return next((value for value in values if value is not None), None)


def _shown(path: str) -> str:
    """A path as messages show it: relative to the working directory, with ``/``."""
    try:
        shown = os.path.relpath(path)
    except ValueError:  # another drive
        shown = path
    return shown.replace(os.sep, "/")
