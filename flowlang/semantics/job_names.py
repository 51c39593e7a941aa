"""Names of jobs on the platform: the one that a live job gets without its own, and what a name must look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowlang.model import Leaf
from flowlang.patterns import pattern

if TYPE_CHECKING:
    from flowlang.semantics.jobs import LiveJob

NAME_LENGTH = 40
"""How long the name of a job may be (client 26.9: `apolo run --name`), and how long the engine makes one at most if it can."""
SHORTEST_NAME = 3
"""How short the name of a job may be (client 26.9)."""
SUFFIX_LENGTH = 10
"""How long the suffix is that a multi job gets when none is given (engine 26.7)."""

ANY_SUFFIX = "0" * SUFFIX_LENGTH
"""Stands for the suffix of a multi job, of which only the length is known."""

_GOOD_PART = pattern(r"[a-z0-9-]*")
_NAME = pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RUNS = pattern("-{2,}")
_HUMP = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"


def job_name(project: str, job: str, suffix: str | None) -> str:
    """The name of a live job that has none of its own: project id, job id and suffix, joined by dashes.

    Engine 26.7: the project's part is cut so that the whole has `NAME_LENGTH` characters at most; where the rest
    leaves no room at all, it is the end of the project's part that is cut by what is too much.
    """
    own = dashed(job if suffix is None else f"{job}-{suffix}")
    return _RUNS.sub("-", f"{dashed(project)[: NAME_LENGTH - 1 - len(own)]}-{own}")


def dashed(text: str) -> str:
    """A part of a generated name: ``_`` turned into ``-``, runs of them made one, none at the ends (engine 26.7)."""
    return _RUNS.sub("-", text.replace("_", "-").strip("-"))


def name_problem(name: str) -> str | None:
    """Why `name` cannot be the name of a job, in words that follow it; None when it can.

    Client 26.9: the check that `apolo run` makes of ``--name``.
    """
    if _NAME.fullmatch(name) is None:
        return "is no name for a job: small letters, digits and single dashes between them, a letter first"
    if len(name) < SHORTEST_NAME:
        return f"is too short for the name of a job: {SHORTEST_NAME} characters at least"
    if len(name) > NAME_LENGTH:
        return f"is too long for the name of a job: {len(name)} characters, {NAME_LENGTH} at most"
    return None


def closest_name(text: str) -> str | None:
    """A good name that is written almost like `text`: ``trainModel`` gives ``train-model``; None where there is none."""
    name = re.sub(r"[^a-z0-9]+", "-", re.sub(_HUMP, "-", text).lower()).strip("-")
    return name if name_problem(name) is None else None


def own_name(job: LiveJob) -> tuple[str, Leaf] | None:
    """The name that a job is given, where it is known, with its scalar."""
    leaf = job.unit.first("name") if job.unit is not None else None
    name = job.values.get("name")
    return (name, leaf) if isinstance(name, str) and name and isinstance(leaf, Leaf) else None


def is_nameless(job: LiveJob) -> bool:
    """Whether a job certainly has no name of its own, so that the engine makes one."""
    return job.unit is not None and job.unit.complete and bool(job.values) and job.values["name"] in (None, "")


def has_bad_id(job: LiveJob) -> bool:
    """Whether the job's id holds what no name of a job can."""
    return _GOOD_PART.fullmatch(dashed(job.name)) is None


def made_name(job: LiveJob, project: str) -> str:
    """The name that the engine makes for a job, `ANY_SUFFIX` in it for a multi job."""
    return job_name(project, job.name, ANY_SUFFIX if job.multi else None)


def excess(job: LiveJob) -> int:
    """How many characters of the job's id are too many for a generated name; zero or less: it fits."""
    return len(dashed(f"{job.name}-{ANY_SUFFIX}" if job.multi else job.name)) - (NAME_LENGTH - 2)
