"""Settings: from the text of a TOML file to typed values, mistakes as data.

``[tool.flowlang]`` holds what both commands take, ``[tool.flowlint]`` what the linter takes. A
``flowlint.toml`` has the linter's keys at its top, and may have both tables too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from flowlang.diagnostics import Severity
from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.text import closest, listing, quoted
from flowlang.text.tomlkeys import Keys, has_long_key

COMMON, LINTER = "flowlang", "flowlint"
"""The tables below ``tool``."""

Path = tuple[str | int, ...]
_AT = pattern(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_MOST_TOLD = 100
_MOST_PARTS = 100
_LEVELS = ("error", "warning", "info")


class Problem(NamedTuple):
    """A mistake in a settings file: its line and column from 1 (0: unknown), what is wrong, what is right."""

    line: int
    column: int
    message: str
    hint: str | None = None


class CommonSettings(NamedTuple):
    """``[tool.flowlang]``. Paths are as written: relative to the folder of the file."""

    engine: str | None = None
    actions_dirs: tuple[str, ...] | None = None
    project_name: str | None = None
    cluster: str | None = None
    org: str | None = None
    username: str | None = None
    git_sha: str | None = None
    git_branch: str | None = None
    git_tags: tuple[str, ...] | None = None
    bake_id: str | None = None
    suffix: str | None = None
    params: tuple[str, ...] | None = None
    check: str | None = None


class PathSettings(NamedTuple):
    """One ``[[tool.flowlint.per-path]]``: globs, and what holds for files that match one of them."""

    paths: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = {}


class LintSettings(NamedTuple):
    """``[tool.flowlint]``. `severity` is a level to show from; `severities` are levels for rules."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] | None = None
    severity: str | None = None
    severities: Mapping[str, Severity] | None = None
    fail_on: str | None = None
    missing_actions: str | None = None
    exclude: tuple[str, ...] | None = None
    per_path: tuple[PathSettings, ...] | None = None
    baseline: str | None = None


class Parsed(NamedTuple):
    """What a file says. A table that it does not have is None; `lines` tells where its keys stand, by ``TABLE.key``."""

    common: CommonSettings | None = None
    linter: LintSettings | None = None
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = {}


