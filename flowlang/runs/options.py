"""What a run is told: options, and the engine release that it judges for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowlang.diagnostics import Rule, Severity
from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.project.environment import Environment

if TYPE_CHECKING:
    from flowlang.shellcheck import Run

ENGINE = "26.7"
"""The newest engine release whose behaviour is known."""


_RELEASE = pattern(r"([0-9]{2})\.([0-9]{1,2})(?:\.[0-9]+)?")


class UsageError(Exception):
    """The command line asks for something that cannot be: `message`, and a `hint` how to put it right."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Options(NamedTuple):
    """What a run is told: the engine release, where actions lie, the environment, and what to compile.

    `shellcheck` runs that program on scripts; None: it is not asked. `hash_bytes` are those of files that are read
    for the values of `hash_files` at most, beyond which they stay unknown; None: as many as take no time.
    """

    engine: str | None = None
    actions_dirs: tuple[str, ...] = ()
    environment: Environment = Environment()
    missing_actions: Severity = Severity.INFO
    relocatable: bool = False
    only: str | None = None
    keep_going: bool = False
    shellcheck: Run | None = None
    hash_bytes: int | None = None


def release_of(engine: str | None) -> tuple[int, int]:
    """The year and month of an engine release ``YY.M`` or ``YY.M.P``, None the newest known; `UsageError` when it is none."""
    release = _RELEASE.fullmatch(ENGINE if engine is None else engine)
    if release is None or not 1 <= int(release[2]) <= 12:
        raise UsageError(f"--engine {engine!r} is no release", f"write it as YY.M or YY.M.P, for instance {ENGINE}")
    return int(release[1]), int(release[2])


def engine_notes(engine: str | None) -> tuple[str, ...]:
    """What there is to say about the engine release that is asked for; `UsageError` when it is none."""
    if release_of(engine) > release_of(None):
        return (f"engine {engine} is newer than {ENGINE}, the newest that this version knows; it is judged like that one",)
    return ()


def in_force(row: Rule, release: tuple[int, int]) -> bool:
    """Whether a rule holds for an engine release."""
    return (row.since is None or release_of(row.since) <= release) and (row.until is None or release < release_of(row.until))
