"""Where workspaces are judged otherwise than by the engine on purpose, and why."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any, NamedTuple

from flowlang.diagnostics import Diagnostic
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


def _without_rows(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether some call, or a task of whose needs something is told, has a matrix that may exclude every row."""
    for tree in workspace.trees.values():
        for block in _blocks(tree):
            strategy = block.get("strategy")
            matrix = strategy.get("matrix") if isinstance(strategy, dict) else None
            looked_at = "action" in block or "module" in block or ("needs" in block and "needs-form" in disagreement.ours)
            if looked_at and isinstance(matrix, dict) and "exclude" in matrix:
                return True
    return False


def _tagged(workspace: Workspace) -> bool:
    """Whether a value under an explicit tag was put somewhere."""
    return any("!!binary" in text or "!x " in text for text in workspace.files().values())


def _behind_escaped_breaks(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether the engine counts line breaks that are escapes in a quoted text on one line."""
    refusal = disagreement.refusal
    return refusal is not None and any(_escapes_before(found, refusal.lines) for found in disagreement.refused)


def _escapes_before(found: Diagnostic, lines: tuple[int, ...]) -> bool:
    line = found.source.position(found.span.start).line
    text = found.source.slice(found.source.line_span(line))
    return any(0 < theirs - line <= text.count("\\n") for theirs in lines)


def _hidden_mixins(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether the mixins of project.yml are misread, and each flow, or the one that is left out, has one of its own for each of them."""
    if (
        not disagreement.signature.startswith(("engine accepts, we refuse: misread-alias", "flow left out"))
        or "is not read as 'mixins'" not in disagreement.ours
    ):
        return False
    trees = {PurePath(name).stem: tree for name, tree in workspace.trees.items() if PurePath(name).parts[:1] == (workspace.config,)}
    mixins = {stem: set(tree.get("mixins") or {}) for stem, tree in trees.items() if isinstance(tree, dict) and isinstance(tree.get("mixins", {}), dict | None)}
    hiding = ("project" in mixins and mixins["project"] <= names for stem, names in mixins.items() if stem != "project")
    return any(hiding) if disagreement.signature.startswith("flow left out") else all(hiding)


def _called_without_args(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether a call without args is told, with an expression beside it in the action in which the engine tells one."""
    refusal = disagreement.refusal
    if refusal is None or refusal.path is None or not re.match(r"No (?:attribute|item) ", refusal.message):
        return False
    labels = [label for found in disagreement.refused if found.rule.name == "call-without-args" for label in found.related]
    return any(os.path.realpath(label.source.path) == os.path.realpath(refusal.path) for label in labels)


INTENDED: tuple[Difference, ...] = (
    Difference(
        "a call without 'args' is told at the call, where it is mended, with an expression in the action beside it; the engine tells the expression alone",
        _called_without_args,
    ),
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
        "an alias that is not read as the mixins of project.yml is refused for flows too that hide them all: the next flow that does not is refused",
        _hidden_mixins,
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
        "the cache in the defaults of project.yml is judged for every flow although live flows, of which there may be no others, do not read it",
        lambda workspace, disagreement: (
            disagreement.signature.startswith(("engine accepts, we refuse", "flow left out"))
            and ("is not read as 'cache'" in disagreement.ours or "for 'cache'" in disagreement.ours)
            and "project.y" in disagreement.ours
            and (disagreement.live or not any("kind: batch" in text.replace('"', "") for text in workspace.files().values()))
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
        "an entry with a matrix of no rows is never looked at by the engine; we judge its needs and what it calls, as it is meant to be run",
        lambda workspace, disagreement: disagreement.signature.startswith(("engine accepts", "flow left out")) and _without_rows(workspace, disagreement),
    ),
)


def excused(workspace: Workspace, disagreement: Disagreement) -> bool:
    """Whether a disagreement is one of those that are meant."""
    return any(difference.holds(workspace, disagreement) for difference in INTENDED)
