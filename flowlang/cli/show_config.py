"""`flowlint --show-config`: the settings in force, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from flowlang.cli.lint_plan import Plan
from flowlang.runs import ENGINE
from flowlang.text import json_text

_COMMON = ("engine", "actions_dirs", "project_name", "cluster", "org", "username", "git_sha", "git_branch", "git_tags", "bake_id", "suffix", "params", "check")
_LINTER = ("select", "ignore", "extend_select", "severity", "severities", "fail_on", "missing_actions", "exclude", "per_path", "baseline")
_KEYS = {"severities": "severity"}  # what is called otherwise in the file
_NO_OPTION = frozenset({"severities", "exclude", "per_path", "check"})


def show_config(plans: Sequence[Plan], given: dict[str, Any]) -> str:
    """The settings of each plan, as text or, with ``--format json``, as JSON."""
    if given["format"] == "json":
        shown = [{"paths": list(plan.paths), "settings": _by_name(plan, given)} for plan in plans]
        return json_text({"version": 1, "settings": shown}) + "\n"
    return "\n".join("".join(_lines(plan, given, heading=len(plans) > 1)) for plan in plans)


def _by_name(plan: Plan, given: dict[str, Any]) -> dict[str, object]:
    return {name: {"value": _plain(value), "from": origin} for name, value, origin in _rows(plan, given)}


def _lines(plan: Plan, given: dict[str, Any], *, heading: bool) -> Iterator[str]:
    if heading:
        yield f"# {' '.join(plan.paths) or '-'}\n"
    rows = [(f"{name} = {json_text(_plain(value), indent=None)}", origin) for name, value, origin in _rows(plan, given)]
    wide = max(len(text) for text, _ in rows)
    for text, origin in rows:
        yield f"{text:<{min(wide, 60)}}  # {origin}\n"


def _rows(plan: Plan, given: dict[str, Any]) -> Iterator[tuple[str, object, str]]:
    """Name, value and origin of each setting that is in force; of those without a default only what is set."""
    policy = plan.policy
    settings = policy.settings
    values: dict[str, object] = {
        "engine": policy.engine or ENGINE,
        "actions_dirs": policy.actions_dirs,
        "select": policy.selection.select,
        "ignore": policy.selection.ignore,
        "extend_select": policy.selection.extend,
        "severity": policy.severity,
        "fail_on": policy.fail_on,
        "missing_actions": policy.missing_actions,
        "exclude": policy.by_path.exclude,
        "per_path": policy.by_path.per_path,
    }
    for table, names, source in (("flowlang", _COMMON, settings.common), ("flowlint", _LINTER, settings.linter)):
        for name in names:
            own = getattr(source, name)
            option = f"--{name.replace('_', '-').removesuffix('s') if name == 'actions_dirs' else name.replace('_', '-')}"
            told = name not in _NO_OPTION and bool(given.get(name))
            read = settings.origin(f"{table}.{name}") if own is not None else None
            both = told and read is not None and name in ("actions_dirs", "ignore", "extend_select")
            origin = f"{option}, {read}" if both else option if told else read
            if name not in values and own is None:
                continue
            key = f"{table}.{_KEYS.get(name, name).replace('_', '-')}"
            yield key, values.get(name, own), origin or "default"


def _plain(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {_KEYS.get(name, name).replace("_", "-"): _plain(item) for name, item in value._asdict().items() if item}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
