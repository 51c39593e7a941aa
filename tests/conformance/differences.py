"""Where workspaces are judged otherwise than by the engine on purpose, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tests.conformance.workspace_flows import Workspace
from tests.conformance.workspace_judge import Disagreement
from tests.conformance.workspace_yaml import Tree


class Difference(NamedTuple):
    """One intended difference: why, and how a case of it is told."""

    reason: str
    holds: Callable[[Workspace, Disagreement], bool]


def _blocks(tree: Tree) -> Iterator[dict[Any, Tree]]:
    if isinstance(tree, dict):
        yield tree
    for item in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _blocks(item)


def _calls_without_rows(workspace: Workspace) -> bool:
    """Whether some call has a matrix that excludes every row."""
    for tree in workspace.trees.values():
        for block in _blocks(tree):
            strategy = block.get("strategy")
            matrix = strategy.get("matrix") if isinstance(strategy, dict) else None
            if ("action" in block or "module" in block) and isinstance(matrix, dict) and "exclude" in matrix:
                return True
    return False


def _tagged(workspace: Workspace) -> bool:
    """Whether a value under an explicit tag was put somewhere."""
    return any("!!binary" in text or "!x " in text for text in workspace.files().values())


def _repeated(workspace: Workspace) -> bool:
    """Whether some file has an alias."""
    return any(re.search(r"\*a\d", text) for text in workspace.files().values())


def _behind_escaped_breaks(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether the engine counts line breaks that are escapes in a quoted text on one line."""
    found, refusal = disagreement.diagnostic, disagreement.refusal
    if found is None or refusal is None:
        return False
    line = found.source.position(found.span.start).line
    text = found.source.slice(found.source.line_span(line))
    return any(0 < theirs - line <= text.count("\\n") for theirs in refusal.lines)


INTENDED: tuple[Difference, ...] = (
    Difference(
        "a value under a tag of its own in place of a section, or of what is ignored: the engine goes through its bytes as if they were jobs, or never looks",
        lambda workspace, disagreement: disagreement.signature.startswith(("engine accepts", "flow left out")) and _tagged(workspace),
    ),
    Difference(
        "a section repeated by an alias in place of one text: the engine writes out its own object, paths of the machine included",
        lambda workspace, disagreement: (
            disagreement.signature.startswith("value of ") and re.search(r"\b_start=Pos\(|\bIdExpr\(", disagreement.theirs) is not None
        ),
    ),
    Difference(
        "a mistake in what an alias repeats is told where its anchor stands, and so concerns the live flow; the engine may meet it in one job alone",
        lambda workspace, disagreement: disagreement.signature.startswith("flow left out") and _repeated(workspace),
    ),
    Difference(
        "a mistake in what an alias in one job repeats of another is told where its anchor stands, and so concerns both; the engine may meet it in one alone",
        lambda workspace, disagreement: disagreement.signature.startswith("engine builds job, we do not") and _repeated(workspace),
    ),
    Difference(
        "a job that is an alias and has no image is told at its own name; the engine tells the place of the anchor",
        lambda workspace, disagreement: disagreement.signature.startswith("other place: EvalError Image for job") and _repeated(workspace),
    ),
    Difference(
        "whether a running job has an address is known when it runs: where the other side of an 'or' would do, nothing is refused before",
        lambda workspace, disagreement: (
            disagreement.refusal is not None
            and "URL" in disagreement.refusal.message
            and any(re.search(r"http_url\s+or\s", text) for text in workspace.files().values())
        ),
    ),
    Difference(
        "the cache in the defaults of project.yml is judged although no batch flow may be there to read it",
        lambda workspace, disagreement: (
            disagreement.signature.startswith(("engine accepts, we refuse", "flow left out"))
            and ("is not read as 'cache'" in disagreement.ours or "for 'cache'" in disagreement.ours)
            and "project.y" in disagreement.ours
            and not any("kind: batch" in text.replace('"', "") for text in workspace.files().values())
        ),
    ),
    Difference(
        "the engine counts lines in the decoded text: an escaped line break moves its places down",
        lambda workspace, disagreement: disagreement.signature.startswith("other place") and _behind_escaped_breaks(workspace, disagreement),
    ),
    Difference(
        "a remote action that is not at hand is no error: its job or task stays unresolved",
        lambda workspace, disagreement: disagreement.refusal is not None and disagreement.refusal.message.startswith("no copy of "),
    ),
    Difference(
        "a call with a matrix of no rows is never looked at by the engine; we judge what it calls, as it is meant to be called",
        lambda workspace, disagreement: disagreement.signature.startswith(("engine accepts", "flow left out")) and _calls_without_rows(workspace),
    ),
)


def excused(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether a disagreement is one of those that are meant."""
    return any(difference.holds(workspace, disagreement) for difference in INTENDED)
