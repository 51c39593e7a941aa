"""Settings: what ``pyproject.toml`` and ``flowlint.toml`` say, where they are found, and what comes of them."""

from flowlang.settings.finding import Finder, InForce, WrongSettings, start_folder
from flowlang.settings.parse import CommonSettings, LintSettings, Parsed, PathSettings, Problem, parse_settings

__all__ = [
    "CommonSettings",
    "Finder",
    "InForce",
    "LintSettings",
    "Parsed",
    "PathSettings",
    "Problem",
    "WrongSettings",
    "parse_settings",
    "start_folder",
]
