"""What an expression sees."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from flowlang.expr.budget import Budget
from flowlang.expr.values import Unknown
from flowlang.filesystem import DISK, Disk
from flowlang.light import NamedTuple

CONTEXTS = ("env", "flow", "git", "images", "inputs", "matrix", "multi", "needs", "params", "project", "state", "strategy", "tags", "volumes")
"""All contexts of the language (engine 26.7: context)."""


class Scope(NamedTuple):
    """The contexts that one attribute sees, and what its functions may do.

    `contexts` maps names to values; a name that is absent is not available here. A value may be a
    lazy mapping; a key may be missing, or be `Forbidden`. `elsewhere` gives for contexts that are
    not here words of help (why not, and what to do). `workspace` is the folder that `hash_files` reads below
    (None: its result stays unknown); the value of ``flow.workspace`` may be another path, which is
    then taken for it. `project`, `cluster` and `org` are the user's current ones, for
    `parse_volume`: project and cluster are None, or any of them unknown, where nobody knows; an
    `org` of None says that there is none. `own_env` names the variables that the job or task
    itself sets, which the context `env` does not hold. `live_job` allows `inspect_job`; without a `platform`, as
    in expressions without contexts, `parse_volume` fails. `disk` is what files are read from.
    `budget` is what the expressions of an analysis share; None: each is bounded by itself alone.
    """

    contexts: Mapping[str, object] = MappingProxyType({})
    elsewhere: Mapping[str, str] = MappingProxyType({})
    workspace: Path | None = None
    project: str | Unknown | None = None
    cluster: str | Unknown | None = None
    org: str | Unknown | None = None
    live_job: bool = False
    own_env: frozenset[str] = frozenset()
    platform: bool = True
    disk: Disk = DISK
    budget: Budget | None = None

    def within(self, contexts: Mapping[str, object]) -> Scope:
        """The same scope with other values for its contexts."""
        return Scope(contexts, *self[1:])
