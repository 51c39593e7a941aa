"""Finding and reading the settings that are in force for a workspace."""

from __future__ import annotations

import os

from flowlang.disk import read_file, reason
from flowlang.light import NamedTuple
from flowlang.project import find_workspace, workspace_of
from flowlang.settings.parse import CommonSettings, LintSettings, Parsed, Problem, parse_settings
from flowlang.text import shown_path

LINT_FILE, PROJECT_FILE = "flowlint.toml", "pyproject.toml"
# Another tool's pyproject.toml is not even parsed.
_MARK = b"flowl"
_MOST = 1 << 20


class WrongSettings(Exception):
    """A settings file that cannot be read or says something wrong: its absolute path and what is wrong in it, at least one thing.

    `shown` is the path as messages have it.
    """

    def __init__(self, path: str, problems: tuple[Problem, ...], shown: str) -> None:
        super().__init__(path)
        self.path = path
        self.problems = problems
        self.shown = shown

    def told(self) -> list[tuple[str, str | None]]:
        """Each mistake in words that name its place, and what is right."""
        return [(f"{self._place(problem)}: {problem.message}", problem.hint) for problem in self.problems]

    def _place(self, problem: Problem) -> str:
        return f"{self.shown}:{problem.line}:{problem.column}" if problem.line else self.shown


class InForce(NamedTuple):
    """The settings for a workspace, and the files (None: there is none) that each table comes from.

    `base` is the folder that globs are relative to where no file says otherwise, and that origins are shown relative to.
    """

    common: CommonSettings
    linter: LintSettings
    base: str
    common_file: str | None = None
    linter_file: str | None = None
    lines: tuple[tuple[str, int], ...] = ()

    def actions_dirs(self) -> tuple[str, ...]:
        """The folders of copies of remote actions."""
        return tuple(self._path(folder) for folder in self.common.actions_dirs or ())

    def check(self) -> str | None:
        """The committed output."""
        return self._path(self.common.check) if self.common.check is not None else None

    def baseline(self) -> str | None:
        """The baseline."""
        if self.linter.baseline is None or self.linter_file is None:
            return self.linter.baseline
        return os.path.join(os.path.dirname(self.linter_file), self.linter.baseline)

    def linter_root(self) -> str:
        """The folder that globs are relative to."""
        return os.path.dirname(self.linter_file) if self.linter_file is not None else self.base

    def origin(self, name: str) -> str | None:
        """Where a key (``TABLE.attribute``) was read: file and line."""
        file = self.common_file if name.startswith("flowlang.") else self.linter_file
        line = dict(self.lines).get(name)
        return f"{shown_path(file, self.base)}:{line}" if file is not None and line is not None else None

    def _path(self, path: str) -> str:
        return os.path.join(os.path.dirname(self.common_file), path) if self.common_file is not None else path


class Finder:
    """Reads each settings file once.

    `config`: the file that is named in place of those found; `base`: the folder that it and all
    shown paths are relative to; `linter`: the linter's table is wanted.
    """

    def __init__(self, config: str | None, *, base: str, linter: bool) -> None:
        self._config = config
        self._base = base
        self._linter = linter
        self._read: dict[str, Parsed | None] = {}

    def around(self, folder: str) -> InForce:
        """The settings for a workspace: those of the nearest files from its folder upwards; raises `WrongSettings`."""
        common = self._nearest(folder, "common")
        linter = self._nearest(folder, "linter") if self._linter else None
        lines: dict[str, int] = {}
        for table, found in (("flowlang.", common), ("flowlint.", linter)):
            if found is not None:
                lines.update((name, line) for name, line in found[1].lines.items() if name.startswith(table))
        return InForce(
            common[1].common or CommonSettings() if common is not None else CommonSettings(),
            linter[1].linter or LintSettings() if linter is not None else LintSettings(),
            self._base,
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
            return [os.path.normpath(os.path.join(self._base, self._config))]
        found: list[str] = []
        folder = os.path.normpath(os.path.join(self._base, folder))
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
            data = read_file(path, _MOST)
        except OSError as error:
            raise self._unreadable(path, reason(error)) from None
        if pyproject and _MARK not in data and self._config is None:
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._unreadable(path, f"byte 0x{data[error.start]:02x} is no UTF-8", "save the file as UTF-8") from None
        parsed = parse_settings(text, pyproject=pyproject, linter=self._linter)
        if parsed.problems:
            raise WrongSettings(path, parsed.problems, shown_path(path, self._base))
        return parsed

    def _unreadable(self, path: str, reason: str, hint: str | None = None) -> WrongSettings:
        return WrongSettings(path, (Problem(0, 0, f"these settings cannot be read: {reason}", hint),), shown_path(path, self._base))


def start_folder(path: str) -> str:
    """The folder from which settings for a path are searched upwards: its workspace, else the folder itself."""
    place = os.path.abspath(path)
    folder = place if os.path.isdir(place) else os.path.dirname(place)
    found = workspace_of(folder) or find_workspace(folder)
    return found.root if found is not None else folder
