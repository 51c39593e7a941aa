"""Where workspaces are judged otherwise than by the engine on purpose, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.conformance.workspace_flows import Workspace
from tests.conformance.workspace_judge import Disagreement


class Difference(NamedTuple):
    """One intended difference: why, and how a case of it is told."""

    reason: str
    holds: Callable[[Workspace, Disagreement], bool]


INTENDED: tuple[Difference, ...] = ()


def excused(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether a disagreement is one of those that are meant."""
    return any(difference.holds(workspace, disagreement) for difference in INTENDED)