class _Bad(Exception):
    """A value that a key does not take: where in it, what is wrong, what is right."""

    def __init__(self, message: str, hint: str | None = None, path: Path = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path


# --- values -------------------------------------------------------------------------------------


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Bad("must be a text", 'write it in quotes: "..."')
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Bad("must be a list of texts", 'write it as ["...", "..."]')
    return tuple(value)


def _release(value: object) -> str:
    from flowlang.runs import UsageError, engine_notes

    text = _text(value)
    try:
        engine_notes(text)
    except UsageError as error:
        raise _Bad(f"{text!r} is no release", error.hint) from None
    return text


def _params(value: object) -> tuple[str, ...]:
    texts = _texts(value)
    for text in texts:
        if "=" not in text:
            raise _Bad(f"{text!r} has no value", "write each as NAME=VALUE")
    return texts


def _level(value: object) -> str:
    if value not in _LEVELS:
        near = closest(value, _LEVELS) if isinstance(value, str) else None
        raise _Bad(f"{value!r} is no level", f"did you mean '{near}'?" if near else f"it is one of: {', '.join(_LEVELS)}")
    return str(value)


def _rules(value: object) -> tuple[str, ...]:
    from flowlang.reporting.selection import Selection, UnknownRule

    try:
        return Selection.parse(_texts(value)).select
    except UnknownRule as error:
        raise _Bad(error.message, error.hint) from None


def _severities(value: object) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise _Bad("must be a table of rules and levels", 'write it as {FL702 = "error"}')
    found: dict[str, Severity] = {}
    for key, level in value.items():
        try:
            found.update(dict.fromkeys(_rules([key]), Severity(_level(level))))
        except _Bad as bad:
            raise _Bad(bad.message, bad.hint, (key,)) from None
    return found


def _per_path(value: object) -> tuple[PathSettings, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _Bad("must be tables", "write each as [[tool.flowlint.per-path]]")
    return tuple(_one_path(at, table) for at, table in enumerate(value))


def _one_path(at: int, table: dict[str, Any]) -> PathSettings:
    given: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _PATH_KEYS:
            raise _Bad(*_unknown_key(key, _PATH_KEYS), (at, key))
        name, convert = _PATH_KEYS[key]
        try:
            given[name] = convert(value)
        except _Bad as bad:
            raise _Bad(f"{quoted(key)}: {bad.message}", bad.hint, (at, key, *bad.path)) from None
    if not given.get("paths"):
        raise _Bad("it names no paths", 'add paths = ["legacy/**"]', (at,))
    return PathSettings(**given)


# --- keys ---------------------------------------------------------------------------------------

_Row = tuple[str, Callable[[object], object]]

_COMMON_KEYS: dict[str, _Row] = {
    "engine": ("engine", _release),
    "actions-dirs": ("actions_dirs", _texts),
    "project-name": ("project_name", _text),
    "cluster": ("cluster", _text),
    "org": ("org", _text),
    "username": ("username", _text),
    "git-sha": ("git_sha", _text),
    "git-branch": ("git_branch", _text),
    "git-tags": ("git_tags", _texts),
    "bake-id": ("bake_id", _text),
    "suffix": ("suffix", _text),
    "params": ("params", _params),
    "check": ("check", _text),
}
_LINTER_KEYS: dict[str, _Row] = {
    "select": ("select", _rules),
    "ignore": ("ignore", _rules),
    "extend-select": ("extend_select", _rules),
    "severity": ("severity", _level),
    "fail-on": ("fail_on", _level),
    "missing-actions": ("missing_actions", _level),
    "exclude": ("exclude", _texts),
    "per-path": ("per_path", _per_path),
    "baseline": ("baseline", _text),
}
_PATH_KEYS: dict[str, _Row] = {"paths": ("paths", _texts), "ignore": ("ignore", _rules), "severity": ("severities", _severities)}


def _unknown_key(key: str, known: Mapping[str, object]) -> tuple[str, str]:
    near = closest(key, known)
    return f"unknown key {quoted(key)}", f"did you mean '{near}'?" if near else f"available: {listing(known, 20)}"


def parse_settings(text: str, *, pyproject: bool, linter: bool = True) -> Parsed:
    """The settings in a text. `pyproject`: tables below ``tool`` alone are ours; `linter`: the linter's table is wanted.

    Total: whatever is wrong is a problem, and its key is left out.
    """
    try:
        document = _load(text)
    except (ValueError, RecursionError) as error:
        return Parsed(problems=(_syntax(error),))
    tool = document.get("tool")
    tables: dict[str, tuple[Path, object]] = {name: (("tool", name), tool[name]) for name in (COMMON, LINTER) if isinstance(tool, dict) and name in tool}
    problems: list[Problem] = []
    keys = Keys(text)
    if not pyproject:
        own = {key: value for key, value in document.items() if key != "tool"}
        if own and LINTER in tables:
            problems.append(
                _problem(keys, (next(iter(own)),), "the linter's settings are given twice", "write them at the top of the file or below [tool.flowlint]")
            )
        elif LINTER not in tables:
            tables[LINTER] = ((), own)
    lines: dict[str, int] = {}
    common = _table(keys, COMMON, tables, _COMMON_KEYS, problems, lines)
    lint = _table(keys, LINTER, tables, _LINTER_KEYS, problems, lines) if linter else None
    return Parsed(
        CommonSettings(**common) if common is not None else None,
        LintSettings(**lint) if lint is not None else None,
        _first_of(problems),
        lines,
    )


def _first_of(problems: list[Problem]) -> tuple[Problem, ...]:
    """As many as anybody reads."""
    more = len(problems) - _MOST_TOLD
    return (*problems[:_MOST_TOLD], Problem(0, 0, f"{more} more mistakes")) if more > 0 else tuple(problems)


def _table(
    keys: Keys, name: str, tables: Mapping[str, tuple[Path, object]], known: Mapping[str, _Row], problems: list[Problem], lines: dict[str, int]
) -> dict[str, Any] | None:
    """The values of a table by attribute; None when there is no such table."""
    if name not in tables:
        return None
    path, table = tables[name]
    if not isinstance(table, dict):
        problems.append(_problem(keys, path, f"{quoted(name)} must be a table", f"write [tool.{name}]"))
        return {}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            problems.append(_problem(keys, (*path, key), *_unknown_key(key, known)))
            continue
        attribute, convert = known[key]
        if name == LINTER and key == "severity" and isinstance(value, dict):
            attribute, convert = "severities", _severities
        try:
            values[attribute] = convert(value)
        except _Bad as bad:
            problems.append(_problem(keys, (*path, key, *bad.path), f"{quoted(key)}: {bad.message}", bad.hint))
            continue
        place = keys.place_of((*path, key))
        if place is not None:
            lines[f"{name}.{attribute}"] = place[0]
    return values


def _load(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    if has_long_key(text, _MOST_PARTS):
        # the reader looks at each part with all those before it, which takes hours for a line of some thousand
        raise ValueError(f"a key has more than {_MOST_PARTS} parts")
    loaded: dict[str, Any] = tomllib.loads(text.removeprefix("\ufeff"))
    return loaded


def _problem(keys: Keys, path: Path, message: str, hint: str | None = None) -> Problem:
    line, column = keys.place_of(path) or (0, 0)
    return Problem(line, column, message, hint)


def _syntax(error: Exception) -> Problem:
    message = str(error) or type(error).__name__
    at = _AT.search(message)
    words = message[: at.start()] if at else message
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (0, 0)
    return Problem(line, column, f"it is no TOML: {words[:1].lower()}{words[1:]}")
