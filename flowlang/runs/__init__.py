"""Runs: what one is told, which files that means, what comes of it. Nothing here looks into a file."""

from flowlang.runs.options import ENGINE, Options, UsageError, engine_notes, in_force, release_of
from flowlang.runs.report import Part, Progress, Report, at_most, identity, unique, where_written
from flowlang.runs.targets import Target, resolve_targets, stdin_path

__all__ = [
    "ENGINE",
    "Options",
    "Part",
    "Progress",
    "Report",
    "Target",
    "UsageError",
    "at_most",
    "engine_notes",
    "identity",
    "in_force",
    "release_of",
    "resolve_targets",
    "stdin_path",
    "unique",
    "where_written",
]
